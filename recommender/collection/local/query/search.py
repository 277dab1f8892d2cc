"""The nearest rows by inner product: by the plan that costs least, and scored in one way whoever found them.

The min(k, qualifying) come back always. Rows of the tail are all scored; those of a segment without an index too.
Where signs and graph choose whom to score, hardly anybody is missed, and the guards of `approximate.py` see to it that
a filter which has to do with the question does not change that.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap, FrozenBitMap

from recommender.collection.local.generation.state import State, as_rows
from recommender.collection.local.query.approximate import nearest
from recommender.collection.local.query.exact import Products, best, joined, nobody, scored
from recommender.collection.local.query.plan import SCORED_ANYWAY, Plan, Planned, Segmented, choose
from recommender.collection.local.query.selected import Selected
from recommender.collection.local.sealed.costs import Costs
from recommender.collection.local.sealed.segment import Segment
from recommender.collection.protocol import Candidates, Reach, SearchPlan

_SCORED = Planned(Plan("exact"), {})


@dataclass(frozen=True, slots=True)
class Trace:
    """What a search rested on.

    Attributes:
        numbering: of the rows; another once derived files were renewed.
        end: position after the last row that was looked at.
        k: how many were asked for.
        plan: of searching the segment; None where all was scored, whatever it would cost.
        seen: rows that would have to leave for the same search to find otherwise.
    """

    numbering: object
    end: int
    k: int
    plan: Plan | None
    seen: FrozenBitMap


def search(state: State, products: Products, k: int, selected: Selected, *, exact: bool = False) -> Candidates:
    """The min(k, len(selected)) selected rows nearest to the products' vector; `exact`: all are scored."""
    started = time.perf_counter()
    of = _segmented(state, k, selected)
    planned = _SCORED if exact else _planned(state, of)
    base = state.base
    near = nearest(base, products, planned.plan, of, selected, _costs(base)) if base else None
    found = [near.found] if near else []
    recent = selected.in_tail
    if len(recent):
        found.append(scored(Products(state.tail.vectors, products.vector), state.tail.start, k, recent))
    rows, scores = best(*joined(found), k)
    seen = _bitmap(rows)
    if near is not None and len(near.rested_on):
        seen = seen | _bitmap(near.rested_on) & state.live
    trace = Trace(state.tail.numbering, state.end, k, None if exact else planned.plan, seen)
    steps = (*near.steps, *_came(len(recent))) if near else _came(len(recent))
    took = round((time.perf_counter() - started) * 1e3, 3)
    expected: dict[str, float] = {way: round(micros / 1e3, 3) for way, micros in planned.expected.items()}
    why = _why(state, planned, exact, of.qualifying)
    done = SearchPlan(planned.plan.way, why, k, len(selected), len(state.live), steps, expected, took)
    return Candidates(rows, scores, trace, done)


def reach(found: Candidates) -> Reach | None:
    """Among whom a search looked; None where all was scored, whatever it would cost."""
    trace = found.trace
    if not isinstance(trace, Trace) or trace.plan is None:
        return None
    return Reach(trace.plan.way, trace.plan.wanted, as_rows(trace.seen))


def finds_again(state: State, found: Candidates, vector: NDArray[np.float32], selected: Selected) -> Candidates | None:
    """What `search` finds in this state, where that follows from what it found in an earlier one and who came since.

    Whoever was not found is no nearer than the last who was. So the nearest are known as long as those who are left and
    those who came nearer than that last are enough. The segment, too, has to be searched as it was, and where not all
    was scored, nobody that search saw to have left.
    """
    trace = found.trace
    if not isinstance(trace, Trace) or trace.numbering is not state.tail.numbering:
        return None
    if trace.plan is not None and trace.plan != _planned(state, _segmented(state, trace.k, selected)).plan:
        return None
    if trace.plan not in (None, _SCORED.plan) and not trace.seen <= state.live:
        return None
    arrived = as_rows(selected.rows & BitMap(range(trace.end, state.end))) if trace.end < state.end else nobody()[0]
    return _joined_by(state, found, trace, arrived, vector)


def _joined_by(
    state: State, found: Candidates, trace: Trace, arrived: NDArray[np.int64], vector: NDArray[np.float32]
) -> Candidates | None:
    """Those of what was found who are left, and the nearest of those who arrived; None where they are too few."""
    scores = state.tail.vectors.scores(arrived - state.tail.start, vector)
    if len(found.rows) == trace.k:  # somebody who is as near as the last may not have been found
        arrived, scores = arrived[scores > found.scores[-1]], scores[scores > found.scores[-1]]
    gone = trace.seen - state.live
    if not len(arrived) and not gone:
        return replace(found, trace=replace(trace, end=state.end))
    left = ~np.isin(found.rows, as_rows(gone))
    rows = np.concatenate([found.rows[left], arrived])
    if len(rows) < trace.k == len(found.rows):
        return None
    rows, scores = best(rows, np.concatenate([found.scores[left], scores]), trace.k)
    seen = (_bitmap(rows) | trace.seen) & state.live
    return replace(found, rows=rows, scores=scores, trace=replace(trace, end=state.end, seen=seen))


def _segmented(state: State, k: int, selected: Selected) -> Segmented:
    return Segmented(len(state.base) if state.base else 0, selected.sealed, k, state.layout.dimension)


def _planned(state: State, of: Segmented) -> Planned:
    base = state.base
    return choose(of, _costs(base)) if base is not None and base.index is not None else _SCORED


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


def _bitmap(rows: NDArray[np.int64]) -> FrozenBitMap:
    return FrozenBitMap(memoryview(rows.astype(np.uint32)))  # type: ignore[arg-type]
