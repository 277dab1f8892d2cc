"""Arrays that only grow: what is below a length once read never changes, whatever is appended meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.collection.codec import Layout, entry_shape, groups
from recommender.encoding.features import Array, Column, Features


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

    def __init__(self, layout: Layout) -> None:
        self._offsets = {group: Growing("i8") for group in groups(layout.schema)}
        self._columns = {c.name: Growing(c.dtype, entry_shape(c)) for c in layout.schema}
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


def take(features: Features, positions: NDArray[np.int64], schema: Sequence[Column]) -> Features:
    """The features of the profiles at these positions, in order."""
    offsets: dict[str, NDArray[np.int64]] = {}
    entries: dict[str, NDArray[np.int64]] = {}
    for group in groups(schema):
        offsets[group], entries[group] = ranges(features.offsets[group], positions)
    return Features(offsets, {c.name: features.columns[c.name][entries[c.group]] for c in schema})


def take_of_two(
    first: Features, second: Features, positions: NDArray[np.int64], start: int, schema: Sequence[Column]
) -> Features:
    """The same of two that are numbered through, the second from `start` on; meant for few of the second."""
    early, late = np.flatnonzero(positions < start), np.flatnonzero(positions >= start)
    early_at, late_at = positions[early], positions[late] - start
    offsets: dict[str, NDArray[np.int64]] = {}
    moves: dict[str, tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]] = {}
    for group in groups(schema):
        lengths = np.zeros(len(positions) + 1, dtype=np.int64)
        for part, wanted, at in ((first, early, early_at), (second, late, late_at)):
            lengths[wanted + 1] = part.offsets[group][at + 1] - part.offsets[group][at]
        offsets[group] = np.cumsum(lengths)
        # where nothing of the first belongs, its entry 0 stands until the second's is put there
        of_first = np.zeros(offsets[group][-1], dtype=np.int64)
        of_first[ranges(offsets[group], early)[1]] = ranges(first.offsets[group], early_at)[1]
        moves[group] = (of_first, ranges(offsets[group], late)[1], ranges(second.offsets[group], late_at)[1])
    columns = {}
    for c in schema:
        of_first, to, of_second = moves[c.group]
        entries, others = first.columns[c.name], second.columns[c.name]
        columns[c.name] = entries[of_first] if len(entries) else np.empty((len(of_first), *entry_shape(c)), c.dtype)
        columns[c.name][to] = others[of_second]
    return Features(offsets, columns)


def ranges(
    offsets: NDArray[np.integer[Any]], positions: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of lists that lie end to end, those at these positions: where each begins when joined, and its places now."""
    starts = offsets[positions].astype(np.int64)
    lengths = offsets[positions + 1] - starts
    joined = np.zeros(len(positions) + 1, dtype=np.int64)
    np.cumsum(lengths, out=joined[1:])
    return joined, np.arange(joined[-1]) + np.repeat(starts - joined[:-1], lengths)
