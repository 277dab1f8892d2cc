"""Columns of numbers in an order in which they pack well: bytes of one place side by side, ids as places among others.

::

    what is how (one byte)   entries of each group (uint32 each)   columns, each as its planes

A plane holds the lowest byte of every entry, the next that above it, and so on. A loss is of a word or skill that the
profile holds, so its id is stored as its place among the profile's own, where they ascend and all are there. The byte
says whether it is (1), and which columns have their shorter form (`shortened.BITS`): those before format 6 have none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from recommender.collection.common.shortened import BITS, FORMS, held_in
from recommender.encoding.features import Array, Column

#: The column of ids that are among those of another, and that other.
REFERRING, REFERRED = "loss_id", "sparse_id"
#: Vectors of more numbers than this are a block by themselves.
_LONG = 64
_ARE_PLACES = 1
_TOO_SHORT = "features that are shorter or longer than they say"

_Read = tuple[dict[str, NDArray[np.int64]], dict[str, Array]]


def groups(schema: Sequence[Column]) -> tuple[str, ...]:
    """The groups of columns, in the order in which their counts are stored."""
    return tuple(dict.fromkeys(column.group for column in schema))


def entry_shape(column: Column) -> tuple[int, ...]:
    """Shape of one entry: () for a plain number, (width,) for a vector."""
    return (column.width,) if column.width else ()


def written(columns: Mapping[str, Array], counts: Sequence[int], schema: Sequence[Column]) -> list[bytes]:
    """The columns of one profile, in blocks of numbers that are distributed alike."""
    places = _places(columns) if all(name in columns for name in (REFERRING, REFERRED)) else None
    how, blocks, block = int(places is not None), list[bytes](), list[bytes]()
    for column in schema:
        entries = columns[column.name] if places is None or column.name != REFERRING else places
        form = FORMS.get(column.name)
        short = form.shorten(entries) if form else None
        if short is not None:
            how |= BITS[column.name]
        planes = _planes(np.ascontiguousarray(entries, column.dtype) if short is None else short)
        if short is not None or column.width > _LONG:
            # what varies most has codes of its own, and so has what comes after it
            blocks += [b"".join(block), planes[0]]
            block = [b"".join(planes[1:])]
        else:
            block += planes
    head = bytes([how]) + np.array(counts, "<u4").tobytes()
    first, *others = [*blocks, b"".join(block)]
    return [head + first, *filter(None, others)]


def _planes(entries: Array) -> list[bytes]:
    every = np.ascontiguousarray(entries).reshape(-1).view(np.uint8).reshape(-1, entries.itemsize)
    return [plane.tobytes() for plane in every.T]


def _places(columns: Mapping[str, Array]) -> NDArray[np.uint32] | None:
    held, ids = columns[REFERRED], columns[REFERRING]
    if not len(held) or not (held[1:] > held[:-1]).all():
        return None
    places = np.searchsorted(held, ids).clip(max=len(held) - 1)
    return places.astype(np.uint32) if (held[places] == ids).all() else None


def read(
    blobs: Sequence[bytes], schema: Sequence[Column]
) -> tuple[dict[str, NDArray[np.int64]], dict[str, Array], NDArray[np.bool_]]:
    """Of many profiles: group → offsets, name → columns, and whose losses are places still (`resolved`).

    Raises `ValueError` where a blob is shorter or longer than it says.
    """
    runs = [(how, list(alike)) for how, alike in groupby(blobs, lambda blob: blob[0] if blob else 0)]
    parts = [_read(alike, schema, how) for how, alike in runs] or [_read([], schema, 0)]
    is_place = np.array([bool(how & _ARE_PLACES) for how, alike in runs for _ in alike], np.bool_)
    if len(parts) == 1:
        return *parts[0], is_place
    lengths = {group: np.concatenate([np.diff(offsets[group]) for offsets, _ in parts]) for group in groups(schema)}
    offsets = {group: np.concatenate([[0], np.cumsum(each)]) for group, each in lengths.items()}
    return offsets, {c.name: np.concatenate([columns[c.name] for _, columns in parts]) for c in schema}, is_place


def _read(blobs: Sequence[bytes], schema: Sequence[Column], how: int) -> _Read:
    """Of profiles whose columns are stored alike."""
    names = groups(schema)
    head = 1 + 4 * len(names)
    counts_of = np.frombuffer(b"".join([blob[1:head] for blob in blobs]), "<u4").reshape(len(blobs), len(names))
    counts = dict(zip(names, counts_of.T.astype(np.int64), strict=True))
    offsets = {group: np.concatenate([[0], np.cumsum(counts[group])]) for group in names}
    starts, columns = np.full(len(blobs), head, dtype=np.int64), {}
    for column in schema:
        form = held_in(column, how)
        starts, entries = _entries(blobs, starts, counts[column.group], form.of(column) if form else column)
        columns[column.name] = form.restore(entries, offsets[column.group]) if form else entries
    if starts.tolist() != [len(blob) for blob in blobs]:
        raise ValueError(_TOO_SHORT)
    return offsets, columns


def _entries(
    blobs: Sequence[bytes], starts: NDArray[np.int64], counts: NDArray[np.int64], column: Column
) -> tuple[NDArray[np.int64], Array]:
    """Where the next column begins in each, and this one's entries, which begin at `starts`."""
    shape, dtype = entry_shape(column), np.dtype(column.dtype)
    sizes = counts * int(np.prod(shape, dtype=np.int64))
    planes = []
    for _ in range(dtype.itemsize):
        ends = starts + sizes
        slices = zip(blobs, starts.tolist(), ends.tolist(), strict=True)
        planes.append(np.frombuffer(b"".join([blob[a:b] for blob, a, b in slices]), np.uint8))
        starts = ends
    if any(len(plane) != sizes.sum() for plane in planes):
        raise ValueError(_TOO_SHORT)
    entries = planes[0] if len(planes) == 1 else np.stack(planes, axis=-1)
    return starts, entries.reshape(-1).view(dtype).reshape(-1, *shape)


def resolved(
    places: Array, offsets: NDArray[np.int64], is_place: NDArray[np.bool_], held: Array, held_offsets: NDArray[np.int64]
) -> Array:
    """The ids that are meant, of profiles whose own begin at `held_offsets`; raises `ValueError` for no place there."""
    if not is_place.any():
        return places
    counts = np.diff(offsets)
    at = places.astype(np.int64) + np.repeat(held_offsets[:-1], counts)
    of_place = np.repeat(is_place, counts)
    if (at >= np.repeat(held_offsets[1:], counts))[of_place].any():
        raise ValueError("a loss of what the profile does not hold")
    return np.where(of_place, held[np.where(of_place, at, 0)], places) if len(held) else places
