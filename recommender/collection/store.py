"""The truth: one SQLite file that holds every profile and the log of what left.

Each stored profile bears a number, `seq`, never used again: replacing a profile is a new number, and the
old one goes into the log of departures in the same transaction. So whoever has followed the pool up to
number S needs only `profiles WHERE seq > S` and `departures WHERE seq > S`, and the log names nobody.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from recommender.collection.codec import Layout, Stored

#: Version of the SQLite file's shape, kept as its `user_version`.
FORMAT = 1
#: "rpol", so that `file` and `check` can tell a pool from another database.
APPLICATION_ID = 0x72706F6C
FILE_NAME = "pool.sqlite"

_SCHEMA = """
CREATE TABLE pool (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    generation INTEGER NOT NULL,   -- the last number given out
    floor INTEGER NOT NULL,        -- followers that have not reached this number start afresh
    published TEXT,                -- folder of the derived files to use
    fingerprint TEXT,
    dimension INTEGER,
    columns TEXT
);
INSERT INTO pool VALUES (1, 0, 0, NULL, NULL, NULL, NULL);
CREATE TABLE profiles (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT,
    document BLOB NOT NULL,
    facts BLOB NOT NULL,
    vector BLOB NOT NULL,
    features BLOB NOT NULL
);
CREATE TABLE departures (
    seq INTEGER PRIMARY KEY,       -- the number of the change
    gone INTEGER NOT NULL          -- the number of the profile that it took away
);
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """The one row that says where the pool stands."""

    generation: int
    floor: int
    published: str | None
    layout: Layout | None


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the pool's file, made where there is none; transactions are begun by hand."""
    connection = sqlite3.connect(path / FILE_NAME, timeout=30.0, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables where they are not there yet."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'pool'").fetchone():
            for statement in _SCHEMA.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def standing(connection: sqlite3.Connection) -> Standing:
    """Where the pool stands in this connection's transaction."""
    generation, floor, published, *layout = connection.execute(
        "SELECT generation, floor, published, fingerprint, dimension, columns FROM pool"
    ).fetchone()
    return Standing(generation, floor, published, Layout(*layout) if layout[0] is not None else None)


def set_layout(connection: sqlite3.Connection, layout: Layout) -> None:
    """Record what this pool's profiles are made by; every follower starts afresh."""
    connection.execute(
        "UPDATE pool SET fingerprint = ?, dimension = ?, columns = ?, floor = generation",
        (layout.fingerprint, layout.dimension, layout.columns),
    )


def insert(connection: sqlite3.Connection, profiles: Sequence[Stored]) -> int:
    """Store profiles of distinct ids, replacing those there; the new generation."""
    depart(connection, [p.profile_id for p in profiles])
    first = standing(connection).generation + 1
    connection.executemany(
        "INSERT INTO profiles VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((first + i, *stored) for i, stored in enumerate(profiles)),
    )
    generation = first + len(profiles) - 1
    connection.execute("UPDATE pool SET generation = ?", (generation,))
    return generation


def depart(connection: sqlite3.Connection, profile_ids: Iterable[str]) -> list[str]:
    """Take profiles out and log their departure; the ids that were there, in the order asked."""
    there = []
    for profile_id in dict.fromkeys(profile_ids):
        found = connection.execute("SELECT seq FROM profiles WHERE id = ?", (profile_id,)).fetchone()
        if found:
            there.append((profile_id, found[0]))
    if there:
        first = standing(connection).generation + 1
        connection.executemany("DELETE FROM profiles WHERE seq = ?", [(seq,) for _, seq in there])
        connection.executemany(
            "INSERT INTO departures VALUES (?, ?)", [(first + i, seq) for i, (_, seq) in enumerate(there)]
        )
        connection.execute("UPDATE pool SET generation = ?", (first + len(there) - 1,))
    return [profile_id for profile_id, _ in there]


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether no profile is stored."""
    return connection.execute("SELECT 1 FROM profiles LIMIT 1").fetchone() is None
