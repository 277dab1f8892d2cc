"""The truth: one SQLite file that holds every profile and the log of what left.

Each stored profile bears a number, `seq`, never used again: replacing a profile is a new number, and the
old one goes into the log of tombstones in the same transaction. So whoever has followed the pool up to
number S needs only `profiles WHERE seq > S` and `departures WHERE seq > S`, and the log names nobody.
"""

from __future__ import annotations

import itertools
import operator
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from recommender.collection.common import checksums
from recommender.collection.common.codec import Layout, Stored
from recommender.collection.common.damage import Insert, Inserts
from recommender.collection.maintenance import Damaged
from recommender.errors import CollectionCorrupt

#: Profiles read at a time.
_STEP = 1_000
#: Ids looked up by one statement; below the smallest limit on parameters that SQLite was ever built with.
_ASKED_AT_ONCE = 500


_POOL = "pool, generation, floor, published, fingerprint, dimension, columns"
#: The last number given out is the highest in either table; the pool's own row, which need not be written with
#: every profile, keeps it where a compaction cut off the log.
_MANIFEST = f"""
SELECT ifnull((SELECT max(seq) FROM profiles), 0), ifnull((SELECT max(seq) FROM departures), 0), checks, {_POOL}
FROM pool"""
# as bytes whatever they are: damage may have made anything of them
_ROW = """SELECT seq, CAST(id AS BLOB), CAST(name AS BLOB), CAST(document AS BLOB), CAST(facts AS BLOB),
CAST(vector AS BLOB), CAST(features AS BLOB), CAST(checks AS BLOB), CAST(linked_to AS BLOB) FROM profiles"""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The one row that says where the pool is.

    Attributes:
        pool: a name of its own that this pool was given when it was made.
        generation: the last number given out.
        floor: followers that have not reached this number have missed tombstones, and start afresh.
        published: folder of the derived files to use.
    """

    pool: str
    generation: int
    floor: int
    published: str | None
    layout: Layout | None


class Tombstones(NamedTuple):
    """The numbers of changes that took somebody away, and the numbers of those that left."""

    seqs: list[int]
    gone: list[int]


def manifest(connection: sqlite3.Connection) -> Manifest:
    """Where the pool is in this connection's transaction; raises `CollectionCorrupt` where its row is damaged."""
    try:
        found = connection.execute(_MANIFEST).fetchone()
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None):
            raise
        raise _row_is_damaged() from error  # a text that is none
    if found is None or checksums.of_values(found[3:]) != found[2]:
        raise _row_is_damaged()
    last_profile, last_departure, _, *row = found
    if not (isinstance(last_profile, int) and isinstance(last_departure, int)):
        raise CollectionCorrupt("the tables of the database are damaged; recommender restore BACKUP")
    pool, generation, floor, published, fingerprint, dimension, columns = row
    layout = Layout(fingerprint, dimension, columns) if fingerprint is not None else None
    return Manifest(pool, max(generation, last_profile, last_departure), floor, published, layout)


def _row_is_damaged() -> CollectionCorrupt:
    return CollectionCorrupt("the row that says where the pool stands is damaged; recommender restore BACKUP")


def change_pool(connection: sqlite3.Connection, changes: Mapping[str, object] = MappingProxyType({})) -> None:
    """Change the pool's own row (column → value), within a transaction, and its checksum with it."""
    for column, value in changes.items():
        connection.execute(f"UPDATE pool SET {column} = ?", (value,))
    row = connection.execute(f"SELECT {_POOL} FROM pool").fetchone()
    connection.execute("UPDATE pool SET checks = ?", (checksums.of_values(row),))


def inserts_since(connection: sqlite3.Connection, generation: int) -> Iterator[Inserts]:
    """The profiles stored after a generation and still there, in batches, by number.

    Raises `CollectionCorrupt` where a page of the database lies in the place of another.
    """
    cursor = connection.execute(f"{_ROW} WHERE seq > ? ORDER BY seq", (generation,))
    last = generation
    while rows := cursor.fetchmany(_STEP):
        numbers = [last, *(row[0] for row in rows)]
        if not (all(isinstance(n, int) for n in numbers) and all(map(operator.lt, numbers, numbers[1:]))):
            raise CollectionCorrupt(
                "the database holds profiles that are not in their order; recommender restore BACKUP"
            )
        last = numbers[-1]
        yield _sorted_out(rows)


def row_of(connection: sqlite3.Connection, profile_id: str) -> Insert | Damaged | None:
    """The one profile of this id, None where there is none."""
    sound, damaged = _sorted_out(connection.execute(f"{_ROW} WHERE id = ?", (profile_id,)).fetchall())
    return sound[0] if sound else damaged[0] if damaged else None


def with_numbers(connection: sqlite3.Connection, seqs: Iterable[int]) -> Inserts:
    """The profiles of these numbers, those of them that are stored."""
    return _sorted_out([row for seq in seqs for row in connection.execute(f"{_ROW} WHERE seq = ?", (seq,))])


def numbers(connection: sqlite3.Connection) -> list[int]:
    """The numbers of all profiles, ascending."""
    return [seq for (seq,) in connection.execute("SELECT seq FROM profiles ORDER BY seq")]


def _sorted_out(rows: list[tuple[Any, ...]]) -> Inserts:
    found = Inserts([], [])
    for seq, profile_id, name, document, facts, vector, features, checks, linked_to in rows:
        parts = (document, facts, vector, features)
        problem = checksums.problem(seq, profile_id, name, parts, checks, linked_to)
        if problem is None:
            check = checksums.of_document(checks)
            found.sound.append(Insert(seq, profile_id.decode(), _text(name), *parts, check, _text(linked_to)))
        else:
            found.damaged.append(Damaged(seq, (profile_id or b"").decode(errors="replace"), problem))
    return found


