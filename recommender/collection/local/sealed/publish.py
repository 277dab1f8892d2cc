"""Publishing derived files: a folder is written aside, synced, renamed into place, and then named by the database.

One process at a time does so, under a file lock. Whatever the moment it is killed at, the database names a
folder that is whole; what a killed build left behind is swept by the next.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from recommender import durable, private
from recommender.collection.common.codec import Layout
from recommender.collection.local.sealed.build import Plan, build
from recommender.collection.local.sealed.file.layout import Origin
from recommender.collection.local.sealed.segment import Segment
from recommender.collection.local.truth import database
from recommender.collection.local.truth.place import DERIVED, sight
from recommender.collection.local.truth.schema import writers_lock
from recommender.collection.local.truth.store import Manifest, change_pool, manifest
from recommender.errors import CollectionCorrupt, PoolNotFound

_log = logging.getLogger(__name__)

#: How the name of what is being written begins.
ASIDE = ".building-"
#: What opening a segment raises where its files are damaged, missing or of another version.
UNUSABLE = (CollectionCorrupt, OSError, KeyError, IndexError, ValueError, RuntimeError)


class Published(NamedTuple):
    """A segment's name, None for that of an empty pool, and the number that it reaches."""

    name: str | None
    reaches: int


def publish(folder: Path, plan: Plan, *, keep_previous: bool = True) -> Published:
    """Write a segment of all that is stored, and have the database name it.

    To be called under the lock. Raises `BuildStopped`, `OSError`, `sqlite3.Error`, `CollectionCorrupt` where what is
    stored is damaged, and `PoolNotFound` where another pool was put in this one's place meanwhile; nothing is changed.
    """
    connection, place = database.connect(folder), sight(folder)
    try:
        connection.execute("BEGIN")
        now = manifest(connection)
        name = _build_aside(connection, folder, now, plan) if now.layout else None
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("BEGIN IMMEDIATE")
        change_pool(connection, {"published": name})
        connection.execute("COMMIT")
    finally:
        connection.close()
    there = sight(folder)
    if place is None or there is None or there.database != place.database:
        raise PoolNotFound(f"the pool in {folder} was replaced while its derived files were built; do that again")
    sweep(folder, {name, now.published} if keep_previous else {name})
    return Published(name, now.generation)


def _build_aside(connection: sqlite3.Connection, folder: Path, now: Manifest, plan: Plan) -> str | None:
    assert now.layout is not None
    derived = folder / DERIVED
    private.make_folder(derived)
    token = secrets.token_hex(4)
    aside = derived / f"{ASIDE}{token}"
    private.make_folder(aside)
    started = time.monotonic()
    before = open_published(folder, now, whole=True)
    try:
        rows = build(connection, aside, now.layout, origin_of(now, now.layout), plan, before)
        if not rows:
            return None
        durable.sync(aside)
        name = f"{now.generation:012d}-{token}"
        aside.rename(derived / name)
        durable.sync(derived)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    _log.info("pool %s: sealed %d rows as %s in %.1f s", folder, rows, name, time.monotonic() - started)
    return name


def open_published(folder: Path, now: Manifest, *, whole: bool = False) -> Segment | None:
    """The segment that the database names; None, said in the log, where there is none to rely on.

    Args:
        whole: whether every byte is checked now (see `Segment`).
    """
    if now.published is None or now.layout is None:
        return None
    try:
        segment = Segment(folder / DERIVED / now.published, now.layout, whole=whole)
        wanted = origin_of(now, now.layout)
        if (segment.origin.pool, segment.origin.fingerprint) != (wanted.pool, wanted.fingerprint):
            raise CollectionCorrupt(f"{now.published} belongs to another pool or another encoder")
        if not now.floor <= segment.origin.reaches <= now.generation:
            raise CollectionCorrupt(f"{now.published} reaches {segment.origin.reaches}, outside of what is stored")
    except UNUSABLE as error:
        _log.warning("pool %s: derived files not used, to be rebuilt from the database: %s", folder, error)
        return None
    return segment


def origin_of(now: Manifest, layout: Layout) -> Origin:
    """What derived files made now are made from."""
    return Origin(now.pool, f"{layout.fingerprint} {layout.dimension} {layout.columns}", now.generation)


def sweep_unnamed(folder: Path) -> None:
    """Remove every derived folder but that which the database names, and cut the log as far as nobody reads it.

    Raises `filelock.Timeout` where derived files are written.
    """
    with writers_lock(folder).acquire(timeout=0), closing(database.connect(folder)) as connection:
        sweep(folder, {manifest(connection).published})
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def sweep(folder: Path, keep: set[str | None]) -> None:
    """Remove every derived folder but these. To be called under the lock."""
    derived = folder / DERIVED
    if derived.is_dir():
        for entry in derived.iterdir():
            if entry.name not in keep:
                shutil.rmtree(entry, ignore_errors=True)
        durable.sync(derived)
