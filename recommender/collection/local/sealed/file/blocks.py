"""Checksums of a file's blocks: so no byte is believed before its block has held, and none is read for that alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from recommender.errors import CollectionCorrupt

#: Bytes of a block: what is read and multiplied out in some microseconds when one byte of it is wanted.
BLOCK = 1 << 14
_SHIFT = BLOCK.bit_length() - 1

Content = bytes | memoryview
_Ahead = Callable[[int, int], None]


class BlockSums:
    """The checksums of what is written, block by block, however it is cut into pieces."""

    def __init__(self) -> None:
        self._sums: list[int] = []
        self._last, self._filled = 0, 0

    def update(self, content: Content) -> None:
        """What is written next."""
        view = memoryview(content)
        while len(view):
            part = view[: BLOCK - self._filled]
            self._last, self._filled = crc32(part, self._last), self._filled + len(part)
            if self._filled == BLOCK:
                self._sums.append(self._last)
                self._last, self._filled = 0, 0
            view = view[len(part) :]

    def sums(self) -> NDArray[np.uint32]:
        """Of all blocks, the last of which need not be full."""
        return np.array([*self._sums, self._last] if self._filled else self._sums, np.uint32)


class Sliced(Protocol):
    """Bytes that can be cut out."""

    def __getitem__(self, part: slice) -> Content:
        """Those of a part."""


class Blocks:
    """The blocks of an opened file, each looked at when something of it is first asked for. Safe to share.

    Args:
        name: of the file.
        sums: a checksum a block.
        content: what the file holds.
        end: how many bytes of it the blocks are of.
        ahead: has the system read so many bytes from one on, without waiting for them; None where it cannot be told.

    Attributes:
        problem: what was wrong with a block that did not hold; None as long as all did that were looked at.
    """

    def __init__(
        self, name: str, sums: NDArray[np.uint32], content: Sliced, end: int, ahead: _Ahead | None = None
    ) -> None:
        self._name, self._sums, self._content, self._end, self._ahead = name, sums, content, end, ahead
        self._held = np.zeros(len(sums), np.bool_)
        self._all_held = not len(sums)
        self.problem: str | None = None

    def hold(self, start: int, end: int) -> None:
        """See to it that these bytes can be believed; raises `CollectionCorrupt`."""
        if not self._all_held:
            for block in range(start >> _SHIFT, -(-end >> _SHIFT)):
                if not self._held[block]:
                    self._look_at(block)

    def hold_each(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> None:
        """The same of many runs of bytes."""
        if self._all_held or not len(starts):
            return
        first, last = starts >> _SHIFT, (np.maximum(ends, starts + 1) - 1) >> _SHIFT
        long = np.flatnonzero(last > first + 1)
        between = (np.arange(a, b) for a, b in zip(first[long] + 1, last[long], strict=True))
        touched = np.minimum(np.concatenate([first, last, *between]), len(self._sums) - 1)
        missing: list[int] = np.unique(touched[~self._held[touched]]).tolist()
        if self._ahead is not None and len(missing) > 1:  # a disk reads many at once sooner than one by one
            for block in missing:
                self._ahead(block << _SHIFT, BLOCK)
        for block in missing:
            self._look_at(block)
        self._all_held = bool(missing) and bool(self._held.all())

    def hold_all(self) -> None:
        """See to it that the whole file can be believed; raises `CollectionCorrupt`."""
        self.hold(0, self._end)
        self._all_held = True

    def _look_at(self, block: int) -> None:
        start = block << _SHIFT
        if crc32(self._content[start : min(start + BLOCK, self._end)]) != self._sums[block]:
            self.problem = f"{self._name} does not match its checksum"
            raise CollectionCorrupt(f"{self.problem}; run `recommender compact`, which makes it anew")
        self._held[block] = True
