"""The shape of a pool's database: its tables, the versions it has had, and making a new one."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from filelock import BaseFileLock, FileLock

from recommender import durable, private
from recommender.collection.common import checksums
from recommender.collection.local.truth import database, packed_rows, store
from recommender.collection.local.truth.place import FILE_NAME, LOCK, MAKING, is_pool
from recommender.errors import CollectionCorrupt, CollectionError

#: Version of the file's shape, kept as its `user_version`.
FORMAT = 6
#: "rpol", so that a pool can be told from another program's database.
APPLICATION_ID = 0x72706F6C

#: Few are linked: an index of them alone.
_LINKS = "CREATE INDEX links ON profiles (linked_to) WHERE linked_to IS NOT NULL"

_SCHEMA = (
    """CREATE TABLE pool (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        generation INTEGER NOT NULL,
        floor INTEGER NOT NULL,
        published TEXT,
        fingerprint TEXT,
        dimension INTEGER,
        columns TEXT,
        pool TEXT NOT NULL DEFAULT '',
        checks INTEGER NOT NULL DEFAULT 0
    )""",
    "INSERT INTO pool (one, generation, floor) VALUES (1, 0, 0)",
    """CREATE TABLE profiles (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT,
        document BLOB NOT NULL,
        facts BLOB NOT NULL,
        vector BLOB NOT NULL,
        features BLOB NOT NULL,
        checks BLOB NOT NULL DEFAULT x'',
        linked_to TEXT
    )""",
    _LINKS,
    # seq: the number of the change; gone: the number of the profile that it took away
    "CREATE TABLE departures (seq INTEGER PRIMARY KEY, gone INTEGER NOT NULL, checks INTEGER NOT NULL DEFAULT 0)",
)

#: Format → what makes the next one of it: statements, or what they do not say.
_MIGRATIONS: dict[int, tuple[str | Callable[[sqlite3.Connection], None], ...]] = {
    1: ("ALTER TABLE pool ADD COLUMN pool TEXT NOT NULL DEFAULT ''",),
    # what is there is believed once: nothing tells how it was when it was written
    2: (
        "ALTER TABLE profiles ADD COLUMN checks BLOB NOT NULL DEFAULT x''",
        """UPDATE profiles SET checks =
            row_checks(seq, CAST(id AS BLOB), CAST(name AS BLOB), document, facts, vector, features)""",
        "ALTER TABLE departures ADD COLUMN checks INTEGER NOT NULL DEFAULT 0",
        "UPDATE departures SET checks = departure_checks(seq, gone)",
        "ALTER TABLE pool ADD COLUMN checks INTEGER NOT NULL DEFAULT 0",
    ),
    3: (packed_rows.pack,),
    # who is linked to nobody has the checksum that was there
    4: ("ALTER TABLE profiles ADD COLUMN linked_to TEXT", _LINKS),
    5: (packed_rows.pack_again,),
}


def writers_lock(folder: Path) -> BaseFileLock:
    """What a process holds while it makes the pool or writes derived files."""
    return FileLock(folder / LOCK, mode=private.FILE)


def make(folder: Path) -> None:
    """Make an empty pool where there is none; it appears whole.

    Raises `CollectionError` where the folder holds other things, `CollectionReadOnly` where it cannot be written.
    """
    with database.plain_errors(folder):
        if is_pool(folder):
            return
        private.make_folder(folder)
        with writers_lock(folder):
            if is_pool(folder):
                return
            for unfinished in folder.glob(f"{MAKING}*"):
                unfinished.unlink()
            aside = folder / f"{MAKING}{FILE_NAME}"
            private.create(aside).close()
            with closing(database.connect_file(aside)) as connection:
                bring_up(connection, folder)
            aside.rename(folder / FILE_NAME)
            durable.sync(folder)
            durable.sync(folder.parent)


def check_format(connection: sqlite3.Connection, folder: Path) -> int:
    """The file's format version, 0 while it has no tables; raises `CollectionError` for no pool or another version."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if tables and "pool" not in tables:
        raise CollectionError(f"{folder / FILE_NAME} is not a pool but another database; name another folder")
    if version < 0:
        raise CollectionCorrupt(f"{folder / FILE_NAME} is damaged: no format is {version}; recommender restore BACKUP")
    if version > FORMAT:
        raise CollectionError(
            f"the pool in {folder} has format {version}, made by a later version; upgrade recommender"
        )
    return version


def bring_up(connection: sqlite3.Connection, folder: Path) -> None:
    """Give a new database its tables, and an older one what its format lacks, in one transaction."""
    if check_format(connection, folder) == FORMAT:
        return
    connection.create_function("row_checks", 7, _row_checks, deterministic=True)
    connection.create_function("departure_checks", 2, checksums.of_numbers, deterministic=True)
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = check_format(connection, folder)
        for statement in _SCHEMA if version == 0 else ():
            connection.execute(statement)
        for older in range(version or FORMAT, FORMAT):
            for step in _MIGRATIONS[older]:
                if isinstance(step, str):
                    connection.execute(step)
                else:
                    step(connection)
        connection.execute("UPDATE pool SET pool = ? WHERE pool = ''", (secrets.token_hex(8),))
        store.change_pool(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _row_checks(seq: int, profile_id: bytes, name: bytes | None, *parts: bytes) -> bytes:
    return checksums.seal(seq, profile_id, name, checksums.of_parts(*parts))
