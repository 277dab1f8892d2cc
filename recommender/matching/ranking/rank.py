"""From a question to the order of everybody who qualifies.

The first `HEAD` places go to the best, by score, of the `WINDOW` nearest by retrieval score (of the `BLOCK` nearest
where duplicates are folded or the answer is to be diverse). Everybody else follows
by score too: first the rest of the `BLOCK` nearest, then block after block of those further away. Neither the order nor
a score depends on how many are asked for at once, and beyond the window a score is the score.

Retrieval stands in for the score so well that of the first fifty hardly anybody is missed; where somebody is, they
stand below the fiftieth with the higher score that they have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection.filter import Filter
from recommender.collection.protocol import Candidates, View
from recommender.matching.ranking.cursor import HEAD, Block, Cursor, digest
from recommender.matching.ranking.diversity import deduplicated, diversified, redundancy_losses
from recommender.matching.ranking.places import Ranked, Scored
from recommender.matching.ranking.points import (
    DIVERSITY,
    Question,
    in_order,
    is_about_one,
    measured,
    measured_together,
    shown_scores,
)
from recommender.matching.scoring import Scorer

#: Candidates that are reranked for the first places: on real résumés they hold .997 of the ten best of everybody.
WINDOW = 160
#: Of those beyond it, how many are looked at for the last who is as near as its last; then so many times as many.
TIED, _WIDER = 64, 4
#: Questions from which on one product of all their vectors costs less than theirs one by one, in whole numbers.
WORTH_EXPECTING = 48
#: Conditions of a request for each of which its own nearest are looked for.
MOST_MUSTS = 12
#: The nearest, the first places among them, that are put in order as one; each block after is larger, to a limit.
BLOCK, LARGEST_BLOCK = 4_000, 64_000


class Ranking(NamedTuple):
    """Places of one page.

    Attributes:
        cursor: of the page after; None where nobody is left.
        found: the one search that the places rest on, where they rest on one, and on nobody else in the pool.
        scores: of that search's window, in its order.
    """

    places: list[Ranked]
    cursor: Cursor | None = None
    found: Candidates | None = None
    scores: NDArray[np.float64] | None = None


class Head(NamedTuple):
    """The window of a question, found and measured beforehand: its search, and points and cosines of its rows."""

    found: Candidates
    points: NDArray[np.float64]
    cosines: NDArray[np.float32]


def heads(view: View, scorer: Scorer, questions: Sequence[Question]) -> list[Head | None]:
    """The windows of several questions, found and measured together; None where a question needs a way of its own."""
    those = [at for at, question in enumerate(questions) if _has_a_usual_head(question)]
    if len(questions) >= WORTH_EXPECTING:
        view.expect(np.array([question.vector for question in questions]))
    found = {at: nearest(view, questions[at].vector, questions[at].where) for at in those}
    usual = [at for at in those if len(found[at].rows) and has_an_end(found[at])]
    windows: list[Head | None] = [None] * len(questions)
    if usual:
        rows = [window(found[at]) for at in usual]
        own = [questions[at].query_profiles[0].features for at in usual]
        for at, measures in zip(usual, measured_together(view, scorer, own, rows), strict=True):
            windows[at] = Head(found[at], *measures)
    return windows


def _has_a_usual_head(question: Question) -> bool:
    query = question.query
    is_plain = not (query.fold_duplicates or query.diversity or query.weights)
    return is_plain and is_about_one(question) and question.cursor.block is None and len(question.cursor.shown) == 0


def rank(view: View, scorer: Scorer, question: Question, head: Head | None = None) -> Ranking:
    """The next `k` places; `head` is what `heads` found of them."""
    walk = _Walk(view, scorer, question, head)
    places = walk.places()
    page = list(islice(places, question.query.k))
    if not page:
        return Ranking([])
    found = walk.found if all(place.bounds is None for place in page) else None
    cursor = _moved(view, question.cursor, page)
    if walk.is_cheaply_known_to_go_on(cursor) or next(places, None) is not None:
        return Ranking(page, cursor, found, walk.scores)
    return Ranking(page, None, found, walk.scores)


def best(view: View, scorer: Scorer, question: Question, head: Head | None) -> tuple[list[str], list[float]]:
    """Ids and scores of the places that `rank` gives, of a question without a cursor."""
    k = question.query.k
    if head is None or k > min(HEAD, len(head.found.rows), WINDOW):
        places = rank(view, scorer, question, head).places
        return view.ids([place.row for place in places]), [place.score for place in places]
    rows, scores = window(head.found), shown_scores(head.points)
    order = in_order(view, rows, scores)[:k]
    return view.ids(rows[order]), scores[order].tolist()


def _moved(view: View, cursor: Cursor, page: list[Ranked]) -> Cursor:
    """The cursor after these places."""
    first = [place.row for place in page if place.bounds is None]
    last, block = page[-1], None
    if last.bounds is not None:
        block = Block(*last.bounds, last.score, digest(view.ids([last.row])[0]))
    return msgspec.structs.replace(cursor.after(view.ids(first)), rank=cursor.rank + len(page), block=block)


def nearest(view: View, vector: NDArray[np.float32], where: Filter) -> Candidates:
    """The window, and the one who comes after it; where they are as near as each other, `TIED` more."""
    found = view.search(vector, WINDOW + 1, where)
    return found if has_an_end(found) else view.search(vector, WINDOW + 1 + TIED, where)


def has_an_end(found: Candidates) -> bool:
    """Whether somebody less near than the window's last is known, or nobody is left: then all of the window are."""
    return len(found.rows) <= WINDOW or bool(found.scores[-1] < found.scores[WINDOW - 1])


