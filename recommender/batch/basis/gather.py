"""Working out, while people are matched, what their answers rest on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.batch.basis.numbered import Numbered
from recommender.batch.basis.rested import NEAREST, RESERVE, Rested
from recommender.collection import EVERYONE, Filter, View, resolve
from recommender.matching import Matcher
from recommender.matching.ranking.neighbourhood import Neighbourhood


def gathered(
    matcher: Matcher, view: View, pool: Numbered, profile_ids: Sequence[str], k: int, where: Filter
) -> tuple[list[Neighbourhood | None], list[Rested]]:
    """Of each profile its neighbourhood, and of those that have one what an answer rests on."""
    found = matcher.neighbourhoods(profile_ids, k, where, view)
    named = resolve(view, where, matcher.profile_encoder.vocabulary).where
    qualifying = None if where == EVERYONE else set(view.rows(named).tolist())
    return found, [_rested(view, pool, one, k, qualifying, named) for one in found if one is not None]


def plan_of(neighbourhood: Neighbourhood) -> str:
    """How its nearest were found, where what they were found among tells whether they would be again; else nothing."""
    plan = getattr(neighbourhood.found.trace, "plan", None)
    return f"{plan.way} {plan.wanted}" if plan is not None and plan.way in ("exact", "graph") else ""


def _rested(
    view: View, pool: Numbered, one: Neighbourhood, k: int, qualifying: set[int] | None, where: Filter
) -> Rested:
    rows, scores = _nearest(view, one, qualifying, where)
    ranked = slice(k + RESERVE)
    return Rested(
        int(pool.numbers(np.array([one.row]))[0]),
        pool.numbers(rows),
        scores,
        pool.numbers(one.ranked[ranked]),
        one.scores[ranked],
    )


def _nearest(
    view: View, one: Neighbourhood, qualifying: set[int] | None, where: Filter
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Who was found, and who comes next: of those that the graph saw, or of everybody."""
    if plan_of(one).startswith("exact"):
        found = view.search(one.vector, NEAREST + 1, where)
        others = found.rows != one.row
        return found.rows[others][:NEAREST], found.scores[others][:NEAREST]
    seen = np.array(getattr(one.found.trace, "seen").to_array(), np.int64)  # noqa: B009 - an engine's own
    seen = np.setdiff1d(seen, np.append(one.found.rows, one.row))
    if qualifying is not None:
        seen = np.array([row for row in seen.tolist() if row in qualifying], np.int64)
    rows = np.concatenate([one.found.rows, seen])
    scores = np.concatenate([one.found.scores, np.vecdot(view.vectors(seen), one.vector)])
    order = np.lexsort((rows, -scores))[:NEAREST]
    return rows[order], scores[order]
