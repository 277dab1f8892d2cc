"""Exact counts of values among those who qualify: read for the whole pool, counted under a filter."""

from __future__ import annotations

from collections.abc import Iterable

from recommender.collection.postgres.query.hidden import Hidden, kind
from recommender.collection.postgres.query.where import EVERYBODY, Clause, all_of, seen
from recommender.collection.postgres.server.connections import Connection
from recommender.collection.postgres.server.terms import MARK, column
from recommender.collection.protocol import FacetValue

_OF_ALL = "SELECT term, profiles FROM tallies WHERE field = %s ORDER BY profiles DESC, term LIMIT %s"


def count_values(connection: Connection, field: str, where: Clause, limit: int, hidden: Hidden) -> list[FacetValue]:
    """The `limit` commonest values of a field, by count, then by value."""
    if not hidden.touches(field):
        return _whole(connection, field, _counted(connection, field, where, limit))
    every = _whole(connection, field, _counted(connection, field, where, None))
    shown = (_as_seen(connection, field, one, where, hidden) for one in every)
    return sorted((one for one in shown if one.count), key=lambda one: (-one.count, one.value))[:limit]


def _counted(connection: Connection, field: str, where: Clause, limit: int | None) -> list[FacetValue]:
    if where == EVERYBODY:
        return [FacetValue(*row) for row in connection.execute(_OF_ALL, (field, limit))]
    value, source = (
        ('years::text COLLATE "C"', "profiles")
        if field == "years"
        else ("value", f"profiles, unnest({column(field)}) AS value")
    )
    present = "years IS NOT NULL" if field == "years" else f"{column(field)} IS NOT NULL"
    rows = connection.execute(
        f"SELECT {value}, count(*) FROM {source} WHERE {present} AND ({where.sql}) "
        f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %s",
        (*where.values, limit),
    )
    return [FacetValue(*row) for row in rows]


def _as_seen(connection: Connection, field: str, one: FacetValue, where: Clause, hidden: Hidden) -> FacetValue:
    """The value with the number of those of whom it may be seen."""
    if kind(field, one.value) is None:
        return one
    both = all_of((where, seen(field, one.value, hidden)))
    found = connection.execute(f"SELECT count(*) FROM profiles WHERE {both.sql}", both.values).fetchone()
    return FacetValue(one.value, found[0] if found else 0)


def _whole(connection: Connection, field: str, found: Iterable[FacetValue]) -> list[FacetValue]:
    """Values as they are, where columns hold what stands for them."""
    return [
        FacetValue(whole_value(connection, field, one.value), one.count) if MARK in one.value else one for one in found
    ]


def whole_value(connection: Connection, field: str, term: str) -> str:
    """The value that a term stands for."""
    found = connection.execute("SELECT value FROM tallies WHERE field = %s AND term = %s", (field, term)).fetchone()
    return bytes(found[0]).decode() if found else term
