"""`Selected`: the rows that a filter admits in one state, and what searches among them ask for again and again."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from recommender.collection.filter import Filter
from recommender.collection.local.generation.state import State, as_rows
from recommender.collection.local.query.plan import SCORED_ANYWAY, Plan, Planned, Segmented, choose
from recommender.collection.local.sealed.costs import Costs
from recommender.collection.local.sealed.segment import Segment
from recommender.collection.local.sealed.signs import Signs
from recommender.collection.local.sealed.vectors import Vectors

#: Filters of which it is remembered what searches ask for: those that were asked with last.
MOST_REMEMBERED = 16
#: How many more than were asked for, and no more than as many again, are known where all are scored: so many may leave,
#: and the nearest are known still.
RESERVE = 32
#: Numbers asked for with one filter of which it is remembered how they are searched for.
_OUTLINES = 64
#: The most rows whose vectors, and whose signs, are kept side by side: some megabytes a filter.
_MOST_VECTORS, _MOST_SIGNS = 4_096, 16_384

_REMEMBERING = threading.Lock()
_ASKED = itertools.count()


SCORED = Planned(Plan("exact"), {})


class Outline(NamedTuple):
    """How a search is done that does not ask for every score, why so, and what each way is expected to take.

    Attributes:
        deeper: the same for as many as are to be known where all are scored.
    """

    of: Segmented
    deeper: Segmented
    planned: Planned
    why: str
    expected_ms: Mapping[str, float]


class Selected:
    """What a filter admits.

    Attributes:
        rows: a bitmap; not to be changed.
        sealed: how many of them are in the segment.
        is_usual: whether somebody asked with the filter before, so that it is worth keeping more of it.
        asked: greater than that of a filter that was asked with before.
    """

    def __init__(self, state: State, rows: Any) -> None:
        self._base, self._tail, self._dimension = state.base, state.tail, state.layout.dimension
        self._several = len(rows)
        self.rows = rows
        self.sealed: int = rows.range_cardinality(0, len(state.base)) if state.base else 0
        self.is_usual = False
        self.asked = next(_ASKED)
        self._outlines: dict[int, Outline] = {}

    def __len__(self) -> int:
        return self._several

    @cached_property
    def in_segment(self) -> NDArray[np.int64]:
        """Those in the segment, ascending."""
        base = len(self._base) if self._base else 0
        return as_rows(self.rows if self.sealed == len(self) else self.rows & BitMap(range(base)))

    @cached_property
    def in_tail(self) -> NDArray[np.int64]:
        """Those who came since, ascending."""
        if self.sealed == len(self):
            return np.empty(0, np.int64)
        return as_rows(self.rows & BitMap(range(self._tail.start, self._tail.end)))

    def outline(self, k: int) -> Outline:
        """How k of them are searched for; remembered, as it is the same for every question."""
        outline = self._outlines.get(k)
        if outline is None:
            base = self._base
            of = Segmented(len(base) if base else 0, self.sealed, k, self._dimension)
            planned = planned_for(base, of)
            expected: dict[str, float] = {way: round(micros / 1e3, 3) for way, micros in planned.expected.items()}
            deeper = of._replace(k=k + min(k, RESERVE))
            outline = Outline(of, deeper, planned, _why(base, planned, of.qualifying), expected)
            if len(self._outlines) >= _OUTLINES:
                self._outlines.clear()
            self._outlines[k] = outline
        return outline

    @property
    def is_whole(self) -> bool:
        """Whether every row of the segment is admitted."""
        return self._base is not None and self.sealed == len(self._base)

    def admits(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of some rows of the segment are admitted."""
        if self.is_usual:
            return self._admits.take(rows)
        return np.fromiter((row in self.rows for row in rows.tolist()), np.bool_, len(rows))

    def vectors(self) -> Vectors | None:
        """Those of the rows in the segment side by side, where they are few and asked for again and again."""
        return self._vectors if self.is_usual and 0 < self.sealed <= _MOST_VECTORS else None

    def signs(self) -> Signs | None:
        """The same of their signs, of which more are kept."""
        return self._signs if self.is_usual and 0 < self.sealed <= _MOST_SIGNS else None

    @cached_property
    def _admits(self) -> NDArray[np.bool_]:
        assert self._base is not None
        admits = np.zeros(len(self._base), np.bool_)
        admits[self.in_segment] = True
        return admits

    @cached_property
    def _vectors(self) -> Vectors:
        assert self._base is not None
        return self._base.vectors.only(self.in_segment)

    @cached_property
    def _signs(self) -> Signs:
        assert self._base is not None
        assert self._base.signs is not None
        return self._base.signs.only(self.in_segment)


def planned_for(base: Segment | None, of: Segmented) -> Planned:
    """How a segment is searched."""
    return choose(of, costs_of(base)) if base is not None and base.index is not None else SCORED


def costs_of(base: Segment) -> Costs:
    """What the steps of searching it cost."""
    return base.costs


def _why(base: Segment | None, planned: Planned, qualifying: int) -> str:
    if base is None or base.index is None:
        return "there are too few for an index"
    if len(planned.expected) > 1:
        return "least is expected of it"
    return "few qualify" if qualifying <= SCORED_ANYWAY else "no other way finds as many as were asked for"


def remembered(state: State, where: Filter, select: Callable[[Filter], Any], known: dict[Filter, Selected]) -> Selected:
    """What this filter admits, with what earlier searches of the state found out; it is added to the known.

    Args:
        select: gives the rows that it admits.
    """
    try:
        selected = known.get(where)
    except TypeError:  # lists in it, which nothing is known by
        return Selected(state, select(where))
    if selected is not None:
        selected.is_usual, selected.asked = True, next(_ASKED)
        return selected
    selected = Selected(state, select(where))
    with _REMEMBERING:
        if len(known) >= MOST_REMEMBERED:
            del known[min(known, key=lambda one: known[one].asked)]
        known[where] = selected
    return selected
