"""Looking for damage: every checksum, every cross-reference, and what to do about what does not hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import numpy as np

from recommender.collection.common import codec
from recommender.collection.common.damage import Insert, problem_of
from recommender.collection.local.care.check_segment import Disagreement, disagreements
from recommender.collection.local.sealed.plane import problem_of_plane
from recommender.collection.local.sealed.publish import UNUSABLE
from recommender.collection.local.sealed.segment import Segment
from recommender.collection.local.truth import apart, database, links, schema
from recommender.collection.local.truth.place import DERIVED, FILE_NAME, assert_pool
from recommender.collection.local.truth.store import (
    Manifest,
    count,
    inserts_since,
    manifest,
    tombstones_since,
)
from recommender.collection.maintenance import Finding
from recommender.errors import CollectionCorrupt, CollectionError

_RESTORE = "recommender restore BACKUP into a new folder, or recommender check --repair --discard goes on without it"
_REPAIR = "recommender check --repair puts back the copy that the derived files hold"
_PLACES = "recommender map works them out anew"
_LINKED = "recommender duplicates --unlink, with its id, gives it a place of its own"
_APART = "recommender check --repair --discard forgets it"
_REBUILD = "recommender compact builds the derived files anew from the database"


def check(folder: Path) -> list[Finding]:
    """Everything that is wrong with the pool in a folder, as of one generation; nothing is changed.

    Reads every stored byte. Raises `PoolNotFound` where there is no pool.
    """
    try:
        assert_pool(folder)
        with closing(database.connect(folder, read_only=True)) as connection:
            version = schema.check_format(connection, folder)
            if version < schema.FORMAT:
                raise CollectionError(
                    f"the pool in {folder} has the older format {version}; run `recommender count`, which brings it up"
                )
            connection.execute("BEGIN")
            return [*_check_all(connection, folder)]
    except CollectionCorrupt as error:
        return [Finding(FILE_NAME, str(error), _RESTORE)]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        return [Finding(FILE_NAME, f"cannot be read: {error}", _RESTORE)]


def _check_all(connection: sqlite3.Connection, folder: Path) -> Iterator[Finding]:
    """What of the database is damaged first, as it tells which side is wrong where it and the derived files differ."""
    yield from _reading_on(_check_pages(connection))
    yield from _check_opening(folder)
    now = manifest(connection)
    place = f"{DERIVED}/{now.published}"
    segment = None
    if now.published is not None and now.layout is not None:
        try:
            segment = Segment(folder / place, now.layout)
        except UNUSABLE as error:
            yield Finding(place, str(error), _REBUILD)
    elif now.published is not None:
        yield Finding(place, "is published, but nothing is stored", _REBUILD)
    yield from _reading_on(_check_database(connection, now, segment))
    if segment is not None:
        yield from _reading_on(_check_derived(connection, now, segment, place))
        if problem := problem_of_plane(folder, segment):
            yield Finding(f"{place}, plane", problem, _PLACES)


def _reading_on(findings: Iterator[Finding]) -> Iterator[Finding]:
    """These findings, and where the database cannot be read any further, that."""
    try:
        yield from findings
    except CollectionCorrupt as error:
        yield Finding(FILE_NAME, str(error), _RESTORE)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        yield Finding(FILE_NAME, f"cannot be read: {error}", _RESTORE)


def _check_pages(connection: sqlite3.Connection) -> Iterator[Finding]:
    for (problem,) in connection.execute("PRAGMA integrity_check"):
        if problem != "ok":
            yield Finding(FILE_NAME, problem, _RESTORE)


def _check_opening(folder: Path) -> Iterator[Finding]:
    """Whether the database opens to be written too: only then SQLite looks at the rules of its tables."""
    try:
        database.connect(folder).close()
    except sqlite3.OperationalError:
        return  # no damage: media that cannot be written, or a lock
    except sqlite3.DatabaseError as error:
        yield Finding(FILE_NAME, f"cannot be opened: {error}", _RESTORE)


def _check_database(connection: sqlite3.Connection, now: Manifest, segment: Segment | None) -> Iterator[Finding]:
    if now.floor > now.generation:
        yield Finding("pool", f"floor {now.floor} lies above generation {now.generation}", _RESTORE)
    yield from _check_profiles(connection, now, segment)
    yield from _check_departures(connection, now)
    for profile_id, to in links.broken(connection).items():
        yield Finding(f"profile {profile_id!r}", f"is linked to {to!r}, which takes no place", _LINKED)
    for problem in apart.unsound(connection):
        yield Finding("a pair that was unlinked", problem, _APART)


def _check_departures(connection: sqlite3.Connection, now: Manifest) -> Iterator[Finding]:
    try:
        tombstones_since(connection, 0)
    except CollectionCorrupt:
        yield Finding("departures", "an entry of the log of those who left is damaged", _REBUILD)
        return
    still_there = "SELECT gone FROM departures WHERE gone IN (SELECT seq FROM profiles)"
    for (gone,) in connection.execute(still_there):
        yield Finding(f"departure of number {gone}", "the profile is still stored", _RESTORE)
    both = "SELECT seq FROM departures WHERE seq IN (SELECT seq FROM profiles) OR seq <= gone"
    for (seq,) in connection.execute(both):
        yield Finding(f"departure {seq}", "bears the number of a profile, or left before it came", _RESTORE)
    left = tombstones_since(connection, now.floor)
    came = connection.execute("SELECT COUNT(*) FROM profiles WHERE seq > ?", (now.floor,)).fetchone()[0]
    missing = now.generation - now.floor - came - len(left.seqs) - sum(gone > now.floor for gone in left.gone)
    if missing:
        yield Finding(FILE_NAME, f"{missing} of the numbers since {now.floor} are of nobody", _RESTORE)


def _check_profiles(connection: sqlite3.Connection, now: Manifest, segment: Segment | None) -> Iterator[Finding]:
    numbers = 0
    for inserts in inserts_since(connection, 0):
        for one in inserts.damaged:
            held = segment is not None and (segment.arrival_of(one.seq) or segment.row(one.profile_id) is not None)
            yield Finding(f"profile {one.profile_id!r} (number {one.seq})", one.problem, _REPAIR if held else _RESTORE)
        for insert in inserts.sound:
            problem = _problem(insert, now)
            if problem:
                yield Finding(f"profile {insert.profile_id!r} (number {insert.seq})", problem, _RESTORE)
        numbers += len(inserts.damaged) + len(inserts.sound)
    listed = count(connection)
    if listed != numbers:
        yield Finding(FILE_NAME, f"{listed} profiles are listed by id, and {numbers} by number", _RESTORE)


def _problem(insert: Insert, now: Manifest) -> str | None:
    if now.layout is None:
        return "is stored, but not what encoded it"
    problem = problem_of(insert, now.layout)
    if problem:
        return problem
    try:
        profile = codec.decode_document(insert.document)
    except (ValueError, RecursionError, msgspec.MsgspecError) as error:
        return f"it cannot be decoded ({error})"
    if (profile.id, profile.name) != (insert.profile_id, insert.name):
        return f"its document is of {profile.id!r}, {profile.name!r}"
    if not np.isfinite(codec.decode_vectors([insert.vector], now.layout.dimension)).all():
        return "its vector holds a number that is not finite"
    return None


def _check_derived(connection: sqlite3.Connection, now: Manifest, segment: Segment, place: str) -> Iterator[Finding]:
    found: Iterator[Disagreement] = disagreements(segment, connection, now)
    for disagreement in found:
        yield Finding(f"{place}, {disagreement.place}", disagreement.problem, _REBUILD)
