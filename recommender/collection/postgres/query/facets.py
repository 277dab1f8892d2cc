"""Exact counts of values among those who qualify: read for the whole pool, counted under a filter."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable

from recommender.collection.postgres.query.hidden import Hidden, kind
from recommender.collection.postgres.query.where import all_of, seen
from recommender.collection.postgres.server.snapshot import EVERYBODY, Clause, Snapshot
from recommender.collection.postgres.server.terms import MARK, column
from recommender.collection.protocol import FacetValue

_OF_ALL = "SELECT term, profiles FROM tallies WHERE field = %s ORDER BY profiles DESC, term LIMIT %s"


def count_values(snapshot: Snapshot, field: str, where: Clause, limit: int, hidden: Hidden) -> list[FacetValue]:
    """The `limit` commonest values of a field, by count, then by value."""
    if not hidden.touches(field):
        return _whole(snapshot, field, counted(snapshot, field, where, limit))
    every = _whole(snapshot, field, counted(snapshot, field, where, None))
    shown = (_as_seen(snapshot, field, one, where, hidden) for one in every)
    return sorted((one for one in shown if one.count), key=lambda one: (-one.count, one.value))[:limit]


def counted(snapshot: Snapshot, field: str, where: Clause, limit: int | None) -> list[FacetValue]:
    """The terms of a field with how many of those who qualify have each; all where there is no limit."""
    if where == EVERYBODY:
        return [FacetValue(*row) for row in snapshot.connection.execute(_OF_ALL, (field, limit))]
    value, source, present = (
        ('years::text COLLATE "C"', "", "years IS NOT NULL")
        if field == "years"
        else ("value", f"unnest({column(field)}) AS value", f"{column(field)} IS NOT NULL")
    )
    where = all_of((Clause(present), where))
    several = len(snapshot.now.tables) > 1
    rest = "GROUP BY 1" if several else "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %s"
    rows = snapshot.each(f"{value}, count(*)", where, rest, () if several else (limit,), source)
    if several:
        summed = Counter[str]()
        for one, count in rows:
            summed[one] += count
        rows = heapq.nsmallest(limit or len(summed), summed.items(), key=lambda item: (-item[1], item[0]))
    return [FacetValue(*row) for row in rows]


def _as_seen(snapshot: Snapshot, field: str, one: FacetValue, where: Clause, hidden: Hidden) -> FacetValue:
    """The value with the number of those of whom it may be seen."""
    if kind(field, one.value) is None:
        return one
    both = all_of((where, seen(field, one.value, hidden)))
    return FacetValue(one.value, sum(count for (count,) in snapshot.each("count(*)", both)))


def _whole(snapshot: Snapshot, field: str, found: Iterable[FacetValue]) -> list[FacetValue]:
    """Values as they are, where columns hold what stands for them."""
    return [
        FacetValue(whole_value(snapshot, field, one.value), one.count) if MARK in one.value else one for one in found
    ]


def whole_value(snapshot: Snapshot, field: str, term: str) -> str:
    """The value that a term stands for."""
    found = snapshot.connection.execute(
        "SELECT value FROM tallies WHERE field = %s AND term = %s", (field, term)
    ).fetchone()
    return bytes(found[0]).decode() if found else term
