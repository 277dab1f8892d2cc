"""Lists of texts as the server takes them in binary: written at once, where psycopg looks at each of them twice."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from psycopg import Connection
from psycopg.adapt import Dumper
from psycopg.pq import Format

#: Numbers of the types in PostgreSQL's catalogue: text, and arrays of it.
_TEXT, _TEXTS = 25, 1009
#: Dimensions, whether there are nulls, type of what is in it; length and lower bound of the only dimension.
_HEAD, _EMPTY = struct.Struct(">iiIii"), struct.pack(">iiI", 0, 0, _TEXT)
_LENGTH = struct.Struct(">i")


class Texts:
    """A list of texts to be handed to the server, as text[]."""

    __slots__ = ("values",)

    def __init__(self, values: Sequence[str]) -> None:
        self.values = values


class _TextsDumper(Dumper):
    format = Format.BINARY
    oid = _TEXTS

    def dump(self, obj: Texts) -> bytes:
        if not obj.values:
            return _EMPTY
        parts = [_HEAD.pack(1, 0, _TEXT, len(obj.values), 1)]
        for value in obj.values:
            written = value.encode()
            parts += (_LENGTH.pack(len(written)), written)
        return b"".join(parts)


def register(connection: Connection[Any]) -> None:
    """Let a connection take `Texts`."""
    connection.adapters.register_dumper(Texts, _TextsDumper)
