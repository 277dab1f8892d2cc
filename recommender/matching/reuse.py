"""Whether an answer is still the one that a fresh question would get, without asking it again.

Of a question by stored profiles, an answer's matches rest on those profiles, on who is nearest to them
(`View.finds_again`) and on nothing else in the pool: every number that scores are made of is frozen, or lies with a
row. What else it tells of the pool (the headline, whether there is a next page, what of the filter nobody has) is
counted anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, NamedTuple, Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection import resolve
from recommender.collection.filter import EVERYONE, Filter
from recommender.collection.protocol import Candidates, View
from recommender.errors import ProfileNotFound
from recommender.matching.answer import Answer
from recommender.matching.headline import More
from recommender.matching.query import Query
from recommender.matching.ranking import rank as ranking
from recommender.matching.ranking.cursor import Cursor
from recommender.matching.ranking.points import Question
from recommender.matching.ranking.rank import Ranking
from recommender.skills import Vocabulary

#: Newcomers to a window that are scored to see whether they change an answer; with more it is worked out anew.
MOST_CAME = 40

NOBODY: Final = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer rests on, beside what never changes.

    Attributes:
        query: the question.
        fingerprint: of the pool.
        people: rows of the profiles that are named in it.
        vector, where, found: the search that its matches come from.
        numbering: of the rows.
        scores: of the window of that search, in its order.
        shown, last: rows that were shown, best first, and the lowest score among them.
        start: the cursor before them.
        goes_on: whether there is a next page.
        since: the latest generation that is known to find the same, as `View.finds_again` takes it; None for that in
            which it was found.
    """

    query: Query
    vocabulary: Vocabulary
    fingerprint: str | None
    people: tuple[int, ...]
    vector: NDArray[np.float32]
    where: Filter
    found: Candidates
    numbering: object
    scores: NDArray[np.float64]
    shown: tuple[int, ...]
    last: float
    start: Cursor
    goes_on: bool
    more: More
    since: object = None

    @classmethod
    def of(
        cls, view: View, query: Query, question: Question, places: Ranking, more: More, vocabulary: Vocabulary
    ) -> Self | None:
        """That of an answer given by this view; None where it is good for this view alone."""
        by_names_alone = query.profile is None and query.text is None and query.request is None and not query.cursor
        if places.found is None or places.scores is None or not by_names_alone:
            return None
        return cls(
            query,
            vocabulary,
            view.fingerprint,
            tuple(map(view.row, (*query.like, *query.unlike))),
            question.vector,
            question.where,
            places.found,
            view.numbering,
            places.scores,
            tuple(place.row for place in places.places),
            places.places[-1].score,
            question.cursor,
            places.cursor is not None,
            more,
        )

    @property
    def is_about_one(self) -> bool:
        """Whether the question is about one profile and weighs nothing its own way."""
        query = self.query
        return len(query.like) == 1 and not query.unlike and not query.weights

    def is_of_the_same(self, view: View) -> bool:
        """Whether the profiles that are asked about are there as they were, under the same rows."""
        try:
            people = tuple(map(view.row, (*self.query.like, *self.query.unlike)))
        except ProfileNotFound:
            return False
        return (people, view.numbering, view.fingerprint) == (self.people, self.numbering, self.fingerprint)

    def on(self, view: View) -> Self | None:
        """This basis, where there is a next page as there was one."""
        known = len(self.found.rows)  # who were found qualify: most often there is nobody to count
        goes_on = known > len(self.shown) or view.count(self.where) > len(self.shown)
        return self if goes_on == self.goes_on else None

    def came(self, found: Candidates) -> NDArray[np.int64] | None:
        """Of those who are in the window now, whoever was not; None where they are too many to tell for less."""
        if found.rows is self.found.rows:
            return NOBODY  # the search is what it was
        window, before = (set(ranking.window(one).tolist()) for one in (found, self.found))
        came = sorted(window - before)
        return np.array(came, np.int64) if len(came) <= MOST_CAME else None

    def within(self, found: Candidates, came: NDArray[np.int64], scores: NDArray[np.float64]) -> Self:
        """This basis with what is found now, given the scores of those who came."""
        if found.rows is self.found.rows:
            return replace(self, found=found, since=None)
        known = np.concatenate([ranking.window(self.found), came])
        order = known.argsort()
        places = order[known[order].searchsorted(ranking.window(found))]
        return replace(self, found=found, since=None, scores=np.concatenate([self.scores, scores])[places])


class Answered(NamedTuple):
    """An answer, and what it rests on; None where it holds for its own generation alone."""

    answer: Answer
    basis: Basis | None

    def renewed(self, view: View, basis: Basis) -> Answered:
        """The answer with what it tells of the pool as it is now."""
        missed = self.answer.unmatched
        if basis.query.where != EVERYONE:
            resolved = resolve(view, basis.query.where, basis.vocabulary)
            missed = resolved.unmatched
        renewed = msgspec.structs.replace(
            self.answer, headline=basis.more.headline(view), generation=view.generation, unmatched=missed
        )
        return Answered(renewed, basis)
