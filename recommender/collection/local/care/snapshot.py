"""Snapshots: one generation of a pool as files that stay as they are, whatever the pool comes to.

A snapshot is for a long run that many processes read and that outlasts them. It holds the segment by hard links (a
copy, where it lies on another file system), as sealed files never change, and a database of what came and left since:
seconds and megabytes, where a backup copies everybody. Profiles deleted meanwhile are still in it, so whoever makes one
removes it when the run is over.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from recommender import private
from recommender.collection.local.care.backup import appearing
from recommender.collection.local.sealed.build import Plan
from recommender.collection.local.sealed.file.reader import open_sealed
from recommender.collection.local.sealed.publish import publish
from recommender.collection.local.sealed.segment import ROWS
from recommender.collection.local.truth import apart, database, schema
from recommender.collection.local.truth.place import DERIVED, FILE_NAME
from recommender.collection.local.truth.store import Manifest, change_pool, manifest
from recommender.errors import CollectionError

#: How often a segment may be swept away while it is linked, because it was renewed.
_TURNS = 5
_TABLES = {
    "profiles": "seq, id, name, document, facts, vector, features, checks, linked_to",
    "departures": "seq, gone, checks",
}
_POOL = "pool, floor, published, fingerprint, dimension, columns"


def snapshot(folder: Path, target: Path) -> int:
    """Put the pool's newest generation into `target`, a new folder, which appears there whole; its number.

    Raises `CollectionError` where derived files are renewed again and again meanwhile, or where `target` holds things.
    """
    with database.plain_errors(target), appearing(target) as aside:
        for _ in range(_TURNS):
            with closing(database.connect(folder, read_only=True)) as source:
                source.execute("BEGIN")
                now = manifest(source)
                if _linked(folder, aside, now):
                    _copy_since(source, aside, now)
                    return now.generation
        raise CollectionError(f"the derived files of {folder} are renewed again and again; wait for its writers")


def snapshot_of_copy(folder: Path, generation: int, plan: Plan, target: Path) -> None:
    """Put a copy of another pool into `target`, as a snapshot of the generation that was copied; it uses the copy up.

    The copy counts on from there: what it knows of earlier numbers is not what that pool does.
    """
    with closing(database.connect(folder)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        change_pool(connection, {"generation": generation, "floor": generation, "published": None})
        connection.execute("COMMIT")
    publish(folder, plan, keep_previous=False)
    snapshot(folder, target)


def _linked(folder: Path, aside: Path, now: Manifest) -> bool:
    """Link the segment's files; False where it was swept away."""
    if now.published is None:
        return True
    held = aside / DERIVED / now.published
    private.make_folder(held)
    try:
        for file in sorted((folder / DERIVED / now.published).iterdir()):
            _link(file, held / file.name)
    except FileNotFoundError:
        shutil.rmtree(held)
        return False
    return True


def _link(file: Path, to: Path) -> None:
    try:
        os.link(file, to)
    except FileNotFoundError:
        raise
    except OSError:  # another file system, or one without links
        shutil.copyfile(file, to)


def _copy_since(source: sqlite3.Connection, aside: Path, now: Manifest) -> None:
    """A database of who came and who left after the segment was sealed, as the source's transaction sees it."""
    reached = open_sealed(aside / DERIVED / now.published, ROWS).origin.reaches if now.published else 0
    private.create(aside / FILE_NAME).close()
    with closing(database.connect_file(aside / FILE_NAME)) as copy:
        schema.bring_up(copy, aside)
        copy.execute("BEGIN")
        for table, columns in _TABLES.items():
            rows = source.execute(f"SELECT {columns} FROM {table} WHERE seq > ?", (reached,))
            marks = ", ".join("?" for _ in columns.split(","))
            copy.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
        apart.keep(copy, apart.pairs(source))
        stands = source.execute(f"SELECT {_POOL} FROM pool").fetchone()
        names = _POOL.split(", ")
        change_pool(copy, dict(zip(names, stands, strict=True)) | {"generation": now.generation})
        copy.execute("COMMIT")
        copy.execute("PRAGMA journal_mode = DELETE")
