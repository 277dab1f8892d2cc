"""`Snapshot`: a collection that is read as it was when `LocalCollection.snapshot` put it into a folder."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from recommender.collection.local.generation.state import as_rows, on_base
from recommender.collection.local.sealed.publish import open_published
from recommender.collection.local.truth import database
from recommender.collection.local.truth.store import manifest, tombstones_since
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
                    raise CollectionCorrupt(f"the snapshot in {self.path} is damaged; begin the run anew, with --anew")
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

    @property
    def pool(self) -> str:
        """The pool's own name."""
        return self._state.manifest.pool

    @property
    def segment(self) -> str:
        """Which sealed files it is read from; "" for none."""
        return self._state.base.name if self._state.base else ""

    @property
    def sealed_to(self) -> int:
        """The number that the sealed files reach; 0 for none."""
        return self._state.base.origin.reaches if self._state.base else 0

    def numbers(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Of rows, in order: they ascend with the rows, and none is given twice."""
        return self._numbers[rows]

    def rows_of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Rows of numbers, in order; -1 for those who are not there."""
        if not len(self._numbers):
            return np.full(len(numbers), -1)
        rows = np.minimum(np.searchsorted(self._numbers, numbers), len(self._numbers) - 1)
        there = (self._numbers[rows] == numbers) & self._alive[rows]
        return np.where(there, rows, -1)

    def changes(self, generation: int) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
        """Rows of those who came after a generation, and numbers of those who were there and left since.

        None where the log does not tell: it reaches back to the sealed files, which must not be newer.
        """
        now = self._state.manifest
        if not max(self.sealed_to, now.floor) <= generation <= now.generation:
            return None
        rows = as_rows(self._state.live)
        gone = np.array(tombstones_since(self._connection, generation).gone, np.int64)
        return rows[self.numbers(rows) > generation], gone[gone <= generation]

    @cached_property
    def _numbers(self) -> NDArray[np.int64]:
        tail = self._state.tail
        recent = tail.seqs.array[: tail.end - tail.start].astype(np.int64)
        return np.concatenate([self._state.base.seqs, recent]) if self._state.base else recent

    @cached_property
    def _alive(self) -> NDArray[np.bool_]:
        alive = np.zeros(len(self._numbers), np.bool_)
        alive[as_rows(self._state.live)] = True
        return alive

    def link(self, people: Iterable[Sequence[str]], *, again: bool = True) -> NoReturn:
        """Raises `CollectionReadOnly`."""
        raise CollectionReadOnly(f"{self.path} is a snapshot; write to the pool that it is of")

    def unlink(self, profile_ids: Iterable[str]) -> NoReturn:
        """Raises `CollectionReadOnly`."""
        raise CollectionReadOnly(f"{self.path} is a snapshot; write to the pool that it is of")

    def keep_apart(self, pairs: Iterable[tuple[str, str]]) -> NoReturn:
        """Raises `CollectionReadOnly`."""
        raise CollectionReadOnly(f"{self.path} is a snapshot; write to the pool that it is of")

    @contextmanager
    def view(self) -> Iterator[LocalView]:
        """The pool as it was."""
        yield LocalView(self._state, self._connection, self.path)

    @property
    def is_at_hand(self) -> bool:
        """Yes: its files are this machine's."""
        return True

    def latest(self) -> LocalView:
        """The pool as it was: nothing newer will come."""
        return LocalView(self._state, self._connection, self.path)

    def stamp(self) -> Hashable:
        """Always the same."""
        return self

    def close(self) -> None:
        """Let go of files."""
        self._connection.close()
