"""Looking for damage: every checksum, every cross-reference, and what to do about what does not hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from recommender.collection import codec, database
from recommender.collection.check_segment import Disagreement, disagreements
from recommender.collection.publish import DERIVED
from recommender.collection.segment import Segment
from recommender.collection.store import Standing, standing
from recommender.errors import CollectionCorrupt, CollectionError
from recommender.profile import profile_from_json

_RESTORE = "recommender restore BACKUP into a new folder; until then, recommender delete ID or ingest the profile again"
_REBUILD = "recommender compact builds the derived files anew from the database"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: where, what, and what to do."""

    place: str
    problem: str
    mend: str


def check(folder: Path) -> list[Finding]:
    """Everything that is wrong with the pool in a folder, as of one generation; nothing is changed.

    Reads every stored byte. Raises `CollectionError` where there is no pool.
    """
    if not (folder / database.FILE_NAME).is_file():
        raise CollectionError(f"{folder} holds no pool: it has no {database.FILE_NAME}")
    try:
        with closing(database.connect(folder, read_only=True)) as connection:
            version = database.check_format(connection, folder)
            if version == 0:
                return []  # made, and left before anything was put in
            if version < database.FORMAT:
                raise CollectionError(
                    f"the pool in {folder} has the older format {version}: recommender count opens it"
                )
            connection.execute("BEGIN")
            return [*_check_database(connection), *_check_derived(connection, folder)]
    except sqlite3.DatabaseError as error:
        return [Finding(database.FILE_NAME, f"cannot be read: {error}", _RESTORE)]


def _check_database(connection: sqlite3.Connection) -> Iterator[Finding]:
    for (problem,) in connection.execute("PRAGMA integrity_check"):
        if problem != "ok":
            yield Finding(database.FILE_NAME, problem, _RESTORE)
    now = standing(connection)
    if now.floor > now.generation:
        yield Finding("pool", f"floor {now.floor} lies above generation {now.generation}", _RESTORE)
    yield from _check_profiles(connection, now)
    still_there = "SELECT gone FROM departures WHERE gone IN (SELECT seq FROM profiles)"
    for (gone,) in connection.execute(still_there):
        yield Finding(f"departure of number {gone}", "the profile is still stored", _RESTORE)
    both = "SELECT seq FROM departures WHERE seq IN (SELECT seq FROM profiles) OR seq <= gone"
    for (seq,) in connection.execute(both):
        yield Finding(f"departure {seq}", "bears the number of a profile, or left before it came", _RESTORE)


def _check_profiles(connection: sqlite3.Connection, now: Standing) -> Iterator[Finding]:
    for seq, profile_id, *stored in connection.execute(
        "SELECT seq, id, name, document, facts, vector, features FROM profiles ORDER BY seq"
    ):
        problem = _problem(seq, profile_id, stored, now)
        if problem:
            yield Finding(f"profile {profile_id!r} (number {seq})", problem, _RESTORE)


def _problem(seq: int, profile_id: str, stored: list[object], now: Standing) -> str | None:
    name, document, facts, vector, features = stored
    if now.layout is None:
        return "is stored, but not what encoded it"
    try:
        assert isinstance(document, bytes)
        assert isinstance(facts, bytes)
        assert isinstance(vector, bytes)
        assert isinstance(features, bytes)
        profile = profile_from_json(document)
        codec.decode_facts(facts)
        numbers = codec.decode_vectors([vector], now.layout.dimension)
        codec.decode_features([features], now.layout)
    except (AssertionError, ValueError, msgspec.MsgspecError) as error:
        return f"cannot be decoded: {error}"
    if (profile.id, profile.name) != (profile_id, name):
        return f"its document is of {profile.id!r}, {profile.name!r}"
    if not np.isfinite(numbers).all():
        return "its vector holds a number that is not finite"
    return None


def _check_derived(connection: sqlite3.Connection, folder: Path) -> Iterator[Finding]:
    now = standing(connection)
    if now.published is None:
        return
    place = f"{DERIVED}/{now.published}"
    if now.layout is None:
        yield Finding(place, "is published, but nothing is stored", _REBUILD)
        return
    try:
        segment = Segment(folder / place, now.layout)
    except (CollectionCorrupt, KeyError, ValueError, RuntimeError) as error:
        yield Finding(place, str(error), _REBUILD)
        return
    found: Iterator[Disagreement] = disagreements(segment, connection, now)
    for disagreement in found:
        yield Finding(f"{place}, {disagreement.place}", disagreement.problem, _REBUILD)
