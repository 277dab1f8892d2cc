"""Sealed files: arrays written once, checksummed, and mapped into memory ever after.

::

    b"RPOLSEAL"  arrays, each from a multiple of 64 bytes  footer (JSON)
    length of the footer (uint64)  SHA-256 of everything before it (32 bytes)

The footer names the file's kind and format version, the pool, the fingerprint and the number that it
reaches, and each array's dtype, shape and place. No byte is believed before the checksum holds.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
import weakref
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec
import numpy as np

from recommender import private
from recommender.encoding.features import Array
from recommender.errors import CollectionCorrupt

#: Version of this layout and of what the arrays in it mean.
FORMAT = 8
SUFFIX = ".seal"

_MAGIC = b"RPOLSEAL"
_ALIGNMENT = 64
_TAIL = struct.Struct("<Q32s")
_HASHED_AT_ONCE = 1 << 22


class Origin(msgspec.Struct, frozen=True):
    """What a derived file was made from: which pool, by which encoder, up to which number."""

    pool: str
    fingerprint: str
    reaches: int


class _Placed(msgspec.Struct, frozen=True):
    dtype: str
    shape: tuple[int, ...]
    offset: int


class _Footer(msgspec.Struct, frozen=True):
    kind: str
    format: int
    origin: Origin
    arrays: dict[str, _Placed]


class SealedWriter:
    """Writes one sealed file; `with` seals and syncs it at the end, and leaves a broken one where it failed."""

    def __init__(self, folder: Path, kind: str, origin: Origin) -> None:
        self._kind = kind
        self._origin = origin
        self._arrays: dict[str, _Placed] = {}
        self._hash = hashlib.sha256()
        self._position = 0
        self._current = ""
        self._file = private.create(folder / (kind + SUFFIX))
        self._write(_MAGIC)

    def add(self, name: str, array: Array) -> None:
        """Write an array whole."""
        self.begin(name, array.dtype.str, array.shape[1:])
        self.extend(array)

    def begin(self, name: str, dtype: str, entry_shape: tuple[int, ...] = ()) -> None:
        """Begin an array that comes piece by piece along its first axis."""
        self._write(bytes(-self._position % _ALIGNMENT))
        self._current = name
        self._arrays[name] = _Placed(np.dtype(dtype).str, (0, *entry_shape), self._position)

    def extend(self, piece: Array) -> None:
        """The next piece of the array begun last."""
        so_far = self._arrays[self._current]
        self._write(np.ascontiguousarray(piece, dtype=so_far.dtype).reshape(-1).view(np.uint8).data)
        length, *entry_shape = so_far.shape
        self._arrays[self._current] = _Placed(so_far.dtype, (length + len(piece), *entry_shape), so_far.offset)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._file:
            if error is None:
                footer = msgspec.json.encode(_Footer(self._kind, FORMAT, self._origin, self._arrays))
                self._write(footer)
                self._write(struct.pack("<Q", len(footer)))
                self._file.write(self._hash.digest())
                self._file.flush()
                os.fsync(self._file.fileno())

    def _write(self, content: bytes | memoryview) -> None:
        self._file.write(content)
        self._hash.update(content)
        self._position += len(content)


class Sealed:
    """An opened sealed file: its checksum held, its arrays mapped and read-only."""

    def __init__(self, path: Path, origin: Origin, arrays: dict[str, Array]) -> None:
        self.path = path
        self.origin = origin
        self.arrays = arrays


class Unmapped:
    """An opened sealed file whose checksum held, and whose bytes are read when asked for: it takes no memory."""

    def __init__(self, path: Path, origin: Origin, places: dict[str, _Placed], descriptor: int) -> None:
        self.path = path
        self.origin = origin
        self._places = places
        self._descriptor = descriptor
        weakref.finalize(self, os.close, descriptor)

    def length(self, name: str) -> int:
        """How many entries an array has."""
        return self._places[name].shape[0]

    def read(self, name: str, start: int, end: int) -> bytes:
        """The bytes of the entries from `start` to `end` of an array of one dimension."""
        placed = self._places[name]
        size = np.dtype(placed.dtype).itemsize
        content = os.pread(self._descriptor, (end - start) * size, placed.offset + start * size)
        if len(content) != (end - start) * size:
            raise CollectionCorrupt(f"{self.path.name} was cut short since it was opened; run `recommender compact`")
        return content


def open_unmapped(folder: Path, kind: str) -> Unmapped:
    """Check one file whose arrays are to be read piece by piece; raises `CollectionCorrupt`, what is wrong with it."""
    path = folder / (kind + SUFFIX)
    with _opened(path) as file, _mapped(path, file) as mapped:
        footer = _footer(path, kind, mapped)
        return Unmapped(path, footer.origin, footer.arrays, os.dup(file.fileno()))


def open_sealed(folder: Path, kind: str, *, seldom: bool = False) -> Sealed:
    """Check and map one file; raises `CollectionCorrupt` saying what is wrong with it.

    Its pages, read for the checksum, stay mapped, so that no later reader stumbles over them one by one; those of a
    file that is `seldom` read are let go.
    """
    path = folder / (kind + SUFFIX)
    with _opened(path) as file:
        mapped = _mapped(path, file)
    footer = _footer(path, kind, mapped)
    if seldom:
        mapped.madvise(mmap.MADV_DONTNEED)
    arrays = {name: _map(mapped, placed) for name, placed in footer.arrays.items()}
    return Sealed(path, footer.origin, arrays)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise CollectionCorrupt(f"{path.name} cannot be read ({error})") from error


def _mapped(path: Path, file: BinaryIO) -> mmap.mmap:
    try:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise CollectionCorrupt(f"{path.name} cannot be read ({error})") from error


def _footer(path: Path, kind: str, mapped: mmap.mmap) -> _Footer:
    footer = _checked_footer(path, mapped)
    if (footer.kind, footer.format) != (kind, FORMAT):
        raise CollectionCorrupt(f"{path.name} is {footer.kind} of format {footer.format}, wanted is {kind} of {FORMAT}")
    return footer


def _checked_footer(path: Path, mapped: mmap.mmap) -> _Footer:
    if len(mapped) < len(_MAGIC) + _TAIL.size or mapped[: len(_MAGIC)] != _MAGIC:
        raise CollectionCorrupt(f"{path.name} is no sealed file, or cut short")
    length, digest = _TAIL.unpack(mapped[-_TAIL.size :])
    if _sha256(mapped, len(mapped) - 32) != digest:
        raise CollectionCorrupt(f"{path.name} does not match its checksum")
    footer_at = len(mapped) - _TAIL.size - length
    return msgspec.json.decode(mapped[footer_at : footer_at + length], type=_Footer)


def _sha256(mapped: mmap.mmap, end: int) -> bytes:
    digest = hashlib.sha256()
    with memoryview(mapped) as view:
        for start in range(0, end, _HASHED_AT_ONCE):
            with view[start : min(start + _HASHED_AT_ONCE, end)] as piece:
                digest.update(piece)
    return digest.digest()


def _map(mapped: mmap.mmap, placed: _Placed) -> Array:
    count = int(np.prod(placed.shape, dtype=np.int64))
    return np.frombuffer(mapped, dtype=placed.dtype, count=count, offset=placed.offset).reshape(placed.shape)
