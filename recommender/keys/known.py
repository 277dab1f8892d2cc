"""`KnownKeys`: the keys and sessions as one process knows them, who comes with which is looked up in memory."""

from __future__ import annotations

import hmac
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path

from recommender.errors import AccessError
from recommender.keys.key import Key, Secret, digest
from recommender.keys.store import FILE_NAME, all_keys, all_sessions, connect

#: Seconds after which the file is looked at again; a change is known to every process within them.
LOOK_AGAIN = 0.25


class KnownKeys:
    """What is good now. Asked by one thread at a time.

    Whether the file changed costs two calls of the system and no query; one that cannot be read is an `AccessError`,
    and opens nothing.
    """

    def __init__(self, folder: Path) -> None:
        """The keys of this folder; there need be none."""
        self._path = folder / FILE_NAME
        self._database: sqlite3.Connection | None = None
        self._seen: tuple[object, ...] | None = None
        self._looked = -LOOK_AGAIN
        self._needed = False
        self._keys: dict[str, tuple[bytes, Key]] = {}
        self._sessions: dict[bytes, tuple[str, datetime]] = {}

    def are_needed(self) -> bool:
        """Whether there is, or was, any key: from then on it stays so, also where all were revoked or the file went."""
        self._look()
        return self._needed

    def by_secret(self, text: str) -> Key | None:
        """The key that this text proves; None where it proves none that is good now."""
        secret = Secret.read(text)
        if secret is None:
            return None
        self._look(at_once=secret.id not in self._keys)
        kept, key = self._keys.get(secret.id, (b"", None))
        return key if key and hmac.compare_digest(kept, digest(text)) and key.is_good(datetime.now(UTC)) else None

    def by_session(self, token: str) -> Key | None:
        """The key that a session was opened with; None where neither or not both are good now."""
        kept = digest(token)
        self._look(at_once=kept not in self._sessions)
        key_id, until = self._sessions.get(kept, ("", None))
        _, key = self._keys.get(key_id, (b"", None))
        now = datetime.now(UTC)
        return key if until and now < until and key and key.is_good(now) else None

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()
            self._database = self._seen = None

    def _look(self, at_once: bool = False) -> None:
        now = time.monotonic()
        if not at_once and now - self._looked < LOOK_AGAIN:
            return
        try:
            self._follow()
        except (sqlite3.Error, OSError, ValueError) as error:
            self.close()
            raise AccessError(f"{self._path.name}: {error}; restore the file of keys, or its rights") from error
        self._looked = now

    def _follow(self) -> None:
        """Read the file anew where it is another, or another process wrote to it."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            self.close()
            self._keys, self._sessions = {}, {}
            return
        if self._database is None or self._seen is None or self._seen[:2] != (status.st_dev, status.st_ino):
            self.close()
            self._database = connect(self._path)
        (version,) = self._database.execute("PRAGMA data_version").fetchone()
        seen = (status.st_dev, status.st_ino, version)
        if seen != self._seen:
            self._read(self._database)
            self._seen = seen

    def _read(self, database: sqlite3.Connection) -> None:
        with database:  # both of one moment
            database.execute("BEGIN")
            keys, sessions = all_keys(database), all_sessions(database)
        self._keys = {key.id: (kept, key) for kept, key in keys}
        self._sessions = {kept: (key_id, until) for kept, key_id, until in sessions}
        self._needed = self._needed or bool(keys)
