"""From a question to an order: the rerank window first, then the tail in retrieval order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection.filter import Filter
from recommender.collection.protocol import View
from recommender.matching.cursor import Cursor, digest
from recommender.matching.query import Query
from recommender.matching.scoring import Scorer
from recommender.matching.signals import measure
from recommender.matching.spread import diversified, folded
from recommender.matching.subject import Subject

#: Candidates that are reranked: on real résumés they hold .997 of the ten that the score of everybody puts first.
WINDOW = 160

#: Candidates asked for beyond the window on later pages: what may have been written since the first.
SLACK = 100

#: Points that are no signal's: what counter-examples cost, what likeness to matches above costs, and what
#: keeps the tail of the ranking, which is in retrieval order, below the window.
ADJUSTMENTS = ("unlike", "diversity", "tail")

#: What a candidate loses for being a counter-example's twin.
UNLIKE_COSTS = 0.5


@dataclass(frozen=True, slots=True)
class Question:
    """A query as asked of one view."""

    query: Query
    subjects: Sequence[Subject]
    unliked: Sequence[Subject]
    vector: NDArray[np.float32]
    where: Filter
    cursor: Cursor


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place.

    Attributes:
        points: of the signals, then of `ADJUSTMENTS`; they add up to the score.
        cosines: of its words and of its skills with the first subject's, 0 for unknown.
        folded: rows that share the place.
    """

    row: int
    points: NDArray[np.float64]
    cosines: NDArray[np.float32]
    score: float
    folded: tuple[int, ...] = ()


def rank(view: View, scorer: Scorer, question: Question) -> tuple[list[Ranked], Cursor | None]:
    """The next `k` places, and the cursor of the page after; None where nobody is left."""
    k = question.query.k
    inside, cursor = _window(view, question)
    places = [] if cursor.tail else _reranked(view, scorer, question, inside)
    page, left = places[:k], len(places) > k
    cursor = _after(view, cursor, page)
    if len(page) < k and cursor.floor is not None:
        tail, cursor, left = _tail(view, scorer, question, cursor, k - len(page))
        page += tail
    elif not left and cursor.floor is not None:
        left = bool(_beyond(view, question, cursor, 1))
    return page, cursor if page and left else None


def _window(view: View, question: Question) -> tuple[NDArray[np.int64], Cursor]:
    """Rows of the rerank window, and the cursor with the window's floor; the first page sets it."""
    cursor = question.cursor
    size = max(WINDOW, question.query.k) if not cursor.rank else max(WINDOW, len(cursor.was_shown())) + SLACK
    rows, levels = _found(view, question, size)
    if not cursor.rank:
        cursor = msgspec.structs.replace(cursor, floor=_floor(levels) if len(levels) == size else None)
    return rows if cursor.floor is None else rows[levels >= cursor.floor], cursor


def _floor(levels: NDArray[np.int64]) -> int:
    """Just above the last level, for others of that level may lie beyond; that level itself where most share it."""
    last = int(levels[-1])
    return last + 1 if 2 * np.count_nonzero(levels > last) >= len(levels) else last


