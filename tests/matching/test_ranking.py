from __future__ import annotations

import random
from typing import Any, cast

import numpy as np

from recommender.collection.protocol import View
from recommender.matching.matches import contributions
from recommender.matching.ranking.cursor import digest
from recommender.matching.ranking.points import in_order, shown_scores


class Ids:
    """A view that knows ids alone, and notes which were looked up."""

    def __init__(self, ids: list[str]) -> None:
        self._ids = ids
        self.looked_up: set[int] = set()

    def ids(self, rows: Any) -> list[str]:
        self.looked_up |= set(map(int, rows))
        return [self._ids[row] for row in rows]


def test_equal_scores_are_ordered_by_the_digest_of_the_id_and_only_those_are_looked_up() -> None:
    rng = random.Random(3)
    for _ in range(50):
        view = Ids([f"p{number}" for number in range(30)])
        rows = np.array(rng.sample(range(30), 12))
        scores = np.array([rng.randrange(9) / 2 for _ in rows])
        order = in_order(cast(View, view), rows, scores)
        assert order == sorted(range(12), key=lambda at: (-scores[at], digest(f"p{rows[at]}")))
        assert view.looked_up == {int(row) for row, own in zip(rows, scores, strict=True) if (scores == own).sum() > 1}
    assert in_order(cast(View, Ids([])), np.empty(0, np.int64), np.empty(0)) == []


def test_scores_are_rounded_to_four_decimals() -> None:
    assert shown_scores(np.array([[1.00004, 2.0], [0.1, 0.2]])).tolist() == [3.0, 0.3]


def test_the_largest_contribution_takes_what_rounding_leaves() -> None:
    """1.23456 and 2.34564 round to 1.2346 and 2.3456, one unit of 1e-4 more than 3.5801 asks for."""
    (message,) = contributions(("a", "b", "c"), np.array([[1.23456, 2.34564, 0.0]]), np.array([3.5801]))
    assert [(part.signal, part.points) for part in message] == [("a", 1.2346), ("b", 2.3455)]
