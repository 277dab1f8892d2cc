"""Putting what follows from an earlier file between what was matched anew, in the order of the run."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa

from recommender.batch.basis.rested import Rested
from recommender.batch.basis.rested import decoded as decoded_basis
from recommender.batch.basis.rested import read as read_basis
from recommender.batch.forms.form import decoded, stream_of
from recommender.batch.working import Begun, WorkingFolder


def rows_in_order(working: WorkingFolder, contents: Iterable[bytes], place: dict[str, int]) -> bytes:
    """The rows of both, each query's together, by the places of queries."""
    table = pa.concat_tables([decoded(working.known.read_bytes()), *map(decoded, contents)])
    places = np.array([place[one] for one in table.column("query_id").to_pylist()], np.int64)
    return stream_of(table.take(pa.array(np.argsort(places, kind="stable"))))


def basis_in_order(working: WorkingFolder, begun: Begun, place: dict[int, int]) -> Iterator[Rested]:
    """What the answers of both rest on, by the places of their profiles' numbers."""
    anew = (one for number in range(begun.pieces) for one in decoded_basis(working.worked(number).basis))
    known = (one for part in read_basis(working.known_basis) for one in part) if begun.known else iter(())
    return heapq.merge(known, anew, key=lambda one: place[one.number])
