"""Bytes that are many more than they look: how much of a file is unpacked, and taken into memory."""

from __future__ import annotations

import gzip
from io import BufferedReader, RawIOBase
from typing import BinaryIO, cast

from recommender.limits import Limits


class TooLarge(Exception):
    """More is in a file than is read; becomes a `Rejected` with this line, which ends with the remedy."""


class _Bounded(RawIOBase):
    """What a gzip file unpacks to, as far as that is allowed. Unpacking itself takes little memory, whatever is
    there: it needs no process of its own."""

    def __init__(self, packed: BinaryIO, allowed: int) -> None:
        self._unpacked, self._allowed = gzip.GzipFile(fileobj=packed), allowed

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._unpacked.seek(offset, whence)

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        content = self._unpacked.read(len(buffer))
        if self._unpacked.tell() > self._allowed:
            raise TooLarge(
                f"the file unpacks to more than {self._allowed:,} bytes (limits.unpacked_bytes); "
                "what follows was not read: split it"
            )
        buffer[: len(content)] = content
        return len(content)


def unpacked(stream: BinaryIO, limits: Limits) -> BinaryIO:
    """The stream without its gzip, at its beginning."""
    packed = stream.read(2) == b"\x1f\x8b"
    size = stream.seek(0, 2)
    stream.seek(0)
    return cast(BinaryIO, BufferedReader(_Bounded(stream, limits.unpacked(size)))) if packed else stream


def whole(stream: BinaryIO, limits: Limits) -> bytes:
    """All of a file that is one person; raises `TooLarge` where that is more than one person writes."""
    content = stream.read(limits.document_bytes + 1)
    if len(content) > limits.document_bytes:
        raise TooLarge(
            f"the file is larger than {limits.document_bytes:,} bytes (limits.document_bytes); give one person's alone"
        )
    return content
