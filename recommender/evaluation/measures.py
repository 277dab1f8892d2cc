"""Measures of one ranking against grades, and of many.

nDCG is ours, for ir_measures takes whole grades only; recall is ir_measures'.
A run is seed → candidates, best first. What is missing from it counts as zero.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import ir_measures
import numpy as np
from numpy.typing import NDArray

Grades = Mapping[str, float]
Run = Mapping[str, Sequence[str]]


def ndcg(ranking: Sequence[str], grades: Grades, k: int = 10) -> float:
    """Normalised discounted cumulative gain at k, gain 2^grade − 1, discount log2(rank + 1); 0 to 1.

    0 where no grade is above 0. Burges et al., "Learning to Rank using Gradient Descent", 2005.
    """
    best = sorted(grades.values(), reverse=True)[:k]
    ideal = _discounted(best)
    return _discounted([grades.get(candidate, 0.0) for candidate in ranking[:k]]) / ideal if ideal else 0.0


def pairwise(ranking: Sequence[str], grades: Grades) -> float | None:
    """Share of pairs of unequal grade that stand in the right order; None where there is no such pair.

    What is missing from the ranking is behind all of it, and pairs of two missing ones count as wrong.
    """
    place = {candidate: rank for rank, candidate in enumerate(ranking)}
    right = total = 0
    for better, high in grades.items():
        for worse, low in grades.items():
            if high > low:
                total += 1
                right += place.get(better, math.inf) < place.get(worse, math.inf)
    return right / total if total else None


def recall(relevant: Mapping[str, set[str]], run: Run, k: int = 100) -> float:
    """Mean share of the relevant found within the first k."""
    qrels = [ir_measures.Qrel(query, found, 1) for query, wanted in relevant.items() for found in sorted(wanted)]
    scored = [
        ir_measures.ScoredDoc(query, found, -float(rank))
        for query, ranking in run.items()
        for rank, found in enumerate(ranking)
    ]
    measure = ir_measures.R @ k
    return float(ir_measures.calc_aggregate([measure], qrels, scored)[measure]) if scored else 0.0


def paired_bootstrap(
    ours: Sequence[float], theirs: Sequence[float], *, rng: np.random.Generator, rounds: int = 10_000
) -> tuple[float, float, float]:
    """Mean difference, and the 2.5% and 97.5% quantiles of it over resampled seeds.

    Efron & Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13.
    """
    difference: NDArray[np.float64] = np.asarray(ours, float) - np.asarray(theirs, float)
    means = difference[rng.integers(0, len(difference), (rounds, len(difference)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(difference.mean()), float(low), float(high)


def _discounted(grades: Sequence[float]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))
