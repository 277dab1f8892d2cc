"""`Follower`: keeps the newest state at hand, and renews the segment under it while questions go on."""

from __future__ import annotations

import logging
import math
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import filelock

from recommender.collection.local.generation.state import State, begin, follow
from recommender.collection.local.renewal import publish_aside
from recommender.collection.local.sealed.build import Plan
from recommender.collection.local.sealed.hnsw import BuildStopped
from recommender.collection.local.sealed.publish import open_published, publish, sweep_unnamed
from recommender.collection.local.truth import database
from recommender.collection.local.truth.schema import writers_lock
from recommender.collection.local.truth.store import Manifest, has_more_than, manifest
from recommender.errors import CollectionCorrupt, RecommenderError

_log = logging.getLogger(__name__)

#: Times that a reader may find other threads further on than it is, each time a write later.
_MOST_TURNS = 10_000
#: The part of what is borne between two renewals that is borne of a pool at rest.
_AT_REST = 0.125


@dataclass(frozen=True, slots=True)
class Tuning:
    """When derived files are renewed; the defaults suit pools of any size, tests choose small ones.

    Attributes:
        index_from: rows from which on a segment has an HNSW index.
        tail_rows: rows that came since the segment was sealed, and dead rows in it, that are borne in any case…
        tail_share: …and the share of the segment that is borne beyond them.
        loaded_rows: a pool with more rows than this and no derived files has them built before it is searched.
        aside_rows: from how many rows on derived files are renewed in a process of their own.
        retry_seconds: how long to leave a renewal that failed, or was another process's.
        rest_seconds: after so long without a write an eighth of what is borne otherwise is too much; and so long the
            files before are left to other processes once new ones are published.
    """

    index_from: int = 50_000
    tail_rows: int = 4_096
    tail_share: float = 0.0625
    loaded_rows: int = 30_000
    aside_rows: int = 20_000
    retry_seconds: float = 10.0
    rest_seconds: float = 60.0

    def plan(self, threads: int, stop: Callable[[], bool] = lambda: False) -> Plan:
        """How to build a segment."""
        return Plan(self.index_from, stop, threads)


