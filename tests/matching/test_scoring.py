"""The score of a pair, worked out by hand: two signals of work (weights 1 and 3), one of level (weight .5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.matching import scoring
from recommender.matching.scoring import Scorer
from recommender.matching.scoring_config import ScoringConfig, Signal
from tests.matching.fakes import encoder, person

CONFIG = ScoringConfig(
    version="test",
    very_close=80,
    close=50,
    signals={
        "words": Signal(low=0, high=1, weight=1),
        "career": Signal(low=0, high=0.5, weight=3),
        "years": Signal(low=-10, high=0, weight=0.5, level=True),
    },
)
FEATURES = encoder().encode([person(1, "nurse")])[0].features


Score = Callable[[Mapping[str, float], Mapping[str, float]], NDArray[np.float64]]


@pytest.fixture
def score(monkeypatch: pytest.MonkeyPatch) -> Score:
    def points(raw: Mapping[str, float], factors: Mapping[str, float]) -> NDArray[np.float64]:
        monkeypatch.setattr(scoring, "measure", lambda own, pool: {name: np.array([v]) for name, v in raw.items()})
        found: NDArray[np.float64] = Scorer(CONFIG, factors).points(FEATURES, FEATURES)[0]
        return found

    return points


@pytest.mark.parametrize(
    ("raw", "factors", "expected"),
    [
        # work (.4 + 3 × .5) / 4 = .475; of 1 + .5 parts: 1 × .475 and .5 × .475 × .8
        ({"words": 0.4, "career": 0.25, "years": -2.0}, {}, (100 / 15, 25, 100 * 0.19 / 1.5)),
        # nothing known of years: the work alone
        ({"words": 0.4, "career": 0.25, "years": np.nan}, {}, (10, 37.5, 0)),
        # nothing known of words: the career alone says how alike the work is
        ({"words": np.nan, "career": 0.25, "years": np.nan}, {}, (0, 50, 0)),
        # as senior as somebody of another trade: no similarity
        ({"words": 0.0, "career": 0.0, "years": 0.0}, {}, (0, 0, 0)),
        # beyond the calibrated range
        ({"words": 7.0, "career": 0.9, "years": 0.0}, {}, (100 / 6, 50, 100 / 3)),
        # a question's factors: years twice as heavy
        ({"words": 1.0, "career": 0.5, "years": -10.0}, {"years": 2.0}, (12.5, 37.5, 0)),
        # a question about years alone
        ({"words": 1.0, "career": 0.5, "years": -2.0}, {"words": 0.0, "career": 0.0}, (0, 0, 80)),
        # nothing to go by
        ({"words": np.nan, "career": np.nan, "years": np.nan}, {}, (0, 0, 0)),
    ],
)
def test_points_are_as_worked_out_by_hand(
    score: Score, raw: dict[str, float], factors: dict[str, float], expected: tuple[float, ...]
) -> None:
    np.testing.assert_allclose(score(raw, factors), expected, atol=1e-6)


def test_bands_begin_at_their_lowest_score() -> None:
    scorer = Scorer(CONFIG, {})
    assert [scorer.band(value) for value in (80, 79.9, 50, 49.9, 0.0001)] == [
        *("very close", "close", "close", "related", "related")
    ]
    assert scorer.band(0) == "no basis"
