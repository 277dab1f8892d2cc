"""Scoring rows one and all, and the best of what was scored."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from recommender.collection.common.scores import Found, best, nobody
from recommender.collection.local.query.expected import Expected, can_be_among
from recommender.collection.local.sealed.vectors import About, Vectors

#: Rows scored at a time, so that a scan of a large pool does not need a copy of it.
_BLOCK = 16_384
#: Of a block, the share of wanted rows from which on the whole block is scored where it lies.
_DENSE = 0.2


class Products:
    """Inner products of one vector with the rows of a segment, whose blocks are worked out once, whoever is asked."""

    def __init__(self, vectors: Vectors, vector: NDArray[np.float32], expected: Expected | None = None) -> None:
        self._vectors, self.vector, self._expected = vectors, vector, expected
        self._blocks: dict[int, NDArray[np.float32]] = {}

    @cached_property
    def _about(self) -> About:
        return About(self._vectors, self.vector)

    def nearest(self, k: int, rows: NDArray[np.int64]) -> Found | None:
        """Of some rows, ascending, all that can be among the k best; None where that costs no less than `of` them."""
        if self._expected is None or len(rows) < _DENSE * len(self._vectors) or 4 * k > len(rows):
            return None
        near = self._expected.near(self.vector)
        if near is None:
            return None
        rows = rows[can_be_among(near[0][rows], near[1], k)]
        return rows, self._vectors.scores(rows, self.vector)

    def of(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Of some rows, ascending, all of one block of `_BLOCK`; where they are few, theirs alone are worked out."""
        start = int(rows[0]) // _BLOCK * _BLOCK
        known = self._blocks.get(start)
        if known is None:
            block = slice(start, min(start + _BLOCK, len(self._vectors)))
            if len(rows) < _DENSE * (block.stop - start):
                return self._vectors.scores(rows, self.vector)
            known = self._blocks[start] = self._vectors.scores(block, self.vector)
        return known[rows - start]

    @property
    def has_blocks(self) -> bool:
        """Whether some were worked out already."""
        return bool(self._blocks)

    def are_quick(self, k: int, rows: NDArray[np.int64]) -> bool:
        """Whether to multiply all of these and score the best costs less than blocks do."""
        return self._vectors.is_coded and 4 * k <= len(rows)

    def few(self, k: int, rows: NDArray[np.int64]) -> Found:
        """Of rows from anywhere, ascending, all that can be among the k best; theirs alone worked out."""
        return self._vectors.nearest(
            rows, self.vector, k, self._about if self._vectors.are_many(len(rows), k) else None
        )


def scored(products: Products, start: int, k: int, rows: NDArray[np.int64]) -> Found:
    """The best of these rows, which begin at `start` of the pool and at 0 of what is multiplied; perhaps some more."""
    if products.are_quick(k, rows) or (len(rows) < _DENSE * _BLOCK and not products.has_blocks):
        near, scores = products.few(k, rows - start if start else rows)
        return near + start if start else near, scores
    found, held, at = [nobody()], 0, rows - start
    ends = np.searchsorted(at, np.arange(_BLOCK, (int(at[-1]) if len(at) else 0) + _BLOCK + 1, _BLOCK)).tolist()
    for begin, end in pairwise((0, *ends)):
        if begin == end:
            continue
        found.append((rows[begin:end], products.of(at[begin:end])))
        held += end - begin
        if held >= 2 * k + _BLOCK:
            found, held = [best(*joined(found), k)], k
    return joined(found)


def joined(found: Sequence[Found]) -> Found:
    """All that was found, one after another."""
    if len(found) == 1:
        return found[0]
    if not found:
        return nobody()
    return np.concatenate([rows for rows, _ in found]), np.concatenate([scores for _, scores in found])
