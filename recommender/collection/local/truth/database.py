"""The pool's SQLite file: connections to it, and what its errors mean to people."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recommender.collection.local.truth.place import FILE_NAME, assert_pool
from recommender.errors import CollectionCorrupt, CollectionError, CollectionReadOnly

#: Of a new file, or one that `VACUUM INTO` writes. A profile's row takes eight such pages and leaves little of the
#: last empty: half a kilobyte less than of pages of four.
PAGE_BYTES = 1024
#: What is left of the write-ahead log once it was written back, however long it was.
LOG_BYTES = 16 << 20
#: How long to wait for another process's transaction.
BUSY_SECONDS = 30.0


def connect(folder: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection whose transactions are begun by hand; raises `PoolNotFound` where there is no pool."""
    assert_pool(folder)
    return _connect_to_read(folder) if read_only else connect_file(folder / FILE_NAME)


def connect_file(file: Path) -> sqlite3.Connection:
    """A connection that writes to this file, which is there."""
    connection = _open(file, "mode=rw")
    try:
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")
        connection.execute("PRAGMA cell_size_check = ON")  # pages that rotted are refused as they are read
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
    connection = _open(folder / FILE_NAME, "mode=ro")
    try:
        connection.execute("SELECT 1 FROM pool").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        log = folder / f"{FILE_NAME}-wal"
        if log.exists() and log.stat().st_size:
            raise  # what the log holds was acknowledged, and would be missing from the file alone
        connection = _open(folder / FILE_NAME, "immutable=1")
    return connection


def _open(file: Path, options: str) -> sqlite3.Connection:
    uri = f"{file.resolve().as_uri()}?{options}"
    connection = sqlite3.connect(
        uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=64
    )
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")  # a file that is there keeps its own
    return connection


@contextmanager
def plain_errors(folder: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into the errors of this package, with the fix."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translated(error, folder) from error
    except UnicodeDecodeError as error:  # of SQLite's own message, which quotes what it could not read
        raise _damaged(folder, error) from error
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
        return _damaged(folder, error)
    return CollectionError(f"the pool in {folder}: {error}; run `recommender check`")


def _damaged(folder: Path, error: Exception) -> CollectionCorrupt:
    return CollectionCorrupt(f"the database in {folder} is damaged ({error}); recommender restore BACKUP")
