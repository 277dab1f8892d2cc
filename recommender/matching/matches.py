"""The places of an answer as matches: who is there, how their points add up, why, and what of a request they meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.collection.protocol import View
from recommender.matching.answer import Contribution, Match, Reason
from recommender.matching.asked.held import Held
from recommender.matching.asked.met import met, said
from recommender.matching.compared.people import PEOPLE, Person
from recommender.matching.explaining.explain import Matched, explained, own_skills, shared_skills
from recommender.matching.explaining.reasons import Explained, Wording
from recommender.matching.query_profile import QueryProfile
from recommender.matching.ranking.places import Ranked
from recommender.matching.ranking.points import ADJUSTMENTS
from recommender.matching.scoring import Scorer
from recommender.privacy import masked_again


class Placed(NamedTuple):
    """The places of one question's page; `before` of its places were on earlier pages."""

    scorer: Scorer
    query_profiles: Sequence[QueryProfile]
    wording: Wording
    places: Sequence[Ranked]
    before: int
    conditions: Sequence[Held]


class _Shown(NamedTuple):
    """What a page's matches are put together from: of each who it is, and what each signal gave it."""

    people: list[Person]
    points: list[tuple[Contribution, ...]]
    matched: Matched


def shown_matches(view: View, pages: Sequence[Placed]) -> list[tuple[Match, ...]]:
    """The places of each page explained: those of one scorer together."""
    found: list[tuple[Match, ...]] = [()] * len(pages)
    by_scorer: dict[int, list[int]] = {}
    for at, page in enumerate(pages):
        if page.places:
            by_scorer.setdefault(id(page.scorer), []).append(at)
    for those in by_scorer.values():
        together = [pages[at] for at in those]
        for at, matches in zip(those, _together(view, together), strict=True):
            found[at] = matches
    return found


def _together(view: View, pages: Sequence[Placed]) -> Iterator[tuple[Match, ...]]:
    """The same of pages with one scorer."""
    scorer, places = pages[0].scorer, [place for page in pages for place in page.places]
    rows = np.array([place.row for place in places], np.int64)
    people, points = PEOPLE.of(view, rows), _points(scorer, places)
    cosines = np.array([place.cosines for place in places])
    matched = [
        Explained(one.profile, one.facts, one.held, [contribution.signal for contribution in contributed])
        for one, contributed in zip(people, points, strict=True)
    ]
    shown, start = [], 0
    for page in pages:
        part = slice(start, start + len(page.places))
        those = Matched(rows[part], page.query_profiles, page.wording, matched[part], cosines[part])
        shown.append(_Shown(people[part], points[part], those))
        start = part.stop
    why = explained(view, [one.matched for one in shown], scorer)
    return (_matches(view, *each) for each in zip(pages, shown, why, strict=True))


def _points(scorer: Scorer, places: Sequence[Ranked]) -> list[tuple[Contribution, ...]]:
    names = (*scorer.config.signals, *ADJUSTMENTS)
    return contributions(
        names, np.array([place.points for place in places]), np.array([place.score for place in places])
    )


def _matches(view: View, page: Placed, shown: _Shown, why: Sequence[tuple[Reason, ...]]) -> tuple[Match, ...]:
    own = {skill: masked_again(skill) for skill in own_skills(page.query_profiles)}
    profiles, facts = [one.profile for one in shown.people], [one.facts for one in shown.people]
    fulfilled = met(view, page.conditions, shown.matched.rows, profiles, facts, page.wording.vocabulary)
    return tuple(
        [
            Match(
                profile_id=person.profile.id or "",
                rank=position,
                score=place.score,
                band=page.scorer.band(place.score),
                name=person.name,
                title=person.title,
                location=person.location,
                years_of_experience=person.facts.years,
                shared_skills=tuple([own[skill] for skill in shared_skills(own, person.held)]),
                contributions=contributed,
                reasons=reasons,
                persona=person.persona,
                asked=said(meets),
                conditions=meets,
                duplicates=tuple(view.ids(place.deduplicated)) if place.deduplicated else (),
            )
            for position, (place, person, contributed, reasons, meets) in enumerate(
                zip(page.places, shown.people, shown.points, why, fulfilled, strict=True), page.before + 1
            )
        ]
    )


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
