"""`Matcher`: retrieve → filter → rerank → explain → headline."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection import canonical_filter
from recommender.collection.filter import Filter
from recommender.collection.protocol import Collection, View
from recommender.encoding.profile_encoder import ProfileEncoder
from recommender.errors import FingerprintMismatch
from recommender.matching.answer import Answer, Contribution, Match
from recommender.matching.cursor import Cursor, question_digest
from recommender.matching.explain import gather, own_skills, reasons, shared_skills
from recommender.matching.headline import headline
from recommender.matching.query import Query
from recommender.matching.ranking import ADJUSTMENTS, Question, Ranked, rank
from recommender.matching.scoring import Scorer
from recommender.matching.subject import Subject, core_skills, direction, liked, stored


class Matcher:
    """Answers "who is like this, why, and how many more are there" from a collection."""

    def __init__(self, collection: Collection, profile_encoder: ProfileEncoder) -> None:
        self.collection = collection
        self.profile_encoder = profile_encoder

    def similar(self, query: Query) -> Answer:
        """The most similar profiles, best first, all of one generation.

        Raises `QueryError` for what cannot be asked, `ProfileNotFound` for an unknown id, and
        `FingerprintMismatch` where the pool was encoded otherwise than this matcher encodes.
        """
        statistics = self.profile_encoder.statistics
        query.check(statistics.signals)
        scorer = Scorer(statistics, query.weights)
        with self.collection.view() as view:
            self._agree(view)
            subjects = liked(view, query, self.profile_encoder)
            question = self._question(view, query, subjects)
            places, cursor = rank(view, scorer, question)
            return Answer(
                headline=headline(view, core_skills(subjects), _own_ids(query), partial(self._spelt, subjects[0])),
                matches=_matches(view, scorer, subjects, places, question.cursor.rank),
                generation=view.generation,
                next_cursor=cursor.text() if cursor else None,
            )

    def _agree(self, view: View) -> None:
        """Hold the pool to this encoder: numbers that were made otherwise cannot be compared, whatever is asked."""
        held, own = view.fingerprint, self.profile_encoder.fingerprint
        if held not in (None, own):
            raise FingerprintMismatch(
                f"this pool was encoded by {held}, and questions are by {own}; ask with the model and vocabulary that "
                "made it, or encode anew into another folder: recommender ingest PATH --data NEW_FOLDER"
            )

    def _question(self, view: View, query: Query, subjects: Sequence[Subject]) -> Question:
        vector = direction(subjects)
        asked = question_digest(query, vector.tobytes())
        return Question(
            query=query,
            subjects=subjects,
            unliked=stored(view, query.unlike),
            vector=vector,
            where=self._where(query),
            cursor=Cursor.read(query.cursor, asked) if query.cursor else Cursor(asked),
        )

    def _spelt(self, subject: Subject, skill: str) -> str:
        """The core skill of this canonical name as first written; the name itself where none is."""
        canonical = self.profile_encoder.vocabulary.canonical
        return next((written for written in subject.profile.core_skills if canonical(written) == skill), skill)

    def _where(self, query: Query) -> Filter:
        """The query's filter, which those it is about never pass."""
        where = canonical_filter(query.where, self.profile_encoder.vocabulary)
        excluded = (*(where.exclude_ids or ()), *query.exclude_ids, *_own_ids(query))
        return msgspec.structs.replace(where, exclude_ids=excluded) if excluded else where


def _own_ids(query: Query) -> tuple[str, ...]:
    given = query.profile.id if query.profile else None
    return (*query.like, given) if given else query.like


def _matches(
    view: View, scorer: Scorer, subjects: Sequence[Subject], places: Sequence[Ranked], before: int
) -> tuple[Match, ...]:
    """The places told and explained; `before` of them stood on earlier pages."""
    if not places:
        return ()
    names = (*scorer.statistics.signals, *ADJUSTMENTS)
    rows = np.array([place.row for place in places], np.int64)
    skills = own_skills(subjects[0])
    evidence = gather(subjects[0], view.features(rows), scorer)
    found = []
    told = zip(places, view.profiles(rows), view.facts(rows), evidence, strict=True)
    for number, (place, profile, facts, own) in enumerate(told):
        found.append(
            Match(
                profile_id=profile.id or "",
                rank=before + number + 1,
                score=place.score,
                band=scorer.band(place.score),
                name=profile.name,
                title=profile.title,
                location=profile.location,
                years_of_experience=facts.years,
                shared_skills=shared_skills(skills, facts),
                contributions=contributions(names, place.points, place.score),
                reasons=reasons(subjects[0], profile, facts, own),
                duplicates=tuple(view.ids(place.folded)) if place.folded else (),
            )
        )
    return tuple(found)


def contributions(names: Sequence[str], points: NDArray[np.float64], score: float) -> tuple[Contribution, ...]:
    """Points by signal, to four decimals, adding up to the score exactly: the largest takes what rounding leaves."""
    units = [round(value * 1e4) for value in points.tolist()]
    sizes = [abs(unit) for unit in units]
    units[sizes.index(max(sizes))] += round(score * 1e4) - sum(units)
    return tuple(Contribution(name, value / 1e4) for name, value in zip(names, units, strict=True) if value)
