"""What goes between the process that asks and the one that decodes: msgpack, its length in four bytes before it."""

from __future__ import annotations

import struct
from typing import Any, BinaryIO, Literal

import msgspec

from recommender.limits import Limits

#: What can be decoded; "zip" tells what a ZIP is.
Job = Literal["zip", "pdf", "docx", "linkedin", "parquet"]

LENGTH = struct.Struct(">I")


class Request(msgspec.Struct, frozen=True):
    """A file to decode: where it lies, or its bytes."""

    job: Job
    limits: Limits
    path: str | None = None
    content: bytes = b""


class PartNotice(msgspec.Struct, frozen=True, tag=True):
    """Something lost or doubtful, at a place."""

    place: str
    message: str


class Refused(msgspec.Struct, frozen=True, tag=True):
    """The file, or what is left of it, is not decoded; the reason is one line with its fix."""

    reason: str
    place: str = ""


class Kind(msgspec.Struct, frozen=True, tag=True):
    """What a ZIP is: a format of ours, the name of another kind of ZIP, None for none at all."""

    format: str | None


class Text(msgspec.Struct, frozen=True, tag=True):
    """All the text of a document."""

    text: str


class Member(msgspec.Struct, frozen=True, tag=True):
    """A file of an archive."""

    name: str
    content: bytes


class Columns(msgspec.Struct, frozen=True, tag=True):
    """The columns of a table, before its rows."""

    names: list[str]


class Rows(msgspec.Struct, frozen=True, tag=True):
    """Some rows, in order, and the number of the first."""

    first: int
    rows: list[dict[str, Any]]


class Done(msgspec.Struct, frozen=True, tag=True):
    """The file is at its end. `fit`: whether the process can take another."""

    fit: bool = True


class More(msgspec.Struct, frozen=True, tag=True):
    """The file deserves so much more processor time; said inside the decoding process only."""

    seconds: float


Part = PartNotice | Refused | Kind | Text | Member | Columns | Rows


def write(stream: BinaryIO, value: msgspec.Struct) -> None:
    """Write one value."""
    content = msgspec.msgpack.encode(value)
    stream.write(LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()
