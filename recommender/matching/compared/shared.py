"""Features of rows that several questions look at: each row read once, however many of them it is compared with."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from recommender.collection.protocol import View
from recommender.encoding.features import COLUMNS, GROUPS, Array, Features, Lazily

#: Share of rows that are distinct from which on they are read as they come.
_MOSTLY_DISTINCT = 0.7

_GROUP_OF = {column.name: column.group for column in COLUMNS}


def features_of(view: View, rows: NDArray[np.int64]) -> Features:
    """What `view.features` gives."""
    distinct, places = np.unique(rows, return_inverse=True)
    if len(distinct) > _MOSTLY_DISTINCT * len(rows):
        return view.features(rows)
    return taken(view.features(distinct), places)


def taken(features: Features, places: NDArray[np.int64]) -> Features:
    """The features of the profiles at these places, in order; a column is gathered when it is first looked at."""
    wanted = places.tolist()

    def offsets(group: str) -> NDArray[np.int64]:
        joined = np.zeros(len(places) + 1, np.int64)
        np.cumsum(np.diff(features.offsets[group])[places], out=joined[1:])
        return joined

    def column(name: str) -> Array:
        entries, bounds = features.columns[name], features.offsets[_GROUP_OF[name]]
        if len(entries) == len(features) and bounds[-1] == len(features) and (np.diff(bounds) == 1).all():
            return entries.take(places, axis=0)
        # slices are joined faster than entries are picked one by one
        cuts = [entries[start:end] for start, end in pairwise(bounds.tolist())]
        return np.concatenate([cuts[place] for place in wanted])

    return Features(Lazily(GROUPS, offsets), Lazily(_GROUP_OF, column))


def each(features: Features) -> list[Features]:
    """Every profile by itself, its entries where they lie."""
    return [_one(features, at) for at in range(len(features))]


def _one(features: Features, at: int) -> Features:
    def bounds(group: str) -> tuple[int, int]:
        start, end = features.offsets[group][at : at + 2].tolist()
        return start, end

    def offsets(group: str) -> NDArray[np.int64]:
        start, end = bounds(group)
        return np.array([0, end - start], np.int64)

    def column(name: str) -> Array:
        return features.columns[name][slice(*bounds(_GROUP_OF[name]))]

    return Features(Lazily(GROUPS, offsets), Lazily(_GROUP_OF, column))
