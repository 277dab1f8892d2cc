"""Opening sealed files: mapped, or to be read piece by piece."""

from __future__ import annotations

import hashlib
import mmap
import os
import weakref
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection.local.sealed.file.blocks import Blocks
from recommender.collection.local.sealed.file.layout import (
    FORMAT,
    MAGIC,
    SUFFIX,
    TAIL,
    Footer,
    Origin,
    Placed,
)
from recommender.encoding.features import Array
from recommender.errors import CollectionCorrupt

#: The bytes from which on a file need not be checked as a whole when it is opened.
LARGE = 1 << 22


class Sealed:
    """An opened sealed file, its arrays mapped and read-only.

    Attributes:
        blocks: what has to hold before its arrays are believed; where it was checked as a whole, all does.
    """

    def __init__(self, path: Path, opened: _Opened, arrays: dict[str, Array]) -> None:
        self.path = path
        self.origin: Origin = opened.footer.origin
        self.arrays = arrays
        self.blocks: Blocks = opened.blocks
        self._places = opened.footer.arrays

    def hold(self, name: str, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> None:
        """See to it that runs of an array's entries can be believed; raises `CollectionCorrupt`."""
        placed, size = self._places[name], self.arrays[name].strides[0]
        self.blocks.hold_each(placed.offset + starts * size, placed.offset + ends * size)


class Unmapped:
    """An opened sealed file whose bytes are read, and checked, when asked for: it takes no memory."""

    def __init__(self, path: Path, opened: _Opened, content: _OpenFile) -> None:
        self.path = path
        self.origin: Origin = opened.footer.origin
        self.blocks: Blocks = opened.blocks
        self._places = opened.footer.arrays
        self._content = content

    def length(self, name: str) -> int:
        """How many entries an array has."""
        return self._places[name].shape[0]

    def read(self, name: str, start: int, end: int) -> bytes:
        """The bytes of the entries from `start` to `end` of an array of one dimension; raises `CollectionCorrupt`."""
        placed = self._places[name]
        size = np.dtype(placed.dtype).itemsize
        first, last = placed.offset + start * size, placed.offset + end * size
        self.blocks.hold(first, last)
        return self._content[first:last]


def open_unmapped(folder: Path, kind: str, *, whole: bool = True) -> Unmapped:
    """One file whose arrays are to be read piece by piece; raises `CollectionCorrupt`, what is wrong with it.

    Args:
        whole: whether all of a large file is checked now, and not each block when it is first read.
    """
    path = folder / (kind + SUFFIX)
    with _opening(path) as file, _mapped(path, file) as mapped:
        content = _OpenFile(path, os.dup(file.fileno()))
        opened = _opened(path, kind, mapped, content)
        if whole or len(mapped) < LARGE:
            opened.blocks.hold_all()
        return Unmapped(path, opened, content)


def open_sealed(folder: Path, kind: str, *, seldom: bool = False, whole: bool = True) -> Sealed:
    """Map one file; raises `CollectionCorrupt` saying what is wrong with it.

    Its pages, read for the checksums, stay mapped, so that no later reader stumbles over them one by one; those of a
    file that is `seldom` read are let go.

    Args:
        whole: whether all of a large file is checked now; else whoever reads of it holds that first.
    """
    path = folder / (kind + SUFFIX)
    with _opening(path) as file:
        mapped = _mapped(path, file)
    opened = _opened(path, kind, mapped, memoryview(mapped))
    if whole or len(mapped) < LARGE:
        opened.blocks.hold_all()
    if seldom:
        mapped.madvise(mmap.MADV_DONTNEED)
    return Sealed(path, opened, {name: _map(mapped, placed) for name, placed in opened.footer.arrays.items()})


class _Opened(NamedTuple):
    footer: Footer
    blocks: Blocks


class _OpenFile:
    """What a file holds, which stays open for as long as this is there."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path, self._descriptor = path, descriptor
        weakref.finalize(self, os.close, descriptor)

    def __getitem__(self, part: slice) -> bytes:
        content = os.pread(self._descriptor, part.stop - part.start, part.start)
        if len(content) != part.stop - part.start:
            raise CollectionCorrupt(f"{self._path.name} was cut short since it was opened; run `recommender compact`")
        return content


def _opening(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise CollectionCorrupt(f"{path.name} cannot be read ({error})") from error


def _mapped(path: Path, file: BinaryIO) -> mmap.mmap:
    try:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise CollectionCorrupt(f"{path.name} cannot be read ({error})") from error


def _opened(path: Path, kind: str, mapped: mmap.mmap, content: memoryview | _OpenFile) -> _Opened:
    """The checked footer, and the blocks, which are to be checked yet."""
    if mapped[: len(MAGIC)] != MAGIC or len(mapped) < len(MAGIC) + TAIL.size:
        raise CollectionCorrupt(f"{path.name} is no sealed file of format {FORMAT}, or cut short")
    opened = _by_blocks(path, mapped, content)
    footer = opened.footer
    if (footer.kind, footer.format) != (kind, FORMAT):
        raise CollectionCorrupt(f"{path.name} is {footer.kind} of format {footer.format}, wanted is {kind} of {FORMAT}")
    return opened


def _by_blocks(path: Path, mapped: mmap.mmap, content: memoryview | _OpenFile) -> _Opened:
    end, length, digest = TAIL.unpack(mapped[-TAIL.size :])
    if hashlib.sha256(mapped[end:-32]).digest() != digest:
        raise CollectionCorrupt(f"{path.name} does not match its checksum")
    footer_at = len(mapped) - TAIL.size - length
    footer = msgspec.json.decode(mapped[footer_at : footer_at + length], type=Footer)
    sums = np.frombuffer(mapped[end:footer_at], "<u4")
    ahead = None if isinstance(content, _OpenFile) else partial(_read_ahead, mapped)
    return _Opened(footer, Blocks(path.name, sums, content, end, ahead))


def _read_ahead(mapped: mmap.mmap, start: int, length: int) -> None:
    """Have the system read what will be asked for next."""
    whole_pages = start - start % mmap.PAGESIZE
    mapped.madvise(mmap.MADV_WILLNEED, whole_pages, length + start - whole_pages)


def _map(mapped: mmap.mmap, placed: Placed) -> Array:
    count = int(np.prod(placed.shape, dtype=np.int64))
    return np.frombuffer(mapped, dtype=placed.dtype, count=count, offset=placed.offset).reshape(placed.shape)
