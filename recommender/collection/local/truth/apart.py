"""Pairs of profiles that somebody took apart: they are not of one person, whatever they have in common.

They are in a table of their own, which the first of them makes: most pools have none. A pair leaves with either of its
profiles.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from recommender.collection.common import checksums
from recommender.errors import CollectionCorrupt

Pair = tuple[str, str]

_MAKE = (
    """CREATE TABLE IF NOT EXISTS apart (
        one TEXT NOT NULL, other TEXT NOT NULL, checks INTEGER NOT NULL, PRIMARY KEY (one, other)
    ) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS apart_other ON apart (other)",
)
# as bytes whatever they are: damage may have made anything of them
_ROWS = "SELECT CAST(one AS BLOB), CAST(other AS BLOB), checks FROM apart"
_OF_NOBODY = """SELECT one, other FROM apart
WHERE NOT EXISTS (SELECT 1 FROM profiles WHERE id = one) OR NOT EXISTS (SELECT 1 FROM profiles WHERE id = other)"""


def pairs(connection: sqlite3.Connection) -> frozenset[Pair]:
    """All of them, each in the order of ids; raises `CollectionCorrupt` where one is damaged."""
    found = set[Pair]()
    for one, other, checks in connection.execute(_ROWS) if _is_there(connection) else ():
        if checksums.of_values((one, other)) != checks:
            raise CollectionCorrupt(
                "a pair of profiles that were unlinked is damaged; recommender check --repair --discard forgets it"
            )
        found.add((one.decode(), other.decode()))
    return frozenset(found)


def among(connection: sqlite3.Connection, profile_ids: Sequence[str]) -> list[Pair]:
    """Those of which both are among these profiles."""
    if not _is_there(connection):
        return []
    asked = set(profile_ids)
    select = "SELECT other FROM apart WHERE one = ?"
    found = [(one, other) for one in profile_ids for (other,) in connection.execute(select, (one,))]
    return [pair for pair in found if pair[1] in asked]


def keep(connection: sqlite3.Connection, found: Iterable[Pair]) -> None:
    """Remember these, each in the order of ids."""
    for statement in _MAKE:
        connection.execute(statement)
    rows = [(one, other, checksums.of_values((one.encode(), other.encode()))) for one, other in found]
    connection.executemany("INSERT OR REPLACE INTO apart VALUES (?, ?, ?)", rows)


def forget(connection: sqlite3.Connection, found: Sequence[Pair]) -> None:
    """Forget these."""
    if found:
        connection.executemany("DELETE FROM apart WHERE one = ? AND other = ?", found)


def depart(connection: sqlite3.Connection, profile_ids: Sequence[str]) -> None:
    """Forget those of which one profile is among these."""
    if _is_there(connection):
        connection.executemany("DELETE FROM apart WHERE one = ?1 OR other = ?1", [(one,) for one in profile_ids])


def unsound(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with each that is damaged, or that names a profile which is not there."""
    if not _is_there(connection):
        return []
    wrong = [
        "its checksum does not hold"
        for one, other, checks in connection.execute(_ROWS)
        if checksums.of_values((one, other)) != checks
    ]
    if wrong:
        return wrong
    return [f"{one!r} or {other!r} is not there" for one, other in connection.execute(_OF_NOBODY)]


def settle(connection: sqlite3.Connection) -> None:
    """Forget those that are damaged or name nobody."""
    if not _is_there(connection):
        return
    sound = [
        (one.decode(), other.decode())
        for one, other, checks in connection.execute(_ROWS).fetchall()
        if checksums.of_values((one, other)) == checks
    ]
    connection.execute("DELETE FROM apart")
    keep(connection, sound)
    forget(connection, connection.execute(_OF_NOBODY).fetchall())


def _is_there(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'apart'").fetchone() is not None
