"""ZIP files from strangers: how much of one may be unpacked."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

#: Bytes that the members of an archive may unpack to, all together, and one member alone.
LARGEST_ARCHIVE = 256 * 1024 * 1024
LARGEST_MEMBER = 64 * 1024 * 1024
#: Members of an archive; and how many times its packed size a member may unpack to, from a megabyte on.
MOST_MEMBERS = 10_000
STEEPEST = 200


def fault_of(archive: zipfile.ZipFile) -> str | None:
    """Why an archive is not safe to unpack, None where it is."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        return f"the archive has {len(members):,} members; more than {MOST_MEMBERS:,} are not read"
    if any(member.flag_bits & 1 for member in members):
        return "the archive is encrypted; give it without a password"
    for member in members:
        steep = member.file_size > 1024 * 1024 and member.file_size > STEEPEST * max(member.compress_size, 1)
        if steep or member.file_size > LARGEST_MEMBER:
            return f"{member.filename!r} would unpack to {member.file_size:,} bytes; an archive like that is not read"
    if sum(member.file_size for member in members) > LARGEST_ARCHIVE:
        return f"the archive would unpack to more than {LARGEST_ARCHIVE:,} bytes; it is not read"
    return None


def names_of(stream: BinaryIO) -> tuple[str, ...] | None:
    """The names of a ZIP's members, None where it is broken."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return tuple(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
        return None
    finally:
        stream.seek(0)


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The content of one member, never more than it may be whatever its header says.

    Raises `zipfile.BadZipFile` and what else `zipfile` raises where the member is broken or too large.
    """
    with archive.open(name) as member:
        content = member.read(LARGEST_MEMBER + 1)
    if len(content) > LARGEST_MEMBER:
        raise zipfile.BadZipFile(f"{name!r} unpacks to more than {LARGEST_MEMBER:,} bytes")
    return content
