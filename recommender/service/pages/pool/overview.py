"""`Overview`: the plots of a pool, kept for as long as nothing was written to it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from recommender.service.pages.pool.freshness import FreshSkills
from recommender.service.pages.pool.plots import Plot, plots
from recommender.wiring import Recommender


class Shown(NamedTuple):
    """What the overview shows, of how many people."""

    plots: tuple[Plot, ...]
    people: int


class Overview:
    """The overview of a pool. Threads may share it: what two work out at once is the same."""

    def __init__(self) -> None:
        self._fresh = FreshSkills()
        self._kept: tuple[Hashable, Shown] | None = None

    def of(self, recommender: Recommender) -> Shown:
        """The plots of the pool as it is now."""
        # before the view, so that what is written meanwhile makes what is kept old
        stamp, kept = recommender.collection.stamp(), self._kept
        if kept is not None and kept[0] == stamp:
            return kept[1]
        with recommender.collection.view() as view:
            found = plots(view, *self._fresh.of(view, recommender.vocabulary)) if len(view) else ()
            shown = Shown(found, len(view))
        self._kept = stamp, shown
        return shown
