"""The points of many candidates, their scores, and the order that these give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from recommender.collection.filter import Filter
from recommender.collection.protocol import View
from recommender.encoding.features import Features
from recommender.matching.asked.asked import Asked
from recommender.matching.compared.pairs import Pairs
from recommender.matching.query import Query
from recommender.matching.query_profile import QueryProfile
from recommender.matching.ranking.cursor import Cursor, digest
from recommender.matching.scoring import Scorer
from recommender.matching.signals import measure, measure_pairs

#: Points that are no signal's: what counter-examples cost, and what similarity to matches above costs.
ADJUSTMENTS = ("unlike", "diversity")
UNLIKE, DIVERSITY = -2, -1

#: What a candidate loses for being a counter-example's twin.
UNLIKE_COSTS = 0.5

#: Candidates whose columns are held at a time, of one question and of several.
_AT_ONCE, _CACHED = 4_096, 1_024


@dataclass(frozen=True, slots=True)
class Question:
    """A query as asked of one view.

    Attributes:
        by_example: scores a pair of profiles, whatever is asked in words: so counter-examples are measured.
    """

    query: Query
    query_profiles: Sequence[QueryProfile]
    unliked: Sequence[QueryProfile]
    vector: NDArray[np.float32]
    where: Filter
    cursor: Cursor
    by_example: Scorer
    asked: Asked | None = None


def measured(
    view: View, scorer: Scorer, question: Question, rows: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    """Of each row its points, a column a signal and one for each of `ADJUSTMENTS`, and its cosines.

    The cosines are those of its words and skills with the first query profile's, shape (len(rows), 2), 0 for unknown.
    """
    points = np.zeros((len(rows), len(scorer.config.signals) + len(ADJUSTMENTS)))
    cosines = np.zeros((len(rows), 2), np.float32)
    for start in range(0, len(rows), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        _measure(view, scorer, question, rows[part], points[part], cosines[part])
    return points, cosines


def measured_together(
    view: View, scorer: Scorer, own: Sequence[Features], rows: Sequence[NDArray[np.int64]]
) -> list[tuple[NDArray[np.float64], NDArray[np.float32]]]:
    """The same of several questions about one profile each, and nothing else (`is_about_one`).

    Args:
        own: of each question the features of its profile.
        rows: of each question rows of its own.
    """
    measures = []
    for first, last in _in_cache(list(map(len, rows))):
        starts = np.cumsum([0, *map(len, rows[first:last])])
        raw = measure_pairs(Pairs(own[first:last], view.features(np.concatenate(rows[first:last])), starts))
        points = np.zeros((starts[-1], len(scorer.config.signals) + len(ADJUSTMENTS)))
        points[:, : -len(ADJUSTMENTS)] = scorer.weighed(raw)
        cosines = _cosines(raw)
        measures += [(points[start:end], cosines[start:end]) for start, end in pairwise(starts.tolist())]
    return measures


def _in_cache(counts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of questions with so many rows each, from and to: what is read of a run stays in the processor's cache."""
    first, held = 0, 0
    for at, count in enumerate(counts):
        if held and held + count > _CACHED:
            yield first, at
            first, held = at, 0
        held += count
    if counts:
        yield first, len(counts)


def is_about_one(question: Question) -> bool:
    """Whether a question is about one profile alone, so that those like it can be measured together."""
    return len(question.query_profiles) == 1 and question.asked is None and not question.unliked


def _measure(
    view: View,
    scorer: Scorer,
    question: Question,
    rows: NDArray[np.int64],
    points: NDArray[np.float64],
    cosines: NDArray[np.float32],
) -> None:
    pool = view.features(rows)
    raw = [measure(query_profile.features, pool) for query_profile in question.query_profiles]
    if question.asked is not None:
        raw = [one | question.asked.measure(pool, rows) for one in raw]
    signals = points[:, : -len(ADJUSTMENTS)]
    signals[:] = sum(map(scorer.weighed, raw)) / len(raw)
    if question.unliked:
        alike = scorer if question.asked is None else question.by_example
        worst = np.max([alike.points(unliked.features, pool).sum(axis=1) for unliked in question.unliked], axis=0)
        points[:, UNLIKE] = -UNLIKE_COSTS * signals.sum(axis=1) * worst / 100
    cosines[:] = _cosines(raw[0])


def _cosines(raw: Mapping[str, NDArray[np.float32]]) -> NDArray[np.float32]:
    cosines = np.array([raw["words"], raw["skills"]], np.float32).T
    cosines[np.isnan(cosines)] = 0
    return cosines


def shown_scores(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each row of points the score, rounded to the four decimals that are shown and sorted by."""
    scores: NDArray[np.float64] = points.sum(axis=1).round(4)
    return scores


def in_order(view: View, rows: NDArray[np.int64], scores: NDArray[np.float64]) -> list[int]:
    """Positions of these rows, best first, ties by the digest of the id; ids are read of those that tie alone."""
    order = np.argsort(-scores, kind="stable")
    descending = scores[order]
    same = np.flatnonzero(descending[1:] == descending[:-1])
    if len(same):
        tied = np.unique(np.concatenate([order[same], order[same + 1]]))
        ties = np.zeros(len(rows), np.int64)
        ties[tied] = [int.from_bytes(digest(profile_id), "big") for profile_id in view.ids(rows[tied])]
        order = np.lexsort((ties, -scores))
    positions: list[int] = order.tolist()
    return positions
