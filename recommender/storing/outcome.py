"""`Outcome` and `Totals`: what became of profiles that were to be stored."""

from __future__ import annotations

from typing import NamedTuple

from recommender.reading import Rejected

#: Profiles stored in one transaction of an ingest, and encoded before a caller is asked whether to go on.
BATCH = 64


class Outcome(NamedTuple):
    """What became of some profiles.

    Attributes:
        ids: of those that are in the pool now as given, in order.
        unchanged: how many of them were there already as they are, and were not written.
        rejected: those that no pool may hold, that repeat an id, or that cannot be encoded.
        generation: the pool's that has them.
    """

    ids: tuple[str, ...]
    unchanged: int
    rejected: tuple[Rejected, ...]
    generation: int


class Totals(NamedTuple):
    """How far an ingest is: people written, left alone because they are there already, and refused."""

    written: int
    unchanged: int
    rejected: int

    def plus(self, done: Outcome) -> Totals:
        """With what became of one batch more."""
        written = len(done.ids) - done.unchanged
        return Totals(self.written + written, self.unchanged + done.unchanged, self.rejected + len(done.rejected))
