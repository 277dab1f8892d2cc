"""ZIP files from strangers: how much of one may be unpacked."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from recommender.decoding.parts import Kind, Member, Part, PartNotice, Refused
from recommender.limits import Limits

#: Files of a LinkedIn export that make the profile, and files about the person that a profile has no place for.
MAKE_THE_PROFILE = (
    "profile.csv", "positions.csv", "education.csv", "skills.csv", "languages.csv", "certifications.csv",
    "email addresses.csv", "phonenumbers.csv",
)  # fmt: skip
KEPT_BESIDE = (
    "projects.csv", "honors.csv", "publications.csv", "courses.csv", "volunteering.csv", "patents.csv",
    "organizations.csv", "test scores.csv", "profile summary.csv",
)  # fmt: skip
ABOUT_THE_PERSON = frozenset((*MAKE_THE_PROFILE, *KEPT_BESIDE))
#: Members by which other kinds of ZIP are known.
_MARKS = {
    "docx": ("word/document.xml",),
    "xlsx": ("xl/workbook.xml", "xl/workbook.bin"),
    "pptx": ("ppt/presentation.xml",),
    "epub": ("META-INF/container.xml",),
}
_MAIN_PART = re.compile(r"word/document\d*\.xml")
#: What `zipfile` raises on broken archives and members.
FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)

#: Bytes that one member may unpack to.
LARGEST_MEMBER = 64 * 1024 * 1024
#: Members of an archive; and how many times its packed size a member may unpack to, from a megabyte on.
MOST_MEMBERS = 10_000
STEEPEST = 200


def fault_of(archive: zipfile.ZipFile, limits: Limits) -> str | None:
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
    if sum(member.file_size for member in members) > limits.unpacked_bytes:
        return (
            f"the archive would unpack to more than {limits.unpacked_bytes:,} bytes (limits.unpacked_bytes); "
            "it is not read"
        )
    return None


def decode_zip(stream: BinaryIO, limits: Limits) -> Iterator[Part]:
    """What a ZIP is."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
    except FAULTS:
        yield Kind(None)
        return
    yield Kind(_kind_of(names))


def _kind_of(names: list[str]) -> str:
    """A format of ours, or what else a ZIP is that has members of these names."""
    held = set(names)
    for kind, marks in _MARKS.items():
        if not held.isdisjoint(marks):
            return kind
    if any(_MAIN_PART.fullmatch(name) for name in names):
        return "docx"
    base = {name.rsplit("/", 1)[-1].lower() for name in names}
    if base & {"profile.csv", "positions.csv", "skills.csv"}:
        return "linkedin"
    if "mimetype" in held and "content.xml" in held:
        return "odt"
    return "pages" if any(name.endswith((".iwa", "Index.zip")) for name in names) else "files"


def decode_linkedin(stream: BinaryIO, limits: Limits) -> Iterator[Part]:
    """The files of a LinkedIn export that are about the person."""
    try:
        with zipfile.ZipFile(stream) as archive:
            fault = fault_of(archive, limits)
            if fault:
                yield Refused(fault)
                return
            yield from _members(archive)
    except FAULTS as error:
        yield Refused(f"the archive is broken ({error}); download the export again")


def _members(archive: zipfile.ZipFile) -> Iterator[Part]:
    unread: list[str] = []
    for name in archive.namelist():
        if name.rsplit("/", 1)[-1].lower() not in ABOUT_THE_PERSON:
            unread += [] if name.endswith("/") else [name]
            continue
        try:
            yield Member(name, read_member(archive, name))
        except FAULTS as error:
            yield PartNotice(name, f"this file is broken ({error}) and was not read; download the export again")
    if unread:
        shown = ", ".join(unread[:5]) + (", …" if len(unread) > 5 else "")
        yield PartNotice("", f"{len(unread)} files of the export are not about the profile and were not read: {shown}")


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The content of one member, never more than it may be whatever its header says.

    Raises `zipfile.BadZipFile` and what else `zipfile` raises where the member is broken or too large.
    """
    with archive.open(name) as member:
        content = member.read(LARGEST_MEMBER + 1)
    if len(content) > LARGEST_MEMBER:
        raise zipfile.BadZipFile(f"{name!r} unpacks to more than {LARGEST_MEMBER:,} bytes")
    return content
