"""Whether an answer is still the one that a fresh question would get, without asking it again.

Of a question by stored profiles, an answer's matches rest on those profiles, on who is nearest to them
(`View.finds_again`) and on nothing else in the pool: every number that scores are made of is frozen, or lies with a
row. What else it tells of the pool (the headline, whether there is a next page, what of the filter nobody has) is
counted anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple, Self

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
from recommender.matching.ranking.points import Question
from recommender.matching.ranking.rank import Ranking
from recommender.skills import Vocabulary


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer rests on, beside what never changes.

    Attributes:
        query: the question.
        fingerprint: of the pool.
        people: rows of the profiles that are named in it.
        vector, where, found: the search that its matches come from.
        shown: how many were shown; more than these, and there is a next page.
    """

    query: Query
    vocabulary: Vocabulary
    fingerprint: str | None
    people: tuple[int, ...]
    vector: NDArray[np.float32]
    where: Filter
    found: Candidates
    shown: int
    goes_on: bool
    more: More

    @classmethod
    def of(
        cls, view: View, query: Query, question: Question, ranking: Ranking, more: More, vocabulary: Vocabulary
    ) -> Self | None:
        """That of an answer given by this view; None where it is good for this view alone."""
        by_names_alone = query.profile is None and query.text is None and query.request is None and not query.cursor
        if ranking.found is None or not by_names_alone:
            return None
        return cls(
            query,
            vocabulary,
            view.fingerprint,
            tuple(map(view.row, (*query.like, *query.unlike))),
            question.vector,
            question.where,
            ranking.found,
            len(ranking.places),
            ranking.cursor is not None,
            more,
        )

    def holds(self, view: View) -> Self | None:
        """The basis in this view, where it is certain that the same people match in the same way; else None."""
        try:
            people = tuple(map(view.row, (*self.query.like, *self.query.unlike)))
        except ProfileNotFound:
            return None
        if people != self.people or view.fingerprint != self.fingerprint:
            return None
        found = view.finds_again(self.found, self.vector, self.where)
        if found is None or (view.count(self.where) > self.shown) != self.goes_on:
            return None
        return replace(self, found=found)


class Answered(NamedTuple):
    """An answer, and what it rests on; None where it holds for its own generation alone."""

    answer: Answer
    basis: Basis | None

    def again(self, view: View) -> Answered | None:
        """The answer that a fresh question to this view would get, where that is certain; else None."""
        basis = self.basis.holds(view) if self.basis else None
        if basis is None:
            return None
        missed = self.answer.unmatched
        if basis.query.where != EVERYONE:
            resolved = resolve(view, basis.query.where, basis.vocabulary)
            missed = resolved.unmatched
        renewed = msgspec.structs.replace(
            self.answer, headline=basis.more.headline(view), generation=view.generation, unmatched=missed
        )
        return Answered(renewed, basis)
