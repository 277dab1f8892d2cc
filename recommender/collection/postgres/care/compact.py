"""Erasing for good: after it, no table or index holds anything of a profile that was deleted or replaced."""

from __future__ import annotations

import time
from collections.abc import Iterator

from recommender.collection.maintenance import Compacted
from recommender.collection.postgres.server.connections import Connection, connect, plain_errors
from recommender.collection.postgres.server.manifest import manifest
from recommender.collection.postgres.server.nodes import PART, node_places
from recommender.collection.postgres.server.place import Place
from recommender.collection.postgres.server.snapshot import EVERYBODY, Snapshot
from recommender.collection.postgres.truth import read
from recommender.collection.postgres.truth.write import undo
from recommender.errors import CollectionReadOnly

#: Tables that hold something of somebody.
_TABLES = ("profiles", "linked", "apart", "contacts", "departures", "tallies", "value_words", "word_forms", "places")
_BYTES = f"SELECT sum(pg_total_relation_size(to_regclass(name))) FROM unnest(ARRAY{list(_TABLES)}) AS name"
#: Seconds that questions which still see the old rows are waited for.
_WAIT_SECONDS = 30.0
#: Others of this database that may still see what was deleted before this transaction.
_SEEING = """SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL
AND age(backend_xmin) > age(%s::text::xid)"""


def compact(connection: Connection, place: Place) -> Compacted:
    """Write every table and its indexes anew, outside of a transaction.

    Raises `CollectionReadOnly` where a question that began before is not done within half a minute, or holds a table.
    """
    (before,) = connection.execute(_BYTES).fetchone() or (0,)
    with connection.transaction():
        reached = manifest(connection, to_write=True).generation
        connection.execute("DELETE FROM departures")
        there = read.rows(Snapshot(connection, manifest(connection)), EVERYBODY).tolist()
        connection.execute("DELETE FROM places WHERE seq <> ALL(%s)", (there,))
        (mark,) = connection.execute("SELECT pg_current_xact_id()::xid::text").fetchone() or ("0",)
    _wait_for_others(connection, place, mark)
    now = manifest(connection)
    if now.is_spread:
        _compact_nodes(connection, place, reached)
    for table in _TABLES:
        if table != "profiles" or not now.is_spread:
            connection.execute(f"VACUUM (FULL, ANALYZE) {table}")
    (after,) = connection.execute(_BYTES).fetchone() or (0,)
    return Compacted(int(before), int(after), manifest(connection).profiles, tuple(_beyond(connection)))


def _compact_nodes(connection: Connection, place: Place, reached: int) -> None:
    """Have nodes forget who is gone, whom nobody sees any more."""
    with connection.transaction():
        now = manifest(connection, to_write=True)
        undo(connection, now)
        # who left since others were waited for may still be seen
        connection.execute("DELETE FROM profiles WHERE gone <= %s", (reached,))
    for node in node_places(connection, place):
        with plain_errors(node), connect(node) as there:
            there.execute("SET statement_timeout = 0")
            there.execute(f"VACUUM (FULL, ANALYZE) {PART}".encode())


def _wait_for_others(connection: Connection, place: Place, mark: str) -> None:
    deadline = time.monotonic() + _WAIT_SECONDS
    while (connection.execute(_SEEING, (mark,)).fetchone() or (0,))[0]:
        if time.monotonic() > deadline:
            raise CollectionReadOnly(
                f"a question to the database of {place} has gone on since before, and still sees what was deleted; "
                "run compact again when it is done"
            )
        time.sleep(0.05)


def _beyond(connection: Connection) -> Iterator[str]:
    """What still holds copies that no command here reaches."""
    yield "the write-ahead log of the server holds it until checkpoints recycle that, in time"
    (archived,) = connection.execute("SELECT current_setting('archive_mode') <> 'off'").fetchone() or (False,)
    if archived:
        yield "archives of the write-ahead log hold it for as long as they are kept; remove those from before this"
    (slots,) = connection.execute("SELECT count(*) FROM pg_replication_slots WHERE NOT active").fetchone() or (0,)
    if slots:
        yield f"{slots} replication slots that nobody reads keep the log back; drop those that are not needed"
    (replicas,) = connection.execute("SELECT count(*) FROM pg_stat_replication").fetchone() or (0,)
    if replicas:
        yield f"{replicas} replicas follow within moments; whatever was copied from them is yours to remove"
    yield "backups hold it for as long as they are kept"
