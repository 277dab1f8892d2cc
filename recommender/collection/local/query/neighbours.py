"""The nearest of many stored rows at once, scored as `search` scores them: a block of questions is answered together.

Of a sealed segment with an index the graph is asked for a few more than are wanted, each search beginning at the row
itself, and those are scored from the exact vectors. Else everybody who qualifies is multiplied with the whole block,
and those are scored who may be among the best. What a row's nearest are never depends on who else is in the block.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from recommender.collection.common.scores import Found
from recommender.collection.local.generation.state import State, as_rows
from recommender.collection.local.sealed.segment import Segment
from recommender.collection.local.sealed.vectors import Vectors

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

#: How many more are asked of the graph than are wanted: its numbers are rounded, and some who are found have left.
_MORE = 6
#: The share of a segment that has to qualify for its graph to be asked, and the largest that is asked of it.
_QUALIFYING, _ASKED = 0.5, 0.01
#: Rows that are multiplied with a block at a time.
_AT_ONCE = 8_192
#: By how many roundings of its terms' magnitudes a product of many at once can be off.
_OFF = 4 * float(np.finfo(np.float32).eps)


class Pairs(NamedTuple):
    """Who was found for whom: places in the block, rows, and their scores."""

    places: Rows
    rows: Rows
    scores: Floats

    def at(self, which: NDArray[np.bool_]) -> Pairs:
        """Some of them."""
        return Pairs(self.places[which], self.rows[which], self.scores[which])

    @classmethod
    def joined(cls, parts: list[Pairs]) -> Pairs:
        """All of them."""
        return cls(*map(np.concatenate, zip(*parts, strict=True)))

    def best(self, count: int, k: int) -> list[Found]:
        """Of each of so many places the k best, descending, ties by row."""
        order = np.lexsort((self.rows, -self.scores, self.places))
        rows, scores = self.rows[order], self.scores[order]
        ends = np.searchsorted(self.places[order], np.arange(count + 1)).tolist()
        kept = [slice(begin, min(begin + k, end)) for begin, end in pairwise(ends)]
        return [(rows[one], scores[one]) for one in kept]


def neighbours(state: State, rows: Rows, own: Rows, k: int, selected: Any) -> list[Found]:
    """Of each row the min(k, others) nearest of the selected rows.

    Args:
        own: rows that take their persons' places, who are no neighbours of themselves.
    """
    block, base = _Block(rows, state.vectors(rows), own, k), state.base
    parts = [Pairs(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32))]
    if base is not None:
        parts += _sealed(base, block, as_rows(selected & BitMap(range(len(base)))))
    recent = as_rows(selected & BitMap(range(state.tail.start, state.tail.end)))
    if len(recent):
        parts.append(block.of_all(state.tail.vectors, state.tail.start, recent))
    return Pairs.joined(parts).best(len(rows), k)


class _Block(NamedTuple):
    """Questions that are worked off together."""

    rows: Rows
    vectors: Floats
    own: Rows
    k: int

    def at(self, places: Rows) -> _Block:
        """Those at some places."""
        return _Block(self.rows[places], self.vectors[places], self.own[places], self.k)

    def of_all(self, vectors: Vectors, start: int, rows: Rows) -> Pairs:
        """Of each all of some rows, which begin at `start` of the pool, that may be among the k best."""
        best, longest = np.empty((len(self.rows), 0), np.float32), 0.0
        found = list[tuple[Rows, Rows, Floats]]()
        for at in range(0, len(rows), _AT_ONCE):
            part = rows[at : at + _AT_ONCE]
            those = vectors.take(part - start)
            longest = max(longest, float(np.linalg.norm(those, axis=1).max()))
            products = self.vectors @ those.T
            products[self.own[:, None] == part] = -np.inf
            best = _largest(np.concatenate([best, products], axis=1), self.k)
            places, columns = np.nonzero(products >= self._least(best, longest)[:, None])
            found.append((places, part[columns], products[places, columns]))
        places, near, about = map(np.concatenate, zip(*found, strict=True))
        kept = (about >= self._least(best, longest)[places]) & (near != self.own[places])
        return self.scored(vectors, start, places[kept], near[kept])

    def _least(self, best: Floats, longest: float) -> Floats:
        """The products from which on somebody may be among the k best, whose products, which may be off, these are."""
        if best.shape[1] < self.k:
            return np.full(len(best), -np.inf, np.float32)
        off = _OFF * self.vectors.shape[1] * np.linalg.norm(self.vectors, axis=1) * longest
        return np.asarray(best.min(axis=1) - 2 * off, np.float32)

    def of_graph(self, base: Segment, admitted: NDArray[np.bool_], wanted: int) -> Pairs:
        """Of each the nearest of those who are admitted, as far as they are among so many that the graph finds."""
        assert base.index is not None
        places, near = base.index.around(self.rows, self.vectors, wanted)
        kept = admitted[near] & (near != self.own[places])
        return self.scored(base.vectors, 0, places[kept], near[kept])

    def scored(self, vectors: Vectors, start: int, places: Rows, rows: Rows) -> Pairs:
        """Pairs with their scores."""
        return Pairs(places, rows, vectors.pairs(rows - start, self.vectors, places))


def _sealed(base: Segment, block: _Block, rows: Rows) -> list[Pairs]:
    """The nearest of these rows of a segment: by its graph where most of it qualifies, of who comes short by all."""
    if not len(rows):
        return []
    wanted = int((block.k + 1 + _MORE) * len(base) / len(rows))
    if base.index is None or len(rows) < _QUALIFYING * len(base) or wanted > _ASKED * len(base):
        return [block.of_all(base.vectors, 0, rows)]
    admitted = np.zeros(len(base), np.bool_)
    admitted[rows] = True
    found = block.of_graph(base, admitted, wanted)
    short = np.flatnonzero(np.bincount(found.places, minlength=len(block.rows)) < min(block.k, len(rows) - 1))
    if not len(short):
        return [found]
    more = block.at(short).of_all(base.vectors, 0, rows)
    return [found.at(~np.isin(found.places, short)), more._replace(places=short[more.places])]


def _largest(values: Floats, k: int) -> Floats:
    """Of each row of values the k largest, in no order; all where there are fewer."""
    return np.partition(values, -k, axis=1)[:, -k:] if values.shape[1] > k else values
