"""`Neighbourhood`: what an answer about one stored profile rests on, by which it shows whether changes touch it."""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from recommender.collection.protocol import Candidates, View
from recommender.matching.ranking.points import Question, in_order, shown_scores
from recommender.matching.ranking.rank import Head, window


class Neighbourhood(NamedTuple):
    """The nearest of one question, and their order in its answer.

    Attributes:
        row: of the profile that is asked about.
        vector: by which it is searched for.
        found: the nearest by retrieval score, of whom the first `WINDOW` are ranked.
        ranked, scores: the rows that are ranked, best first, and their scores.
    """

    row: int
    vector: NDArray[np.float32]
    found: Candidates
    ranked: NDArray[np.int64]
    scores: NDArray[np.float64]

    @classmethod
    def of(cls, view: View, question: Question, head: Head) -> Self:
        """That of a question whose window was found and measured."""
        rows, scores = window(head.found), shown_scores(head.points)
        order = in_order(view, rows, scores)
        row = view.row(question.query_profiles[0].ids[0])
        return cls(row, question.vector, head.found, rows[order], scores[order])
