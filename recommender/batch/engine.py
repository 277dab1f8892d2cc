"""`Engine`: who works off pieces. In this process, in several (`Workers`), or on several machines (`Ray`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from functools import cached_property
from pathlib import Path
from typing import Protocol

from recommender.batch.memory import beyond
from recommender.batch.pieces import Asking, Piece, Worked, work_off
from recommender.collection import Collection, View, open_snapshot
from recommender.errors import BatchError
from recommender.matching import Matcher

#: Makes a matcher of a process's own, of the collection given; picklable where processes are several.
MakeMatcher = Callable[[Collection], Matcher]


class Engine(Protocol):
    """Where pieces are worked off."""

    def work(self, pool: Path, asking: Asking, pieces: Iterable[Piece]) -> Iterator[Worked]:
        """What comes of each piece, each once, in any order; one that is lost with its process is done again.

        Args:
            pool: folder of a snapshot of the pool.
            pieces: taken as they are needed.
        """
        ...


class Bench:
    """What one process works with, opened with its first piece, for as long as it lives."""

    def __init__(self, matcher_of: MakeMatcher, pool: Path, asking: Asking) -> None:
        self._matcher_of, self._pool, self._asking = matcher_of, pool, asking
        self._held = ExitStack()

    def work(self, piece: Piece) -> Worked:
        """What comes of a piece."""
        matcher, view = self._opened
        return work_off(matcher, view, self._asking, piece)

    def close(self) -> None:
        """Let go of files."""
        self._held.close()

    @cached_property
    def _opened(self) -> tuple[Matcher, View]:
        collection = self._held.enter_context(closing(open_snapshot(self._pool)))
        view = self._held.enter_context(collection.view())
        return self._matcher_of(collection), view.seen_by(self._asking.sight)


class Here:
    """In this process, one piece after another.

    Args:
        memory: bytes that it may hold; `BatchError` is raised once it holds more.
    """

    def __init__(self, matcher_of: MakeMatcher, memory: int | None = None) -> None:
        self._matcher_of, self._memory = matcher_of, memory

    def work(self, pool: Path, asking: Asking, pieces: Iterable[Piece]) -> Iterator[Worked]:
        """What comes of each piece, in their order."""
        with closing(Bench(self._matcher_of, pool, asking)) as bench:
            for number, piece in enumerate(pieces):
                if number and (held := beyond(self._memory)):
                    raise BatchError(f"{held}: one process does not fit; give more --memory, it goes on from here")
                yield bench.work(piece)