class Follower:
    """The state of a pool's newest generation, for the threads of one process."""

    def __init__(self, folder: Path, tuning: Tuning, *, read_only: bool) -> None:
        self._folder = folder
        self._tuning = tuning
        self._read_only = read_only
        self._state: State | None = None
        self._following = threading.Lock()
        self._stopped = threading.Event()
        self._renewing: threading.Thread | None = None
        self._not_before = 0.0
        self._changed = time.monotonic()
        self._sweep_at = math.inf
        self._sealed_first = False

    def pin(self, connection: sqlite3.Connection) -> State:
        """Begin a reading transaction, and the state of the generation that it sees."""
        for _ in range(_MOST_TURNS):
            connection.execute("BEGIN")
            now = manifest(connection)
            state = self._state
            if state is None or not _is_current(state, now):
                state = self._catch_up(connection, now)
            if state is not None:
                self._renew_where_due(state, now)
                return state
            connection.execute("ROLLBACK")
        raise CollectionCorrupt(f"the pool in {self._folder} went back to an earlier state while in use; open it anew")

    @property
    def newest(self) -> State | None:
        """The last state that anybody asked for."""
        return self._state

    def stop(self) -> None:
        """End the renewal that may be going on, and forget the state."""
        self._stopped.set()
        renewing = self._renewing
        if renewing is not None:
            renewing.join()
        self._state = None

    def adopt(self) -> None:
        """Take up the published segment now, instead of soon."""
        self._adopt_published()

    def _catch_up(self, connection: sqlite3.Connection, now: Manifest) -> State | None:
        """The state of what this transaction sees, kept for the next; None where another thread is further on."""
        with self._following:
            state = self._state
            if state is not None and state.manifest.pool == now.pool and state.manifest.generation > now.generation:
                return None
            if state is not None and _is_current(state, now):
                return state
            # forgotten first: rows of a failed attempt must not be added to
            self._state = None
            if state is None or state.manifest.layout != now.layout or not _may_follow(state, now):
                base = open_published(self._folder, now)
                if base is None and self._seal_first(connection):
                    return None
                state = begin(connection, base)
            else:
                state = follow(state, connection)
            self._state, self._changed = state, time.monotonic()
            return state

    def _seal_first(self, connection: sqlite3.Connection) -> bool:
        """Seal a pool too large to be held in memory as a tail, unless that was tried; whether it was done now."""
        most = self._tuning.loaded_rows
        if self._sealed_first or self._read_only or not has_more_than(connection, most):
            return False
        self._sealed_first = True
        _log.warning("pool %s: no derived files to rely on; building them before the first answer", self._folder)
        try:
            with writers_lock(self._folder):
                publish(self._folder, self._plan())
        except (BuildStopped, OSError, sqlite3.Error, RecommenderError) as error:
            _log.warning("pool %s: derived files could not be built, going on without: %s", self._folder, error)
            return False
        return True

    def _plan(self) -> Plan:
        return self._tuning.plan(1, self._stopped.is_set)

    def _renew_where_due(self, state: State, now: Manifest) -> None:
        if self._renewing is not None or self._stopped.is_set() or time.monotonic() < self._not_before:
            return
        is_behind = now.published != (state.base.name if state.base else None)
        if is_behind or (not self._read_only and not self._is_well_served(state)):
            self._begin(self._renew)
        elif not self._read_only and time.monotonic() > self._sweep_at:
            self._begin(self._sweep)

    def _begin(self, work: Callable[[], None]) -> None:
        """Work in a thread of its own, where none is at work."""
        with self._following:
            if self._renewing is None and not self._stopped.is_set():
                self._renewing = threading.Thread(target=work, name="pool-renewal", daemon=True)
                self._renewing.start()

    def _is_well_served(self, state: State) -> bool:
        """Whether what it was sealed into is sound, as far as it was looked at, and little came since."""
        return not self._is_long(state) and not (state.base and state.base.problem)

    def _is_long(self, state: State) -> bool:
        sealed = len(state.base) if state.base else 0
        beyond = state.tail.end - sealed + (state.tail.end - state.stored)
        borne = self._tuning.tail_rows + self._tuning.tail_share * sealed
        rests = sealed and time.monotonic() > self._changed + self._tuning.rest_seconds
        return beyond > (_AT_REST * borne if rests else borne)

    def _renew(self) -> None:
        """In a thread of its own: adopt what is published, or publish and adopt."""
        try:
            if not self._adopt_published() and not self._read_only:
                self._publish()
                self._adopt_published()
                self._sweep_at = time.monotonic() + self._tuning.rest_seconds
        except (BuildStopped, filelock.Timeout):
            self._not_before = time.monotonic() + self._tuning.retry_seconds
        except (OSError, sqlite3.Error, RecommenderError) as error:
            self._not_before = time.monotonic() + self._tuning.retry_seconds
            _log.warning("pool %s: derived files could not be renewed, trying again later: %s", self._folder, error)
        finally:
            self._renewing = None

    def _sweep(self) -> None:
        """In a thread of its own: remove the files before, which every other process has left by now."""
        self._sweep_at = math.inf
        try:
            sweep_unnamed(self._folder)
        except (filelock.Timeout, OSError, sqlite3.Error, RecommenderError) as error:
            _log.info("pool %s: files before those in use are left for the next time: %s", self._folder, error)
        finally:
            self._renewing = None

    def _publish(self) -> None:
        """Write derived files, by a process of its own where that takes long; by this one where there can be none."""
        state = self._state
        if state is not None and state.stored >= self._tuning.aside_rows:
            try:
                publish_aside(self._folder, self._tuning.index_from, self._stopped)
            except OSError as error:
                _log.warning("pool %s: no process could be started to renew derived files: %s", self._folder, error)
            else:
                return
        with writers_lock(self._folder).acquire(timeout=0):
            publish(self._folder, self._plan())

    def _adopt_published(self) -> bool:
        """Put the published segment under the state where it is not yet; whether the state is well served by it."""
        connection = database.connect(self._folder, read_only=self._read_only)
        try:
            connection.execute("BEGIN")
            now = manifest(connection)
            state = self._state
            if state is None:
                return True
            if now.published != (state.base.name if state.base else None):
                base = open_published(self._folder, now)
                if base is None and now.published is not None:
                    return False
                fresh = begin(connection, base)
                connection.execute("ROLLBACK")
                state = self._swap(connection, fresh)
            return self._is_well_served(state)
        finally:
            connection.close()

    def _swap(self, connection: sqlite3.Connection, fresh: State) -> State:
        with self._following:
            connection.execute("BEGIN")
            now = manifest(connection)
            if fresh.manifest.layout == now.layout and _may_follow(fresh, now):
                self._state = follow(fresh, connection)
            return self._state or fresh


def _is_current(state: State, now: Manifest) -> bool:
    held = state.manifest
    return held.generation == now.generation and held.pool == now.pool and held.layout == now.layout


def _may_follow(state: State, now: Manifest) -> bool:
    """Whether the log tells all that happened since."""
    return state.manifest.pool == now.pool and now.floor <= state.manifest.generation
