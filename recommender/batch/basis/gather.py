"""Working out, while people are matched, what their answers rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.batch.basis.numbered import Numbered
from recommender.batch.basis.rested import NEAREST, RESERVE, Rested
from recommender.collection import Filter, View, resolve
from recommender.matching import Matcher
from recommender.matching.ranking.neighbourhood import Neighbourhood


def gathered(
    matcher: Matcher, view: View, pool: Numbered, profile_ids: Sequence[str], k: int, where: Filter
) -> tuple[list[Neighbourhood | None], list[Rested]]:
    """Of each profile its neighbourhood, and of those that have one what an answer rests on."""
    found = matcher.neighbourhoods(profile_ids, k, where, view)
    named = resolve(view, where, matcher.profile_encoder.vocabulary).where
    qualifying = view.rows(named)
    beside = _Beside(view, named, qualifying, qualifying[pool.numbers(qualifying) > pool.sealed_to])
    return found, [_rested(pool, one, k, *beside.nearest(one)) for one in found if one is not None]


def plan_of(view: View, neighbourhood: Neighbourhood) -> str:
    """How its nearest were found, where what they were found among tells whether they would be again; else nothing."""
    reach = view.reach(neighbourhood.found)
    return f"{reach.way} {reach.wanted}" if reach is not None and reach.way in ("exact", "graph") else ""


def _rested(pool: Numbered, one: Neighbourhood, k: int, rows: NDArray[np.int64], scores: NDArray[np.float32]) -> Rested:
    ranked = slice(k + RESERVE)
    return Rested(
        int(pool.numbers(np.array([one.row]))[0]),
        pool.numbers(rows),
        scores,
        pool.numbers(one.ranked[ranked]),
        one.scores[ranked],
    )


class _Beside(NamedTuple):
    """Who may come next after those who were found.

    Attributes:
        where, qualifying: the filter, and rows of those whom it admits.
        recent: those of them who came after the files were sealed, whom every search scores.
    """

    view: View
    where: Filter
    qualifying: NDArray[np.int64]
    recent: NDArray[np.int64]

    def nearest(self, one: Neighbourhood) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Who was found, and who comes next: of everybody, or of those that the graph saw and of the recent."""
        reach = self.view.reach(one.found)
        if reach is None or reach.way == "exact":
            found = self.view.search(one.vector, NEAREST + 1, self.where, exact=True)
            others = found.rows != one.row
            return found.rows[others][:NEAREST], found.scores[others][:NEAREST]
        seen = reach.seen[among(reach.seen, self.qualifying)]
        next_ones = np.setdiff1d(np.concatenate([seen, self.recent]), np.append(one.found.rows, one.row))
        rows = np.concatenate([one.found.rows, next_ones])
        scores = np.concatenate([one.found.scores, np.vecdot(self.view.vectors(next_ones), one.vector)])
        order = np.lexsort((rows, -scores))[:NEAREST]
        return rows[order], scores[order]


def among(rows: NDArray[np.int64], those: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which are among those, which ascend."""
    if not len(those):
        return np.zeros(len(rows), np.bool_)
    return np.asarray(those[np.minimum(np.searchsorted(those, rows), len(those) - 1)] == rows, np.bool_)
