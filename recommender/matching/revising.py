"""Answers of which some matches are others now: those who were shown before keep what was said of them.

What is said of a match depends on the profile asked about and its own alone. So of a window whose scores are known, the
best are put in order, and only who was not shown before is explained.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np

from recommender.collection.protocol import View
from recommender.matching.answer import Answer, Match
from recommender.matching.explaining.reasons import Wording
from recommender.matching.matches import Placed, shown_matches
from recommender.matching.query_profile import stored
from recommender.matching.ranking import rank as ranking
from recommender.matching.ranking.cursor import HEAD
from recommender.matching.ranking.places import Ranked
from recommender.matching.ranking.points import in_order, measured_together, shown_scores
from recommender.matching.reuse import Answered, Basis
from recommender.matching.scoring import Scorer

#: Of matches as they are sent what is sent of each, and what that says.
_DECODER: Final = msgspec.json.Decoder(tuple[msgspec.Raw, ...])
_ONE: Final = msgspec.json.Decoder(Match)


def revised(view: View, scorer: Scorer, answers: Sequence[Answered]) -> list[Answered | None]:
    """Of each the answer of a view in which its basis holds but for who was shown; None where it rests on more."""
    cases = [_Case.of(view, one) for one in answers]
    explained = _explained(view, scorer, [one for one in cases if one and one.others])
    return [one and one.answer(view, next(explained) if one.others else {}) for one in cases]


class _Case(NamedTuple):
    """An answer, and who is to be shown instead: rows best first with their scores, and those not shown before."""

    answered: Answered
    basis: Basis
    shown: tuple[int, ...]
    scores: list[float]
    others: list[int]

    @classmethod
    def of(cls, view: View, answered: Answered) -> _Case | None:
        basis = answered.basis
        if basis is None or not _is_revisable(basis):
            return None
        window = ranking.window(basis.found)
        first = in_order(view, window, basis.scores)[: basis.query.k]
        shown = tuple(window[first].tolist())
        others = [row for row in shown if row not in basis.shown]
        return cls(answered, basis, shown, basis.scores[first].tolist(), others)

    def answer(self, view: View, others: Mapping[int, tuple[int, Match]]) -> Answered:
        """The answer, given the matches of those who were not shown before."""
        basis, shown = self.basis, self.shown
        matches = dict(zip(basis.shown, _matches(self.answered.answer), strict=True)) | {**others}
        goes_on = len(basis.found.rows) > len(shown) or view.count(basis.where) > len(shown)
        answer = msgspec.structs.replace(
            self.answered.answer,
            matches=tuple(_ranked(*matches[row], rank) for rank, row in enumerate(shown, 1)),
            next_cursor=basis.start.after(view.ids(shown)).text() if goes_on else None,
        )
        basis = replace(basis, shown=shown, last=self.scores[-1], goes_on=goes_on)
        return Answered(answer, basis).renewed(view, basis)


def _is_revisable(basis: Basis) -> bool:
    return basis.query.is_plain and basis.query.k <= min(HEAD, len(basis.scores))


def _matches(answer: Answer) -> Iterator[tuple[int, Match]]:
    """Those of an answer with their ranks; where they are kept as they are sent, each as it is sent."""
    matches: Any = answer.matches
    return enumerate(_DECODER.decode(matches) if isinstance(matches, msgspec.Raw) else matches, 1)


def _ranked(before: int, match: Match, rank: int) -> Match:
    """A match that had a rank, at another."""
    if before == rank:
        return match
    sent: object = match
    return msgspec.structs.replace(_ONE.decode(sent) if isinstance(sent, msgspec.Raw) else match, rank=rank)


def _explained(view: View, scorer: Scorer, cases: Sequence[_Case]) -> Iterator[dict[int, tuple[int, Match]]]:
    """Of each the matches of those who were not shown before, by row, with the ranks that they have by themselves."""
    if not cases:
        return
    own = [stored(view, one.basis.query.like) for one in cases]
    rows = [np.array(one.others, np.int64) for one in cases]
    measures = measured_together(view, scorer, [profiles[0].features for profiles in own], rows)
    pages = []
    for one, profiles, (points, cosines) in zip(cases, own, measures, strict=True):
        places = [
            Ranked(*place) for place in zip(one.others, points, cosines, shown_scores(points).tolist(), strict=True)
        ]
        wording = Wording(one.basis.more.spelling, one.basis.vocabulary)
        pages.append(Placed(scorer, profiles, wording, places, 0, ()))
    for one, matches in zip(cases, shown_matches(view, pages), strict=True):
        yield {row: (match.rank, match) for row, match in zip(one.others, matches, strict=True)}
