"""`LocalCollection`: a pool in one folder, for any number of threads and processes of one machine."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import filelock
import numpy as np
from numpy.typing import NDArray

from recommender.collection import linking
from recommender.collection.common import codec
from recommender.collection.local.care.backup import backup
from recommender.collection.local.care.check import check
from recommender.collection.local.care.compact import compact
from recommender.collection.local.care.export import exported
from recommender.collection.local.care.refresh import refresh
from recommender.collection.local.care.repair import repair
from recommender.collection.local.care.snapshot import snapshot
from recommender.collection.local.follower import Tuning
from recommender.collection.local.opened import OpenedPool
from recommender.collection.local.sealed.plane import keep_plane, placed_rows
from recommender.collection.local.sealed.publish import publish
from recommender.collection.local.truth import database, links, schema, store
from recommender.collection.local.truth.place import Sighting, assert_pool, sight
from recommender.collection.local.view import LocalView
from recommender.collection.maintenance import Backup, Compacted, Export, Finding, Refresh, Repaired
from recommender.collection.plane import UNPLACED
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import Features
from recommender.errors import CollectionError, CollectionReadOnly, FingerprintMismatch, PoolNotFound, ProfileNotFound

T = TypeVar("T")

_log = logging.getLogger(__name__)

#: For how long a reader takes it that the pool is still the one that was opened; writers look each time.
_LOOK_SECONDS = 0.2


class LocalCollection:
    """A pool of encoded profiles on disk (see `Collection` for the contract).

    Whatever is put at its place while it is open (a restored backup, say) is what later questions are asked of and
    writes go to; while nothing is there they raise `PoolNotFound`.

    Args:
        path: the pool's folder.
        tuning: when derived files are renewed.
        create: whether a pool is made where there is none; never in a folder that holds other things.

    Raises `CollectionError` where the folder holds no pool that this version can use.
    """

    def __init__(self, path: Path, tuning: Tuning = Tuning(), *, create: bool = True) -> None:  # noqa: B008 - frozen
        self.path = Path(path)
        if create:
            schema.make(self.path)
        self._tuning = tuning
        self._pool = OpenedPool(self.path, tuning)
        self._looking = threading.Lock()
        self._looked = time.monotonic()
        self._closed = False

    @property
    def fingerprint(self) -> str | None:
        """Of the vectors it holds; None while it is new."""
        with self._present().reading() as connection, database.plain_errors(self.path):
            layout = store.manifest(connection).layout
        return layout.fingerprint if layout else None

    def upsert(self, profiles: Iterable[EncodedProfile]) -> int:
        """Store all, replacing those with the same id, in one transaction; the new generation."""
        encoded = codec.encode(list(profiles), tight=True)
        stored = list({one.profile_id: one for one in encoded.stored}.values())

        def work(connection: sqlite3.Connection) -> int:
            if not stored:
                return store.manifest(connection).generation
            _agree(connection, encoded.layouts)
            return store.insert(connection, stored)

        return self._write(work)

    def delete(self, profile_ids: Iterable[str]) -> list[str]:
        """Remove these; the ids that were there."""
        leaving = [profile_id for profile_id in profile_ids if codec.is_text(profile_id)]
        return self._write(lambda connection: links.depart(connection, leaving))

    def link(self, people: Iterable[Sequence[str]], *, again: bool = True) -> int:
        """Have the profiles of each of these people take one place, that of the first; the new generation."""
        groups = [list(group) for group in people]
        for profile_id in (one for group in groups for one in group if not codec.is_text(one)):
            raise ProfileNotFound(profile_id)

        def work(connection: sqlite3.Connection) -> int:
            for group in groups:
                linking.link(links.StoredLinks(connection), group, again=again)
            return store.manifest(connection).generation

        return self._write(work)

    def unlink(self, profile_ids: Iterable[str]) -> list[str]:
        """Have each of these take a place of its own again; those of them that were linked."""
        asked = [profile_id for profile_id in profile_ids if codec.is_text(profile_id)]
        return self._write(lambda connection: linking.unlink(links.StoredLinks(connection), asked))

    def keep_apart(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Remember of each of these pairs that it is not of one person."""
        asked = list(pairs)
        for profile_id in (one for pair in asked for one in pair if not codec.is_text(one)):
            raise ProfileNotFound(profile_id)
        self._write(lambda connection: linking.keep_apart(links.StoredLinks(connection), asked))

    @contextmanager
    def view(self) -> Iterator[LocalView]:
        """The pool as it is now, unchanged until the block ends."""
        with self._present().view() as view:
            yield view

    @property
    def is_at_hand(self) -> bool:
        """Yes: its files are this machine's."""
        return True

    def latest(self) -> LocalView | None:
        """The newest generation that was read, without waiting for anything: it tells all but profiles."""
        return self._present().latest()

    def stamp(self) -> Hashable:
        """Equal at two moments only where every view of either answers alike."""
        pool = self._present()
        return pool.stamp()

    def export(self, profile_id: str) -> Export:
        """All that the pool holds on one person; raises `ProfileNotFound`."""
        with self._present().reading() as connection, database.plain_errors(self.path):
            return exported(connection, profile_id)

    def seal(self) -> None:
        """Renew the derived files now, so that the next opening finds them (after a large ingest, say)."""
        self._maintain(lambda _: publish(self.path, self._tuning.plan(os.cpu_count() or 1)))

    def lay_out(self, group: Callable[[Features], NDArray[np.uint8]]) -> bool:
        """Work out where people are on a plane, and keep that beside the derived files they are in."""
        with self.view() as view:
            many, sealed = len(view), view.sealed
            unsealed = many - int(np.searchsorted(view.rows(), len(sealed))) if sealed else many
        if not many:
            return False
        if sealed is None or unsealed > many * UNPLACED:
            self.seal()
        with self.view() as view:
            base, rows = view.sealed, view.rows()
        if base is None:
            return False
        # without a view, which would keep the log from being emptied for as long as this takes
        rows = rows[: np.searchsorted(rows, len(base))]
        placed = placed_rows(base, rows, group)
        return self._maintain(lambda _: keep_plane(self.path, base, placed))

    def compact(self) -> Compacted:
        """Leave no byte of what was deleted or replaced in any file of the folder, and give back the room.

        Waits, beside others that read and write, for its turn. Raises `CollectionReadOnly` where it does not come
        within half a minute, `CollectionCorrupt` where a stored profile is damaged.
        """
        return self._maintain(lambda until: compact(self.path, self._tuning.plan(os.cpu_count() or 1), until))

    def refresh(self, anew: Refresh) -> int:
        """Store the facts of everybody anew, in one transaction; how many were stored. Derived files follow."""
        done = self._write(lambda connection: refresh(connection, anew))
        if done:
            self.seal()
        return done

    def backup(self, target: Path) -> Backup:
        """Write a copy of the pool as it is now into a new folder, while it is read and written on."""
        return backup(self.path, Path(target))

    def snapshot(self, target: Path) -> int:
        """Put the newest generation into a new folder, for `Snapshot` to read as long as it is there; its number.

        It shares the sealed files, so it costs little, and must be removed with the run that it is for.
        """
        with self.view():  # which has derived files made where there must be some
            pass
        return snapshot(self.path, Path(target))

    def check(self) -> list[Finding]:
        """Everything that is wrong with the pool's files; empty where nothing is."""
        return check(self.path)

    def repair(self, *, discard: bool = False) -> Repaired:
        """Put back the damaged profiles of which the derived files hold a copy; with `discard`, take out the others."""
        done = repair(self.path, self._tuning.plan(os.cpu_count() or 1), discard=discard)
        self._pool.follower.adopt()
        return done

    def close(self) -> None:
        """Let go of files; the collection cannot be used afterwards."""
        self._closed = True
        self._pool.close()

    def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do work in a transaction; it is acknowledged only where the files it went to are still the pool's."""
        pool = self._present(at_once=True)
        with database.plain_errors(self.path):
            done = pool.writes.run(work)
        seen = sight(self.path)
        if seen is None or not seen.same_files(pool.sighting):
            raise PoolNotFound(f"the pool in {self.path} was replaced while it was written to; write that again")
        return done

    def _maintain(self, work: Callable[[float], T]) -> T:
        """Do work that writes derived files, given until when it may wait, then use what it made."""
        pool = self._present(at_once=True)
        if pool.refusal is not None:
            raise CollectionReadOnly(str(pool.refusal)) from pool.refusal
        with database.plain_errors(self.path):
            until = time.monotonic() + database.BUSY_SECONDS
            try:
                with schema.writers_lock(self.path).acquire(timeout=database.BUSY_SECONDS):
                    result = work(until)
            except filelock.Timeout as error:
                raise CollectionReadOnly(
                    f"another process is renewing the derived files of {self.path}; try again when it is done"
                ) from error
            pool.follower.adopt()
        return result

    def _present(self, *, at_once: bool = False) -> OpenedPool:
        """What lies at the pool's place, opened; raises `PoolNotFound` where nothing does."""
        if self._closed:
            raise CollectionError("this collection is closed; open it anew")
        if not at_once and time.monotonic() < self._looked + _LOOK_SECONDS:
            return self._pool
        seen = sight(self.path)
        if seen is None or seen != self._pool.sighting:
            with self._looking, database.plain_errors(self.path):
                self._look_closer(sight(self.path))
        self._looked = time.monotonic()
        return self._pool

    def _look_closer(self, seen: Sighting | None) -> None:
        """Open what was put at the pool's place; raises `PoolNotFound` for nothing."""
        if seen is None:
            assert_pool(self.path)
        old = self._pool
        if seen is None or old.is_still(seen):
            return
        if seen.database == old.sighting.database and seen.log is None:
            old.save_log()
        _log.warning("pool %s: its files were replaced; going on with those that are there now", self.path)
        self._pool = OpenedPool(self.path, self._tuning)
        old.close()


def _agree(connection: sqlite3.Connection, layouts: dict[codec.Layout, str]) -> None:
    """Hold these profiles' layouts to the pool's, which the first profile sets."""
    held = store.manifest(connection).layout
    if held is None or (held not in layouts and store.is_empty(connection)):
        held = next(iter(layouts))
        store.set_layout(connection, held)
    for layout, profile_id in layouts.items():
        if layout != held:
            raise FingerprintMismatch(
                f"profile {profile_id!r} was encoded by {layout}, this pool by {held}; "
                f"encode anew into another folder: recommender ingest PATH --data NEW_FOLDER"
            )
