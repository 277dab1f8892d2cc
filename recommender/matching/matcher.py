"""`Matcher`: retrieve → filter → rerank → explain → headline."""

from __future__ import annotations

import hashlib

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection import canonical_filter
from recommender.collection.filter import Filter
from recommender.collection.protocol import Collection, View
from recommender.encoding.profile_encoder import ProfileEncoder
from recommender.matching.answer import Answer, Contribution, Match
from recommender.matching.explain import reasons, shared_skills
from recommender.matching.headline import headline
from recommender.matching.query import Query
from recommender.matching.scoring import Scorer
from recommender.matching.subject import Subject, core_skills, direction, liked, stored

#: Candidates that are reranked.
WINDOW = 200


class Matcher:
    """Answers "who is like this, why, and how many more are there" from a collection."""

    def __init__(self, collection: Collection, profile_encoder: ProfileEncoder) -> None:
        self.collection = collection
        self.profile_encoder = profile_encoder

    def similar(self, query: Query) -> Answer:
        """The most similar profiles, best first, all of one generation.

        Raises `QueryError` for what cannot be asked and `ProfileNotFound` for an unknown id.
        """
        statistics = self.profile_encoder.statistics
        query.check(statistics.signals)
        scorer = Scorer(statistics, query.weights)
        with self.collection.view() as view:
            subjects = liked(view, query, self.profile_encoder)
            own_ids = (*query.like, *((query.profile.id,) if query.profile and query.profile.id else ()))
            where = self._where(query, own_ids)
            rows = view.search(direction(subjects), max(WINDOW, query.k), where).rows
            points = self._points(scorer, subjects, stored(view, query.unlike), view, rows)
            order = ranked(points.sum(axis=1), view.ids(rows), query.min_score)[: query.k]
            matches = self._matches(view, scorer, subjects, rows[order], points[order])
            return Answer(
                headline=headline(view, core_skills(subjects), own_ids, self._spelling(subjects[0])),
                matches=matches,
                generation=view.generation,
            )

    def _spelling(self, subject: Subject) -> dict[str, str]:
        """Canonical name → the core skill as first written."""
        canonical = self.profile_encoder.vocabulary.canonical
        return {canonical(skill): skill for skill in reversed(subject.profile.core_skills)}

    def _where(self, query: Query, own_ids: tuple[str, ...]) -> Filter:
        where = canonical_filter(query.where, self.profile_encoder.vocabulary)
        excluded = (*(where.exclude_ids or ()), *query.exclude_ids, *own_ids)
        return msgspec.structs.replace(where, exclude_ids=excluded) if excluded else where

    def _points(
        self, scorer: Scorer, subjects: list[Subject], unliked: list[Subject], view: View, rows: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Points of each candidate, a column a signal; the last one what counter-examples cost."""
        if not len(rows):  # a pool nobody is in yet does not know how wide its columns are
            return np.zeros((0, len(scorer.statistics.signals) + 1))
        pool = view.features(rows)
        points = np.mean([scorer.points(subject.features, pool) for subject in subjects], axis=0)
        cost = np.zeros(len(rows))
        if unliked:
            worst = np.max([scorer.points(subject.features, pool).sum(axis=1) for subject in unliked], axis=0)
            cost = -0.5 * points.sum(axis=1) * worst / 100
        return np.column_stack([points, cost])

    def _matches(
        self,
        view: View,
        scorer: Scorer,
        subjects: list[Subject],
        rows: NDArray[np.int64],
        points: NDArray[np.float64],
    ) -> tuple[Match, ...]:
        names = (*scorer.statistics.signals, "unlike")
        features = view.features(rows)
        found = []
        for place, (profile, facts) in enumerate(zip(view.profiles(rows), view.facts(rows), strict=True)):
            score = round(float(points[place].sum()), 4)
            own = features.only(place)
            found.append(
                Match(
                    profile_id=profile.id or "",
                    rank=place + 1,
                    score=score,
                    band=scorer.band(score),
                    name=profile.name,
                    title=profile.title,
                    location=profile.location,
                    years_of_experience=facts.years,
                    shared_skills=shared_skills(subjects[0], facts),
                    contributions=contributions(names, points[place], score),
                    reasons=reasons(subjects[0], profile, facts, own),
                )
            )
        return tuple(found)


def ranked(scores: NDArray[np.float64], ids: list[str], min_score: float | None) -> NDArray[np.int64]:
    """Positions by score rounded to four decimals, highest first; ties by a hash of the id."""
    rounded = np.round(scores, 4)
    ties = [hashlib.blake2b(profile_id.encode(), digest_size=8).digest() for profile_id in ids]
    order = sorted(range(len(ids)), key=lambda position: (-rounded[position], ties[position]))
    if min_score is not None:
        order = [position for position in order if rounded[position] >= min_score]
    return np.array(order, np.int64)


def contributions(names: tuple[str, ...], points: NDArray[np.float64], score: float) -> tuple[Contribution, ...]:
    """Points by signal, to four decimals, adding up to the score exactly: the largest takes what rounding leaves."""
    units = np.round(points * 1e4).astype(np.int64)
    units[np.argmax(np.abs(units))] += round(score * 1e4) - int(units.sum())
    return tuple(Contribution(name, int(value) / 1e4) for name, value in zip(names, units, strict=True) if value)
