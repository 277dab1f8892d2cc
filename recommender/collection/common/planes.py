"""Columns of numbers in an order in which they pack well: bytes of one place side by side, ids as places among others.

::

    1 if losses are places, else 0 (one byte)   entries of each group (uint32 each)   columns, each as its planes

A plane holds the lowest byte of every entry, the next that above it, and so on. A loss is of a word or skill that the
profile holds, so its id is stored as its place among the profile's own, where they ascend and all are there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Array, Column

#: The column of ids that are among those of another, and that other.
REFERRING, REFERRED = "loss_id", "sparse_id"
#: Vectors of more numbers than this are a block by themselves.
_LONG = 64


def groups(schema: Sequence[Column]) -> tuple[str, ...]:
    """The groups of columns, in the order in which their counts are stored."""
    return tuple(dict.fromkeys(column.group for column in schema))


def entry_shape(column: Column) -> tuple[int, ...]:
    """Shape of one entry: () for a plain number, (width,) for a vector."""
    return (column.width,) if column.width else ()


def written(columns: Mapping[str, Array], counts: Sequence[int], schema: Sequence[Column]) -> list[bytes]:
    """The columns of one profile, in blocks of numbers that are distributed alike."""
    places = _places(columns) if all(name in columns for name in (REFERRING, REFERRED)) else None
    blocks, parts = [], [bytes([places is not None]), np.array(counts, "<u4").tobytes()]
    for column in schema:
        entries = columns[column.name]
        if places is not None and column.name == REFERRING:
            entries = places
        wide = np.ascontiguousarray(entries, dtype=column.dtype)
        written = wide.reshape(-1).view(np.uint8).reshape(-1, wide.itemsize).T.tobytes()
        if column.width > _LONG:
            blocks += [b"".join(parts), written]
            parts = []
        else:
            parts.append(written)
    return [*blocks, b"".join(parts)]


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
    names = groups(schema)
    head = 1 + 4 * len(names)
    heads = np.frombuffer(b"".join([blob[:head] for blob in blobs]), np.uint8).reshape(len(blobs), head)
    counts = dict(zip(names, heads[:, 1:].copy().view("<u4").T.astype(np.int64), strict=True))
    offsets = {group: np.concatenate([[0], np.cumsum(counts[group])]) for group in names}
    starts, columns = np.full(len(blobs), head, dtype=np.int64), {}
    for column in schema:
        shape, dtype = entry_shape(column), np.dtype(column.dtype)
        sizes = counts[column.group] * int(np.prod(shape, dtype=np.int64))
        planes = []
        for _ in range(dtype.itemsize):
            ends = starts + sizes
            slices = zip(blobs, starts.tolist(), ends.tolist(), strict=True)
            planes.append(np.frombuffer(b"".join([blob[a:b] for blob, a, b in slices]), np.uint8))
            starts = ends
        if len(planes[0]) != sizes.sum() or any(len(plane) != len(planes[0]) for plane in planes):
            raise ValueError("features that are shorter or longer than they say")
        entries = planes[0] if len(planes) == 1 else np.stack(planes, axis=-1)
        columns[column.name] = entries.reshape(-1).view(dtype).reshape(-1, *shape)
    if starts.tolist() != [len(blob) for blob in blobs]:
        raise ValueError("features that are shorter or longer than they say")
    return offsets, columns, heads[:, 0] == 1


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
