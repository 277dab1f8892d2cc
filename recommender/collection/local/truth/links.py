"""Profiles that are linked as one person: one of them takes the person's place, and the others name it.

A link is a column of the profile's row. To change it is to store the profile anew under another number, and with it
all of the person's others: so the log, whoever follows it and whoever keeps answers need not know of links.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence, Set

from recommender.collection.local.truth import codec, packing, store
from recommender.collection.local.truth.damage import message
from recommender.collection.local.truth.store import Insert, links_of, represented_by, row_of
from recommender.collection.maintenance import Damaged
from recommender.errors import CollectionCorrupt, ProfileNotFound

_BROKEN = """SELECT id, linked_to FROM profiles AS one WHERE linked_to IS NOT NULL AND NOT EXISTS
(SELECT 1 FROM profiles AS first WHERE first.id = one.linked_to AND first.linked_to IS NULL)"""


def link(connection: sqlite3.Connection, profile_ids: Sequence[str]) -> None:
    """Have these profiles, and all that are linked with one of them, take one place: that of the first."""
    asked = list(dict.fromkeys(profile_ids))
    links = links_of(connection, asked)
    heads = [links.get(one, one) for one in asked]
    links |= represented_by(connection, heads)
    places = {one: asked[0] if one != asked[0] else None for one in (*asked, *heads, *links)}
    if any(links.get(one) != place for one, place in places.items()):
        _place(connection, places)


def unlink(connection: sqlite3.Connection, profile_ids: Iterable[str]) -> list[str]:
    """Have each of these take a place of its own; those of them that were linked, in the order asked."""
    done = []
    for one in dict.fromkeys(profile_ids):
        first = links_of(connection, [one]).get(one, one)
        person = [first, *represented_by(connection, [first])]
        if len(person) > 1:
            _place(connection, {one: None})
            _seat(connection, [other for other in person if other != one])
            done.append(one)
    return done


def depart(connection: sqlite3.Connection, profile_ids: Iterable[str]) -> list[str]:
    """Take profiles out; where others are linked to one of them, one of those takes the place that it leaves."""
    asked = list(dict.fromkeys(profile_ids))
    links = links_of(connection, asked)
    left = store.depart(connection, asked)
    _seat_rest(connection, [links.get(one, one) for one in left], set(links.values()))
    return left


def broken(connection: sqlite3.Connection) -> dict[str, str]:
    """The profiles that name one which takes no place, each with its id."""
    return dict(connection.execute(_BROKEN))


def settle(connection: sqlite3.Connection) -> None:
    """Have somebody take the place of everybody, where whoever did may have been lost."""
    _seat_rest(connection, list(broken(connection).values()), set())


def _seat_rest(connection: sqlite3.Connection, firsts: Sequence[str], lessened: Set[str]) -> None:
    """Seat anew the people of whom these take the places, or took them until now.

    Args:
        lessened: of whom a profile that another represented has left.
    """
    people: dict[str, list[str]] = {first: [first] for first in firsts}
    for one, first in represented_by(connection, list(people)).items():
        people[first].append(one)
    for first, person in people.items():
        if len(person) > 1 or first in lessened:
            _seat(connection, person)


def _seat(connection: sqlite3.Connection, person: Sequence[str]) -> None:
    """Have one of these profiles take the place of all that are there: that which did.

    Where none did, it is the fullest, by characters; of those that say as much, the latest stored.
    """
    rows = [row_of(connection, one) for one in person]
    # one that is damaged keeps its link until it is put back or taken out
    sound = [row for row in rows if isinstance(row, Insert)]
    if sound:
        first = max(sound, key=lambda row: (row.linked_to is None, len(packing.unpack_document(row.document)), row.seq))
        _place(connection, {row.profile_id: None if row is first else first.profile_id for row in sound})


def _place(connection: sqlite3.Connection, places: Mapping[str, str | None]) -> None:
    """Store profiles anew, linked as said, in the order in which they were stored."""
    rows = [_sound(profile_id, row_of(connection, profile_id)) for profile_id in places]
    moved = [as_given(row)._replace(linked_to=places[row.profile_id]) for row in sorted(rows)]
    if moved:
        store.replace(connection, moved)


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
