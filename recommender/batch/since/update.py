"""Bringing what answers rest on up to a later generation, and with it the answers.

Whoever left is taken out of the nearest, and whoever came is put in, by the scores that a search would give them. Then
the nearest are those that a search would find: it looks at the same people in the same way (`Origin`), and of those it
did not score nobody is nearer than the last who is kept. Where they run short, the question is asked anew. Of the
nearest, those who were not ranked before are scored; the others' scores are known, or known to be lower than the last
that is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.batch.basis.gather import among
from recommender.batch.basis.numbered import Numbered
from recommender.batch.basis.rested import NEAREST, RESERVE, Rested
from recommender.collection import View
from recommender.encoding.search_vector import unit
from recommender.matching import Matcher
from recommender.matching.ranking.points import in_order
from recommender.matching.ranking.rank import WINDOW

#: How much a product may be off that is worked out with many at once, in units of the last place times its length.
_OFF = 4


class Updated(NamedTuple):
    """An answer as it is now.

    Attributes:
        rested: what it rests on now.
        row: of the profile that is asked about.
        rows, scores: its matches, best first.
    """

    rested: Rested
    row: int
    rows: NDArray[np.int64]
    scores: NDArray[np.float64]


class _Case(NamedTuple):
    """Somebody whose answer may still be known: the nearest now, and those of them who were not ranked before."""

    old: Rested
    row: int
    near: NDArray[np.int64]
    near_scores: NDArray[np.float32]
    came: NDArray[np.int64]


class Updater:
    """Brings answers of one generation up to the one that a view is of.

    Args:
        newcomers: rows of those who came and qualify.
        by_graph: whether the nearest among the sealed rows are found by a graph.
    """

    def __init__(
        self,
        matcher: Matcher,
        view: View,
        pool: Numbered,
        departed: NDArray[np.int64],
        newcomers: NDArray[np.int64],
        k: int,
        *,
        by_graph: bool,
    ) -> None:
        self._matcher, self._view, self._pool, self._k = matcher, view, pool, k
        self._departed = np.sort(departed)
        self._newcomers, self._came = newcomers, pool.numbers(newcomers)
        self._vectors = view.vectors(newcomers)
        self._longest = float(np.linalg.norm(self._vectors, axis=1).max(initial=1.0))
        self._sealed = pool.sealed_to if by_graph else np.iinfo(np.int64).max

    def updated(self, rested: Sequence[Rested]) -> list[Updated | None]:
        """Of each its answer now; None where it has to be asked for anew, or is asked by nobody any more."""
        if not rested:
            return []
        rows = self._pool.rows_of(np.array([one.number for one in rested], np.int64))
        there = np.flatnonzero(rows >= 0)
        cases: list[_Case | None] = [None] * len(rested)
        if not len(there):
            return self._answers(cases)
        # as a search asks: stored vectors are rounded, and not quite 1 long
        vectors = np.array([unit(one) for one in self._view.vectors(rows[there])])
        products = vectors @ self._vectors.T
        for at, vector, product in zip(there.tolist(), vectors, products, strict=True):
            cases[at] = self._case(rested[at], int(rows[at]), vector, product)
        return self._answers(cases)

    def _case(self, old: Rested, row: int, vector: NDArray[np.float32], products: NDArray[np.float32]) -> _Case | None:
        left = ~among(old.near, self._departed)
        near, scores = old.near[left], old.near_scores[left]
        complete = len(old.near) <= WINDOW  # everybody who qualified
        # a graph that was short of them, those who came later left out, would be asked again
        if not complete and np.count_nonzero(near <= self._sealed) <= WINDOW:
            return None
        lowest = -np.inf if complete else float(scores[-1])
        off = _OFF * len(vector) * float(np.finfo(np.float32).eps) * float(np.linalg.norm(vector)) * self._longest
        can = np.flatnonzero(products >= lowest - off)
        exact = np.vecdot(self._vectors[can], vector)
        enters = can[exact >= lowest]
        near = np.concatenate([near, self._came[enters]])
        scores = np.concatenate([scores, exact[exact >= lowest]])
        order = np.lexsort((near, -scores))
        near, scores = near[order][:NEAREST], scores[order][:NEAREST]
        if len(near) > WINDOW and scores[WINDOW] == scores[WINDOW - 1]:
            return None
        came = np.setdiff1d(near[:WINDOW], old.near[:WINDOW])
        return _Case(old, row, near, scores, came)

    def _answers(self, cases: Sequence[_Case | None]) -> list[Updated | None]:
        scored = [case for case in cases if case is not None and len(case.came)]
        found: dict[int, NDArray[np.float64]] = {}
        if scored:
            ids = self._view.ids([case.row for case in scored])
            rows = [self._pool.rows_of(case.came) for case in scored]
            scores = self._matcher.scores_with(ids, rows, self._view)
            found = {id(case): one for case, one in zip(scored, scores, strict=True)}
        return [case and self._answer(case, found.get(id(case), np.empty(0))) for case in cases]

    def _answer(self, case: _Case, came: NDArray[np.float64]) -> Updated | None:
        """The best of those who stay and those who came, where nobody whose score is not known can be among them."""
        window = case.near[:WINDOW]
        stays = np.isin(case.old.ranked, window)
        numbers = np.concatenate([case.old.ranked[stays], case.came])
        scores = np.concatenate([case.old.scores[stays], came])
        all_known = len(numbers) == len(window)
        floor = -np.inf if all_known else float(case.old.scores[-1])
        known = scores > floor
        numbers, scores = numbers[known], scores[known]
        wanted = min(self._k, len(window))
        if len(numbers) < wanted:
            return None
        rows = self._pool.rows_of(numbers)
        order = np.array(in_order(self._view, rows, scores), np.int64)
        kept = order[: self._k + RESERVE]
        rested = Rested(case.old.number, case.near, case.near_scores, numbers[kept], scores[kept])
        best = order[: self._k]
        return Updated(rested, case.row, rows[best], scores[best])
