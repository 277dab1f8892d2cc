"""What a search of an earlier generation would find now, where that follows from what it found and who came since.

Whoever was not known is no nearer than the floor. So the nearest are known as long as those who are left and those who
came nearer than the floor are enough. The segment, too, has to be searched as it was, and where not all was scored,
nobody that search saw to have left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap, FrozenBitMap

from recommender.collection.local.generation.state import State, as_rows
from recommender.collection.local.query.exact import best, nobody
from recommender.collection.local.query.plan import Plan, Segmented
from recommender.collection.local.query.search import RESERVE, Seen, Trace, bitmap
from recommender.collection.local.query.selected import SCORED, Selected, planned_for
from recommender.collection.protocol import Candidates


def finds_again(state: State, found: Candidates, vector: NDArray[np.float32], selected: Selected) -> Candidates | None:
    """What `search` finds in this state, where that follows from what it found in an earlier one; else None."""
    trace = found.trace
    if not isinstance(trace, Trace) or trace.numbering is not state.tail.numbering:
        return None
    if trace.plan is not None and trace.plan != selected.outline(trace.k).planned.plan:
        return None
    if trace.plan not in (None, SCORED.plan) and not trace.seen.rows <= state.live:
        return None
    arrived = as_rows(selected.rows & BitMap(range(trace.end, state.end))) if trace.end < state.end else nobody()[0]
    return _joined_by(state, found, trace, arrived, vector)


def _joined_by(
    state: State, found: Candidates, trace: Trace, arrived: NDArray[np.int64], vector: NDArray[np.float32]
) -> Candidates | None:
    """Those of who is known who are left, and those who arrived nearer than the floor; None where they are too few."""
    came = state.tail.vectors.scores(arrived - state.tail.start, vector)
    arrived, came = arrived[came > trace.floor], came[came > trace.floor]
    rows, scores = trace.known
    gone = bitmap(rows) - state.live
    if not len(arrived) and not gone:
        return replace(found, trace=replace(trace, end=state.end))
    left = (rows[:, None] != as_rows(gone)).all(axis=1)  # a few: less than it costs to sort them
    rows, scores = np.concatenate([rows[left], arrived]), np.concatenate([scores[left], came])
    if len(rows) < trace.k and trace.floor > -np.inf:
        return None
    deep = trace.k + min(trace.k, RESERVE) if trace.plan in (None, SCORED.plan) else trace.k
    known = best(rows, scores, deep)
    floor = max(trace.floor, float(known[1][-1])) if len(rows) >= deep else trace.floor
    rows, scores = known[0][: trace.k], known[1][: trace.k]
    seen = Seen(rows) if deep > trace.k else Seen(rows, as_rows(trace.seen.rows & state.live))
    trace = replace(trace, end=state.end, seen=seen, known=known, floor=floor)
    if np.array_equal(rows, found.rows):
        return replace(found, trace=trace, floor=floor)
    return replace(found, rows=rows, scores=scores, trace=trace, floor=floor)


@dataclass(frozen=True, slots=True)
class LocalChanges:
    """What was written between two states whose rows are numbered alike (see `Changes`).

    Attributes:
        end: position after the last row of the earlier.
        departed: rows that left who took a place.
        sealed: how many rows of the segment take a place now, None where they are those who did.
    """

    state: State
    end: int
    arrived: NDArray[np.int64]
    left: NDArray[np.int64]
    gone: NDArray[np.int64]
    departed: FrozenBitMap
    sealed: int | None
    _plans: dict[tuple[int, int], Plan] = field(default_factory=dict)

    @classmethod
    def between(cls, earlier: State, state: State) -> Self | None:
        """None where the log does not lead from one to the other."""
        if earlier.tail.numbering is not state.tail.numbering:
            return None
        departed, rows = earlier.live - state.live, state.tail.start
        gone = as_rows((earlier.live | earlier.linked) - (state.live | state.linked))
        sealed = state.live.range_cardinality(0, rows) if departed.range_cardinality(0, rows) else None
        arrived, left = as_rows(state.live - earlier.live), as_rows(departed)
        return cls(state, earlier.end, arrived, left, gone, departed, sealed)

    def disturbed(self, found: Sequence[Candidates], leaving_out: Sequence[int]) -> list[bool]:
        """Of each search, which leaves out so many and nobody else, whether it may find otherwise for who left."""
        traces = [one.trace for one in found]
        return [
            not isinstance(trace, Trace)
            or trace.seen.rows.intersect(self.departed)
            or not self._is_planned_alike(trace, most)
            for trace, most in zip(traces, leaving_out, strict=True)
        ]

    def as_before(self, found: Candidates) -> Candidates:
        """What was found, and is found by the earlier view too, as that view's."""
        trace = found.trace
        return replace(found, trace=replace(trace, end=self.end)) if isinstance(trace, Trace) else found

    def _is_planned_alike(self, trace: Trace, leaving_out: int) -> bool:
        """Whether the segment is searched as it was, however many of those who are left out are in it."""
        if self.sealed is None or trace.plan is None:
            return True
        return all(self._plan(trace.k, self.sealed - fewer) == trace.plan for fewer in range(leaving_out + 1))

    def _plan(self, k: int, qualifying: int) -> Plan:
        if (k, qualifying) not in self._plans:
            of = Segmented(self.state.tail.start, qualifying, k, self.state.layout.dimension)
            self._plans[k, qualifying] = planned_for(self.state.base, of).plan
        return self._plans[k, qualifying]
