"""What is done to pools in PostgreSQL that are not open, by their place."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from recommender.collection.copying import copy_into
from recommender.collection.local.care.backup import restore as restore_folder
from recommender.collection.local.collection import LocalCollection
from recommender.collection.maintenance import Backup, Finding
from recommender.collection.postgres.care.check import findings
from recommender.collection.postgres.collection import PostgresCollection
from recommender.collection.postgres.server.connections import Connections
from recommender.collection.postgres.server.nodes import spread
from recommender.collection.postgres.server.place import Place, place_of
from recommender.collection.postgres.server.schema import assert_pool, make

__all__ = ["assert_pool", "check", "make", "open_pool", "place_of", "restore", "spread"]


def open_pool(place: Place) -> PostgresCollection:
    """The pool at this place; raises `PoolNotFound` where there is none."""
    return PostgresCollection(place, create=False)


def check(place: Place) -> list[Finding]:
    """Everything that is wrong with a pool; nothing is changed."""
    assert_pool(place)
    with closing(Connections(place)) as connections, connections.transaction() as connection:
        return list(findings(connection))


def restore(backup: Path, place: Place) -> Backup:
    """Put a backup back as a new pool; its checksum is verified first."""
    with TemporaryDirectory() as folder:
        done = restore_folder(backup, Path(folder) / "pool")
        with (
            closing(LocalCollection(Path(folder) / "pool", create=False)) as held,
            closing(PostgresCollection(place)) as pool,
            held.view() as view,
        ):
            copy_into(view, pool)
            pool.seal()
    return done