def _found(view: View, question: Question, k: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows by retrieval score, and the scores in hundred-thousandths: finer ones differ between kinds of search."""
    found = view.search(question.vector, k, question.where)
    return found.rows, np.rint(found.scores.astype(np.float64) * 1e5).astype(np.int64)


def _reranked(view: View, scorer: Scorer, question: Question, rows: NDArray[np.int64]) -> list[Ranked]:
    """The best of the window who were not shown yet, best first: one more than asked for, where so many are left."""
    query = question.query
    points, cosines = _points(view, scorer, question, rows)
    scores = shown_scores(points)
    shown, order = _parted(view, rows, _in_order(view, rows, scores), question.cursor)
    twins = folded([*shown, *order], view.vectors(rows)) if query.fold_duplicates else {}
    if twins:
        order = [position for position in order if position in twins]
    if query.diversity:
        order, lost = diversified(order, points.sum(axis=1), view.facts(rows), shown, query.diversity)
        points[:, -2] = lost
        scores = shown_scores(points)
    best = (at for at in order if query.min_score is None or scores[at] >= query.min_score)
    return [
        Ranked(
            int(rows[at]),
            points[at],
            cosines[at],
            float(scores[at]),
            tuple(int(rows[twin]) for twin in twins.get(at, ())),
        )
        for at in islice(best, query.k + 1)
    ]


def _in_order(view: View, rows: NDArray[np.int64], scores: NDArray[np.float64]) -> list[int]:
    """Positions of these rows, best first, ties by the digest of the id; ids are read of those that tie alone."""
    order = np.argsort(-scores, kind="stable")
    descending = scores[order]
    same = np.flatnonzero(descending[1:] == descending[:-1])
    if len(same):
        tied = np.concatenate([order[same], order[same + 1]])
        ties = np.zeros(len(rows), np.int64)
        ties[tied] = [int.from_bytes(digest(profile_id), "big") for profile_id in view.ids(rows[tied])]
        order = np.lexsort((ties, -scores))
    in_order: list[int] = order.tolist()
    return in_order


def _parted(view: View, rows: NDArray[np.int64], order: list[int], cursor: Cursor) -> tuple[list[int], list[int]]:
    """Of positions in order those shown on earlier pages, and the rest."""
    was_shown = cursor.was_shown()
    if not was_shown:
        return [], order
    before = {at for at, name in enumerate(view.ids(rows)) if digest(name) in was_shown}
    return [p for p in order if p in before], [p for p in order if p not in before]


def shown_scores(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each row of points the score, rounded to the four decimals that are shown and sorted by."""
    scores: NDArray[np.float64] = points.sum(axis=1).round(4)
    return scores


def _points(
    view: View, scorer: Scorer, question: Question, rows: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    """Of each row its points, a column a signal and one for each of `ADJUSTMENTS`, and its cosines (`Ranked`)."""
    points = np.zeros((len(rows), len(scorer.statistics.signals) + len(ADJUSTMENTS)))
    if not len(rows):  # a pool nobody is in yet does not know how wide its columns are
        return points, np.zeros((0, 2), np.float32)
    pool = view.features(rows)
    raw = [measure(subject.features, pool) for subject in question.subjects]
    signals = points[:, : -len(ADJUSTMENTS)]
    signals[:] = sum(map(scorer.weighed, raw)) / len(raw)
    if question.unliked:
        worst = np.max([scorer.points(unliked.features, pool).sum(axis=1) for unliked in question.unliked], axis=0)
        points[:, len(signals[0])] = -UNLIKE_COSTS * signals.sum(axis=1) * worst / 100
    cosines = np.array([raw[0]["words"], raw[0]["skills"]]).T
    cosines[np.isnan(cosines)] = 0
    return points, cosines


def _after(view: View, cursor: Cursor, page: Sequence[Ranked]) -> Cursor:
    """The cursor moved past these places of the window, and those folded into them."""
    if not page:
        return cursor
    ids = view.ids([row for place in page for row in (place.row, *place.folded)])
    return msgspec.structs.replace(
        cursor,
        rank=cursor.rank + len(page),
        score=page[-1].score,
        shown=cursor.shown + b"".join(digest(profile_id) for profile_id in ids),
    )


def _tail(view: View, scorer: Scorer, question: Question, cursor: Cursor, k: int) -> tuple[list[Ranked], Cursor, bool]:
    """Up to k places in retrieval order, none shown above the one before; the cursor; whether more are left."""
    beyond = _beyond(view, question, cursor, k + 1)
    rows = np.array([row for _, _, row in beyond[:k]], np.int64)
    points, cosines = _points(view, scorer, question, rows)
    own = shown_scores(points)
    points[:, -1] = np.minimum(0.0, np.minimum.accumulate(np.minimum(own, cursor.score)) - own)
    scores = shown_scores(points).tolist()
    places = [Ranked(*place) for place in zip(rows.tolist(), points, cosines, scores, strict=True)]
    lowest = question.query.min_score
    kept = [place for place in places if lowest is None or place.score >= lowest]
    if not kept:
        return [], cursor, False
    level, tie, _ = beyond[len(kept) - 1]
    cursor = msgspec.structs.replace(cursor, rank=cursor.rank + len(kept), score=kept[-1].score, tail=(level, tie))
    return kept, cursor, len(beyond) > k and len(kept) == k


def _beyond(view: View, question: Question, cursor: Cursor, k: int) -> list[tuple[int, bytes, int]]:
    """The next k of the tail: level, digest of the id, row."""
    assert cursor.floor is not None, "a window that holds everyone has no tail"
    rows, levels = _found(view, question, max(WINDOW, cursor.rank) + k + SLACK)
    rows, levels = rows[levels < cursor.floor], levels[levels < cursor.floor]
    ties = [digest(profile_id) for profile_id in view.ids(rows)]
    was_shown, last = cursor.was_shown(), cursor.tail
    after = [
        (int(level), tie, int(row))
        for level, tie, row in zip(levels, ties, rows, strict=True)
        if tie not in was_shown and (last is None or (-int(level), tie) > (-last[0], last[1]))
    ]
    return sorted(after, key=lambda found: (-found[0], found[1]))[:k]
