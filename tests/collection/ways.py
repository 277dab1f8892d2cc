"""Makes one way of searching the cheapest, however small the pool."""

from __future__ import annotations

import pytest

from recommender.collection.local.query import plan, search, selected
from recommender.collection.local.query.plan import Way
from recommender.collection.local.sealed.costs import Costs

_NEVER = 1e12
_COSTS: dict[Way, Costs] = {
    "exact": Costs(begin_estimates=_NEVER, begin_visits=_NEVER),
    "scan": Costs(score=1e6, estimate=0.0, estimate_closely=0.0, begin_estimates=0.0, begin_visits=_NEVER),
    "graph": Costs(score=1e6, begin_estimates=_NEVER, visit=0.0, begin_visits=0.0),
}


def force(way: Way, monkeypatch: pytest.MonkeyPatch, *, first: int = 12) -> None:
    """Where it can be gone at all, this way is chosen from now on.

    Args:
        first: rows that a scan scores first beside two for each that is asked for.
    """
    for module in (search, selected):
        monkeypatch.setattr(module, "costs_of", lambda _: _COSTS[way])
    for name, value in {
        "MORE_FIRST": first,
        "FEWEST_NODES": 32,
        "MOST_NODES": 1.0,
        "IN_VAIN": 0.0,
        "SCORED_ANYWAY": 0,
    }.items():
        monkeypatch.setattr(plan, name, value)
