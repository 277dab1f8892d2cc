"""`KeptRows`: what was unpacked of a segment's rows, kept for as long as they are asked for again and again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

#: Bytes that are kept of a segment's rows of one kind: those of some ten thousand people.
MOST: Final = 48_000_000
#: Bytes that a row costs beside its own.
_BESIDE: Final = 150


class Unpacked(NamedTuple):
    """Of one row the entries of some groups, side by side as `Records` has them."""

    parts: tuple[bytes, ...]


class KeptRows:
    """The rows asked for last, in two halves: where the newer one is full, the older is forgotten as a whole.

    A sealed row never changes, so nothing that is kept can be out of date. Safe to share between threads.

    Args:
        read: what rows unpack to, in order.
        most: bytes that are kept.
    """

    def __init__(self, read: Callable[[Sequence[int]], Sequence[Unpacked]], most: int = MOST) -> None:
        self._read, self._half = read, most // 2
        self._newer: dict[int, Unpacked] = {}
        self._older: dict[int, Unpacked] = {}
        self._bytes = 0
        self._lock = threading.Lock()

    def of(self, rows: Sequence[int]) -> list[Unpacked]:
        """Those of these rows, in order."""
        newer, older = self._newer, self._older
        found = [newer.get(row) for row in rows]
        if None in found:
            again = {row: older[row] for row, one in zip(rows, found, strict=True) if one is None and row in older}
            missing = [row for row, one in zip(rows, found, strict=True) if one is None and row not in again]
            if missing:
                missing = list(dict.fromkeys(missing))
                again |= zip(missing, self._read(missing), strict=True)
            self._keep(again)
            found = [again[row] if one is None else one for row, one in zip(rows, found, strict=True)]
        return found  # type: ignore[return-value]

    def _keep(self, those: dict[int, Unpacked]) -> None:
        with self._lock:
            for row, one in those.items():
                if row not in self._newer:
                    self._newer[row] = one
                    self._bytes += _BESIDE + sum(map(len, one.parts))
            if self._bytes > self._half:
                self._older, self._newer, self._bytes = self._newer, {}, 0
