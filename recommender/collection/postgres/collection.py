"""`PostgresCollection`: a pool in a schema of a PostgreSQL database, for any number of processes and machines."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from recommender.collection import linking
from recommender.collection.copying import copy_into
from recommender.collection.local.care.snapshot import snapshot_of_copy
from recommender.collection.local.collection import LocalCollection
from recommender.collection.local.follower import Tuning
from recommender.collection.maintenance import Backup, Compacted, Export, Refresh, Repaired
from recommender.collection.plane import lay_out
from recommender.collection.postgres.care.check import damaged
from recommender.collection.postgres.care.compact import compact
from recommender.collection.postgres.care.export import exported
from recommender.collection.postgres.care.lists import INDEX_FROM, make_lists
from recommender.collection.postgres.care.refresh import refresh
from recommender.collection.postgres.server import schema
from recommender.collection.postgres.server.connections import Connections
from recommender.collection.postgres.server.manifest import ASKED, HELD, Manifest, manifest, manifest_of
from recommender.collection.postgres.server.place import Place, place_of
from recommender.collection.postgres.server.snapshot import Snapshot
from recommender.collection.postgres.truth import links, write
from recommender.collection.postgres.truth.columns import ColumnCache
from recommender.collection.postgres.truth.rows import rows_of
from recommender.collection.postgres.view import PostgresView
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import Features

#: Profiles whose features are looked at at once.
_STEP = 2_000


class PostgresCollection:
    """A pool of encoded profiles (see `Collection` for the contract).

    Connections are opened when they are needed, so a server that is started anew is asked again as soon as it answers;
    while it does not, `CollectionUnreachable` is raised.

    Args:
        place: where the pool is, or its URL.
        create: whether a pool is made where there is none; never among other tables.
        index_from: profiles from which on `seal` makes an index over vectors.
    """

    def __init__(self, place: Place | str, *, create: bool = True, index_from: int = INDEX_FROM) -> None:
        self.place = place_of(place) if isinstance(place, str) else place
        if create or schema.assert_pool(self.place) < schema.VERSION:
            schema.make(self.place)
        self._connections = Connections(self.place)
        self._columns = ColumnCache()
        self._index_from = index_from
        self._is_spread: bool | None = None  # as the last write found it

    @property
    def fingerprint(self) -> str | None:
        """Of the vectors it holds; None while it is new."""
        layout = self._now().layout
        return layout.fingerprint if layout else None

    def upsert(self, profiles: Iterable[EncodedProfile]) -> int:
        """Store all, replacing those with the same id, in one transaction; the new generation."""
        rows, layouts = rows_of(list(profiles))
        first = (
            [HELD] if self._is_spread is not False else [HELD, write.take_out([row.stored.profile_id for row in rows])]
        )
        with self._connections.begun(*first, write=True) as (connection, (held, *found)):
            now = manifest_of(held)
            self._is_spread = now.is_spread
            return write.upsert(connection, now, rows, layouts, *found)

    def delete(self, profile_ids: Iterable[str]) -> list[str]:
        """Remove these; the ids that were there."""
        with self._connections.transaction(write=True) as connection:
            return links.depart(connection, profile_ids)

    def link(self, people: Iterable[Sequence[str]], *, again: bool = True) -> int:
        """Have the profiles of each of these people take one place, that of the first; the new generation."""
        with self._connections.transaction(write=True) as connection:
            manifest(connection, to_write=True)
            for person in people:
                linking.link(links.StoredLinks(connection), list(person), again=again)
            return manifest(connection).generation

    def unlink(self, profile_ids: Iterable[str]) -> list[str]:
        """Have each of these take a place of its own again; those of them that were linked."""
        with self._connections.transaction(write=True) as connection:
            manifest(connection, to_write=True)
            return linking.unlink(links.StoredLinks(connection), profile_ids)

    def keep_apart(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Remember of each of these pairs that it is not of one person."""
        with self._connections.transaction(write=True) as connection:
            manifest(connection, to_write=True)
            linking.keep_apart(links.StoredLinks(connection), pairs)

    @contextmanager
    def view(self) -> Iterator[PostgresView]:
        """The pool as it is now, unchanged until the block ends."""
        with self._connections.begun(ASKED) as (connection, (rows,)):
            snapshot = Snapshot(connection, manifest_of(rows))
            snapshot.begin()
            yield PostgresView(self.place, snapshot, self._columns)

    @property
    def is_at_hand(self) -> bool:
        """No: what the pool holds is known to the server alone."""
        return False

    def latest(self) -> None:
        """Nothing: whoever asks waits for the server."""

    def stamp(self) -> Hashable:
        """Equal at two moments only where every view of either answers alike; a question to the server."""
        now = self._now()
        return now.pool, now.generation, now.has_lists

    def _now(self) -> Manifest:
        with self._connections.alone(ASKED) as (_, rows):
            return manifest_of(rows)

    def export(self, profile_id: str) -> Export:
        """All that the pool holds on one person; raises `ProfileNotFound`."""
        with self.view() as view:
            return exported(view, profile_id)

    def seal(self) -> None:
        """Make the index over vectors where it is missing, and look anew at how values are spread."""
        with self._connections.alone() as (connection, _):
            make_lists(connection, self.place, self._index_from)

    def lay_out(self, group: Callable[[Features], NDArray[np.uint8]]) -> bool:
        """Work out where people are on a plane, and keep that in a table of its own."""
        with self.view() as view:
            rows = view.rows()
            vectors, ids = view.vectors(rows), view.ids(rows)
            parts = [group(view.features(rows[at : at + _STEP])) for at in range(0, len(rows), _STEP)]
        if not len(rows):
            return False
        placed = lay_out(vectors)
        with self._connections.transaction(write=True) as connection:
            connection.execute("DELETE FROM places")
            connection.execute(
                "INSERT INTO places SELECT * "
                "FROM unnest(%b::text[], %b::bigint[], %b::real[], %b::real[], %b::smallint[])",
                (ids, rows.tolist(), *placed.T.tolist(), np.concatenate(parts).tolist()),
            )
        return True

    def compact(self) -> Compacted:
        """Leave no row, index entry or dead tuple of what was deleted or replaced, and give back the room.

        Tables are written anew, one after another; who reads or writes waits meanwhile. The index over vectors is made
        where it is missing.
        """
        with self._connections.alone() as (connection, _):
            connection.execute("SET statement_timeout = 0")
            done = compact(connection, self.place)
            connection.execute("RESET statement_timeout")
            make_lists(connection, self.place, self._index_from)
        return done

    def refresh(self, anew: Refresh) -> int:
        """Store the facts of everybody anew, in one transaction; how many were stored."""
        with self._connections.transaction(write=True) as connection:
            done = refresh(connection, anew)
        if done:
            self.seal()
        return done

    def backup(self, target: Path) -> Backup:
        """Write a copy of the pool as it is now into a new folder: a backup as the engine in a folder makes it."""
        with TemporaryDirectory() as folder, closing(LocalCollection(Path(folder) / "pool")) as held:
            with self.view() as view:
                copy_into(view, held)
            return held.backup(Path(target))

    def snapshot(self, target: Path) -> int:
        """Put the newest generation into a new folder, as the engine in a folder keeps it; its number.

        Everybody is copied: what a server sees of one moment ends with the connection that sees it.
        """
        with TemporaryDirectory(dir=Path(target).parent) as folder:
            place = Path(folder) / "pool"
            with closing(LocalCollection(place)) as held, self.view() as view:
                copy_into(view, held)
                generation = view.generation
            snapshot_of_copy(place, generation, Tuning().plan(os.cpu_count() or 1), Path(target))
        return generation

    def repair(self, *, discard: bool = False) -> Repaired:
        """Nothing holds a copy of a damaged profile; with `discard` they are taken out."""
        with self._connections.transaction(write=True) as connection:
            beyond = tuple(damaged(Snapshot(connection, manifest(connection, to_write=True))))
            if discard and beyond:
                links.depart(connection, [one.profile_id for one in beyond])
        return Repaired((), beyond)

    def close(self) -> None:
        """Let go of connections; the collection cannot be used afterwards."""
        self._connections.close()
