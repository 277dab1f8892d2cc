"""Answers that differ: maximal marginal relevance over companies and titles, and folding of near-duplicates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.facts.facts import Facts

#: What a match loses, at diversity 1, for sharing its company and its occupation with one above it.
MOST_LOST = 0.5

#: Cosine of search vectors from which two profiles are one person's.
SAME_PERSON = 0.95


def redundancy(candidate: Facts, chosen: Facts) -> float:
    """0 to 1: half for a present company in common, half for the same occupation."""
    company = bool(set(candidate.companies_now) & set(chosen.companies_now))
    occupation = candidate.occupation is not None and candidate.occupation == chosen.occupation
    return (company + occupation) / 2


def diversified(
    order: Sequence[int], scores: NDArray[np.float64], facts: Sequence[Facts], shown: Sequence[int], diversity: float
) -> tuple[list[int], NDArray[np.float64]]:
    """Positions in a new order, and what each loses (never above 0).

    Greedy: next comes whoever has most left after losing a share for its likeness to any before it, so what is
    left never rises. Carbonell & Goldstein, "The Use of MMR", SIGIR 1998.

    Args:
        order: positions to put in order, best first; ties keep this order.
        shown: positions that stand before all of these already.
    """
    likeness = np.zeros(len(scores))
    for position in shown:
        _raise_likeness(likeness, facts, order, position)
    left, chosen, lost = list(order), [], np.zeros(len(scores))
    while left:
        remaining = [round(float(scores[p] * (1 - MOST_LOST * diversity * likeness[p])), 4) for p in left]
        best = left.pop(int(np.argmax(remaining)))
        lost[best] = -MOST_LOST * diversity * likeness[best] * scores[best]
        chosen.append(best)
        _raise_likeness(likeness, facts, left, best)
    return chosen, lost


def folded(order: Sequence[int], vectors: NDArray[np.float32]) -> dict[int, list[int]]:
    """Position kept → positions folded into it, in order; each goes to the first that is the same person."""
    kept: dict[int, list[int]] = {}
    for position in order:
        firsts = list(kept)
        alike = vectors[firsts] @ vectors[position] >= SAME_PERSON if firsts else np.empty(0, bool)
        if alike.any():
            kept[firsts[int(alike.argmax())]].append(position)
        else:
            kept[position] = []
    return kept


def _raise_likeness(
    likeness: NDArray[np.float64], facts: Sequence[Facts], positions: Sequence[int], chosen: int
) -> None:
    for position in positions:
        likeness[position] = max(likeness[position], redundancy(facts[position], facts[chosen]))
