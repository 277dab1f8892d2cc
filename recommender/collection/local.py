"""`LocalCollection`: a pool in one folder, for any number of threads and processes of one machine."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from recommender.collection import codec, store
from recommender.collection.state import State, follow, load
from recommender.collection.view import LocalView
from recommender.encoding.encoded import EncodedProfile
from recommender.errors import CollectionError, FingerprintMismatch


class LocalCollection:
    """A pool of encoded profiles on disk (see `Collection` for the contract).

    Args:
        path: the pool's folder; made where there is none.
    """

    def __init__(self, path: Path) -> None:
        self._path = Path(path)
        self._path.mkdir(parents=True, exist_ok=True)
        self._writer = store.connect(self._path)
        store.create_tables(self._writer)
        self._writing = threading.Lock()
        self._following = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._state: State | None = None
        self._closed = False

    @property
    def fingerprint(self) -> str | None:
        """Of the vectors it holds; None while it is new."""
        with self._writing:
            layout = store.standing(self._writer).layout
        return layout.fingerprint if layout else None

    def upsert(self, profiles: Iterable[EncodedProfile]) -> int:
        """Store all, replacing those with the same id, in one transaction; the new generation."""
        encoded = list(profiles)
        stored = list({p.profile_id: p for p in map(codec.encode, encoded)}.values())
        layouts = {codec.Layout.of(p): p.profile_id for p in encoded}
        with self._transaction() as connection:
            if not stored:
                return store.standing(connection).generation
            self._agree(connection, layouts)
            return store.insert(connection, stored)

    def delete(self, profile_ids: Iterable[str]) -> list[str]:
        """Remove these; the ids that were there."""
        with self._transaction() as connection:
            return store.depart(connection, profile_ids)

    @contextmanager
    def view(self) -> Iterator[LocalView]:
        """The pool as it is now, unchanged until the block ends."""
        self._assert_open()
        connection = self._idle.pop() if self._idle else store.connect(self._path)
        try:
            yield LocalView(self._pin(connection), connection)
        finally:
            connection.execute("ROLLBACK")
            self._idle.append(connection)
            if self._closed:
                self._close_idle()

    def close(self) -> None:
        """Let go of files; the collection cannot be used afterwards."""
        self._closed = True
        with self._writing:
            self._writer.close()
        self._close_idle()

    def _close_idle(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _assert_open(self) -> None:
        if self._closed:
            raise CollectionError("this collection is closed")

    def _pin(self, connection: sqlite3.Connection) -> State:
        """Begin a reading transaction, and the state of the generation that it sees."""
        while True:
            connection.execute("BEGIN")
            now = store.standing(connection)
            state = self._state
            if state is None or state.standing != now:
                state = self._catch_up(connection, now)
            if state is not None:
                return state
            connection.execute("ROLLBACK")

    def _catch_up(self, connection: sqlite3.Connection, now: store.Standing) -> State | None:
        """The state of what this transaction sees, kept for the next; None where another thread is further on."""
        with self._following:
            state = self._state
            if state is not None and state.standing.generation > now.generation:
                return None
            if state is None or (state.standing.floor, state.standing.layout) != (now.floor, now.layout):
                state = load(connection)
            elif state.standing != now:
                state = follow(state, connection)
            self._state = state
            return state

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._writing:
            self._assert_open()
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                self._writer.execute("ROLLBACK")
                raise

    def _agree(self, connection: sqlite3.Connection, layouts: dict[codec.Layout, str]) -> None:
        """Hold these profiles' layouts to the pool's, which the first profile sets."""
        held = store.standing(connection).layout
        if held is None or store.is_empty(connection):
            held = next(iter(layouts))
            store.set_layout(connection, held)
        for layout, profile_id in layouts.items():
            if layout != held:
                raise FingerprintMismatch(
                    f"profile {profile_id!r} was encoded by {layout.fingerprint} ({layout.dimension} numbers), "
                    f"this pool by {held.fingerprint} ({held.dimension}); encode anew into another folder: "
                    f"recommender ingest PATH --data NEW_FOLDER"
                )
