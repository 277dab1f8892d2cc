"""From raw signals to a score of 0 to 100 and the points each signal gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Features
from recommender.matching.scoring_config import ScoringConfig
from recommender.matching.signals import measure

Floats = NDArray[np.float32]
Points = NDArray[np.float64]


@dataclass(frozen=True)
class Scorer:
    """Scores pairs by frozen calibration and weights; `factors` are a question's own, by signal."""

    config: ScoringConfig
    factors: Mapping[str, float]

    def points(self, query_profile: Features, pool: Features) -> Points:
        """Points of each signal, shape (len(pool), number of signals); a row's sum is the score, 0 to 100."""
        return self.weighed(measure(query_profile, pool))

    def weighed(self, raw: Mapping[str, Floats]) -> Points:
        """The same of raw values by signal.

        The work signals' weighted mean says how alike the work is. It fills the score up to what the level
        signals keep back, and these give that back by how close the levels are, in proportion to the same mean.
        A signal without evidence in a pair gives no points and takes no share of the weight: it is neutral.
        """
        low, span = self._range
        values = ((np.array([raw[name] for name in self.config.signals]) - low) / span).clip(0, 1).astype(np.float64)
        known = ~np.isnan(values)
        values[~known] = 0
        # sums, not matrix products: those may differ in the last bit by where a column is
        total, levels = (self._by_kind[:, :, None] * known).sum(axis=1)
        per_weight = 1 / np.where(total > 0, total, 1)
        # a question whose weights leave no work signal is about levels alone
        work = self._by_kind[0]
        asked = work.any()
        alike = (work[:, None] * values).sum(axis=0) * per_weight if asked else 1.0
        whole = asked + levels
        values *= self._weights[:, None]
        values *= np.where(self._level[:, None], alike, per_weight)
        values *= 100 / np.where(whole > 0, whole, 1)
        return values.T

    def points_of(self, name: str) -> float:
        """What one unit of a work signal's raw value is worth in points, where every signal has evidence."""
        signal = self.config.signals[name]
        own = signal.weight * self.factors.get(name, 1.0)
        return own * self._unit / (signal.high - signal.low)

    def can_compare(self, query_profile: Features) -> bool:
        """Whether a profile says anything that this question's weights look at.

        Work is known by at least one word or skill: the model places an emoji somewhere too, and that is no similarity.
        """
        if self._by_kind[0].any():
            words, skills, _ = query_profile.columns["sparse_count"][0]
            return bool(words or skills)
        levels = {"years": query_profile.columns["years"][0], "seniority": query_profile.columns["seniority"][0]}
        return any(self.factors.get(name, 1.0) and value >= 0 for name, value in levels.items())

    @cached_property
    def _range(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Of each signal where its range begins and how wide it is, a row a signal."""
        low, high = np.array([(signal.low, signal.high) for signal in self.config.signals.values()]).T[:, :, None]
        return low.astype(np.float32), (high - low).astype(np.float32)

    @cached_property
    def _unit(self) -> float:
        """Points that a weight of one is worth where every signal has evidence; 0 where no work signal counts."""
        work, levels = self._weights[~self._level].sum(), self._weights[self._level].sum()
        return float(100 / work / (1 + levels)) if work else 0.0

    @cached_property
    def _level(self) -> NDArray[np.bool_]:
        return np.array([signal.level for signal in self.config.signals.values()])

    @cached_property
    def _by_kind(self) -> NDArray[np.float64]:
        """The weights of the work signals, 0 for the others, and those of the level signals."""
        return np.where([~self._level, self._level], self._weights, 0)

    @cached_property
    def _weights(self) -> NDArray[np.float64]:
        return np.array([s.weight * self.factors.get(name, 1.0) for name, s in self.config.signals.items()])

    def band(self, score: float) -> str:
        """Word for a score; of one that nothing gave anything to there is nothing to say."""
        if score <= 0:
            return "no basis"
        begins = {"very close": self.config.very_close, "close": self.config.close, "related": self.config.related}
        return next((band for band, lowest in begins.items() if score >= lowest), "distant")
