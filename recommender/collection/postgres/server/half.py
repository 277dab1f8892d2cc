"""Vectors as pgvector's `halfvec` takes and gives them in binary: two bytes a number (IEEE 754 binary16)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection
from psycopg.adapt import Dumper
from psycopg.pq import Format
from psycopg.types import TypeInfo

from recommender.collection.common import codec

Floats = NDArray[np.float32]
#: A row's number, its vector as the server searches by it, and as it was given where that is another; and more.
Fetched = tuple[Any, ...]
#: Largest number that a halfvec holds.
LARGEST = 65_504.0
_HEAD = struct.Struct(">HH")


class Half:
    """A vector to be handed to the server; numbers that two bytes cannot hold are rounded."""

    __slots__ = ("numbers",)

    def __init__(self, vector: Floats) -> None:
        self.numbers = np.clip(vector, -LARGEST, LARGEST).astype(np.float16)

    @property
    def held(self) -> Floats:
        """The numbers as the server has them."""
        return self.numbers.astype(np.float32)


class _HalfDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Half) -> bytes:
        return _HEAD.pack(len(obj.numbers), 0) + obj.numbers.astype(">f2").tobytes()


def register(connection: Connection[Any]) -> None:
    """Let a connection take `Half`; nothing where the server has no pgvector."""
    found = TypeInfo.fetch(connection, "halfvec")
    if found is not None:
        connection.adapters.register_dumper(Half, type("_HalfDumper", (_HalfDumper,), {"oid": found.oid}))


def signs(vector: str, dimension: int) -> str:
    """The expression of the signs of a vector's numbers, as lists hold them."""
    return f"binary_quantize({vector})::bit({dimension})"


def halves_of(stored: Sequence[bytes], dimension: int) -> Floats:
    """Vectors as the server sent them, shape (len(stored), dimension)."""
    rows = np.frombuffer(b"".join(stored), ">f2").reshape(-1, dimension + 2)
    return rows[:, 2:].astype(np.float32)


def vectors_of(fetched: Sequence[Fetched], dimension: int) -> Floats:
    """The search vectors of rows as they were given, shape (len(fetched), dimension)."""
    vectors = halves_of([row[1] for row in fetched], dimension)
    for at, (_, _, whole, *_) in enumerate(fetched):
        if whole is not None:  # two bytes a number do not hold it
            vectors[at] = codec.decode_vectors([whole], dimension)[0]
    return vectors