def is_of_the_usual_depth(found: Candidates) -> bool:
    """Whether `nearest` would have looked no deeper and no less deep for this window."""
    tied = len(found.rows) > WINDOW and found.scores[WINDOW] == found.scores[WINDOW - 1]
    return bool(tied) == (len(found.rows) > WINDOW + 1)


def is_of_the_usual_size(found: Candidates) -> bool:
    """Whether the window is no more than that many."""
    return len(window(found)) <= WINDOW


def window(found: Candidates) -> NDArray[np.int64]:
    """The `WINDOW` nearest, and all who are as near as the last of them, where the window has an end."""
    if len(found.rows) <= WINDOW + 1:
        return found.rows[:WINDOW]
    return found.rows[: _from(found.scores, float(found.scores[WINDOW - 1]))]


class _Walk:
    """The order of one question, from its cursor on."""

    def __init__(self, view: View, scorer: Scorer, question: Question, head: Head | None = None) -> None:
        self._view, self._scorer, self._question, self._ahead = view, scorer, question, head
        self._query = question.query
        self.found: Candidates | None = None
        self.scores: NDArray[np.float64] | None = None
        self._shown = set(question.cursor.was_shown())

    def places(self) -> Iterator[Ranked]:
        """Every place that is left, worked out as it is reached."""
        if self._question.cursor.block is None:
            first: list[int] = []
            for place in self._head():
                first.append(place.row)
                yield place
            self._shown.update(map(digest, self._view.ids(first)))  # few go on to those who come after them
        yield from self._blocks()

    def is_cheaply_known_to_go_on(self, cursor: Cursor) -> bool:
        """Whether, by their mere number, somebody must be left after this cursor."""
        if cursor.block is not None or self._query.min_score is not None or self._query.fold_duplicates:
            return False
        return self._view.count(self._question.where) > cursor.rank

    def _head(self) -> Iterator[Ranked]:
        """Those of the first places that were not shown yet."""
        room = HEAD - len(self._shown)
        if room <= 0:
            return
        scored = self._foreseen(self._ahead) if self._ahead else self._scored(self._nearest())
        self.scores = scored.scores
        order, shown = scored.order, []
        if self._shown:
            shown = [at for at in order if self._was_shown(scored, at)]
            order = [at for at in order if at not in shown]
        if self._query.diversity:
            facts, whole = self._view.facts(scored.rows), scored.points.sum(axis=1)
            order, lost = diversified(order, whole, facts, shown, self._query.diversity, room)
            scored.points[:, DIVERSITY] = lost
            scored.scores = shown_scores(scored.points)
        good = (at for at in order if self._is_good_enough(scored, at))
        yield from (scored.place(at, None) for at in islice(good, room))

    def _foreseen(self, head: Head) -> Scored:
        """The window as it was measured beforehand."""
        self.found = head.found if self._query.min_score is None else None
        rows, scores = window(head.found), shown_scores(head.points)
        return Scored(rows, head.points, head.cosines, scores, in_order(self._view, rows, scores))

    def _nearest(self) -> NDArray[np.int64]:
        """Rows that the first places are chosen among: the window, and all that tie with its last."""
        if self._query.fold_duplicates or self._query.diversity:  # the like of one another would fill a window
            everyone = self._everyone()
            return everyone.rows[: _end(everyone.scores, 0)]
        found = nearest(self._view, self._question.vector, self._question.where)
        if has_an_end(found):
            self.found = found if self._query.min_score is None else None
            return self._with_those_who_meet(window(found))
        return self._with_those_who_meet(self._tied(found))

    def _tied(self, found: Candidates) -> NDArray[np.int64]:
        """The window and all that tie with its last: as many as it takes for somebody to be farther are looked for."""
        last, many = float(found.scores[-1]), len(found.rows)
        while len(found.rows) == many and found.scores[-1] >= last:
            many *= _WIDER
            found = self._view.search(self._question.vector, many, self._question.where)
        return found.rows[: _from(found.scores, last)]

    def _with_those_who_meet(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows, and of what is asked in words the nearest who meet all that must be, and each of it alone."""
        asked = self._question.asked
        musts = [one.where for one in asked.conditions if one.condition.stance == "must"] if asked else []
        wanted = [tuple(musts), *((one,) for one in musts[:MOST_MUSTS])] if musts else []
        among = [Filter(all_of=(self._question.where, *those)) for those in wanted]
        found = [self._view.search(self._question.vector, WINDOW, where).rows for where in among]
        return np.unique(np.concatenate([rows, *found])) if found else rows

    def _blocks(self) -> Iterator[Ranked]:
        """Everybody but the first places."""
        everyone, after = self._everyone(), self._question.cursor.block
        scores, ceiling = everyone.scores, after.ceiling if after else None
        start = 0 if ceiling is None else _from(scores, ceiling)
        while start < len(scores):
            if after:
                floor = after.floor
                stop = len(scores) if floor is None else _from(scores, floor)
            else:
                stop = _end(scores, start)
                floor = float(scores[stop - 1]) if stop < len(scores) else None
            yield from self._block(everyone, slice(start, stop), (floor, ceiling), after)
            start, ceiling, after = stop, floor, None

    def _block(
        self, everyone: Candidates, part: slice, bounds: tuple[float | None, float | None], after: Block | None
    ) -> Iterator[Ranked]:
        """The places of a block that follow `after`."""
        scored = self._scored(everyone.rows[part], self._losses_beyond(everyone))
        for at in scored.order:
            score = float(scored.scores[at])
            if not self._is_good_enough(scored, at):
                return
            if after and (score > after.score or (score == after.score and self._is_before(scored, at, after))):
                continue
            if not self._was_shown(scored, at):
                yield scored.place(at, bounds)

    def _losses_beyond(self, everyone: Candidates) -> Callable[[NDArray[np.int64]], NDArray[np.float64]] | None:
        """What rows lose, as a share of their points, for their similarity to the first places; None where nothing."""
        if not self._query.diversity:
            return None
        near = everyone.rows[: _end(everyone.scores, 0)]
        first = [row for row, name in zip(near, self._view.ids(near), strict=True) if digest(name) in self._shown]
        chosen = self._view.facts(first)
        return lambda rows: redundancy_losses(self._view.facts(rows), chosen, self._query.diversity)

    def _scored(
        self, rows: NDArray[np.int64], losses: Callable[[NDArray[np.int64]], NDArray[np.float64]] | None = None
    ) -> Scored:
        points, cosines = measured(self._view, self._scorer, self._question, rows)
        if losses is not None:
            points[:, DIVERSITY] = losses(rows) * points.sum(axis=1)
        scores = shown_scores(points)
        scored = Scored(rows, points, cosines, scores, in_order(self._view, rows, scores))
        if self._query.fold_duplicates:
            scored.twins = deduplicated(scored.order, self._view.names(rows), lambda at: self._view.vectors(rows[at]))
            scored.order = list(scored.twins)
        return scored

    def _everyone(self) -> Candidates:
        """All who qualify, by retrieval score."""
        count = self._view.count(self._question.where)
        return self._view.search(self._question.vector, max(count, 1), self._question.where, exact=True)

    def _is_good_enough(self, scored: Scored, at: int) -> bool:
        return self._query.min_score is None or bool(scored.scores[at] >= self._query.min_score)

    def _was_shown(self, scored: Scored, at: int) -> bool:
        return bool(self._shown) and any(self._digest(row) in self._shown for row in scored.members(at))

    def _is_before(self, scored: Scored, at: int, after: Block) -> bool:
        return self._digest(int(scored.rows[at])) <= after.tie

    def _digest(self, row: int) -> bytes:
        return digest(self._view.ids([row])[0])


def _end(scores: NDArray[np.float32], start: int) -> int:
    """Where a block that begins at `start` ends; whoever ties with its last belongs to it."""
    end = start + min(max(BLOCK, 3 * start), LARGEST_BLOCK)
    return len(scores) if end >= len(scores) else _from(scores, float(scores[end - 1]))


def _from(scores: NDArray[np.float32], lowest: float) -> int:
    """How many of these descending scores are at least this one."""
    return int(np.searchsorted(-scores, np.float32(-lowest), side="right"))
