"""`LocalCollection`: a pool in one folder, for any number of threads and processes of one machine."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from recommender.collection import codec, database, store
from recommender.collection.backup import Backup, backup
from recommender.collection.check import Finding, check
from recommender.collection.compact import Compacted, compact
from recommender.collection.follower import Follower, Tuning
from recommender.collection.group_commit import GroupCommit
from recommender.collection.holding import Holding, holding
from recommender.collection.publish import publish, writers_lock
from recommender.collection.view import LocalView
from recommender.encoding.encoded import EncodedProfile
from recommender.errors import CollectionError, CollectionReadOnly, FingerprintMismatch

T = TypeVar("T")


class LocalCollection:
    """A pool of encoded profiles on disk (see `Collection` for the contract).

    Args:
        path: the pool's folder; made where there is none.
        tuning: when derived files are renewed.

    Raises `CollectionError` where the folder holds no pool that this version can use.
    """

    def __init__(self, path: Path, tuning: Tuning = Tuning()) -> None:  # noqa: B008 - frozen
        self.path = Path(path)
        connection, self._refusal = _prepare(self.path)
        self._writes = GroupCommit(self.path, self._refusal)
        self._follower = Follower(self.path, tuning, read_only=self._refusal is not None)
        self._tuning = tuning
        self._idle = [connection]
        self._closed = False

    @property
    def fingerprint(self) -> str | None:
        """Of the vectors it holds; None while it is new."""
        with self._reading() as connection:
            layout = store.standing(connection).layout
        return layout.fingerprint if layout else None

    def upsert(self, profiles: Iterable[EncodedProfile]) -> int:
        """Store all, replacing those with the same id, in one transaction; the new generation."""
        encoded = codec.encode(list(profiles))
        stored = list({one.profile_id: one for one in encoded.stored}.values())

        def work(connection: sqlite3.Connection) -> int:
            if not stored:
                return store.standing(connection).generation
            _agree(connection, encoded.layouts)
            return store.insert(connection, stored)

        return self._writes.run(work)

    def delete(self, profile_ids: Iterable[str]) -> list[str]:
        """Remove these; the ids that were there."""
        leaving = list(profile_ids)
        return self._writes.run(lambda connection: store.depart(connection, leaving))

    @contextmanager
    def view(self) -> Iterator[LocalView]:
        """The pool as it is now, unchanged until the block ends."""
        with self._reading() as connection:
            try:
                with database.plain_errors(self.path):
                    state = self._follower.pin(connection)
                yield LocalView(state, connection, self.path)
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def export(self, profile_id: str) -> Holding:
        """All that the pool holds on one person; raises `ProfileNotFound`."""
        with self._reading() as connection, database.plain_errors(self.path):
            return holding(connection, profile_id)

    def seal(self) -> None:
        """Renew the derived files now, so that the next opening finds them (after a large ingest, say)."""
        self._maintain(lambda: publish(self.path, self._tuning.plan(os.cpu_count() or 1)))

    def compact(self) -> Compacted:
        """Leave no byte of what was deleted or replaced in any file of the folder, and give back the room.

        Waits for the views that are open. Raises `CollectionReadOnly` where one does not end.
        """
        return self._maintain(lambda: compact(self.path, self._tuning.plan(os.cpu_count() or 1)))

    def backup(self, target: Path) -> Backup:
        """Write a copy of the pool as it is now into a new folder, while it is read and written on."""
        return backup(self.path, Path(target))

    def check(self) -> list[Finding]:
        """Everything that is wrong with the pool's files; empty where nothing is."""
        return check(self.path)

    def close(self) -> None:
        """Let go of files; the collection cannot be used afterwards."""
        self._closed = True
        self._writes.close()
        self._follower.stop()
        self._close_idle()

    def _maintain(self, work: Callable[[], T]) -> T:
        """Do work that writes derived files, then use what it made."""
        if self._refusal is not None:
            raise CollectionReadOnly(str(self._refusal)) from self._refusal
        with database.plain_errors(self.path):
            with writers_lock(self.path):
                result = work()
            self._follower.adopt()
        return result

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that no other thread uses meanwhile."""
        if self._closed:
            raise CollectionError("this collection is closed")
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connect()
        try:
            yield connection
        finally:
            self._idle.append(connection)
            self._close_idle(unless_open=True)

    def _connect(self) -> sqlite3.Connection:
        with database.plain_errors(self.path):
            return database.connect(self.path, read_only=self._refusal is not None)

    def _close_idle(self, *, unless_open: bool = False) -> None:
        while self._idle and (self._closed or not unless_open):
            self._idle.pop().close()


def _prepare(folder: Path) -> tuple[sqlite3.Connection, CollectionReadOnly | None]:
    """Make the pool usable; a connection to it, and where it can only be read, why."""
    try:
        with database.plain_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
        return database.prepare(folder), None
    except CollectionReadOnly as refusal:
        if not (folder / database.FILE_NAME).exists():
            raise
        with database.plain_errors(folder):
            connection = database.connect(folder, read_only=True)
        if database.check_format(connection, folder) != database.FORMAT:
            connection.close()
            raise
        return connection, refusal


def _agree(connection: sqlite3.Connection, layouts: dict[codec.Layout, str]) -> None:
    """Hold these profiles' layouts to the pool's, which the first profile sets."""
    held = store.standing(connection).layout
    if held is None or (held not in layouts and store.is_empty(connection)):
        held = next(iter(layouts))
        store.set_layout(connection, held)
    for layout, profile_id in layouts.items():
        if layout != held:
            raise FingerprintMismatch(
                f"profile {profile_id!r} was encoded by {layout}, this pool by {held}; "
                f"encode anew into another folder: recommender ingest PATH --data NEW_FOLDER"
            )
