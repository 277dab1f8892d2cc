"""Whether a search of an earlier snapshot would find the same now: as far as that is certain."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from recommender.collection.common.scores import best
from recommender.collection.postgres.query.search import Asked, Trace, planned, scored
from recommender.collection.postgres.query.where import all_of
from recommender.collection.postgres.server.snapshot import Clause, Snapshot
from recommender.collection.protocol import Candidates

#: Changes that are looked at, who came since beside who was found; beyond that a search costs no more.
_MOST = 5_000


def again(snapshot: Snapshot, found: Candidates, asked: Asked) -> Candidates | None:
    """What `search` finds now, where that follows from what was found, who left and who came; else None.

    Whoever was not found when all were compared is no nearer than the last who was. So the nearest are known as long as
    those who are left and those who came nearer than that last are enough. Of lists nothing is
    certain once it grew.
    """
    trace, now = found.trace, snapshot.now
    if not isinstance(trace, Trace) or trace.pool != now.pool or now.generation < trace.end:
        return None
    if trace.end == now.generation:
        return found
    asked = replace(asked, k=trace.k, exact=trace.exact)
    if trace.way != "exact" or planned(now, asked).way != "exact" or now.generation - trace.end > _MOST:
        return None
    came = all_of((asked.where, Clause("seq > %s", (trace.end,))))
    arrived, scores = scored(snapshot, came, asked.vector, {})
    if len(found.rows) == trace.k:  # somebody who is as near as the last may not have been found
        nearer = scores > found.scores[-1]
        arrived, scores = arrived[nearer], scores[nearer]
    there = snapshot.each("seq", Clause("seq = ANY(%s)", (found.rows.tolist(),)))
    left = np.isin(found.rows, np.array([seq for (seq,) in there], np.int64))
    rows = np.concatenate([found.rows[left], arrived])
    if len(rows) < trace.k == len(found.rows):
        return None
    rows, scores = best(rows, np.concatenate([found.scores[left], scores]), trace.k)
    return replace(found, rows=rows, scores=scores, trace=replace(trace, end=now.generation))