def _text(stored: bytes | None) -> str | None:
    return None if stored is None else stored.decode()


def tombstones_since(connection: sqlite3.Connection, generation: int) -> Tombstones:
    """Who left after a generation; raises `CollectionCorrupt` where an entry of that log is damaged."""
    found = Tombstones([], [])
    for seq, gone, checks in connection.execute(
        "SELECT seq, gone, checks FROM departures WHERE seq > ?", (generation,)
    ):
        if not (isinstance(seq, int) and isinstance(gone, int)) or checksums.of_numbers(seq, gone) != checks:
            raise CollectionCorrupt(
                f"entry {seq} of the log of those who left is damaged; recommender compact, which needs no log"
            )
        found.seqs.append(seq)
        found.gone.append(gone)
    return found


def set_layout(connection: sqlite3.Connection, layout: Layout) -> None:
    """Record what this pool's profiles are made by."""
    change_pool(connection, asdict(layout))


def insert(connection: sqlite3.Connection, profiles: Sequence[Stored]) -> int:
    """Store profiles of distinct ids, replacing those there, which stay linked as they are; the new generation."""
    links = links_of(connection, [p.profile_id for p in profiles])
    return replace(connection, [p._replace(linked_to=links.get(p.profile_id, p.linked_to)) for p in profiles])


def replace(connection: sqlite3.Connection, profiles: Sequence[Stored]) -> int:
    """The same, linked as they are given."""
    depart(connection, [p.profile_id for p in profiles])
    first = manifest(connection).generation + 1
    connection.executemany(
        "INSERT INTO profiles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_row, itertools.count(first), profiles)
    )
    return first + len(profiles) - 1


def _row(seq: int, stored: Stored) -> tuple[object, ...]:
    profile_id, name, *parts, checks, linked_to = stored
    sealed = checksums.seal(seq, profile_id.encode(), _bytes(name), checks, _bytes(linked_to))
    return (seq, profile_id, name, *parts, sealed, linked_to)


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else text.encode()


def depart(connection: sqlite3.Connection, profile_ids: Iterable[str]) -> list[str]:
    """Take profiles out and log their tombstone; the ids that were there, in the order asked."""
    asked = list(dict.fromkeys(profile_ids))
    there: dict[str, int] = dict(_asked(connection, "SELECT id, seq FROM profiles WHERE id", asked))
    leaving = [profile_id for profile_id in asked if profile_id in there]
    if take_out(connection, [there[profile_id] for profile_id in leaving]) != len(leaving):
        raise CollectionCorrupt("the index of ids names profiles that are not there; recommender check")
    return leaving


def take_out(connection: sqlite3.Connection, seqs: Sequence[int]) -> int:
    """Take the profiles of these numbers out, and log their tombstone; how many were there."""
    if not seqs:
        return 0
    first = manifest(connection).generation + 1
    log = [(seq, gone, checksums.of_numbers(seq, gone)) for seq, gone in enumerate(seqs, first)]
    taken = connection.executemany("DELETE FROM profiles WHERE seq = ?", [(seq,) for seq in seqs]).rowcount
    connection.executemany("INSERT INTO departures VALUES (?, ?, ?)", log)
    return taken


def stored_ids(connection: sqlite3.Connection, profile_ids: Sequence[str]) -> set[str]:
    """Those of these that are stored."""
    return {one for one, _ in _asked(connection, "SELECT id, seq FROM profiles WHERE id", profile_ids)}


def links_of(connection: sqlite3.Connection, profile_ids: Sequence[str]) -> dict[str, str]:
    """Of those of these profiles whose place another takes, the id of that one."""
    linked = "SELECT id, linked_to FROM profiles WHERE linked_to IS NOT NULL AND id"
    return dict(_asked(connection, linked, profile_ids))


def represented_by(connection: sqlite3.Connection, profile_ids: Sequence[str]) -> dict[str, str]:
    """The profiles whose place one of these takes, each with the id of that one."""
    linked = "SELECT id, linked_to FROM profiles WHERE linked_to IS NOT NULL AND linked_to"
    return dict(_asked(connection, linked, profile_ids))


def _asked(connection: sqlite3.Connection, select: str, profile_ids: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Rows of a statement that ends with the column which is to be one of these ids."""
    for start in range(0, len(profile_ids), _ASKED_AT_ONCE):
        asked = profile_ids[start : start + _ASKED_AT_ONCE]
        places = ",".join("?" * len(asked))
        yield from connection.execute(f"{select} IN ({places})", asked)


def all_are_coded(connection: sqlite3.Connection, dimension: int) -> bool:
    """Whether every vector takes a byte a number and one more, or less."""
    longer = connection.execute("SELECT 1 FROM profiles WHERE length(vector) > ? LIMIT 1", (dimension + 1,))
    return longer.fetchone() is None


def count(connection: sqlite3.Connection) -> int:
    """How many profiles the index of ids names: to be as many as there are rows."""
    return int(connection.execute("SELECT COUNT(*) FROM profiles INDEXED BY sqlite_autoindex_profiles_1").fetchone()[0])


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether no profile is stored."""
    return connection.execute("SELECT 1 FROM profiles LIMIT 1").fetchone() is None


def has_more_than(connection: sqlite3.Connection, most: int) -> bool:
    """Whether more profiles than this are stored; looks at no more than it must."""
    counted = connection.execute("SELECT COUNT(*) FROM (SELECT 1 FROM profiles LIMIT ?)", (most + 1,)).fetchone()
    return int(counted[0]) > most
