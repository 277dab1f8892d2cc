"""The nearest rows by inner product: by the plan that costs least, and scored in one way whoever found them.

The min(k, qualifying) come back always. Rows of the tail are all scored; those of a segment without an index too.
Where signs and graph choose whom to score, hardly anybody is missed, and the guards of `approximate.py` see to it that
a filter which has to do with the question does not change that.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pyroaring import FrozenBitMap

from recommender.collection import protocol
from recommender.collection.common.scores import Found, best
from recommender.collection.local.generation.state import State, as_rows
from recommender.collection.local.query.approximate import nearest
from recommender.collection.local.query.exact import Products, joined, scored
from recommender.collection.local.query.plan import Plan
from recommender.collection.local.query.selected import SCORED, Selected, costs_of
from recommender.collection.protocol import Candidates, Reach, SearchPlan

_ALL_SCORES = "every score was asked for"
_NO_OTHER: Mapping[str, float] = {}


class Seen:
    """Rows that are put together when somebody first asks for them: of most searches nobody does."""

    def __init__(self, *rows: NDArray[np.int64]) -> None:
        self._rows: tuple[NDArray[np.int64], ...] | NDArray[np.int64] = rows

    @property
    def rows(self) -> NDArray[np.int64]:
        """Each of them once, in no order."""
        rows = self._rows
        if isinstance(rows, tuple):  # whoever asks at the same time makes the same
            rows = self._rows = rows[0] if len(rows) == 1 else np.unique(np.concatenate(rows))
        return rows


class Way(NamedTuple):
    """How a segment was searched, and for how many; without a plan, in the way that finds all for certain."""

    k: int
    plan: Plan | None


@dataclass(frozen=True, slots=True)
class Trace(protocol.Trace):
    """What a search rested on.

    Attributes:
        numbering: of the rows; another once derived files were renewed.
        end: position after the last row that was looked at.
        k: how many were asked for.
        plan: of searching the segment; None where all was scored, whatever it would cost.
        seen: those who would have to leave for the same search to find otherwise.
        known: rows and scores of those who were found and, where all were scored, of some who come next.
        floor: whoever is not known is no nearer; -inf where everybody is.
    """

    numbering: object
    end: int
    k: int
    plan: Plan | None
    seen: Seen
    known: Found
    floor: float

    def rests_on(self) -> NDArray[np.int64]:
        """Rows of which one would have to leave for a search that goes the same way to find otherwise."""
        return self.seen.rows

    def went(self) -> Way:
        """How, and for how many."""
        return Way(self.k, self.plan)


def search(state: State, products: Products, k: int, selected: Selected, *, exact: bool = False) -> Candidates:
    """The min(k, len(selected)) selected rows nearest to the products' vector; `exact`: all are scored."""
    started = time.perf_counter_ns()
    outline = selected.outline(k)
    plan = SCORED.plan if exact else outline.planned.plan
    of = outline.deeper if plan.way == "exact" else outline.of
    base = state.base
    near = nearest(base, products, plan, of, selected, costs_of(base)) if base else None
    found = [near.found] if near else []
    recent = selected.in_tail
    if len(recent):
        found.append(scored(Products(state.tail.vectors, products.vector), state.tail.start, of.k, recent))
    known = best(*joined(found), of.k)
    rows, scores = known[0][:k], known[1][:k]
    seen = _seen(state, rows, near.rested_on) if near is not None and len(near.rested_on) else Seen(rows)
    floor = float(known[1][-1]) if len(known[0]) == of.k else -math.inf
    trace = Trace(state.tail.numbering, state.end, k, None if exact else plan, seen, known, floor)
    steps = (*near.steps, *_came(len(recent))) if near else _came(len(recent))
    took = (time.perf_counter_ns() - started) // 1_000 / 1_000
    why, expected = (_ALL_SCORES, _NO_OTHER) if exact else (outline.why, outline.expected_ms)
    done = SearchPlan(plan.way, why, k, len(selected), len(state.live), steps, expected, took)
    return Candidates(rows, scores, trace, done, floor)


def reach(found: Candidates) -> Reach | None:
    """Among whom a search looked; None where all was scored, whatever it would cost."""
    trace = found.trace
    if not isinstance(trace, Trace) or trace.plan is None:
        return None
    return Reach(trace.plan.way, trace.plan.wanted, np.sort(trace.seen.rows))


def _seen(state: State, rows: NDArray[np.int64], rested_on: NDArray[np.int64]) -> Seen:
    """Who was found, and those who were looked at and live: who has left already cannot leave."""
    sealed = len(state.base) if state.base else 0
    if state.live.range_cardinality(0, sealed) < sealed:
        rested_on = as_rows(_bitmap(rested_on) & state.live)
    return Seen(rows, rested_on)


def _came(recent: int) -> tuple[str, ...]:
    return (f"scored {recent} who came since the files were made",) if recent else ()


def _bitmap(rows: NDArray[np.integer[Any]]) -> FrozenBitMap:
    return FrozenBitMap(memoryview(rows.astype(np.uint32)))  # type: ignore[arg-type]
