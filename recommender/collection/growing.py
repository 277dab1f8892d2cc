"""Arrays that only grow: what is below a length once read never changes, whatever is appended meanwhile."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import COLUMNS, GROUPS, Array, Features


class Growing:
    """Rows appended at the end, room doubled when it is full. One writer, any number of readers."""

    def __init__(self, dtype: str, shape: tuple[int, ...] = ()) -> None:
        self._array: Array = np.empty((16, *shape), dtype=dtype)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def array(self) -> Array:
        """All rows there are."""
        return self._array[: self._length]

    def append(self, rows: Array) -> None:
        """Add rows. The old array is left to those who still read it when a larger one is needed."""
        needed = self._length + len(rows)
        if needed > len(self._array):
            larger = np.empty((max(needed, 2 * len(self._array)), *self._array.shape[1:]), dtype=self._array.dtype)
            larger[: self._length] = self._array[: self._length]
            self._array = larger
        self._array[self._length : needed] = rows
        self._length = needed


class GrowingFeatures:
    """The feature columns of profiles appended one batch after another."""

    def __init__(self, entry_shapes: Mapping[str, tuple[int, ...]]) -> None:
        self._offsets = {group: Growing("i8") for group in GROUPS}
        self._columns = {c.name: Growing(c.dtype, entry_shapes[c.name]) for c in COLUMNS}
        for offsets in self._offsets.values():
            offsets.append(np.zeros(1, dtype=np.int64))

    def append(self, features: Features) -> None:
        """Add the profiles of `features`; columns first, so that no offset ever points past its column's end."""
        for name, column in self._columns.items():
            column.append(features.columns[name])
        for group, offsets in self._offsets.items():
            offsets.append(features.offsets[group][1:] + offsets.array[-1])

    @property
    def features(self) -> Features:
        """All profiles there are, without a copy."""
        return Features(
            {group: offsets.array for group, offsets in self._offsets.items()},
            {name: column.array for name, column in self._columns.items()},
        )


def take(features: Features, positions: NDArray[np.int64]) -> Features:
    """The features of the profiles at these positions, in order."""
    offsets: dict[str, NDArray[np.int64]] = {}
    entries: dict[str, NDArray[np.int64]] = {}
    for group in GROUPS:
        starts = features.offsets[group][positions]
        lengths = features.offsets[group][positions + 1] - starts
        ends = np.cumsum(lengths)
        offsets[group] = np.concatenate([[0], ends])
        entries[group] = np.arange(offsets[group][-1]) + np.repeat(starts - ends + lengths, lengths)
    return Features(offsets, {c.name: features.columns[c.name][entries[c.group]] for c in COLUMNS})
