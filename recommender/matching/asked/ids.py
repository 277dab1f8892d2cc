"""Which entries of profiles' sparse vectors have ids that are looked for."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Features
from recommender.encoding.sparse import END


class Entries(NamedTuple):
    """Entries that were found, in the order of the profiles.

    Attributes:
        number: of the ids looked for to which each belongs, shape (n,).
        whose: profile it is of, shape (n,).
        weight: in that profile's vector, shape (n,).
    """

    number: NDArray[np.int64]
    whose: NDArray[np.int64]
    weight: NDArray[np.float32]


class _Table(threading.local):
    """Whether each id of sparse vectors is looked for, no one's between uses: too much to be made every time."""

    def __init__(self) -> None:
        self.wanted = np.zeros(END, np.bool_)


_TABLE = _Table()


def numbered(pool: Features, wanted: Sequence[Sequence[int]]) -> Entries:
    """The entries with any of these ids; where two of `wanted` share an id, it is the later one's."""
    number_of = {one: number for number, those in enumerate(wanted) for one in those}
    ids, table = np.array(sorted(number_of), np.int64), _TABLE.wanted
    numbers = np.array([number_of[one] for one in ids.tolist()], np.int64)
    table[ids] = True
    at = np.flatnonzero(table.take(pool.columns["sparse_id"], mode="clip"))  # every id is below the table's end
    table[ids] = False
    # a few of thousands
    number = numbers[np.searchsorted(ids, pool.columns["sparse_id"][at])]
    whose = np.searchsorted(pool.offsets["sparse"], at, side="right") - 1
    return Entries(number, whose, pool.columns["sparse_weight"][at])
