"""Places on a plane of a segment's rows: one sealed file more in its folder, which lives and goes with the segment.

So a segment that is written anew, by `compact` too, leaves no place of anybody behind.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender import durable, private
from recommender.collection.local.sealed.file.layout import SUFFIX
from recommender.collection.local.sealed.file.reader import open_sealed
from recommender.collection.local.sealed.file.writer import SealedWriter
from recommender.collection.local.sealed.publish import ASIDE, UNUSABLE
from recommender.collection.local.sealed.segment import Segment
from recommender.collection.local.truth.place import DERIVED
from recommender.collection.plane import lay_out
from recommender.encoding.features import Features
from recommender.errors import CollectionCorrupt

KIND = "plane"

#: Rows whose features are looked at at once.
_AT_ONCE = 2_000

_log = logging.getLogger(__name__)


class Placed(NamedTuple):
    """A row's place, float32 of shape (rows, 2), NaN where it had none; and its group, uint8."""

    places: NDArray[np.float32]
    groups: NDArray[np.uint8]


def placed_rows(segment: Segment, rows: NDArray[np.int64], group: Callable[[Features], NDArray[np.uint8]]) -> Placed:
    """Places and groups of these rows of a segment; its others have none."""
    placed = Placed(np.full((len(segment), 2), np.nan, np.float32), np.zeros(len(segment), np.uint8))
    placed.places[rows] = lay_out(segment.vectors.take(rows))
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        placed.groups[part] = group(segment.features_of(part))
    return placed


def keep_plane(pool: Path, segment: Segment, placed: Placed) -> bool:
    """Put places beside a segment's files, whole or not at all; False where the segment is no longer there.

    To be called under the writers' lock.
    """
    folder = pool / DERIVED / segment.name
    if not folder.is_dir():
        return False
    aside = pool / DERIVED / f"{ASIDE}{secrets.token_hex(4)}"
    private.make_folder(aside)
    try:
        with SealedWriter(aside, KIND, segment.origin) as file:
            file.add("places", placed.places)
            file.add("groups", placed.groups)
        os.replace(aside / (KIND + SUFFIX), folder / (KIND + SUFFIX))
        durable.sync(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return True


def kept_plane(pool: Path, segment: Segment) -> Placed | None:
    """The places beside a segment's files; None where there are none, or, said in the log, none to rely on."""
    try:
        return _opened(pool, segment)
    except UNUSABLE as error:
        _log.warning("pool %s: places on the plane not used, to be worked out again: %s", pool, error)
        return None


def problem_of_plane(pool: Path, segment: Segment) -> str | None:
    """What is wrong with the places beside a segment's files; None where nothing is, or none are there."""
    try:
        _opened(pool, segment)
    except UNUSABLE as error:
        return str(error)
    return None


def _opened(pool: Path, segment: Segment) -> Placed | None:
    folder = pool / DERIVED / segment.name
    if not (folder / (KIND + SUFFIX)).exists():
        return None
    sealed = open_sealed(folder, KIND)
    placed = Placed(sealed.arrays["places"], sealed.arrays["groups"])
    if sealed.origin != segment.origin or len(placed.places) != len(segment) or len(placed.groups) != len(segment):
        raise CollectionCorrupt(
            f"{sealed.path.name} is of {sealed.origin}, its neighbours of {segment.origin}; work the map out anew"
        )
    return placed
