"""`LocalCollection`: a pool in one folder, for any number of threads and processes of one machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from recommender.collection import codec, database, store
from recommender.collection.follower import Follower, Tuning
from recommender.collection.group_commit import GroupCommit
from recommender.collection.view import LocalView
from recommender.encoding.encoded import EncodedProfile
from recommender.errors import CollectionError, FingerprintMismatch


class LocalCollection:
    """A pool of encoded profiles on disk (see `Collection` for the contract).

    Args:
        path: the pool's folder; made where there is none.
        tuning: when derived files are renewed.

    Raises `CollectionError` where the folder holds no pool that this version can use.
    """

    def __init__(self, path: Path, tuning: Tuning = Tuning()) -> None:  # noqa: B008 - frozen
        self.path = Path(path)
        with database.plain_errors(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
        database.prepare(self.path)
        self._writes = GroupCommit(self.path)
        self._follower = Follower(self.path, tuning, read_only=False)
        self._idle: list[sqlite3.Connection] = []
        self._closed = False

    @property
    def fingerprint(self) -> str | None:
        """Of the vectors it holds; None while it is new."""
        with self._reading() as connection:
            layout = store.standing(connection).layout
        return layout.fingerprint if layout else None

    def upsert(self, profiles: Iterable[EncodedProfile]) -> int:
        """Store all, replacing those with the same id, in one transaction; the new generation."""
        encoded = list(profiles)
        stored = list({p.profile_id: p for p in map(codec.encode, encoded)}.values())
        layouts = {codec.Layout.of(p): p.profile_id for p in encoded}

        def work(connection: sqlite3.Connection) -> int:
            if not stored:
                return store.standing(connection).generation
            _agree(connection, layouts)
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
                yield LocalView(self._follower.pin(connection), connection)
            finally:
                connection.execute("ROLLBACK")

    def close(self) -> None:
        """Let go of files; the collection cannot be used afterwards."""
        self._closed = True
        self._writes.close()
        self._follower.stop()
        self._close_idle()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that no other thread uses meanwhile."""
        if self._closed:
            raise CollectionError("this collection is closed")
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = database.connect(self.path)
        try:
            yield connection
        finally:
            self._idle.append(connection)
            self._close_idle(unless_open=True)

    def _close_idle(self, *, unless_open: bool = False) -> None:
        while self._idle and (self._closed or not unless_open):
            self._idle.pop().close()


def _agree(connection: sqlite3.Connection, layouts: dict[codec.Layout, str]) -> None:
    """Hold these profiles' layouts to the pool's, which the first profile sets."""
    held = store.standing(connection).layout
    if held is None or (held not in layouts and store.is_empty(connection)):
        held = next(iter(layouts))
        store.set_layout(connection, held)
    for layout, profile_id in layouts.items():
        if layout != held:
            raise FingerprintMismatch(
                f"profile {profile_id!r} was encoded by {layout.fingerprint} ({layout.dimension} numbers), "
                f"this pool by {held.fingerprint} ({held.dimension}); encode anew into another folder: "
                f"recommender ingest PATH --data NEW_FOLDER"
            )
