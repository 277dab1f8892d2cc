"""Answers given before, brought up to a later view: those that are proven to be what a fresh question would get.

Who is nearest now follows from who was and who came and left since. Where others are among the nearest than were, they
alone are scored: most change none of the matches. Of many answers, they are scored together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.collection.protocol import Candidates, View
from recommender.matching.compared.shared import each
from recommender.matching.query_profile import stored
from recommender.matching.ranking import rank as ranking
from recommender.matching.ranking.points import Question, measured, measured_together, shown_scores
from recommender.matching.ranking.rank import has_an_end, is_of_the_usual_depth, nearest
from recommender.matching.reuse import Answered, Basis
from recommender.matching.revising import revised
from recommender.matching.scoring import Scorer

_NO_SCORES = np.empty(0)


class _Case(NamedTuple):
    """An answer, the search that it now rests on, and the rows whose scores decide whether it still does."""

    answered: Answered
    basis: Basis
    found: Candidates
    came: NDArray[np.int64]


def renewed(view: View, scorer: Scorer, answers: Sequence[Answered]) -> list[Answered | None]:
    """Of each the answer that a fresh question to this view would get, where that is known for less; else None."""
    cases = [_case(view, one) for one in answers]
    scores = _scores_of_those_who_came(view, scorer, [one for one in cases if one and len(one.came)])
    found: list[Answered | None] = [None] * len(cases)
    others: dict[int, Answered] = {}
    for at, one in enumerate(cases):
        if one is None:
            continue
        came = next(scores) if len(one.came) else _NO_SCORES
        basis = one.basis.within(one.found, one.came, came)
        if not _are_as_they_were(basis, came):
            others[at] = one.answered._replace(basis=basis)
        elif basis.on(view):
            found[at] = one.answered.renewed(view, basis)
    for at, again in zip(others, revised(view, scorer, list(others.values())), strict=True):
        found[at] = again
    return found


def _are_as_they_were(basis: Basis, came: NDArray[np.float64]) -> bool:
    """Whether the matches are who they were, given the scores of those who came."""
    if len(came) and (came.max() >= basis.last or len(basis.shown) < basis.query.k):
        return False
    return set(basis.shown) <= set(ranking.window(basis.found).tolist())


def _case(view: View, answered: Answered) -> _Case | None:
    basis = answered.basis
    if basis is None or not basis.is_of_the_same(view):
        return None
    found = view.finds_again(basis.found, basis.vector, basis.where, basis.since)
    if found is None or not is_of_the_usual_depth(found):
        found = nearest(view, basis.vector, basis.where)
    came = basis.came(found) if has_an_end(found) else None
    return None if came is None else _Case(answered, basis, found, came)


def _scores_of_those_who_came(view: View, scorer: Scorer, cases: Sequence[_Case]) -> Iterator[NDArray[np.float64]]:
    """Of each the scores of those who came, as they are shown."""
    usual = [one for one in cases if one.basis.is_about_one]
    together = iter(_scored_together(view, scorer, usual) if usual else ())
    for one in cases:
        yield next(together) if one.basis.is_about_one else _scored(view, scorer, one)


def _scored_together(view: View, scorer: Scorer, cases: Sequence[_Case]) -> list[NDArray[np.float64]]:
    own = each(view.features([one.basis.people[0] for one in cases]))
    together = measured_together(view, scorer, own, [one.came for one in cases])
    return [shown_scores(points) for points, _ in together]


def _scored(view: View, scorer: Scorer, case: _Case) -> NDArray[np.float64]:
    basis, query = case.basis, case.basis.query
    scorer = Scorer(scorer.config, query.weights) if query.weights else scorer
    likes, unlikes = stored(view, query.like), stored(view, query.unlike)
    question = Question(query, likes, unlikes, basis.vector, basis.where, basis.start, scorer)
    return shown_scores(measured(view, scorer, question, case.came)[0])
