"""`OpenedPool`: what one process holds of one pool's files while it reads and writes them."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Hashable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from recommender import private
from recommender.collection.local.follower import Follower, Tuning
from recommender.collection.local.generation.state import State
from recommender.collection.local.truth import database, schema
from recommender.collection.local.truth.group_commit import GroupCommit
from recommender.collection.local.truth.place import FILE_NAME, Sighting, sight
from recommender.collection.local.truth.store import manifest
from recommender.collection.local.view import LocalView
from recommender.errors import CollectionCorrupt, CollectionError, CollectionReadOnly, PoolNotFound


class OpenedPool:
    """Connections, the state of the newest generation and the queue of writers, all of the same files.

    Args:
        folder: where a pool lies; brought up to today's format, and made its owner's alone.

    Attributes:
        refusal: why it can only be read, where that is so.
        sighting: the files it is of, as they were last seen.
    """

    def __init__(self, folder: Path, tuning: Tuning) -> None:
        self.folder = folder
        connection, self.refusal = _connect(folder)
        self.sighting = _sighted(folder)
        self.writes = GroupCommit(folder, self.refusal)
        self.follower = Follower(folder, tuning, read_only=self.refusal is not None)
        self._idle = [connection]
        self._watching = threading.Lock()
        self._watch: sqlite3.Connection | None = None  # which writes nothing, for what it writes it would not notice
        self._latest: tuple[State, LocalView] | None = None  # which remembers what several questions select
        self._closed = False

    @contextmanager
    def view(self) -> Iterator[LocalView]:
        """The pool as it is now, unchanged until the block ends."""
        with self.reading() as connection:
            try:
                with database.plain_errors(self.folder):
                    state = self.follower.pin(connection)
                yield LocalView(state, connection, self.folder)
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def latest(self) -> LocalView | None:
        """The newest generation that was read, without a transaction: profiles cannot be read through it."""
        state, known = self.follower.newest, self._latest
        if state is None:
            return None
        if known is None or known[0] is not state:
            known = self._latest = (state, LocalView(state, None, self.folder))
        return known[1]

    def stamp(self) -> Hashable:
        """Another whenever the database was written to, by whichever process, or the rows are numbered anew."""
        with self._watching, database.plain_errors(self.folder):
            if self._watch is None:
                self._watch = database.connect(self.folder, read_only=self.refusal is not None)
            (version,) = self._watch.execute("PRAGMA data_version").fetchone()
        state = self.follower.newest
        return self, version, state and state.tail.numbering

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that no other thread uses meanwhile."""
        if self._closed:
            raise CollectionError(f"the pool in {self.folder} was closed; ask again")
        try:
            connection = self._idle.pop()
        except IndexError:
            with database.plain_errors(self.folder):
                connection = database.connect(self.folder, read_only=self.refusal is not None)
        try:
            yield connection
        finally:
            self._idle.append(connection)
            self._close_idle(unless_open=True)

    def is_still(self, seen: Sighting) -> bool:
        """Whether what lies there now is what was opened.

        A database written to otherwise than by its log may have been copied over: a new connection tells.
        """
        if not self.sighting.same_files(seen):
            return False
        state = self.follower.newest
        if seen != self.sighting and state is not None:
            with closing(database.connect(self.folder, read_only=True)) as connection:
                now = manifest(connection)
            if now.pool != state.manifest.pool or now.generation < state.manifest.generation:
                return False
        self.sighting = seen
        return True

    def save_log(self) -> None:
        """Write back what the log holds, though it may have lost its name: what was acknowledged is in the database."""
        with self.reading() as connection, database.plain_errors(self.folder):
            connection.execute("PRAGMA wal_checkpoint(FULL)")

    def close(self) -> None:
        """Let go of files, once what was handed in is written."""
        self._closed, self._latest = True, None
        self.writes.close()
        self.follower.stop()
        self._close_idle()

    def _close_idle(self, *, unless_open: bool = False) -> None:
        while self._idle and (self._closed or not unless_open):
            self._idle.pop().close()
        if self._closed:
            with self._watching:
                if self._watch is not None:
                    self._watch.close()
                    self._watch = None


def _connect(folder: Path) -> tuple[sqlite3.Connection, CollectionReadOnly | None]:
    """A connection to the pool, and where it can only be read, why.

    It is to be kept: closing the only one there is would have the whole log written back at once.
    """
    try:
        with database.plain_errors(folder):
            connection = database.connect(folder)
            with _closed_on_error(connection):
                _bring_up(connection, folder)
            private.tighten(folder)
        return connection, None
    except CollectionReadOnly as refusal:
        with database.plain_errors(folder):
            connection = database.connect(folder, read_only=True)
        with _closed_on_error(connection):
            if schema.check_format(connection, folder) != schema.FORMAT:
                raise
        return connection, refusal


def _bring_up(connection: sqlite3.Connection, folder: Path) -> None:
    if schema.check_format(connection, folder) == 0:
        raise CollectionCorrupt(
            f"the database in {folder} has no tables; recommender restore BACKUP, or remove {FILE_NAME}"
        )
    schema.bring_up(connection, folder)
    manifest(connection)


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _sighted(folder: Path) -> Sighting:
    seen = sight(folder)
    if seen is None:
        raise PoolNotFound(
            f"the pool in {folder} was taken away while it was opened; put it back, or name another folder"
        )
    return seen
