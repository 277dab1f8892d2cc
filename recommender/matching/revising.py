"""Answers of which some matches are others now: those who were shown before keep what was said of them.

What is said of a match depends on the profile asked about and its own alone. So of a window whose scores are known, the
best are put in order, and only who was not shown before is explained.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

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


def revised(view: View, scorer: Scorer, answered: Answered) -> Answered | None:
    """The answer of a view in which its basis holds but for who was shown; None where it rests on more than that."""
    basis = answered.basis
    if basis is None or not _is_revisable(basis):
        return None
    window = ranking.window(basis.found)
    first = in_order(view, window, basis.scores)[: basis.query.k]
    rows, scores = window[first], basis.scores[first]
    shown = tuple(rows.tolist())
    before = dict(zip(basis.shown, enumerate(_matches(answered.answer), 1), strict=True))
    others = _explained(view, scorer, basis, [row for row in shown if row not in before])
    goes_on = len(basis.found.rows) > len(rows) or view.count(basis.where) > len(rows)
    answer = msgspec.structs.replace(
        answered.answer,
        matches=tuple(_ranked(*(before | others)[row], rank) for rank, row in enumerate(shown, 1)),
        next_cursor=basis.start.after(view.ids(rows)).text() if goes_on else None,
    )
    basis = replace(basis, shown=shown, last=float(scores[-1]), goes_on=goes_on)
    return Answered(answer, basis).renewed(view, basis)


def _is_revisable(basis: Basis) -> bool:
    return basis.query.is_plain and basis.query.k <= min(HEAD, len(basis.scores))


def _matches(answer: Answer) -> Any:
    """Those of an answer; where they are kept as they are sent, each as it is sent."""
    matches: Any = answer.matches
    return _DECODER.decode(matches) if isinstance(matches, msgspec.Raw) else matches


def _ranked(before: int, match: Match, rank: int) -> Match:
    """A match that had a rank, at another."""
    if before == rank:
        return match
    sent: object = match
    return msgspec.structs.replace(_ONE.decode(sent) if isinstance(sent, msgspec.Raw) else match, rank=rank)


def _explained(view: View, scorer: Scorer, basis: Basis, shown: list[int]) -> dict[int, tuple[int, Match]]:
    """The matches of rows who were not shown before, by row, with the ranks that they have by themselves."""
    if not shown:
        return {}
    own, rows = stored(view, basis.query.like), np.array(shown, np.int64)
    ((points, cosines),) = measured_together(view, scorer, [own[0].features], [rows])
    places = [Ranked(*one) for one in zip(shown, points, cosines, shown_scores(points).tolist(), strict=True)]
    placed = Placed(scorer, own, Wording(basis.more.spelling, basis.vocabulary), places, 0, ())
    (matches,) = shown_matches(view, [placed])
    return {row: (match.rank, match) for row, match in zip(shown, matches, strict=True)}
