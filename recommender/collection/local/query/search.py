"""The nearest rows by inner product: which way to find them, and one way of scoring them.

Exact always, save where the HNSW index of a large segment is asked for nearly all of it: where a filter
leaves less than a third, where the index comes back with fewer than it was asked for, or where k is large,
every qualifying row is scored. Whoever found a row, its score comes from the same routine over the same
stored numbers, so it is the same to the bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from recommender.collection.local.generation.state import State, as_rows
from recommender.collection.local.sealed.hnsw import Hnsw
from recommender.collection.local.sealed.segment import Segment
from recommender.collection.protocol import Candidates

#: Rows scored at a time, so that a scan of a large pool does not need a copy of it.
_BLOCK = 16_384
#: Of a block, the share of wanted rows from which on the whole block is scored where it lies.
_DENSE = 0.2
#: The share of a segment that must qualify for its index to be asked.
_INDEX_SHARE = 0.33
#: The largest k, as a share of the qualifying rows, for which the index is asked.
_INDEX_K = 0.02
#: So many rows that do not qualify are left out of what the index finds, rather than kept out of its search.
_LEFT_OUT = 128

_Found = tuple[NDArray[np.int64], NDArray[np.float32]]


def search(state: State, vector: NDArray[np.float32], k: int, selected: Any, *, exact: bool = False) -> Candidates:
    """The min(k, len(selected)) selected rows nearest to the vector; `exact`: the index is not asked."""
    found = []
    if state.base is not None:
        found.append(_from_segment(state, state.base, vector, k, selected, exact))
    if state.tail.end > state.tail.start:
        recent = as_rows(selected & BitMap(range(state.tail.start, state.tail.end)))
        found.append(_scan(state.tail.vectors.array, state.tail.start, vector, k, recent))
    return Candidates(*best(*_joined(found), k))


def score(vectors: NDArray[np.float32], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Inner products, a row at a time: a row's score does not depend on what else is scored with it."""
    scores: NDArray[np.float32] = np.vecdot(vectors, vector)
    return scores


def best(rows: NDArray[np.int64], scores: NDArray[np.float32], k: int) -> _Found:
    """The k best, descending, ties by row."""
    if len(rows) > 4 * k:
        threshold = np.partition(scores, len(scores) - k)[len(scores) - k]
        near = scores >= threshold
        rows, scores = rows[near], scores[near]
    order = np.lexsort((rows, -scores))[:k]
    return rows.take(order), scores.take(order)


def _from_segment(
    state: State, base: Segment, vector: NDArray[np.float32], k: int, selected: Any, exact: bool
) -> _Found:
    count = selected.range_cardinality(0, len(base))
    if not exact and base.index is not None and count >= _INDEX_SHARE * len(base) and k <= _INDEX_K * count:
        near = _from_index(state, base, base.index, vector, k, selected)
        if len(near) >= k:
            return near, score(base.vectors.take(near, axis=0), vector)
    return _scan(base.vectors, 0, vector, k, as_rows(selected & BitMap(range(len(base)))))


def _from_index(
    state: State, base: Segment, index: Hnsw, vector: NDArray[np.float32], k: int, selected: Any
) -> NDArray[np.int64]:
    """Selected rows that the index finds, ascending.

    Few that do not qualify are best found and left out; for many, the index is told whom to admit. Those who left
    the pool since the segment was sealed are the same for every question, and kept as bits.
    """
    count, living = (rows.range_cardinality(0, len(base)) for rows in (selected, state.live))
    if len(base) - count <= _LEFT_OUT:
        near = index.nearest(vector, k + len(base) - count, None, 1.0)
    elif living - count <= _LEFT_OUT:
        near = index.nearest(vector, k + living - count, base.living_bits(state.live, living), living / len(base))
    else:
        near = index.nearest(vector, k, base.bits(selected), count / len(base))
    return as_rows(BitMap(memoryview(near.astype(np.uint32))) & selected)  # type: ignore[arg-type]


def _scan(
    vectors: NDArray[np.float32], start: int, vector: NDArray[np.float32], k: int, rows: NDArray[np.int64]
) -> _Found:
    """The best of these rows, which begin at `start` of the pool and at 0 of `vectors`; perhaps some more."""
    found, held = [_nobody()], 0
    for begin in range(0, len(rows), _BLOCK):
        block = rows[begin : begin + _BLOCK]
        at = block - start
        low, high = int(at[0]), int(at[-1]) + 1
        if len(at) >= _DENSE * (high - low):
            scores = score(vectors[low:high], vector)[at - low]
        else:
            scores = score(vectors[at], vector)
        found.append((block, scores))
        held += len(block)
        if held >= 2 * k + _BLOCK:
            found, held = [best(*_joined(found), k)], k
    return _joined(found)


def _joined(found: Sequence[_Found]) -> _Found:
    if not found:
        return _nobody()
    return np.concatenate([rows for rows, _ in found]), np.concatenate([scores for _, scores in found])


def _nobody() -> _Found:
    return np.empty(0, np.int64), np.empty(0, np.float32)
