"""Many byte strings in two arrays: all their bytes, and where each begins."""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Generic, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from recommender.collection.local.sealed.file.reader import Sealed, Unmapped
from recommender.collection.local.sealed.file.writer import SealedWriter

T = TypeVar("T")
#: Where a string begins, and the next, by the bytes that each takes.
_BOUNDS = {4: struct.Struct("<2I"), 8: struct.Struct("<2q")}


class Packed:
    """Byte strings of a sealed file, read where they lie."""

    def __init__(self, sealed: Sealed, name: str) -> None:
        self._offsets = memoryview(sealed.arrays[f"{name}_offsets"])  # type: ignore[arg-type]  # gives plain ints
        self._bytes = memoryview(sealed.arrays[f"{name}_bytes"])  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, position: int) -> bytes:
        return self._bytes[self._offsets[position] : self._offsets[position + 1]].tobytes()

    def text(self, position: int) -> str:
        """The string at a position, as text."""
        return str(self._bytes[self._offsets[position] : self._offsets[position + 1]], "utf-8")


class Unread:
    """Byte strings of a sealed file of which a question looks at few: each is read when it is asked for."""

    def __init__(self, file: Unmapped, name: str) -> None:
        self._file = file
        self._offsets, self._bytes = f"{name}_offsets", f"{name}_bytes"

    def __len__(self) -> int:
        return self._file.length(self._offsets) - 1

    def __getitem__(self, position: int) -> bytes:
        bounds = self._file.read(self._offsets, position, position + 2)
        start, end = _BOUNDS[len(bounds) // 2].unpack(bounds)
        return self._file.read(self._bytes, start, end)


class PackedWriter:
    """Writes byte strings as the two arrays that `Packed` reads; the first array of its file until `finish`."""

    def __init__(self, file: SealedWriter, name: str) -> None:
        self._file = file
        self._name = name
        self._lengths = [np.zeros(1, np.int64)]
        file.begin(f"{name}_bytes", "u1")

    def extend(self, strings: Sequence[bytes]) -> None:
        """The next strings."""
        self._file.extend(np.frombuffer(b"".join(strings), np.uint8))
        self._lengths.append(np.fromiter(map(len, strings), np.int64, len(strings)))

    def finish(self) -> None:
        """Write where each begins."""
        self._file.add(f"{self._name}_offsets", places(np.cumsum(np.concatenate(self._lengths))))


def places(numbers: NDArray[np.int64]) -> NDArray[np.unsignedinteger[Any]] | NDArray[np.int64]:
    """Places, ascending, in four bytes each where that is enough."""
    return numbers.astype(np.uint32) if numbers[-1] < 1 << 32 else numbers


def write_packed(file: SealedWriter, name: str, strings: Iterable[bytes]) -> None:
    """Write all these byte strings."""
    writer = PackedWriter(file, name)
    remaining = iter(strings)
    while batch := list(islice(remaining, 4096)):
        writer.extend(batch)
    writer.finish()


class Sorted(Generic[T]):
    """An ascending sequence behind a function, for `bisect`; nothing is read that is not looked at."""

    def __init__(self, length: int, at: Callable[[int], T]) -> None:
        self._length = length
        self._at = at

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T]:
        return map(self._at, range(self._length))

    def __getitem__(self, position: int) -> T:
        if not 0 <= position < self._length:
            raise IndexError(position)
        return self._at(position)

    def find(self, value: T) -> int | None:
        """Position of a value, None where it is not there."""
        at = bisect_left(range(self._length), cast(Any, value), key=self._at)
        return at if at < self._length and self._at(at) == value else None
