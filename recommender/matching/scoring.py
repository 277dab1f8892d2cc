"""From raw signals to a score of 0 to 100 and the points each signal gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Features
from recommender.encoding.statistics import Statistics
from recommender.matching.signals import measure

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores pairs by frozen calibration and weights; `factors` are a question's own, by signal."""

    statistics: Statistics
    factors: Mapping[str, float]

    def points(self, subject: Features, pool: Features) -> Points:
        """Points of each signal, shape (len(pool), number of signals); a row's sum is the score, 0 to 100.

        A signal without evidence in a pair gives no points and takes no share of the weight: it is neutral.
        """
        signals = self.statistics.signals
        raw = measure(subject, pool)
        low = np.array([s.low for s in signals.values()], np.float32)
        span = np.array([s.high - s.low for s in signals.values()], np.float32)
        values = ((np.stack([raw[name] for name in signals], axis=1) - low) / span).clip(0, 1).astype(np.float64)
        weights = np.array([s.weight * self.factors.get(name, 1.0) for name, s in signals.items()])
        unknown = np.isnan(values)
        values[unknown] = 0
        shares = np.where(unknown, 0, weights)
        total = shares.sum(axis=1, keepdims=True)
        total[total == 0] = 1
        return np.asarray(100 * values * shares / total)

    def band(self, score: float) -> str:
        """Word for a score."""
        if score >= self.statistics.very_close:
            return "very close"
        return "close" if score >= self.statistics.close else "related"
