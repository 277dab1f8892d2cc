"""Exact counts of values among selected rows.

Two ways lead to the same numbers. Intersecting each value's bitmap with the selection costs by the number
of values; tallying the values of each selected row costs by the size of the selection. A dozen seniorities
of a million people go the first way, a hundred thousand titles, or a selection of forty people, the second.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
from pyroaring import BitMap

from recommender.collection.local.generation.state import State, as_rows
from recommender.collection.local.sealed.postings import FieldPostings
from recommender.collection.local.sealed.segment import Segment
from recommender.collection.protocol import FacetValue

#: Nanoseconds, roughly: a bitmap intersection, and one value of one row in a tally.
_INTERSECTION = 3_000
_TALLIED = 10


def count_values(state: State, field: str, selected: Any, limit: int) -> list[FacetValue]:
    """The `limit` commonest values of a field among the selected rows, by count, then by value."""
    recent = {value: bitmap.intersection_cardinality(selected) for value, bitmap in state.tail.postings(field)}
    if state.base is None:
        return _best(recent.items(), limit)
    sealed = _count_sealed(state.base, field, selected, limit, recent)
    return _best(sealed, limit)


def _count_sealed(
    base: Segment, field: str, selected: Any, limit: int, recent: dict[str, int]
) -> Iterable[tuple[str, int]]:
    """Values with their whole counts: every one that may be among the commonest."""
    postings = base.postings[field]
    rows = selected & BitMap(range(len(base)))
    counts = _intersect(postings, rows) if _few_values(postings, len(rows)) else postings.tally(as_rows(rows))
    whole = Counter(recent)
    for value in recent:
        code = base.code(field, value)
        if code is not None:
            whole[value] += int(counts[code])
            counts[code] = 0
    for code in _commonest(counts, limit):
        whole[postings.values[code]] += int(counts[code])
    return whole.items()


def _few_values(postings: FieldPostings, rows: int) -> bool:
    return len(postings.counts) * _INTERSECTION < postings.entries(rows) * _TALLIED


def _intersect(postings: FieldPostings, rows: Any) -> np.ndarray[Any, np.dtype[np.int64]]:
    values = range(len(postings.counts))
    return np.fromiter((postings.bitmap(code).intersection_cardinality(rows) for code in values), np.int64, len(values))


def _commonest(counts: np.ndarray[Any, np.dtype[np.int64]], limit: int) -> list[int]:
    """Positions of the `limit` largest counts above 0; among equals the first ones, which are the lesser values."""
    there = np.flatnonzero(counts)
    order = np.argsort(-counts[there], kind="stable")[:limit]
    return [int(code) for code in there[order]]


def _best(counts: Iterable[tuple[str, int]], limit: int) -> list[FacetValue]:
    best = heapq.nsmallest(limit, ((-count, value) for value, count in counts if count))
    return [FacetValue(value, -negative) for negative, value in best]
