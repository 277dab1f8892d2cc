"""`KeyFile`: keys and sessions in one SQLite file, its owner's alone."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from recommender import private
from recommender.errors import AccessError
from recommender.keys.key import Key, Scope, Secret, digest

FILE_NAME = "keys.sqlite"
#: Sessions of one key that are open at a time; the oldest gives way.
MOST_SESSIONS = 100

_SCHEMA = """
CREATE TABLE IF NOT EXISTS keys (
    id TEXT PRIMARY KEY, hash BLOB NOT NULL, name TEXT NOT NULL UNIQUE, scopes TEXT NOT NULL,
    created TEXT NOT NULL, company TEXT, expires TEXT, revoked TEXT
);
CREATE TABLE IF NOT EXISTS sessions (hash BLOB PRIMARY KEY, key TEXT NOT NULL REFERENCES keys, until TEXT NOT NULL);
"""
_COLUMNS = "id, name, scopes, created, company, expires, revoked"


class KeyFile:
    """What writes to the file; `KnownKeys` is what asks it.

    Raises `AccessError` where the file cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        """The file of keys in this folder; it is made with the first key."""
        self.path = folder / FILE_NAME

    def create(
        self, scopes: frozenset[Scope], now: datetime, name: str | None, company: str | None, expires: datetime | None
    ) -> tuple[Key, str]:
        """A new key, and the text that proves it, which nothing keeps.

        Raises `AccessError` where a key, a revoked one too, has this name.
        """
        secret = Secret.new()
        key = Key(secret.id, name or f"key-{secret.id}", scopes, now, company, expires)
        values = (key.id, digest(secret.text), key.name, " ".join(sorted(scopes)), _text(now), company, _text(expires))
        with self._writing() as database:
            try:
                database.execute(
                    "INSERT INTO keys (id, hash, name, scopes, created, company, expires) VALUES (?,?,?,?,?,?,?)",
                    values,
                )
            except sqlite3.IntegrityError as error:
                raise AccessError(f"there is, or was, a key named {key.name!r}; give another --name") from error
        return key, secret.text

    def listing(self) -> list[Key]:
        """Every key there ever was, oldest first."""
        if not self.path.exists():
            return []
        with self._reading() as database:
            return [key for _, key in all_keys(database)]

    def revoke(self, which: str, now: datetime) -> Key | None:
        """Take back the key of this id or name, and end its sessions; None where there is none that is not revoked."""
        if not self.path.exists():
            return None
        with self._writing() as database:
            row = database.execute(
                f"UPDATE keys SET revoked = ? WHERE revoked IS NULL AND (id = ? OR name = ?) RETURNING {_COLUMNS}",
                (_text(now), which, which),
            ).fetchone()
            if row is not None:
                database.execute("DELETE FROM sessions WHERE key = ?", (row[0],))
        return _key_of(row) if row is not None else None

    def open_session(self, key_id: str, token: str, until: datetime, now: datetime) -> None:
        """Remember that whoever has this token has the key, until then."""
        with self._writing() as database:
            database.execute("DELETE FROM sessions WHERE until <= ?", (_text(now),))
            database.execute(
                "DELETE FROM sessions WHERE key = ?1 AND hash NOT IN "
                "(SELECT hash FROM sessions WHERE key = ?1 ORDER BY until DESC LIMIT ?2)",
                (key_id, MOST_SESSIONS - 1),
            )
            database.execute("INSERT INTO sessions VALUES (?, ?, ?)", (digest(token), key_id, _text(until)))

    def close_session(self, token: str) -> None:
        """Forget it."""
        with self._writing() as database:
            database.execute("DELETE FROM sessions WHERE hash = ?", (digest(token),))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._reading(make=True) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = FULL")
            database.executescript(_SCHEMA)
            with database:
                yield database

    @contextmanager
    def _reading(self, make: bool = False) -> Iterator[sqlite3.Connection]:
        try:
            if make:  # SQLite would make it readable for all
                private.make_folder(self.path.parent)
                os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, private.FILE))
            database = connect(self.path)
            try:
                yield database
            finally:
                database.close()
        except (sqlite3.Error, OSError) as error:
            raise AccessError(f"{self.path}: {error}; restore the file of keys, or its rights") from error


def connect(path: Path) -> sqlite3.Connection:
    """The file, which is there, opened; it waits for others that write."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=5.0, check_same_thread=False)


def all_keys(database: sqlite3.Connection) -> list[tuple[bytes, Key]]:
    """Every key with the hash of its secret, oldest first."""
    if not _is_made(database):
        return []
    rows = database.execute(f"SELECT {_COLUMNS}, hash FROM keys ORDER BY created, id")
    return [(row[-1], _key_of(row[:-1])) for row in rows]


def all_sessions(database: sqlite3.Connection) -> list[tuple[bytes, str, datetime]]:
    """Every session: the hash of its token, the id of its key, and when it ends."""
    if not _is_made(database):
        return []
    rows = database.execute("SELECT hash, key, until FROM sessions")
    return [(kept, key_id, datetime.fromisoformat(until)) for kept, key_id, until in rows]


def _is_made(database: sqlite3.Connection) -> bool:
    """Whether the first key's maker, perhaps at it right now, has made the tables."""
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {"keys", "sessions"} <= {name for (name,) in tables}


def _key_of(row: tuple[Any, ...]) -> Key:
    key_id, name, scopes, created, company, expires, revoked = row
    held = frozenset(map(Scope, scopes.split()))
    return Key(key_id, name, held, datetime.fromisoformat(created), company, _moment(expires), _moment(revoked))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
