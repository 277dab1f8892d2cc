"""`Snapshot`: what questions are put to, one generation of the profiles, whether one table holds them or several do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import psycopg
from psycopg.rows import TupleRow

from recommender.collection.postgres.server.connections import Connection
from recommender.collection.postgres.server.manifest import Manifest

Cursor = psycopg.Cursor[TupleRow]


class Clause(NamedTuple):
    """A condition, with a mark for each value; it may come out as unknown, which is no."""

    sql: str
    values: tuple[Any, ...] = ()

    def negated(self) -> Clause:
        """Of everybody else, those of whom it is unknown among them.

        Not as IS NOT TRUE, which `postgres_fdw` leaves to the coordinator to check of every row, and LIMIT with it.
        """
        return Clause(f"(({self.sql}) IS DISTINCT FROM true)", self.values)


EVERYBODY, NOBODY = Clause("true"), Clause("false")


class Snapshot:
    """A transaction that sees one generation.

    Profiles that are spread over servers are in a table each, which are asked at once: each is one part of a UNION ALL,
    which the server works out beside the others. There a transaction sees the tables at different moments, and rows say
    themselves from which change to which they are there.
    """

    def __init__(self, connection: Connection, now: Manifest) -> None:
        self.connection, self.now = connection, now

    def begin(self) -> None:
        """Have other servers that hold a part begin too: what they give up from now on is seen until the end."""
        if self.now.is_spread:
            self.each("seq", Clause("seq = 0"))

    def each(
        self,
        select: str,
        where: Clause = EVERYBODY,
        rest: str = "",
        values: Sequence[Any] = (),
        source: str = "",
        **others: Any,
    ) -> list[tuple[Any, ...]]:
        """The rows that `ask` asks for."""
        return self.ask(select, where, rest, values, source, **others).fetchall()

    def ask(
        self,
        select: str,
        where: Clause = EVERYBODY,
        rest: str = "",
        values: Sequence[Any] = (),
        source: str = "",
        *,
        selected: Sequence[Any] = (),
        then: str = "",
        then_values: Sequence[Any] = (),
    ) -> Cursor:
        """A question that is put to each table; its rows, in binary, are there when they are fetched.

        Args:
            select: what comes after SELECT.
            rest: what comes after the condition: ORDER BY, LIMIT, GROUP BY.
            values: of the marks in `rest`.
            source: what is joined to each table, as in "unnest(…) AS value".
            selected: values of the marks in `select`.
            then: what comes after, of all that tables give: another ORDER BY and LIMIT.
            then_values: of the marks in `then`.
        """
        seen, parts, given = self._seen(), [], list[Any]()
        for table in self.now.tables:
            beside = f", {source}" if source else ""
            condition = f"({where.sql}){f' AND {seen.sql}' if seen != EVERYBODY else ''}"
            parts.append(f"SELECT {select} FROM {table}{beside} WHERE {condition} {rest}")
            given += [*selected, *where.values, *seen.values, *values]
        statement = parts[0] if len(parts) == 1 else " UNION ALL ".join(f"({part})" for part in parts)
        if then:
            statement = f"SELECT * FROM ({statement}) AS found {then}"
        return self.connection.cursor(binary=True).execute(statement.encode(), [*given, *then_values])

    def each_stored(self, select: str, where: Clause, many: int, then: str = "") -> list[tuple[Any, ...]]:
        """The same of every profile that is stored, those whose place another takes among them.

        Args:
            many: how many there are at most; those who take no place are not asked for where these are found.
        """
        found = self.each(select, where, then=then)
        if len(found) < many and self.now.has_links:
            linked = f"SELECT * FROM (SELECT {select} FROM linked WHERE {where.sql}) AS found {then}"
            found += self.connection.cursor(binary=True).execute(linked.encode(), where.values)
        return found

    def _seen(self) -> Clause:
        if not self.now.is_spread:
            return EVERYBODY
        generation = self.now.generation
        return Clause("seq <= %s AND (gone IS NULL OR gone > %s)", (generation, generation))
