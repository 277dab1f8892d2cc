"""Arrays that only grow: what is below a length once read never changes, whatever is appended meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from recommender.collection.codec import Layout, entry_shape, groups
from recommender.encoding.features import Array, Column, Features

T = TypeVar("T")


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


class _Moves(NamedTuple):
    """Of one group of columns, which entries of two go where when joined.

    Attributes:
        offsets: where each profile's entries begin.
        of_first: for every place the first's entry to be put there.
        to, of_second: places, and the second's entries to be put there instead.
    """

    offsets: NDArray[np.int64]
    of_first: NDArray[np.int64]
    to: NDArray[np.int64]
    of_second: NDArray[np.int64]


class _Lazily(Mapping[str, T]):
    """Values by name, each made when it is first looked at: a question looks at few of a profile's columns."""

    def __init__(self, names: Iterable[str], make: Callable[[str], T]) -> None:
        self._names = dict.fromkeys(names)
        self._make = make
        self._made: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self._made:
            if name not in self._names:
                raise KeyError(name)
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class _Spans(NamedTuple):
    """Where some lists lie among all that lie end to end.

    Attributes:
        starts: where each begins.
        slices: each from its beginning to its end.
        joined: where each begins when they are joined.
        single: whether every one is of one entry.
    """

    starts: NDArray[np.int64]
    slices: list[slice]
    joined: NDArray[np.int64]
    single: bool


def take(features: Features, positions: NDArray[np.int64], schema: Sequence[Column]) -> Features:
    """The features of the profiles at these positions, in order; a column is gathered when it is first looked at."""
    group_of = {c.name: c.group for c in schema}
    if len(positions) == 1:
        return _alone(features, int(positions[0]), group_of)
    spans = _Lazily(groups(schema), lambda group: _spans(features.offsets[group], positions))
    return Features(
        _Lazily(spans, lambda group: spans[group].joined),
        _Lazily(group_of, lambda name: _joined(features.columns[name], spans[group_of[name]])),
    )


def _alone(features: Features, position: int, group_of: Mapping[str, str]) -> Features:
    """The features of one profile, where they lie."""

    def span(group: str) -> slice:
        return slice(*features.offsets[group][position : position + 2].tolist())

    spans = _Lazily(group_of.values(), span)
    return Features(
        _Lazily(spans, lambda group: np.array([0, spans[group].stop - spans[group].start], np.int64)),
        _Lazily(group_of, lambda name: features.columns[name][spans[group_of[name]]]),
    )


def _spans(offsets: NDArray[np.int64], positions: NDArray[np.int64]) -> _Spans:
    starts, ends = offsets.take(positions), offsets.take(positions + 1)
    lengths = ends - starts
    joined = np.zeros(len(positions) + 1, np.int64)
    lengths.cumsum(out=joined[1:])
    single = bool((lengths == 1).all())
    return _Spans(starts, [] if single else list(map(slice, starts.tolist(), ends.tolist())), joined, single)


def _joined(entries: Array, spans: _Spans) -> Array:
    """The entries of these lists, one list after another."""
    if spans.single:
        return entries.take(spans.starts, axis=0)
    # bytes of slices are joined much faster than entries are picked one by one
    every = memoryview(entries)  # type: ignore[arg-type]
    joined = b"".join([every[one] for one in spans.slices])
    return np.frombuffer(joined, entries.dtype).reshape(-1, *entries.shape[1:])


def take_of_two(
    first: Features, second: Features, positions: NDArray[np.int64], start: int, schema: Sequence[Column]
) -> Features:
    """The same of two that are numbered through, the second from `start` on; meant for few of the second."""
    early, late = np.flatnonzero(positions < start), np.flatnonzero(positions >= start)
    early_at, late_at = positions[early], positions[late] - start

    def moved(group: str) -> _Moves:
        lengths = np.zeros(len(positions) + 1, dtype=np.int64)
        for part, wanted, at in ((first, early, early_at), (second, late, late_at)):
            lengths[wanted + 1] = part.offsets[group][at + 1] - part.offsets[group][at]
        offsets = np.cumsum(lengths)
        # where nothing of the first belongs, its entry 0 stands until the second's is put there
        of_first = np.zeros(offsets[-1], dtype=np.int64)
        of_first[ranges(offsets, early)[1]] = ranges(first.offsets[group], early_at)[1]
        return _Moves(offsets, of_first, ranges(offsets, late)[1], ranges(second.offsets[group], late_at)[1])

    def joined(name: str) -> Array:
        column = by_name[name]
        moves = spans[column.group]
        entries = first.columns[name]
        shape = (len(moves.of_first), *entry_shape(column))
        found = entries.take(moves.of_first, axis=0) if len(entries) else np.empty(shape, column.dtype)
        found[moves.to] = second.columns[name][moves.of_second]
        return found

    by_name = {c.name: c for c in schema}
    spans = _Lazily(groups(schema), moved)
    return Features(_Lazily(spans, lambda group: spans[group].offsets), _Lazily(by_name, joined))


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
