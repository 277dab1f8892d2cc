"""The nearest rows by inner product: which way to find them, and one way of scoring them.

Exact always, save where the HNSW index of a large segment is asked for nearly all of it: where a filter
leaves less than a third, where the index comes back with fewer than it was asked for, or where k is large,
every qualifying row is scored. Whoever found a row, its score comes from the same routine over the same
stored numbers, so it is the same to the bit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap, FrozenBitMap

from recommender.collection.local.generation.state import State, as_rows
from recommender.collection.local.query.expected import Expected, can_be_among
from recommender.collection.local.sealed.segment import Segment
from recommender.collection.local.sealed.vectors import Vectors
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
#: How an index is asked changes by steps, so that a write hardly ever changes what it finds.
_STEP = 32

_Found = tuple[NDArray[np.int64], NDArray[np.float32]]


class _Ask(NamedTuple):
    """How an index is asked.

    Attributes:
        admits: whom its search admits: everybody, those who live, or those who qualify.
        k: how many it is to find.
        share: of its rows, those that are admitted, rounded down.
    """

    admits: Literal["everybody", "living", "selected"]
    k: int
    share: float


@dataclass(frozen=True, slots=True)
class Trace:
    """What a search rested on.

    Attributes:
        numbering: of the rows; another once derived files were renewed.
        end: position after the last row that was looked at.
        k: how many were asked for.
        ask: how the index was asked; None where it was not.
        seen: rows that would have to leave for the same search to find otherwise.
    """

    numbering: object
    end: int
    k: int
    ask: _Ask | None
    seen: FrozenBitMap


class Products:
    """Inner products of one vector with the rows of a segment, whose blocks are worked out once, whoever is asked."""

    def __init__(self, vectors: Vectors, vector: NDArray[np.float32], expected: Expected | None = None) -> None:
        self._vectors, self.vector, self._expected = vectors, vector, expected
        self._blocks: dict[int, NDArray[np.float32]] = {}

    def nearest(self, k: int, rows: NDArray[np.int64]) -> _Found | None:
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


def search(state: State, products: Products, k: int, selected: Any, *, exact: bool = False) -> Candidates:
    """The min(k, len(selected)) selected rows nearest to the products' vector; `exact`: the index is not asked."""
    vector = products.vector
    found, ask = [], None if exact else _ask(state, k, selected)
    near = np.empty(0, np.int64)
    if state.base is not None:
        if ask is not None:
            near = _from_index(state, state.base, ask, vector, selected)
            admitted = as_rows(_bitmap(near) & selected)
        if ask is not None and len(admitted) >= k:
            found.append((admitted, state.base.vectors.scores(admitted, vector)))
        else:
            sealed = as_rows(selected & BitMap(range(len(state.base))))
            found.append(products.nearest(k, sealed) or _scan(products, 0, k, sealed))
    if state.tail.end > state.tail.start:
        recent = as_rows(selected & BitMap(range(state.tail.start, state.tail.end)))
        found.append(_scan(Products(state.tail.vectors, vector), state.tail.start, k, recent))
    rows, scores = best(*_joined(found), k)
    seen = (_bitmap(rows) | _bitmap(near)) & state.live
    return Candidates(rows, scores, Trace(state.tail.numbering, state.end, k, ask, FrozenBitMap(seen)))


def finds_again(state: State, found: Candidates, vector: NDArray[np.float32], selected: Any) -> Candidates | None:
    """What `search` found in an earlier state, where it would find the same in this one.

    It would where nobody it saw has left, the index would be asked as it was, and of those who came since nobody
    qualifies and is as near as the last one found.
    """
    trace = found.trace
    if not isinstance(trace, Trace) or trace.numbering is not state.tail.numbering or not trace.seen <= state.live:
        return None
    if trace.ask is not None and _ask(state, trace.k, selected) != trace.ask:
        return None
    arrived = as_rows(selected & BitMap(range(trace.end, state.end))) if trace.end < state.end else _nobody()[0]
    if len(arrived):
        if len(found.rows) < trace.k:
            return None
        if state.tail.vectors.scores(arrived - state.tail.start, vector).max() >= found.scores[-1]:
            return None
    return replace(found, trace=replace(trace, end=state.end))


def best(rows: NDArray[np.int64], scores: NDArray[np.float32], k: int) -> _Found:
    """The k best, descending, ties by row."""
    if len(rows) > 4 * k:
        threshold = np.partition(scores, len(scores) - k)[len(scores) - k]
        near = scores >= threshold
        rows, scores = rows[near], scores[near]
    order = np.lexsort((rows, -scores))[:k]
    return rows.take(order), scores.take(order)


def _ask(state: State, k: int, selected: Any) -> _Ask | None:
    """How the segment's index is asked for k of these rows; None where comparing all of them costs less.

    Few that do not qualify are best found and left out; for many, the index is told whom to admit. Those who left
    the pool since the segment was sealed are the same for every question, and kept as bits.
    """
    base = state.base
    if base is None or base.index is None:
        return None
    count = selected.range_cardinality(0, len(base))
    if count < _INDEX_SHARE * len(base) or k > _INDEX_K * count:
        return None
    if len(base) - count <= _LEFT_OUT:
        return _Ask("everybody", k + _stepped(len(base) - count), 1.0)
    living = state.live.range_cardinality(0, len(base))
    if living - count <= _LEFT_OUT:
        return _Ask("living", k + _stepped(living - count), _share(living, len(base)))
    return _Ask("selected", k, _share(count, len(base)))


def _stepped(rows: int) -> int:
    return -(-rows // _STEP) * _STEP


def _share(rows: int, of: int) -> float:
    return math.floor(_STEP * rows / of) / _STEP


def _from_index(state: State, base: Segment, ask: _Ask, vector: NDArray[np.float32], selected: Any) -> Any:
    """Rows that the index finds, in no order to rely on, perhaps some among them that are not admitted."""
    assert base.index is not None
    match ask.admits:
        case "everybody":
            bits = None
        case "living":
            bits = base.living_bits(state.live, state.live.range_cardinality(0, len(base)))
        case "selected":
            bits = base.bits(selected)
    return base.index.nearest(vector, ask.k, bits, ask.share)


def _bitmap(rows: NDArray[np.int64]) -> Any:
    return BitMap(memoryview(rows.astype(np.uint32)))  # type: ignore[arg-type]


def _scan(products: Products, start: int, k: int, rows: NDArray[np.int64]) -> _Found:
    """The best of these rows, which begin at `start` of the pool and at 0 of what is multiplied; perhaps some more."""
    found, held, at = [_nobody()], 0, rows - start
    ends = np.searchsorted(at, np.arange(_BLOCK, (int(at[-1]) if len(at) else 0) + _BLOCK + 1, _BLOCK)).tolist()
    for begin, end in pairwise((0, *ends)):
        if begin == end:
            continue
        found.append((rows[begin:end], products.of(at[begin:end])))
        held += end - begin
        if held >= 2 * k + _BLOCK:
            found, held = [best(*_joined(found), k)], k
    return _joined(found)


def _joined(found: Sequence[_Found]) -> _Found:
    if not found:
        return _nobody()
    return np.concatenate([rows for rows, _ in found]), np.concatenate([scores for _, scores in found])


def _nobody() -> _Found:
    return np.empty(0, np.int64), np.empty(0, np.float32)
