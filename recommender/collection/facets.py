"""Exact counts of values among selected rows."""

from __future__ import annotations

import heapq
from typing import Any

from recommender.collection.protocol import FacetValue
from recommender.collection.state import State


def count_values(state: State, field: str, selected: Any, limit: int) -> list[FacetValue]:
    """The `limit` commonest values of a field among the selected rows, by count, then by value."""
    counts = ((value, state.bitmap(field, value).intersection_cardinality(selected)) for value in state.values(field))
    best = heapq.nsmallest(limit, ((-count, value) for value, count in counts if count))
    return [FacetValue(value, -negative) for negative, value in best]
