"""Putting back what rotted in the database, from the copies that its derived files hold.

A number is never given twice, and derived files have a checksum of their own: so the row that they hold under a
number is the profile that was stored under it. It comes back under a new number, as if it were stored again, so that
every process that follows the pool takes it up.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from recommender.collection.common import codec
from recommender.collection.common.damage import Insert, decoded
from recommender.collection.local.sealed.build import Plan
from recommender.collection.local.sealed.publish import open_published, publish
from recommender.collection.local.sealed.segment import Segment
from recommender.collection.local.truth import apart, database, links, schema
from recommender.collection.local.truth.store import (
    change_pool,
    insert,
    inserts_since,
    manifest,
    take_out,
    tombstones_since,
)
from recommender.collection.maintenance import Damaged, Repaired


def repair(folder: Path, plan: Plan, *, discard: bool = False) -> Repaired:
    """Restore every damaged profile of which the derived files hold a copy, in one transaction; then renew these.

    Args:
        discard: whether to take out those that they do not hold, and to look no longer for numbers that are missing.

    Raises `CollectionCorrupt` where the database cannot be read to its end.
    """
    with (
        database.plain_errors(folder),
        schema.writers_lock(folder),
        closing(database.connect(folder)) as connection,
    ):
        connection.execute("BEGIN IMMEDIATE")
        done = _repair(connection, folder, discard)
        connection.execute("COMMIT")
        if done.restored or discard:
            publish(folder, plan)
    return done


def _repair(connection: sqlite3.Connection, folder: Path, discard: bool) -> Repaired:
    now = manifest(connection)
    segment = open_published(folder, now, whole=True)
    numbers, damaged = _stored(connection, now.layout or codec.Layout.none())
    copies, beyond = list[Insert](), list[Damaged]()
    for one in damaged:
        copy = _copy(connection, segment, one, numbers) if segment else None
        if copy is None:
            beyond.append(one)
        else:
            copies.append(copy)
    if copies or discard:
        connection.execute("REINDEX profiles")  # an id that was damaged is not what its index has
        take_out(connection, [one.seq for one in damaged if discard or one not in beyond])
        insert(connection, [links.as_given(copy) for copy in copies])
        links.settle(connection)
        if discard:
            apart.settle(connection)
        # a number that rotted has left a gap behind: whoever follows the log starts afresh
        reached = manifest(connection).generation
        change_pool(connection, {"generation": reached, "floor": reached, "published": None})
        connection.execute("DELETE FROM departures")
    return Repaired(tuple(copy.profile_id for copy in copies), tuple(beyond))


def _stored(connection: sqlite3.Connection, layout: codec.Layout) -> tuple[set[int], list[Damaged]]:
    """The numbers of all that is stored, and the damaged among it."""
    numbers, damaged = set[int](), list[Damaged]()
    for inserts in inserts_since(connection, 0):
        batch, wrong = decoded(inserts, layout)
        numbers.update(insert.seq for insert in batch.inserts)
        numbers.update(one.seq for one in wrong)
        damaged += wrong
    return numbers, damaged


def _copy(connection: sqlite3.Connection, segment: Segment, damaged: Damaged, numbers: set[int]) -> Insert | None:
    """What the segment holds under the number, or where it is the number that rotted, under the id.

    Whoever is in the segment and not stored at all is left alone: it may be the log of who left that is damaged.
    """
    copy = segment.arrival_of(damaged.seq)
    row = segment.row(damaged.profile_id)
    if copy is None and row is not None:
        seq = int(segment.seqs[row])
        if seq not in numbers and seq not in tombstones_since(connection, segment.origin.reaches).gone:
            copy = segment.arrival_of(seq)
    return copy
