"""The places of an answer as matches: who is there, how their points add up, why, and what of a request they meet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.collection.protocol import View
from recommender.matching.answer import Contribution, Match
from recommender.matching.asked.held import Held
from recommender.matching.asked.met import met, said
from recommender.matching.explaining.explain import explained, own_skills, shared_skills
from recommender.matching.explaining.reasons import Explained, Wording
from recommender.matching.query_profile import QueryProfile
from recommender.matching.ranking.places import Ranked
from recommender.matching.ranking.points import ADJUSTMENTS
from recommender.matching.scoring import Scorer
from recommender.privacy import masked_again


def shown_matches(
    view: View,
    scorer: Scorer,
    query_profiles: Sequence[QueryProfile],
    wording: Wording,
    places: Sequence[Ranked],
    before: int,
    conditions: Sequence[Held],
) -> tuple[Match, ...]:
    """The places explained; `before` of them were on earlier pages."""
    if not places:
        return ()
    rows = np.array([place.row for place in places], np.int64)
    own = {skill: masked_again(skill) for skill in own_skills(query_profiles)}
    points = contributions(
        (*scorer.config.signals, *ADJUSTMENTS),
        np.array([place.points for place in places]),
        np.array([place.score for place in places]),
    )
    scored = [[contribution.signal for contribution in of_match] for of_match in points]
    matched = list(map(Explained, view.profiles(rows), view.facts(rows), scored))
    why = explained(view, rows, query_profiles, wording, matched, np.array([place.cosines for place in places]), scorer)
    profiles, facts_of = [one.profile for one in matched], [one.facts for one in matched]
    fulfilled = met(view, conditions, rows, profiles, facts_of, wording.vocabulary)
    found = []
    for position, (place, (profile, facts, _), contributed, reasons, meets) in enumerate(
        zip(places, matched, points, why, fulfilled, strict=True), before + 1
    ):
        found.append(
            Match(
                profile_id=profile.id or "",
                rank=position,
                score=place.score,
                band=scorer.band(place.score),
                name=_masked(profile.name),
                title=_masked(profile.title),
                location=_masked(profile.location),
                years_of_experience=facts.years,
                shared_skills=tuple([own[skill] for skill in shared_skills(own, facts)]),
                contributions=contributed,
                reasons=reasons,
                asked=said(meets),
                conditions=meets,
                duplicates=tuple(view.ids(place.deduplicated)) if place.deduplicated else (),
            )
        )
    return tuple(found)


def _masked(text: str | None) -> str | None:
    return masked_again(text) if text else text


def contributions(
    names: Sequence[str], points: NDArray[np.float64], scores: NDArray[np.float64]
) -> list[tuple[Contribution, ...]]:
    """Of each match its points by signal, to four decimals, adding up to the score exactly.

    The largest takes what rounding leaves.

    Args:
        points: a row a match, a column a name.
    """
    units = np.rint(points * 1e4)
    largest = np.abs(units).argmax(axis=1)
    units[np.arange(len(units)), largest] += np.rint(scores * 1e4) - units.sum(axis=1)
    matched = (units / 1e4).tolist()
    return [
        tuple(Contribution(name, value) for name, value in zip(names, row, strict=True) if value) for row in matched
    ]
