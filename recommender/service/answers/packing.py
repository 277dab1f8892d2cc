"""A body by gzip of which most was packed before (RFC 1951, 1952): what is new of it lies in it as it is."""

from __future__ import annotations

import struct
import zlib
from typing import Final

#: Levels above take twice the time for a hundredth of the bytes.
_LEVEL: Final = 4
#: Of a file without a name or a time, made by no system in particular.
_BEGIN: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
#: Bytes of a block that is not packed.
_MOST: Final = 65_535


def deflated(said: bytes) -> bytes:
    """Blocks that go into any body, whatever is before and after them."""
    packing = zlib.compressobj(_LEVEL, wbits=-zlib.MAX_WBITS)
    return packing.compress(said) + packing.flush(zlib.Z_FULL_FLUSH)


def inflated(packed: bytes) -> bytes:
    """What `deflated` was given."""
    return zlib.decompressobj(wbits=-zlib.MAX_WBITS).decompress(packed)


def gzipped(before: bytes, said: bytes, packed: bytes, after: bytes) -> bytes:
    """Three parts as one body.

    Args:
        packed: what `deflated` makes of `said`.
    """
    check = zlib.crc32(after, zlib.crc32(said, zlib.crc32(before)))
    end = struct.pack("<II", check, (len(before) + len(said) + len(after)) & 0xFFFFFFFF)
    return b"".join((_BEGIN, _stored(before), packed, _stored(after), _stored(b"", is_last=True), end))


def _stored(said: bytes, *, is_last: bool = False) -> bytes:
    """Blocks that are not packed."""
    parts = [said[start : start + _MOST] for start in range(0, len(said), _MOST)] or [b""]
    return b"".join(struct.pack("<BHH", is_last, len(part), len(part) ^ _MOST) + part for part in parts)
