"""A profile as a row of the table: what is stored of it, and the values that it is found by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from zlib import crc32

import msgspec
import numpy as np

from recommender.collection import fields
from recommender.collection.common import checksums, codec
from recommender.collection.filter import title_words
from recommender.collection.postgres.server.half import Half
from recommender.collection.postgres.server.terms import COUNTED, LISTED, column, term
from recommender.collection.postgres.server.texts import Texts
from recommender.encoding.encoded import EncodedProfile
from recommender.facts import folded
from recommender.profile import Contact

#: Above every count of years: where the unknown are.
UNKNOWN = 1 << 30

COLUMNS = (
    "id", "seq", "name", "nameless", "sort_name", "years", "years_up", "years_down", "title_words",
    *map(column, LISTED), "document", "facts", "features", "vector", "embedding", "checks",
)  # fmt: skip


class Row(NamedTuple):
    """What is to be stored of one profile.

    Attributes:
        stored: as the engine in a folder packs it, but for contact details.
        values: field → its values.
        contact: contact details as JSON, None where there are none.
        half: the search vector as the server searches by it.
        inexact: length of the difference that makes.
    """

    stored: codec.Stored
    values: dict[str, frozenset[str]]
    years: int | None
    title: str
    contact: bytes | None
    half: Half
    inexact: float

    @property
    def counted(self) -> set[tuple[str, str]]:
        """The values that are counted for the whole pool, each with its field."""
        return {(field, value) for field in COUNTED for value in self.values[field]}

    def columns(self, seq: int, linked_to: str | None = None) -> list[Any]:
        """The values of `COLUMNS` under this number, of one whose place another may take."""
        stored, years = self.stored, self.years
        nameless, sort_name, _ = fields.name_key(stored.name, stored.profile_id)
        name = None if stored.name is None else stored.name.encode()
        return [
            stored.profile_id, seq, name, nameless, sort_name.replace("\x00", "\ufffd"), years,
            UNKNOWN if years is None else min(years, UNKNOWN), UNKNOWN if years is None else -years, self.title,
            *(Texts(sorted(map(term, held))) if (held := self.values[field]) else None for field in LISTED),
            stored.document, stored.facts, stored.features, stored.vector if self.inexact else None, self.half,
            checksums.seal(
                seq, stored.profile_id.encode(), name, stored.parts, None if linked_to is None else linked_to.encode()
            ),
        ]  # fmt: skip


def rows_of(profiles: Sequence[EncodedProfile]) -> tuple[list[Row], dict[codec.Layout, str]]:
    """Rows of distinct ids, of two with one id the last; and for each layout that occurs a profile that has it."""
    given = list({one.profile.id: one for one in profiles}.values())
    encoded = codec.encode([without_contact(one) for one in given])
    layouts = codec.encode([without_contact(one) for one in profiles]).layouts if len(given) < len(profiles) else None
    rows = [_row(one, stored) for one, stored in zip(given, encoded.stored, strict=True)]
    return rows, layouts or encoded.layouts


def without_contact(one: EncodedProfile) -> EncodedProfile:
    """The same profile, of whom nobody learns how to reach them."""
    profile = one.profile
    if profile.contact is None:
        return one
    return EncodedProfile(
        msgspec.structs.replace(profile, contact=None), one.facts, one.vector, one.features, one.fingerprint
    )


def contact_check(contact: bytes) -> int:
    """The checksum of contact details."""
    return crc32(contact)


def contact_of(stored: bytes) -> Contact:
    """Contact details as they were given."""
    return msgspec.json.decode(stored, type=Contact)


def _row(one: EncodedProfile, stored: codec.Stored) -> Row:
    vector = np.asarray(one.vector, np.float32)
    half = Half(vector)
    values = {field: frozenset(held) for field, held in fields.values(one.facts, one.profile.name).items()}
    words = " ".join(title_words(folded(one.facts.title))).replace("\x00", "\ufffd")
    contact = None if one.profile.contact is None else msgspec.json.encode(one.profile.contact)
    off = float(np.linalg.norm(vector.astype(np.float64) - half.held))
    return Row(stored, values, one.facts.years, f" {words} " if words else "", contact, half, off)
