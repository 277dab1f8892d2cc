"""`Engine`: who works off pieces. In this process, in several (`Workers`), or on several machines (`Ray`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Protocol

from recommender.batch.pieces import Asking, Piece, Worked, work_off
from recommender.collection import Collection, open_snapshot
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


class Here:
    """In this process, one piece after another."""

    def __init__(self, matcher_of: MakeMatcher) -> None:
        self._matcher_of = matcher_of

    def work(self, pool: Path, asking: Asking, pieces: Iterable[Piece]) -> Iterator[Worked]:
        """What comes of each piece, in their order."""
        with closing(open_snapshot(pool)) as collection, collection.view() as view:
            matcher = self._matcher_of(collection)
            for piece in pieces:
                yield work_off(matcher, view, asking, piece)
