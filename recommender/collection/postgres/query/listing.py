"""The order of a listing; cursors are those of every engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recommender.collection.common.asked import check_page
from recommender.collection.common.cursors import read_cursor, write_cursor
from recommender.collection.postgres.server.snapshot import Clause, Snapshot
from recommender.collection.protocol import Sort
from recommender.errors import QueryError

#: Columns that a listing sorts by, all of them ascending; the last of each tells rows apart.
_SORTED: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "name": ("nameless", "sort_name", "id"),
    "years": ("years_up", "id"),
    "-years": ("years_down", "id"),
    "updated": ("seq",),
    "-updated": ("-seq",),
}


def page(
    snapshot: Snapshot, where: Clause, sort: Sort, cursor: str | None, limit: int, skip: int
) -> tuple[list[int], str | None]:
    """The rows of one page in order, and the cursor of the next."""
    check_page(limit, skip)
    if sort not in _SORTED:
        raise QueryError(f"cannot sort by {sort!r}; give one of {', '.join(_SORTED)}")
    columns = ", ".join(_SORTED[sort])
    after, values = "", list[Any](where.values)
    if cursor is not None:
        key = read_cursor(cursor, sort)
        after = f" AND ({columns}) > ({', '.join(['%s'] * len(key))})"
        values += [part.replace("\x00", "\ufffd") if isinstance(part, str) else part for part in key]
    # of several tables each gives as many as there may be of its own
    rows = snapshot.each(f"seq, {columns}", Clause(f"({where.sql}){after}", tuple(values)),
                         f"ORDER BY {columns} LIMIT %s", (skip + limit + 1,))  # fmt: skip
    rows = sorted(rows, key=lambda row: row[1:])[skip : skip + limit + 1]
    following = write_cursor(sort, tuple(rows[limit - 1][1:])) if len(rows) > limit else None
    return [row[0] for row in rows[:limit]], following
