"""What goes between the process that asks and the one that decodes: msgpack, its length in four bytes before it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any, BinaryIO, Literal

import msgspec

from recommender.limits import Limits

#: What can be decoded; "zip" tells what a ZIP is.
Job = Literal["zip", "pdf", "docx", "linkedin", "parquet", "html", "xml", "rtf", "yaml"]

LENGTH = struct.Struct(">I")


class DecodeRequest(msgspec.Struct, frozen=True):
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


class Element(msgspec.Struct, frozen=True, tag=True):
    """An element of HTML or XML: its name in lower case without its namespace, and what is inside, in order."""

    name: str
    attributes: dict[str, str]
    inner: list[Element | str]

    def all(self, *names: str) -> Iterator[Element]:
        """The elements of these names within it, at any depth."""
        for one in self.inner:
            if isinstance(one, Element):
                if one.name in names:
                    yield one
                yield from one.all(*names)

    def first(self, *names: str) -> Element | None:
        """The first of them."""
        return next(self.all(*names), None)

    @property
    def text(self) -> str:
        """All text within it, blanks as one."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for one in self.inner:
            if isinstance(one, str):
                yield one
            elif one.name != "script":
                yield from one._texts()


class Value(msgspec.Struct, frozen=True, tag=True):
    """The value of a document of values, as JSON has them."""

    value: Any


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


Part = PartNotice | Refused | Kind | Text | Element | Value | Member | Columns | Rows


def write(stream: BinaryIO, value: msgspec.Struct) -> None:
    """Write one value."""
    content = msgspec.msgpack.encode(value)
    stream.write(LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()
