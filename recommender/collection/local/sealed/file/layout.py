"""Sealed files: arrays written once, with checksums, and mapped into memory ever after.

::

    b"RPOLBLKS"  arrays, each from a multiple of 64 bytes
    CRC-32 of every 16 KiB so far (uint32)  footer (JSON)  how many bytes that is, length of the footer (uint64)
    SHA-256 of all that follows the arrays (32 bytes)

The footer names the file's kind and format version, the pool, the fingerprint and the number that it reaches, and each
array's dtype, shape and place. No byte is believed before its checksum has held: that of what follows the arrays when
the file is opened; those of the arrays' blocks then too, or, where a file is large and a question reads little of it,
when something of the block is first asked for.
"""

from __future__ import annotations

import struct

import msgspec

#: Version of this layout and of what the arrays in it mean.
FORMAT = 10
SUFFIX = ".seal"
MAGIC, TAIL = b"RPOLBLKS", struct.Struct("<QQ32s")
ALIGNMENT = 64


class Origin(msgspec.Struct, frozen=True):
    """What a derived file was made from: which pool, by which encoder, up to which number."""

    pool: str
    fingerprint: str
    reaches: int


class Placed(msgspec.Struct, frozen=True):
    """Where an array is."""

    dtype: str
    shape: tuple[int, ...]
    offset: int


class Footer(msgspec.Struct, frozen=True):
    """What a file says of itself."""

    kind: str
    format: int
    origin: Origin
    arrays: dict[str, Placed]
