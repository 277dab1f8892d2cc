"""A checksum with every stored row, so that a byte that rots on disk is noticed, and on which side.

A profile has five CRC-32: of document, facts, vector and features, and one that binds them to its number, id and name.
They find every flipped bit and every burst up to 32 bits; they are no defence against forgery, which a database that
somebody may write to cannot have. (Ten kilobytes take 3.5 µs; SHA-256 takes twice, BLAKE2 four times that.)
"""

from __future__ import annotations

import struct
from zlib import crc32

_PARTS = struct.Struct("<4I")
_SEALED = struct.Struct("<5I")
_SEQ = struct.Struct("<q")
_NAMES = ("document", "facts", "vector", "features")


def of_parts(document: bytes, facts: bytes, vector: bytes, features: bytes) -> bytes:
    """The checksums of a profile's parts, known before its number is."""
    return _PARTS.pack(crc32(document), crc32(facts), crc32(vector), crc32(features))


def seal(seq: int, profile_id: bytes, name: bytes | None, parts: bytes, linked_to: bytes | None = None) -> bytes:
    """What is stored with the profile: its parts' checksums, and theirs with number, id, name and link."""
    return _head(seq, profile_id, name, parts, linked_to) + parts


def of_document(sealed: bytes) -> int:
    """The document's checksum among those stored."""
    return int(_SEALED.unpack(sealed)[1])


def problem(
    seq: int, profile_id: object, name: object, parts: tuple[object, ...], sealed: object, linked_to: object = None
) -> str | None:
    """What does not match in a stored row, whose values may be of any type; None where everything does.

    Args:
        parts: document, facts, vector and features.
    """
    if not isinstance(sealed, bytes) or len(sealed) != _SEALED.size:
        return "its checksums are damaged"
    if not isinstance(profile_id, bytes) or not isinstance(name, bytes | None):
        return "its id or name is damaged"
    if not isinstance(linked_to, bytes | None):
        return "its link is damaged"
    wanted = _PARTS.unpack(sealed[4:])
    wrong = [
        part
        for part, content, checksum in zip(_NAMES, parts, wanted, strict=True)
        if not isinstance(content, bytes) or crc32(content) != checksum
    ]
    if wrong:
        return f"the checksum of its {' and '.join(wrong)} does not hold"
    if _head(seq, profile_id, name, sealed[4:], linked_to) != sealed[:4]:
        return "the checksum of its number, id and name does not hold"
    return None


def of_numbers(*numbers: int) -> int:
    """Of a tombstone: its number, and the number that left."""
    return crc32(struct.pack(f"<{len(numbers)}q", *numbers))


def of_values(values: tuple[object, ...]) -> int:
    """Of the pool's own row: texts, numbers and nothing."""
    return crc32(repr(values).encode(errors="surrogatepass"))


def _head(seq: int, profile_id: bytes, name: bytes | None, parts: bytes, linked_to: bytes | None) -> bytes:
    # an id holds no byte 0xff or 0xfe, as it is UTF-8: so none can pass for an id and a name or a link
    named = b"\xff" + name if name is not None else b""
    named += b"\xfe" + linked_to if linked_to is not None else b""
    return struct.pack("<I", crc32(named, crc32(profile_id, crc32(parts, crc32(_SEQ.pack(seq))))))
