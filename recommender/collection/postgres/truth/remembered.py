"""`Remembered`: what one view has read of somebody, all of it sent with what is asked first.

Who asks for a profile by its id goes on to ask for its facts, its vector and its columns; who shows matches, for their
documents and facts. Each question takes a round trip, and most of them no more than that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection.common import checksums, codec
from recommender.collection.common.damage import message
from recommender.collection.maintenance import Damaged
from recommender.collection.postgres.server.half import vectors_of
from recommender.collection.postgres.server.snapshot import Clause, Snapshot
from recommender.collection.postgres.server.terms import is_storable
from recommender.collection.postgres.truth import read
from recommender.collection.postgres.truth.rows import contact_check, contact_of
from recommender.errors import CollectionCorrupt
from recommender.insights import Derived
from recommender.profile import Profile

#: Rows that are remembered at most, some 5 kB of each.
_MOST = 256


class _Person(NamedTuple):
    """A row as it is stored, its contact details with it where this role may read them."""

    profile_id: str
    document: bytes
    checks: bytes
    facts: bytes
    contact: bytes | None
    contact_check: int | None


class _Numbers(NamedTuple):
    """What is compared of a row."""

    embedding: bytes
    vector: bytes | None
    features: bytes


class Remembered:
    """Rows of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._rows: dict[str, int] = {}
        self._people: dict[int, _Person] = {}
        self._numbers: dict[int, _Numbers] = {}

    def row(self, profile_id: str) -> int | None:
        """The row of a profile, None where it is not there."""
        if profile_id not in self._rows and is_storable(profile_id):
            columns = ", ".join(_Numbers._fields)
            for seq, person, numbers in self._asked(Clause("id = %s", (profile_id,)), 1, f", {columns}"):
                self._forget_some(1)
                self._rows[profile_id], self._people[seq] = seq, person
                self._numbers[seq] = _Numbers(*numbers)
        return self._rows.get(profile_id)

    def takes_place(self, profile_ids: Sequence[str]) -> bool:
        """Whether all of these are known to be there, and to take a place of their own."""
        return not self._snapshot.now.has_links and all(one in self._rows for one in profile_ids)

    def profiles(self, numbers: Sequence[int]) -> list[Profile]:
        """Profiles of rows, in order; their facts are remembered."""
        missing = [number for number in dict.fromkeys(numbers) if number not in self._people]
        found = {number: self._people[number] for number in numbers if number in self._people}
        if missing:
            asked = self._asked(Clause("seq = ANY(%s)", (missing,)), len(missing))
            fetched = {seq: person for seq, person, _ in asked}
            found |= fetched
            if len(fetched) <= _MOST:
                self._forget_some(len(fetched))
                self._people |= fetched
        made = {number: _profile(number, person) for number, person in found.items()}
        return [made[number] for number in numbers]

    def facts(self, numbers: Sequence[int]) -> list[Derived]:
        """Derived values of rows, in order."""
        if all(number in self._people for number in numbers):
            return [codec.decode_facts(self._people[number].facts) for number in numbers]
        return read.facts(self._snapshot, numbers)

    def vectors(self, numbers: Sequence[int]) -> NDArray[np.float32]:
        """Search vectors of rows, shape (len(numbers), dimension)."""
        layout = self._snapshot.now.layout
        if layout is not None and numbers and all(number in self._numbers for number in numbers):
            held = (self._numbers[number] for number in numbers)
            return vectors_of([(0, one.embedding, one.vector) for one in held], layout.dimension)
        return read.vectors(self._snapshot, numbers, layout)

    @property
    def features(self) -> Mapping[int, bytes]:
        """Packed rerank columns by row."""
        return {number: one.features for number, one in self._numbers.items()}

    def _asked(self, where: Clause, many: int, more: str = "") -> list[tuple[int, _Person, tuple[Any, ...]]]:
        """Rows with what is remembered of each, and more columns."""
        contact = self._snapshot.now.may_read_contacts
        then = "LEFT JOIN contacts AS reached ON reached.id = found.id" if contact else ""
        found = []
        for row in self._snapshot.each_stored(f"seq, id, document, checks, facts{more}", where, many, then):
            seq, profile_id, document, checks, facts, *others = row
            *others, _, reached, check = others if contact else (*others, None, None, None)
            found.append((seq, _Person(profile_id, document, checks, facts, reached, check), tuple(others)))
        return found

    def _forget_some(self, coming: int) -> None:
        if len(self._people) + coming > _MOST:
            self._people.clear()
            self._numbers.clear()


def _profile(number: int, stored: _Person) -> Profile:
    """Raises `CollectionCorrupt` where it is damaged."""
    try:
        if crc32(stored.document) != checksums.of_document(stored.checks):
            raise ValueError("the checksum of its document does not hold")
        if stored.contact is not None and contact_check(stored.contact) != stored.contact_check:
            raise ValueError("the checksum of its contact details does not hold")
        profile = codec.decode_document(stored.document)
        if stored.contact is None:
            return profile
        return msgspec.structs.replace(profile, contact=contact_of(stored.contact))
    except (ValueError, msgspec.MsgspecError) as error:
        raise CollectionCorrupt(message(Damaged(number, stored.profile_id, str(error)))) from error
