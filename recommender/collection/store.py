"""The truth: one SQLite file that holds every profile and the log of what left.

Each stored profile bears a number, `seq`, never used again: replacing a profile is a new number, and the
old one goes into the log of departures in the same transaction. So whoever has followed the pool up to
number S needs only `profiles WHERE seq > S` and `departures WHERE seq > S`, and the log names nobody.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from recommender.collection.codec import Layout, Stored

#: Profiles read at a time.
_STEP = 1_000
#: Ids looked up by one statement; below the smallest limit on parameters that SQLite was ever built with.
_ASKED_AT_ONCE = 500


#: The last number given out is the highest in either table; the pool's own row, which need not be written with
#: every profile, keeps it where a compaction cut off the log.
_STANDING = """
SELECT pool, max(generation, ifnull((SELECT max(seq) FROM profiles), 0), ifnull((SELECT max(seq) FROM departures), 0)),
       floor, published, fingerprint, dimension, columns
FROM pool"""


@dataclass(frozen=True, slots=True)
class Standing:
    """The one row that says where the pool stands.

    Attributes:
        pool: a name of its own that this pool was given when it was made.
        generation: the last number given out.
        floor: followers that have not reached this number have missed departures, and start afresh.
        published: folder of the derived files to use.
    """

    pool: str
    generation: int
    floor: int
    published: str | None
    layout: Layout | None


class Arrival(NamedTuple):
    """A stored profile as a follower reads it."""

    seq: int
    profile_id: str
    name: str | None
    document: bytes
    facts: bytes
    vector: bytes
    features: bytes


def standing(connection: sqlite3.Connection) -> Standing:
    """Where the pool stands in this connection's transaction."""
    pool, generation, floor, published, *layout = connection.execute(_STANDING).fetchone()
    return Standing(pool, generation, floor, published, Layout(*layout) if layout[0] is not None else None)


def arrivals_since(connection: sqlite3.Connection, generation: int) -> Iterator[list[Arrival]]:
    """The profiles stored after a generation and still there, in batches, by number."""
    cursor = connection.execute(
        "SELECT seq, id, name, document, facts, vector, features FROM profiles WHERE seq > ? ORDER BY seq",
        (generation,),
    )
    while batch := [Arrival(*row) for row in cursor.fetchmany(_STEP)]:
        yield batch


def departures_since(connection: sqlite3.Connection, generation: int) -> list[int]:
    """The numbers of profiles that left after a generation."""
    return [gone for (gone,) in connection.execute("SELECT gone FROM departures WHERE seq > ?", (generation,))]


def set_layout(connection: sqlite3.Connection, layout: Layout) -> None:
    """Record what this pool's profiles are made by."""
    connection.execute(
        "UPDATE pool SET fingerprint = ?, dimension = ?, columns = ?",
        (layout.fingerprint, layout.dimension, layout.columns),
    )


def insert(connection: sqlite3.Connection, profiles: Sequence[Stored]) -> int:
    """Store profiles of distinct ids, replacing those there; the new generation."""
    depart(connection, [p.profile_id for p in profiles])
    first = standing(connection).generation + 1
    connection.executemany(
        "INSERT INTO profiles VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(first + i, *stored) for i, stored in enumerate(profiles)],
    )
    return first + len(profiles) - 1


def depart(connection: sqlite3.Connection, profile_ids: Iterable[str]) -> list[str]:
    """Take profiles out and log their departure; the ids that were there, in the order asked."""
    asked = list(dict.fromkeys(profile_ids))
    there = _numbers(connection, asked)
    if there:
        first = standing(connection).generation + 1
        gone = [there[profile_id] for profile_id in asked if profile_id in there]
        connection.executemany("DELETE FROM profiles WHERE seq = ?", [(seq,) for seq in gone])
        connection.executemany("INSERT INTO departures VALUES (?, ?)", [(first + i, seq) for i, seq in enumerate(gone)])
    return [profile_id for profile_id in asked if profile_id in there]


def _numbers(connection: sqlite3.Connection, profile_ids: Sequence[str]) -> dict[str, int]:
    """The numbers of those of these profiles that are stored."""
    there: dict[str, int] = {}
    for start in range(0, len(profile_ids), _ASKED_AT_ONCE):
        asked = profile_ids[start : start + _ASKED_AT_ONCE]
        places = ",".join("?" * len(asked))
        there.update(connection.execute(f"SELECT id, seq FROM profiles WHERE id IN ({places})", asked))
    return there


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether no profile is stored."""
    return connection.execute("SELECT 1 FROM profiles LIMIT 1").fetchone() is None


def has_more_than(connection: sqlite3.Connection, most: int) -> bool:
    """Whether more profiles than this are stored; looks at no more than it must."""
    counted = connection.execute("SELECT COUNT(*) FROM (SELECT 1 FROM profiles LIMIT ?)", (most + 1,)).fetchone()
    return int(counted[0]) > most
