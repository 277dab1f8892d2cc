"""Older formats' rows made small, as they are; nothing is encoded.

From format 3 to 4 all parts of a profile are packed, from 5 to 6 its vector and columns once more, more tightly.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from recommender.collection.common import checksums, codec, packing, planes
from recommender.collection.common.codec import Layout
from recommender.encoding.features import Array, Column

_STEP = 500


class _Parts(NamedTuple):
    """Of a row the columns that are packed."""

    document: bytes
    facts: bytes
    vector: bytes
    features: bytes


_Packer = Callable[[Sequence[_Parts], Layout], list[_Parts]]

_WRITE = f"UPDATE profiles SET {', '.join(f'{name} = ?' for name in (*_Parts._fields, 'checks'))} WHERE seq = ?"


def pack(connection: sqlite3.Connection) -> None:
    """From format 3 to 4, within a transaction."""
    _pack_all(connection, "NULL", _first)


def pack_again(connection: sqlite3.Connection) -> None:
    """From format 5 to 6, within a transaction."""
    _pack_all(connection, "CAST(linked_to AS BLOB)", _again)


def _pack_all(connection: sqlite3.Connection, linked: str, packed: _Packer) -> None:
    """Pack every row; one whose checksums do not hold stays as it is, and damaged."""
    dimension, columns = connection.execute("SELECT dimension, columns FROM pool").fetchone()
    layout, last = Layout("", dimension or 0, columns or ""), -1
    parts = ", ".join(f"CAST({name} AS BLOB)" for name in _Parts._fields)
    read = f"""SELECT seq, CAST(id AS BLOB), CAST(name AS BLOB), CAST(checks AS BLOB), {linked}, {parts}
    FROM profiles WHERE seq > ? ORDER BY seq LIMIT {_STEP}"""
    while rows := connection.execute(read, (last,)).fetchall():
        connection.executemany(_WRITE, _packed(rows, layout, packed))
        last = rows[-1][0]


def _packed(rows: list[tuple[Any, ...]], layout: Layout, packed: _Packer) -> Iterator[tuple[object, ...]]:
    sound = []
    for seq, profile_id, name, checks, linked_to, *parts in rows:
        if checksums.problem(seq, profile_id, name, tuple(parts), checks, linked_to) is None:
            sound.append(((seq, profile_id, name, linked_to), _Parts(*parts)))
    after = packed([parts for _, parts in sound], layout)
    for ((seq, profile_id, name, linked_to), _), small in zip(sound, after, strict=True):
        yield (*small, checksums.seal(seq, profile_id, name, checksums.of_parts(*small), linked_to), seq)


def _first(rows: Sequence[_Parts], layout: Layout) -> list[_Parts]:
    """Of rows of format 3."""
    return [
        _Parts(
            packing.pack_document(parts.document),
            packing.pack_facts(parts.facts),
            packing.pack_vector(np.frombuffer(parts.vector, "<f4")) if len(parts.vector) % 4 == 0 else parts.vector,
            _packed_features(parts.features, layout.schema),
        )
        for parts in rows
    ]


def _packed_features(features: bytes, schema: Sequence[Column]) -> bytes:
    """Of format 3, where counts come first and each column as it lies in memory; as they are where they do not fit."""
    names = planes.groups(schema)
    if len(features) < 4 * len(names):
        return features
    counts = dict(zip(names, np.frombuffer(features, "<u4", len(names)).tolist(), strict=True))
    columns: dict[str, Array] = {}
    start = 4 * len(names)
    for column in schema:
        shape = (counts[column.group], *planes.entry_shape(column))
        size = int(np.prod(shape, dtype=np.int64)) * np.dtype(column.dtype).itemsize
        if start + size > len(features):
            return features
        columns[column.name] = np.frombuffer(features[start : start + size], column.dtype).reshape(shape)
        start += size
    return packing.pack_features(planes.written(columns, list(counts.values()), schema))


def _again(rows: Sequence[_Parts], layout: Layout) -> list[_Parts]:
    """Of rows of format 5, of which what cannot be unpacked stays as it is."""
    tight = [parts._replace(vector=packing.tightened(parts.vector, layout.dimension)) for parts in rows]
    try:
        features = codec.decode_features([parts.features for parts in rows], layout)
    except ValueError:
        return tight if len(rows) == 1 else [after for parts in rows for after in _again([parts], layout)]
    return [parts._replace(features=codec.encode_features(features, layout, row)) for row, parts in enumerate(tight)]
