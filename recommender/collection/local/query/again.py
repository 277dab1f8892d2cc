"""What a search of an earlier generation would find now, where that follows from what it found and who came since.

Whoever was not known is no nearer than the floor. So the nearest are known as long as those who are left and those who
came nearer than the floor are enough. The segment, too, has to be searched as it was, and where not all was scored,
nobody that search saw to have left.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from recommender.collection.common.scores import best, nobody
from recommender.collection.local.generation.state import State, as_rows
from recommender.collection.local.query.plan import Plan, Segmented
from recommender.collection.local.query.search import Seen, Trace, Way
from recommender.collection.local.query.selected import RESERVE, SCORED, Selected, planned_for
from recommender.collection.protocol import Candidates


def finds_again(
    state: State, found: Candidates, vector: NDArray[np.float32], selected: Selected, since: int | None = None
) -> Candidates | None:
    """What `search` finds in this state, where that follows from what it found in an earlier one; else None.

    Args:
        since: where the rows end of the latest state that finds the same; None for that in which it was found.
    """
    trace = found.trace
    if not isinstance(trace, Trace) or trace.numbering is not state.tail.numbering:
        return None
    if trace.plan is not None and trace.plan != selected.outline(trace.k).planned.plan:
        return None
    if trace.plan not in (None, SCORED.plan) and not state.alive[trace.seen.rows].all():
        return None
    end = trace.end if since is None else max(trace.end, since)
    arrived = as_rows(selected.rows & BitMap(range(end, state.end))) if end < state.end else nobody()[0]
    return _joined_by(state, found, trace, arrived, vector)


def _joined_by(
    state: State, found: Candidates, trace: Trace, arrived: NDArray[np.int64], vector: NDArray[np.float32]
) -> Candidates | None:
    """Those of who is known who are left, and those who arrived nearer than the floor; None where they are too few."""
    came = state.tail.vectors.scores(arrived - state.tail.start, vector)
    arrived, came = arrived[came > trace.floor], came[came > trace.floor]
    rows, scores = trace.known
    left = state.alive[rows]
    if not len(arrived) and left.all():
        return replace(found, trace=replace(trace, end=state.end))
    rows, scores = np.concatenate([rows[left], arrived]), np.concatenate([scores[left], came])
    if len(rows) < trace.k and trace.floor > -np.inf:
        return None
    deep = trace.k + min(trace.k, RESERVE) if trace.plan in (None, SCORED.plan) else trace.k
    known = best(rows, scores, deep)
    floor = max(trace.floor, float(known[1][-1])) if len(rows) >= deep else trace.floor
    rows, scores = known[0][: trace.k], known[1][: trace.k]
    seen = Seen(rows) if deep > trace.k else Seen(rows, trace.seen.rows)
    trace = replace(trace, end=state.end, seen=seen, known=known, floor=floor)
    if np.array_equal(rows, found.rows):
        return replace(found, trace=trace, floor=floor)
    return replace(found, rows=rows, scores=scores, trace=trace, floor=floor)


@dataclass(frozen=True, slots=True)
class LocalChanges:
    """What was written between two states whose rows are numbered alike (see `Changes`).

    Attributes:
        end: position after the last row of the earlier.
        sealed: how many rows of the segment take a place now, None where they are those who did.
    """

    state: State
    end: int
    arrived: NDArray[np.int64]
    left: NDArray[np.int64]
    gone: NDArray[np.int64]
    sealed: int | None

    @classmethod
    def between(cls, earlier: State, state: State) -> Self | None:
        """None where the log does not lead from one to the other."""
        if earlier.tail.numbering is not state.tail.numbering:
            return None
        departed, rows = earlier.live - state.live, state.tail.start
        gone = as_rows((earlier.live | earlier.linked) - (state.live | state.linked))
        sealed = state.live.range_cardinality(0, rows) if departed.range_cardinality(0, rows) else None
        arrived, left = as_rows(state.live - earlier.live), as_rows(departed)
        return cls(state, earlier.end, arrived, left, gone, sealed)

    @property
    def since(self) -> int:
        """Where the rows of the earlier state end."""
        return self.end

    def turns(self, way: Hashable, leaving_out: int) -> bool:
        """Whether the segment is searched another way, however many of those who are left out are in it."""
        assert isinstance(way, Way)
        if self.sealed is None or way.plan is None:
            return False
        return any(self._plan(way.k, self.sealed - fewer) != way.plan for fewer in range(leaving_out + 1))

    def _plan(self, k: int, qualifying: int) -> Plan:
        of = Segmented(self.state.tail.start, qualifying, k, self.state.layout.dimension)
        return planned_for(self.state.base, of).plan
