"""`Pairs`: query profiles, each with those it is compared with, so that many are compared by one call of numpy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Array, Features


class Pairs(NamedTuple):
    """What is compared, one query profile's after another's.

    Attributes:
        own: features of each query profile, one profile's each.
        pool: features of all that they are compared with.
        starts: int64 of shape (len(own) + 1,): those of query profile i are `starts[i]:starts[i + 1]` of the pool.
    """

    own: Sequence[Features]
    pool: Features
    starts: NDArray[np.int64]

    @classmethod
    def of_one(cls, own: Features, pool: Features) -> Self:
        """One query profile and all of a pool."""
        return cls((own,), pool, np.array([0, len(pool)]))

    @property
    def whose(self) -> NDArray[np.int64]:
        """Of each of the pool the number of the query profile that it is compared with."""
        return np.repeat(np.arange(len(self.own)), np.diff(self.starts))

    def column(self, name: str) -> Array:
        """Of each of the pool the entry that its query profile has in a column of one entry a profile."""
        if len(self.own) == 1:
            return self.own[0].columns[name]  # one for all
        entries: Array = np.concatenate([one.columns[name] for one in self.own])
        return entries.repeat(np.diff(self.starts), axis=0)

    def parts(self, group: str) -> Iterator[tuple[Features, slice]]:
        """Each query profile, and the entries of a group that those have whom it is compared with."""
        bounds = self.pool.offsets[group][self.starts].tolist()
        return zip(self.own, [slice(start, end) for start, end in pairwise(bounds)], strict=True)
