"""Erasing for good: after it, no file of the pool holds a byte of a profile that was deleted or replaced.

Derived files are written anew from what is stored and the old ones removed; the log of departures, which
holds numbers only, is cut off; SQLite rewrites its file (VACUUM), and its write-ahead log is emptied.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from recommender.collection import database
from recommender.collection.build import Plan
from recommender.collection.publish import Published, publish
from recommender.collection.store import standing
from recommender.errors import CollectionReadOnly


@dataclass(frozen=True, slots=True)
class Compacted:
    """Bytes of the pool's folder before and after, and how many profiles it holds."""

    bytes_before: int
    bytes_after: int
    profiles: int


def compact(folder: Path, plan: Plan) -> Compacted:
    """Rewrite every file of the pool; to be called under the writers' lock.

    Raises `CollectionReadOnly` where a reader holds on to the old pages for longer than the waiting time.
    """
    before = folder_bytes(folder)
    published = publish(folder, plan, keep_previous=False)
    with closing(database.connect(folder)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        _cut_log(connection, published)
        connection.execute("VACUUM")
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise CollectionReadOnly(f"a reader of the pool in {folder} did not let go; compact again when it is done")
        (profiles,) = connection.execute("SELECT COUNT(*) FROM profiles").fetchone()
    return Compacted(before, folder_bytes(folder), profiles)


def _cut_log(connection: sqlite3.Connection, published: Published) -> None:
    """Forget the departures that the published segment knows of; who has not seen them starts afresh from it."""
    connection.execute("BEGIN IMMEDIATE")
    generation = standing(connection).generation
    connection.execute("UPDATE pool SET generation = ?, floor = max(floor, ?)", (generation, published.reaches))
    connection.execute("DELETE FROM departures WHERE seq <= ?", (published.reaches,))
    connection.execute("COMMIT")


def folder_bytes(folder: Path) -> int:
    """Sizes of all files below a folder; files that vanish meanwhile count nothing."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(place) / name).stat().st_size
            except FileNotFoundError:
                continue
    return total
