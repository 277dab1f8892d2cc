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
    """A number for every id of sparse vectors, 0 between uses: too much to be made and cleared every time."""

    def __init__(self) -> None:
        self.numbers = np.zeros(END, np.int32)


_TABLE = _Table()


def numbered(pool: Features, wanted: Sequence[Sequence[int]]) -> Entries:
    """The entries with any of these ids; where two of `wanted` share an id, it is the later one's."""
    ids = np.array([one for those in wanted for one in those], np.int64)
    number = np.array([at for at, those in enumerate(wanted) for _ in those], np.int32)
    numbers = _TABLE.numbers
    numbers[ids] = number + 1
    found = numbers.take(pool.columns["sparse_id"], mode="clip")  # every id is below the table's end
    numbers[ids] = 0
    at = np.flatnonzero(found)  # a few of thousands
    whose = np.searchsorted(pool.offsets["sparse"], at, side="right") - 1
    return Entries(found[at].astype(np.int64) - 1, whose, pool.columns["sparse_weight"][at])
