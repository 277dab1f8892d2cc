"""The pool's SQLite file: opening it, its format versions, and what its errors mean to people."""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recommender.errors import CollectionCorrupt, CollectionError, CollectionReadOnly

FILE_NAME = "pool.sqlite"
#: Version of the file's shape, kept as its `user_version`.
FORMAT = 2
#: "rpol", so that a pool can be told from another program's database.
APPLICATION_ID = 0x72706F6C
#: How long to wait for another process's transaction.
BUSY_SECONDS = 30.0

_SCHEMA = (
    """CREATE TABLE pool (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        generation INTEGER NOT NULL,
        floor INTEGER NOT NULL,
        published TEXT,
        fingerprint TEXT,
        dimension INTEGER,
        columns TEXT,
        pool TEXT NOT NULL DEFAULT ''
    )""",
    "INSERT INTO pool (one, generation, floor) VALUES (1, 0, 0)",
    """CREATE TABLE profiles (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT,
        document BLOB NOT NULL,
        facts BLOB NOT NULL,
        vector BLOB NOT NULL,
        features BLOB NOT NULL
    )""",
    # seq: the number of the change; gone: the number of the profile that it took away
    "CREATE TABLE departures (seq INTEGER PRIMARY KEY, gone INTEGER NOT NULL)",
)

#: Format → what makes the next one of it.
_MIGRATIONS = {1: ("ALTER TABLE pool ADD COLUMN pool TEXT NOT NULL DEFAULT ''",)}


def connect(folder: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection whose transactions are begun by hand."""
    if read_only:
        return _connect_to_read(folder)
    connection = _open(folder, "mode=rwc")
    try:
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Use the write-ahead log. SQLite does not wait for others by itself while a new file is being switched to it."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = (getattr(error, "sqlite_errorname", "") or "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _connect_to_read(folder: Path) -> sqlite3.Connection:
    """As far as possible beside writers; on media where nothing can be written, as a file that nobody changes."""
    connection = _open(folder, "mode=ro")
    try:
        connection.execute("SELECT 1 FROM pool").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        log = folder / f"{FILE_NAME}-wal"
        if log.exists() and log.stat().st_size:
            raise  # what the log holds was acknowledged, and would be missing from the file alone
        connection = _open(folder, "immutable=1")
    return connection


def _open(folder: Path, options: str) -> sqlite3.Connection:
    uri = f"{(folder / FILE_NAME).resolve().as_uri()}?{options}"
    return sqlite3.connect(
        uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=64
    )


def prepare(folder: Path) -> sqlite3.Connection:
    """Make the pool's file where there is none, and bring an older format up to this one; a connection to it.

    The connection is to be kept: closing the only one there is would have the whole log written back at once.
    """
    with plain_errors(folder):
        is_new = not (folder / FILE_NAME).exists()
        connection = connect(folder)
        try:
            _bring_up(connection, folder)
            if is_new:
                sync_folder(folder)
                sync_folder(folder.parent)
        except BaseException:
            connection.close()
            raise
    return connection


def check_format(connection: sqlite3.Connection, folder: Path) -> int:
    """The file's format version; raises `CollectionError` for no pool or one of a later version."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if tables and "pool" not in tables:
        raise CollectionError(f"{folder / FILE_NAME} is not a pool but another database; name another folder")
    if version > FORMAT:
        raise CollectionError(
            f"the pool in {folder} has format {version}, made by a later version: upgrade recommender"
        )
    return version


def _bring_up(connection: sqlite3.Connection, folder: Path) -> None:
    if check_format(connection, folder) == FORMAT:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = check_format(connection, folder)
        for statement in _SCHEMA if version == 0 else ():
            connection.execute(statement)
        for older in range(version or FORMAT, FORMAT):
            for statement in _MIGRATIONS[older]:
                connection.execute(statement)
        connection.execute("UPDATE pool SET pool = ? WHERE pool = ''", (secrets.token_hex(8),))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def sync_folder(folder: Path) -> None:
    """Make what was created, renamed or removed in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def plain_errors(folder: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into the errors of this package, with the mend."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translated(error, folder) from error
    except OSError as error:
        raise CollectionReadOnly(f"the pool in {folder} cannot be written ({error}); nothing was stored") from error


def _translated(error: sqlite3.Error, folder: Path) -> CollectionError:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_FULL"):
        return CollectionReadOnly(f"the disk of {folder} is full: nothing was stored, reading goes on; free some space")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return CollectionReadOnly(f"the pool in {folder} cannot be written ({error}); make the folder writable")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return CollectionReadOnly(f"another process is writing to the pool in {folder}; try again when it is done")
    if name.startswith("SQLITE_IOERR"):
        return CollectionReadOnly(f"the disk of {folder} failed ({name}): nothing was stored; check the disk")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return CollectionCorrupt(f"the database in {folder} is damaged ({error}); recommender restore BACKUP")
    return CollectionError(f"the pool in {folder}: {error}")
