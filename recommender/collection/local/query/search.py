"""The nearest rows by inner product: by the plan that costs least, and scored in one way whoever found them.

The min(k, qualifying) come back always. Rows of the tail are all scored; those of a segment without an index too.
Where signs and graph choose whom to score, hardly anybody is missed, and the guards of `approximate.py` see to it that
a filter which has to do with the question does not change that.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyroaring import FrozenBitMap

from recommender.collection.local.generation.state import State, as_rows
from recommender.collection.local.query.approximate import nearest
from recommender.collection.local.query.exact import Found, Products, best, joined, scored
from recommender.collection.local.query.plan import SCORED_ANYWAY, Plan, Planned, Segmented, choose
from recommender.collection.local.query.selected import Selected
from recommender.collection.local.sealed.costs import Costs
from recommender.collection.local.sealed.segment import Segment
from recommender.collection.protocol import Candidates, Reach, SearchPlan

SCORED = Planned(Plan("exact"), {})
#: How many more than were asked for are known where all are scored: so many may leave, and the nearest are known still.
RESERVE = 32


@dataclass(frozen=True, slots=True)
class Trace:
    """What a search rested on.

    Attributes:
        numbering: of the rows; another once derived files were renewed.
        end: position after the last row that was looked at.
        k: how many were asked for.
        plan: of searching the segment; None where all was scored, whatever it would cost.
        seen: rows that would have to leave for the same search to find otherwise.
        known: rows and scores of those who were found and, where all were scored, of some who come next.
        floor: whoever is not known is no nearer; -inf where everybody is.
    """

    numbering: object
    end: int
    k: int
    plan: Plan | None
    seen: FrozenBitMap
    known: Found
    floor: float


def search(state: State, products: Products, k: int, selected: Selected, *, exact: bool = False) -> Candidates:
    """The min(k, len(selected)) selected rows nearest to the products' vector; `exact`: all are scored."""
    started = time.perf_counter()
    of = segmented(state, k, selected)
    planned = SCORED if exact else planned_for(state, of)
    deep = k + RESERVE if planned.plan.way == "exact" else k
    base = state.base
    near = nearest(base, products, planned.plan, of._replace(k=deep), selected, _costs(base)) if base else None
    found = [near.found] if near else []
    recent = selected.in_tail
    if len(recent):
        found.append(scored(Products(state.tail.vectors, products.vector), state.tail.start, deep, recent))
    known = best(*joined(found), deep)
    rows, scores = known[0][:k], known[1][:k]
    seen = bitmap(rows)
    if near is not None and len(near.rested_on):
        seen = seen | bitmap(near.rested_on) & state.live
    floor = float(known[1][-1]) if len(known[0]) == deep else -math.inf
    trace = Trace(state.tail.numbering, state.end, k, None if exact else planned.plan, seen, known, floor)
    steps = (*near.steps, *_came(len(recent))) if near else _came(len(recent))
    took = round((time.perf_counter() - started) * 1e3, 3)
    expected: dict[str, float] = {way: round(micros / 1e3, 3) for way, micros in planned.expected.items()}
    why = _why(state, planned, exact, of.qualifying)
    done = SearchPlan(planned.plan.way, why, k, len(selected), len(state.live), steps, expected, took)
    return Candidates(rows, scores, trace, done, floor)


def reach(found: Candidates) -> Reach | None:
    """Among whom a search looked; None where all was scored, whatever it would cost."""
    trace = found.trace
    if not isinstance(trace, Trace) or trace.plan is None:
        return None
    return Reach(trace.plan.way, trace.plan.wanted, as_rows(trace.seen))


def segmented(state: State, k: int, selected: Selected) -> Segmented:
    """What a plan is made for."""
    return Segmented(len(state.base) if state.base else 0, selected.sealed, k, state.layout.dimension)


def planned_for(state: State, of: Segmented) -> Planned:
    """How the segment of this state is searched."""
    base = state.base
    return choose(of, _costs(base)) if base is not None and base.index is not None else SCORED


def _costs(base: Segment) -> Costs:
    return base.costs


def _why(state: State, planned: Planned, exact: bool, qualifying: int) -> str:
    if exact:
        return "every score was asked for"
    if state.base is None or state.base.index is None:
        return "there are too few for an index"
    if len(planned.expected) > 1:
        return "least is expected of it"
    return "few qualify" if qualifying <= SCORED_ANYWAY else "no other way finds as many as were asked for"


def _came(recent: int) -> tuple[str, ...]:
    return (f"scored {recent} who came since the files were made",) if recent else ()


def bitmap(rows: NDArray[np.int64]) -> FrozenBitMap:
    """The bitmap of rows."""
    return FrozenBitMap(memoryview(rows.astype(np.uint32)))  # type: ignore[arg-type]
