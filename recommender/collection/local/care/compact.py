"""Erasing for good: after it, no file of the pool holds a byte of a profile that was deleted or replaced.

Derived files are written anew from what is stored and the old ones removed; the log of tombstones, which
holds numbers only, is cut off; SQLite rewrites its file (VACUUM), and its write-ahead log is emptied.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from recommender.collection.local.sealed.build import Plan
from recommender.collection.local.sealed.publish import Published, publish
from recommender.collection.local.truth import database
from recommender.collection.local.truth.store import change_pool, manifest
from recommender.collection.maintenance import Compacted
from recommender.errors import CollectionReadOnly

#: Seconds that a step is given though the time is up.
_LEAST_WAIT = 0.1


def compact(folder: Path, plan: Plan, until: float) -> Compacted:
    """Rewrite every file of the pool; to be called under the writers' lock.

    Others go on meanwhile: each step waits for its turn, all of them together until that moment of the monotonic clock.
    Raises `CollectionReadOnly` where it is reached, `CollectionCorrupt` where a stored profile is damaged: of that one
    the old files may hold the only good copy.
    """
    before = folder_bytes(folder)
    published = publish(folder, replace(plan, with_damaged=False), keep_previous=False)
    with closing(database.connect(folder)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        _wait_until(connection, until)
        _cut_log(connection, published)
        _wait_until(connection, until)
        connection.execute("VACUUM")
        _empty_log(connection, folder, until)
        (profiles,) = connection.execute("SELECT COUNT(*) FROM profiles").fetchone()
    return Compacted(before, folder_bytes(folder), profiles)


def _wait_until(connection: sqlite3.Connection, until: float) -> None:
    """Let SQLite wait for others no longer than that."""
    left = max(until - time.monotonic(), _LEAST_WAIT)
    connection.execute(f"PRAGMA busy_timeout = {round(left * 1000)}")


def _cut_log(connection: sqlite3.Connection, published: Published) -> None:
    """Forget the tombstones that the published segment knows of; who has not seen them starts afresh from it."""
    connection.execute("BEGIN IMMEDIATE")
    now = manifest(connection)
    change_pool(connection, {"generation": now.generation, "floor": max(now.floor, published.reaches)})
    connection.execute("DELETE FROM departures WHERE seq <= ?", (published.reaches,))
    connection.execute("COMMIT")


def _empty_log(connection: sqlite3.Connection, folder: Path, until: float) -> None:
    """Write the log back and cut it to nothing; SQLite itself does not wait while another connection writes it back."""
    while True:
        _wait_until(connection, until)
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not busy:
            return
        if time.monotonic() > until:
            raise CollectionReadOnly(
                f"the pool in {folder} was compacted, but its log could not be emptied: a question or a writer held on "
                "to it; run compact again when less is going on"
            )
        time.sleep(0.02)


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
