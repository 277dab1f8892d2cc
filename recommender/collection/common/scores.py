"""Scores of vectors, and the best of what was scored: the same in every engine, to the bit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Of so many the best are found by putting all in order.
_FEW = 128

#: Rows, and the score of each.
Found = tuple[NDArray[np.int64], NDArray[np.float32]]


def scores_of(vectors: NDArray[np.float32], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Inner products with the vector, a row at a time: a score does not depend on what else is scored with it."""
    scores: NDArray[np.float32] = np.vecdot(vectors, vector)
    return scores


def best(rows: NDArray[np.int64], scores: NDArray[np.float32], k: int) -> Found:
    """The k best, descending, ties by row."""
    if len(rows) > max(4 * k, _FEW):
        threshold = np.partition(scores, len(scores) - k)[len(scores) - k]
        near = scores >= threshold
        rows, scores = rows[near], scores[near]
    order = np.lexsort((rows, -scores))[:k]
    return rows.take(order), scores.take(order)


def nobody() -> Found:
    """No rows."""
    return np.empty(0, np.int64), np.empty(0, np.float32)
