"""The nearest rows by inner product, exactly."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.collection.protocol import Candidates
from recommender.collection.state import State, as_rows

#: Rows scored at a time, so that a scan of a large pool does not need a copy of it.
_BLOCK = 65_536
_NOBODY = np.empty(0, np.int64)


def search(state: State, vector: NDArray[np.float32], k: int, selected: Any) -> Candidates:
    """The min(k, len(selected)) selected rows nearest to the vector."""
    rows = as_rows(selected)
    kept, kept_scores = _NOBODY, np.empty(0, np.float32)
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        kept = np.concatenate([kept, block])
        kept_scores = np.concatenate([kept_scores, score(state.vectors(block), vector)])
        kept, kept_scores = best(kept, kept_scores, k)
    return Candidates(kept, kept_scores)


def score(vectors: NDArray[np.float32], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Inner products, a row at a time: a row's score does not depend on what else is scored with it."""
    scores: NDArray[np.float32] = np.vecdot(vectors, vector)
    return scores


def best(rows: NDArray[np.int64], scores: NDArray[np.float32], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The k best, descending, ties by row."""
    if len(rows) > 4 * k:
        threshold = np.partition(scores, len(scores) - k)[len(scores) - k]
        near = scores >= threshold
        rows, scores = rows[near], scores[near]
    order = np.lexsort((rows, -scores))[:k]
    return rows[order], scores[order]
