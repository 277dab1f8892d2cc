"""Profiles that are linked as one person: one of them takes the person's place, and the others name it.

A link is a column of the profile's row. To change it is to store the profile anew under another number, and with it
all of the person's others: so the log, whoever follows it and whoever keeps answers need not know of links.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from recommender.collection import linking
from recommender.collection.common import codec, packing
from recommender.collection.common.damage import Insert, message
from recommender.collection.linking import Pair, Stored
from recommender.collection.local.truth import apart, store
from recommender.collection.local.truth.store import links_of, represented_by, row_of
from recommender.collection.maintenance import Damaged
from recommender.errors import CollectionCorrupt, ProfileNotFound

_BROKEN = """SELECT id, linked_to FROM profiles AS one WHERE linked_to IS NOT NULL AND NOT EXISTS
(SELECT 1 FROM profiles AS first WHERE first.id = one.linked_to AND first.linked_to IS NULL)"""


class StoredLinks:
    """The links of a pool (see `Links`), in this connection's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def assert_there(self, profile_ids: Sequence[str]) -> None:
        """Raise `ProfileNotFound` for one that is not stored."""
        there = store.stored_ids(self._connection, profile_ids)
        for missing in (one for one in profile_ids if one not in there):
            raise ProfileNotFound(missing)

    def of(self, profile_ids: Sequence[str]) -> dict[str, str]:
        """Of those whose place another takes, the id of that one."""
        return links_of(self._connection, profile_ids)

    def to(self, profile_ids: Sequence[str]) -> dict[str, str]:
        """Those whose place one of these takes, each with the id of that one."""
        return represented_by(self._connection, profile_ids)

    def stored(self, profile_ids: Sequence[str]) -> dict[str, Stored]:
        """Those that are stored, and sound."""
        rows = [row_of(self._connection, one) for one in profile_ids]
        return {
            row.profile_id: Stored(row.linked_to is None, len(packing.unpack_document(row.document)), row.seq)
            for row in rows
            if isinstance(row, Insert)
        }

    def place(self, places: Mapping[str, str | None]) -> None:
        """Store profiles anew, linked as said, in the order in which they were stored."""
        rows = [_sound(profile_id, row_of(self._connection, profile_id)) for profile_id in places]
        moved = [as_given(row)._replace(linked_to=places[row.profile_id]) for row in sorted(rows)]
        store.replace(self._connection, moved)

    def apart(self, profile_ids: Sequence[str]) -> list[Pair]:
        """The pairs among these profiles that are kept apart."""
        return apart.among(self._connection, profile_ids)

    def keep_apart(self, pairs: Iterable[Pair]) -> None:
        """Keep these apart."""
        apart.keep(self._connection, pairs)

    def forget_apart(self, pairs: Sequence[Pair]) -> None:
        """Keep these apart no longer."""
        apart.forget(self._connection, pairs)


def depart(connection: sqlite3.Connection, profile_ids: Iterable[str]) -> list[str]:
    """Take profiles out; where others are linked to one of them, one of those takes the place that it leaves."""
    asked = list(dict.fromkeys(profile_ids))
    links = links_of(connection, asked)
    left = store.depart(connection, asked)
    apart.depart(connection, left)
    linking.seat_rest(StoredLinks(connection), (links.get(one, one) for one in left), set(links.values()))
    return left


def broken(connection: sqlite3.Connection) -> dict[str, str]:
    """The profiles that name one which takes no place, each with its id."""
    return dict(connection.execute(_BROKEN))


def settle(connection: sqlite3.Connection) -> None:
    """Have somebody take the place of everybody, where whoever did may have been lost."""
    linking.seat_rest(StoredLinks(connection), broken(connection).values())


def _sound(profile_id: str, found: Insert | Damaged | None) -> Insert:
    if found is None:
        raise ProfileNotFound(profile_id)
    if isinstance(found, Damaged):
        raise CollectionCorrupt(message(found))
    return found


def as_given(row: Insert) -> codec.Stored:
    """What to store, to store a row again."""
    parts = row.document, row.facts, row.vector, row.features
    return codec.with_checksums(row.profile_id, row.name, *parts)._replace(linked_to=row.linked_to)
