"""What reading yields beside profiles: `Rejected` records and `Notice`s, and the `Context` readers work in.

`Found` is a profile with the place it was read from, for whoever has to name it later.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from recommender.decoding import Decoder
from recommender.limits import Limits
from recommender.profile import Profile
from recommender.skills import Vocabulary

#: Characters of a message; what quotes the input may be as long as that.
_LONGEST_MESSAGE = 600


def _line(*parts: str) -> str:
    return ": ".join(filter(None, parts))


class Rejected(msgspec.Struct, frozen=True):
    """One record that gave no profile.

    Attributes:
        source: the file's name, or what the caller named the bytes.
        place: where in it ("line 12", "record 3", "" for the whole file).
        field: the field at fault ("roles[1].start"), "" where it is the record as a whole.
        reason: one line: what is wrong and how to fix it.
    """

    source: str
    place: str
    field: str
    reason: str

    @property
    def line(self) -> str:
        """All of it, in one line."""
        return _line(self.source, self.place, self.field, self.reason)


class Notice(msgspec.Struct, frozen=True):
    """Something that was lost, changed or doubtful in a record that was read all the same. Fields as in `Rejected`."""

    source: str
    place: str
    field: str
    message: str

    @property
    def line(self) -> str:
        """All of it, in one line."""
        return _line(self.source, self.place, self.field, self.message)


class Found(msgspec.Struct, frozen=True):
    """A profile, and where it was. Source and place as in `Rejected`."""

    profile: Profile
    source: str
    place: str

    @property
    def where(self) -> str:
        """Both of it, for a sentence."""
        return ", ".join(part for part in (self.source, self.place) if part)

    def reject(self, field: str, reason: str) -> Rejected:
        """The rejection of this record."""
        return Rejected(self.source, self.place, field, reason)


class Trace:
    """How a file was read, filled in while it is: the `format` it was taken for; of a table what each column was taken
    for, None where it is kept in `extras`; of one person's document the `text` that was read, None of other formats."""

    def __init__(self) -> None:
        self.format: str | None = None
        self.columns: dict[str, str | None] = {}
        self.text: str | None = None


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What every reader needs to know about its input.

    Attributes:
        source: the name that notices carry.
        vocabulary: segments run-together skill lists and finds skills.
        on_notice: is called once for each notice, as it arises.
        month: "YYYY-MM", the `as_of` of records that state none: the month they were collected in, else of reading.
        mapping: for tables: profile field → column name.
        limits: how much of the input is read.
        decoder: decodes binary formats.
        trace: where it is noted how the input is read.
    """

    source: str
    vocabulary: Vocabulary
    on_notice: Callable[[Notice], None]
    month: str
    mapping: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    limits: Limits = Limits()
    decoder: Decoder = msgspec.field(default_factory=Decoder)
    trace: Trace = msgspec.field(default_factory=Trace)

    def notice(self, place: str, field: str, message: str) -> None:
        """Report one thing lost, changed or doubtful."""
        self.on_notice(Notice(self.source, _shortened(place), _shortened(field), _shortened(message)))

    def reject(self, place: str, field: str, reason: str) -> Rejected:
        """The rejection of one record of this source."""
        return Rejected(self.source, _shortened(place), _shortened(field), _shortened(reason))

    def within(self, **changes: Any) -> Context:
        """This context with some attributes replaced."""
        return msgspec.structs.replace(self, **changes)


def _shortened(text: str) -> str:
    """A text that may quote the input, no longer than is fit to be shown: its beginning and its end."""
    if len(text) <= _LONGEST_MESSAGE:
        return text
    return f"{text[: _LONGEST_MESSAGE // 2]} … {text[-_LONGEST_MESSAGE // 2 :]}"
