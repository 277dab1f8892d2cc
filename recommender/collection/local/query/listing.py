"""The order of a listing, and the cursors that walk it.

A cursor holds the sort key of the last profile shown, so that a listing neither repeats nor skips those
who stay while others come and go. Unknown names and years stand last, in either direction.

The sealed rows' order is known beforehand as ranks, so that of a million rows only numbers are compared;
the tail's rows are sorted by their keys as they are; the two are merged.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from recommender.collection.common.asked import check_page
from recommender.collection.common.cursors import Key, read_cursor, write_cursor
from recommender.collection.fields import name_key
from recommender.collection.local.generation.state import State
from recommender.collection.local.sealed.packed import Sorted
from recommender.collection.local.sealed.segment import Segment
from recommender.collection.protocol import Sort
from recommender.errors import QueryError

#: Above every count of years: where the unknown stand.
_UNKNOWN = 1 << 30


def page(
    state: State, rows: NDArray[np.int64], sort: Sort, cursor: str | None, limit: int, skip: int = 0
) -> tuple[list[int], str | None]:
    """The rows of one page in order, and the cursor of the next.

    Args:
        skip: rows before the page, of those after the cursor.
    """
    check_page(limit, skip)
    if sort not in _KEYS:
        raise QueryError(f"cannot sort by {sort!r}; give one of {', '.join(_KEYS)}")
    after = None if cursor is None else read_cursor(cursor, sort)
    key = _KEYS[sort]
    sealed = rows[rows < state.tail.start]
    keyed = [(key(state, row), row) for row in map(int, rows[len(sealed) :])]
    if after is not None:
        keyed = [(k, row) for k, row in keyed if k > after]
    parts, end = [heapq.nsmallest(skip + limit + 1, keyed)], skip + limit + 1
    if state.base is not None:
        # at most the tail's rows are among those left out beside sealed ones, whose keys need not be looked at
        passed = max(skip - len(keyed), 0)
        first = _first(state.base, sealed, sort, after, end)[passed:]
        parts.append([(key(state, row), row) for row in first])
        skip, end = skip - passed, end - passed
    shown = list(heapq.merge(*parts))[skip:end]
    following = write_cursor(sort, shown[limit - 1][0]) if len(shown) > limit else None
    return [row for _, row in shown[:limit]], following


def _years_key(years: int) -> int:
    return _UNKNOWN if years < 0 else years


def _years_down_key(years: int) -> int:
    return _UNKNOWN if years < 0 else -years


_KEYS: Mapping[str, Callable[[State, int], Key]] = {
    "id": lambda state, row: (state.id_of(row),),
    "name": lambda state, row: name_key(state.name_of(row), state.id_of(row)),
    "years": lambda state, row: (_years_key(state.years_of(row)), state.id_of(row)),
    "-years": lambda state, row: (_years_down_key(state.years_of(row)), state.id_of(row)),
    "updated": lambda state, row: (state.seq_of(row),),
    "-updated": lambda state, row: (-state.seq_of(row),),
}


def _first(base: Segment, rows: NDArray[np.int64], sort: str, after: Key | None, count: int) -> list[int]:
    """The first rows in order, of those after a key."""
    ranks = _ranks(base, rows, sort)
    if after is not None:
        beyond = ranks > _rank_of(base, sort, after)
        rows, ranks = rows[beyond], ranks[beyond]
    if len(rows) > count:
        near = np.argpartition(ranks, count - 1)[:count]
        rows, ranks = rows[near], ranks[near]
    return [int(row) for row in rows[np.argsort(ranks)]]


def _ranks(base: Segment, rows: NDArray[np.int64], sort: str) -> NDArray[np.int64]:
    """Numbers that sort as the keys do; no two rows have the same."""
    if sort == "id":
        return base.id_rank[rows].astype(np.int64)
    if sort == "name":
        return base.name_rank[rows].astype(np.int64)
    if sort in ("updated", "-updated"):
        return base.seqs[rows] if sort == "updated" else -base.seqs[rows]
    years = base.years[rows].astype(np.int64)
    signed = np.where(years < 0, _UNKNOWN, years if sort == "years" else -years)
    return (signed << 32) + base.id_rank[rows]


def _rank_of(base: Segment, sort: str, after: Key) -> int:
    """The highest number that a row up to and with this key may have."""
    if sort == "id":
        return bisect_right(base.ids_in_order, after[0]) - 1
    if sort == "name":
        names = Sorted(len(base), lambda place: _name_key_at(base, place))
        return bisect_right(names, after) - 1
    if sort in ("updated", "-updated"):
        return int(after[0])
    return (int(after[0]) << 32) + bisect_right(base.ids_in_order, after[1]) - 1


def _name_key_at(base: Segment, place: int) -> Key:
    row = base.row_by_name(place)
    return name_key(base.name_of(row), base.id_of(row))
