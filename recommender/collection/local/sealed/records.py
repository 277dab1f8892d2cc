"""`Records`: the feature columns of many profiles as a pool keeps them, and those of some of them taken out.

The columns of a group lie side by side, an entry's numbers together, so that what a question reads of a profile
is one piece of memory a group, not one a column.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.collection.common.codec import Layout
from recommender.encoding.features import Array, Features, Lazily


class Records(NamedTuple):
    """Groups of entries of n profiles.

    Attributes:
        offsets: group → int64 array of shape (n + 1,), starting at 0.
        entries: group → structured array of `offsets[group][-1]` entries, a field a column.
    """

    offsets: Mapping[str, NDArray[np.int64]]
    entries: Mapping[str, Array]

    @staticmethod
    def of(features: Features, layout: Layout) -> Records:
        """The same numbers, side by side."""
        return Records.side_by_side(features, layout.entries)

    @staticmethod
    def side_by_side(features: Features, groups: Mapping[str, np.dtype[np.void]]) -> Records:
        """Those of some groups, whose entries are of these types."""
        entries = {}
        for group, dtype in groups.items():
            entries[group] = np.empty(int(features.offsets[group][-1]), dtype)
            for name in dtype.names or ():
                entries[group][name] = features.columns[name]
        return Records(features.offsets, entries)


class Gathered(NamedTuple):
    """Some profiles' entries of a group, one profile after another, and where each profile's begin."""

    offsets: NDArray[np.int64]
    entries: Array


def take(records: Records, positions: NDArray[np.int64], layout: Layout) -> Features:
    """The features of the profiles at these positions, in order; a group is gathered when it is first looked at."""
    groups = Lazily(layout.entries, lambda group: gathered(records.offsets[group], records.entries[group], positions))
    return Features(
        Lazily(layout.entries, lambda group: groups[group].offsets),
        Lazily(layout.group_of, lambda name: groups[layout.group_of[name]].entries[name]),
    )


def gathered(offsets: NDArray[np.integer[Any]], entries: Array, positions: NDArray[np.int64]) -> Gathered:
    """The entries of the profiles at these positions, of which those of profile i begin at `offsets[i]`."""
    return _alone(offsets, entries, positions) if len(positions) == 1 else _joined(offsets, entries, positions)


def _alone(offsets: NDArray[np.integer[Any]], entries: Array, positions: NDArray[np.int64]) -> Gathered:
    """The entries of one profile, where they lie."""
    (position,) = positions.tolist()
    start, end = offsets[position : position + 2].tolist()
    return Gathered(np.array([0, end - start], np.int64), entries[start:end])


def _joined(offsets: NDArray[np.integer[Any]], entries: Array, positions: NDArray[np.int64]) -> Gathered:
    """The entries of several, copied."""
    starts, ends = (offsets.take(those).astype(np.int64) for those in (positions, positions + 1))
    lengths = ends - starts
    begin = np.zeros(len(positions) + 1, np.int64)
    lengths.cumsum(out=begin[1:])
    if (lengths == 1).all():
        return Gathered(begin, entries.take(starts))
    # bytes of slices are joined much faster than entries are picked one by one
    every, size = memoryview(entries.view(np.uint8)), entries.itemsize  # type: ignore[arg-type]
    slices = zip((starts * size).tolist(), (ends * size).tolist(), strict=True)
    return Gathered(begin, np.frombuffer(b"".join([every[start:end] for start, end in slices]), entries.dtype))


def merged(first: Features, second: Features, is_second: NDArray[np.bool_], layout: Layout) -> Features:
    """Two parts of some profiles as one, each profile from the part that `is_second` says, in the order there."""
    parts = ((first, np.flatnonzero(~is_second)), (second, np.flatnonzero(is_second)))

    def offsets_of(group: str) -> NDArray[np.int64]:
        lengths = np.zeros(len(is_second) + 1, dtype=np.int64)
        for part, wanted in parts:
            lengths[wanted + 1] = np.diff(part.offsets[group])
        return np.cumsum(lengths)

    def column(name: str) -> Array:
        columns = [part.columns[name] for part, _ in parts]
        ends = offsets[layout.group_of[name]]
        joined = np.empty((ends[-1], *columns[0].shape[1:]), columns[0].dtype)
        for entries, (_, wanted) in zip(columns, parts, strict=True):
            joined[ranges(ends, wanted)[1]] = entries
        return joined

    offsets = Lazily(layout.entries, offsets_of)
    return Features(offsets, Lazily(layout.group_of, column))


def ranges(
    offsets: NDArray[np.integer[Any]], positions: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of lists that lie end to end, those at these positions: where each begins when joined, and its places now."""
    starts = offsets[positions].astype(np.int64)
    lengths = offsets[positions + 1] - starts
    joined = np.zeros(len(positions) + 1, dtype=np.int64)
    np.cumsum(lengths, out=joined[1:])
    places = np.repeat(starts - joined[:-1], lengths)
    places += np.arange(joined[-1])
    return joined, places
