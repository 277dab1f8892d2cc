"""`Snapshot`: a collection that is read as it was when `LocalCollection.snapshot` put it into a folder."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from recommender.collection.local.generation.state import on_base
from recommender.collection.local.sealed.publish import open_published
from recommender.collection.local.truth import database
from recommender.collection.local.truth.store import manifest
from recommender.collection.local.view import LocalView
from recommender.encoding.encoded import EncodedProfile
from recommender.errors import CollectionCorrupt, CollectionReadOnly


class Snapshot:
    """A `Collection` of one generation, that nobody writes to; for one thread.

    Raises `PoolNotFound` where the folder holds none, `CollectionCorrupt` where its files are damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.path = Path(folder)
        with database.plain_errors(self.path):
            self._connection = database.connect(self.path, read_only=True)
            try:
                now = manifest(self._connection)
                base = open_published(self.path, now)
                if base is None and now.published is not None:
                    raise CollectionCorrupt(f"the snapshot in {self.path} is damaged; begin the run anew")
                self._state = on_base(self._connection, base)
            except BaseException:
                self._connection.close()
                raise

    @property
    def fingerprint(self) -> str | None:
        """Of the vectors it holds; None where the pool was new."""
        return self._state.manifest.layout.fingerprint if self._state.manifest.layout else None

    def upsert(self, profiles: Iterable[EncodedProfile]) -> NoReturn:
        """Raises `CollectionReadOnly`."""
        raise CollectionReadOnly(f"{self.path} is a snapshot; write to the pool that it is of")

    def delete(self, profile_ids: Iterable[str]) -> NoReturn:
        """Raises `CollectionReadOnly`."""
        raise CollectionReadOnly(f"{self.path} is a snapshot; write to the pool that it is of")

    @contextmanager
    def view(self) -> Iterator[LocalView]:
        """The pool as it was."""
        yield LocalView(self._state, self._connection, self.path)

    def latest(self) -> LocalView:
        """The pool as it was: nothing newer will come."""
        return LocalView(self._state, self._connection, self.path)

    def stamp(self) -> Hashable:
        """Always the same."""
        return self

    def close(self) -> None:
        """Let go of files."""
        self._connection.close()
