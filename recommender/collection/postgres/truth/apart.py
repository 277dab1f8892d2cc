"""Pairs of profiles that somebody took apart: they are not of one person, whatever they have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recommender.collection.postgres.server.connections import Connection
from recommender.collection.postgres.server.terms import is_storable

Pair = tuple[str, str]

_OF_NOBODY = """SELECT one, other FROM apart a, unnest(ARRAY[a.one, a.other]) AS id
WHERE NOT EXISTS (SELECT FROM profiles p WHERE p.id = id)"""


def pairs(connection: Connection) -> frozenset[Pair]:
    """All of them, each in the order of ids."""
    return frozenset((one, other) for one, other in connection.execute("SELECT one, other FROM apart"))


def among(connection: Connection, profile_ids: Sequence[str]) -> list[Pair]:
    """Those of which both are among these profiles."""
    asked = [one for one in profile_ids if is_storable(one)]
    found = connection.execute("SELECT one, other FROM apart WHERE one = ANY(%s) AND other = ANY(%s)", (asked, asked))
    return [(one, other) for one, other in found]


def keep(connection: Connection, found: Iterable[Pair]) -> None:
    """Remember these, each in the order of ids."""
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO apart VALUES (%s, %s) ON CONFLICT DO NOTHING", list(found))


def forget(connection: Connection, found: Sequence[Pair]) -> None:
    """Forget these."""
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM apart WHERE one = %s AND other = %s", found)


def depart(connection: Connection, profile_ids: Sequence[str]) -> None:
    """Forget those of which one profile is among these."""
    asked = list(profile_ids)
    connection.execute("DELETE FROM apart WHERE one = ANY(%s) OR other = ANY(%s)", (asked, asked))
