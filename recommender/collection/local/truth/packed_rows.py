"""From format 3 to 4: the parts of every stored profile made small, as they are; nothing is encoded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from recommender.collection.common import checksums, packing, planes
from recommender.collection.common.codec import Layout
from recommender.encoding.features import Array, Column

_STEP = 500
_COLUMNS = ("document", "facts", "vector", "features", "checks")
_READ = f"""SELECT seq, CAST(id AS BLOB), CAST(name AS BLOB), {", ".join(f"CAST({name} AS BLOB)" for name in _COLUMNS)}
FROM profiles WHERE seq > ? ORDER BY seq LIMIT {_STEP}"""
_WRITE = f"UPDATE profiles SET {', '.join(f'{name} = ?' for name in _COLUMNS)} WHERE seq = ?"


def pack(connection: sqlite3.Connection) -> None:
    """Pack every row, within a transaction; a row whose checksums do not hold stays as it is, and damaged."""
    (columns,) = connection.execute("SELECT columns FROM pool").fetchone()
    schema, last = Layout("", 0, columns or "").schema, -1
    while rows := connection.execute(_READ, (last,)).fetchall():
        connection.executemany(_WRITE, _packed(rows, schema))
        last = rows[-1][0]


def _packed(rows: list[tuple[Any, ...]], schema: Sequence[Column]) -> Iterator[tuple[object, ...]]:
    for seq, profile_id, name, document, facts, vector, features, checks in rows:
        if checksums.problem(seq, profile_id, name, (document, facts, vector, features), checks):
            continue
        parts = (
            packing.pack_document(document),
            packing.pack_facts(facts),
            packing.pack_vector(np.frombuffer(vector, "<f4")) if len(vector) % 4 == 0 else vector,
            _packed_features(features, schema),
        )
        yield (*parts, checksums.seal(seq, profile_id, name, checksums.of_parts(*parts)), seq)


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
