"""Why matches match: the fields without which their scores would be lower (`attributions`), as reasons.

Where several profiles are asked about, each match is explained by those that it is closest to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.collection.protocol import View
from recommender.encoding.features import Features
from recommender.encoding.text.passages import PassageKind
from recommender.encoding.units import Place
from recommender.facts.facts import Facts
from recommender.matching.answer import Reason
from recommender.matching.explaining.attribution import Floats, attributions
from recommender.matching.explaining.cited import Attributions, Positions
from recommender.matching.explaining.reasons import Evidence, Explained, Wording, reasons
from recommender.matching.explaining.sections import Sections
from recommender.matching.query_profile import QueryProfile
from recommender.matching.scoring import Scorer
from recommender.matching.signals import measure

#: Cosine from which two titles or two roles are called alike.
ALIKE = 0.45
#: Points that a score loses at least without a bullet and without a title that is cited; a title is a few words.
EVIDENT, EVIDENT_TITLE = 0.5, 0.25
#: Of several profiles asked about, those that one match is explained by.
EXPLAINED_BY = 3

_TITLE, _ROLE = int(PassageKind.TITLE), int(PassageKind.ROLE)
_TITLE_PLACE, _ROLE_TITLE_PLACE, _BULLET_PLACE = int(Place.TITLE), int(Place.ROLE_TITLE), int(Place.BULLET)


def explained(
    view: View,
    rows: Positions,
    query_profiles: Sequence[QueryProfile],
    wording: Wording,
    matches: Sequence[Explained],
    cosines: Floats,
    scorer: Scorer,
) -> list[tuple[Reason, ...]]:
    """The reasons of each match: by the query profile, or the `EXPLAINED_BY` that it is closest to in turn, each once.

    Args:
        rows: of the matches.
        wording: how skills are said.
        cosines: of each match's words and skills with the first query profile's, shape (matches, 2), 0 for unknown.
    """
    features = view.features(rows)
    if len(query_profiles) == 1:
        evidence = gather(query_profiles[0], features, cosines, scorer)
        return [tuple(reasons(query_profiles[0], wording, *pair)) for pair in zip(matches, evidence, strict=True)]
    raw = [measure(query_profile.features, features) for query_profile in query_profiles]
    points = np.array([scorer.weighed(of_subject) for of_subject in raw])
    # of each match (columns) the query profiles that it is closest to, the closest first
    closest = np.argsort(-points.sum(axis=2), axis=0, kind="stable")[:EXPLAINED_BY]
    by_pair: dict[tuple[int, int], Iterable[Reason]] = {}
    for number in np.unique(closest).tolist():
        own = np.flatnonzero((closest == number).any(axis=0))
        pair_cosines = np.nan_to_num(np.array([raw[number]["words"], raw[number]["skills"]]).T[own])
        evidence = gather(query_profiles[number], view.features(rows[own]), pair_cosines, scorer)
        for at, cited in zip(own.tolist(), evidence, strict=True):
            match = matches[at]._replace(scored=_scored(scorer, points[number, at]))
            by_pair[number, at] = reasons(query_profiles[number], wording, match, cited, among_several=True)
    return [
        tuple(dict.fromkeys(reason for number in nearest for reason in by_pair[number, at]))
        for at, nearest in enumerate(closest.T.tolist())
    ]


def _scored(scorer: Scorer, points: NDArray[np.float64]) -> list[str]:
    """The signals that gave a pair points."""
    return [name for name, gave in zip(scorer.config.signals, points.tolist(), strict=True) if gave > 0]


def gather(query_profile: QueryProfile, matches: Features, cosines: Floats, scorer: Scorer) -> list[Evidence]:
    """The evidence of each match.

    Args:
        cosines: of each match's words and of its skills with the query profile's, shape (matches, 2), 0 for unknown.
    """
    sections = Sections(query_profile.features, matches)
    attributed = attributions(query_profile, matches, cosines, sections, scorer)
    like_title = (sections.likeness(_TITLE).max(axis=1, initial=-1.0) >= ALIKE)[attributed.section]
    titles = (attributed.place == _TITLE_PLACE) | (attributed.place == _ROLE_TITLE_PLACE)
    title = attributed.greatest(titles & like_title & (attributed.points >= EVIDENT_TITLE))
    work = attributed.greatest((attributed.place == _BULLET_PLACE) & (attributed.points >= EVIDENT))
    roles = _roles_alike(query_profile.features, sections, attributed, work)
    return list(map(Evidence, attributed.cited(title), attributed.cited(work), roles, attributed.showing()))


def _roles_alike(
    query_profile: Features, sections: Sections, attributed: Attributions, bullets: Positions
) -> list[int | None]:
    """Of each match the query profile's role that is most like that of the match's bullet; None where none is alike."""
    numbers = query_profile.columns["section_number"][query_profile.columns["section_kind"] == _ROLE]
    alike: list[int | None] = [None] * len(bullets)
    cited = np.flatnonzero(bullets >= 0)
    if len(numbers):
        likeness = sections.likeness(_ROLE)[sections.find(cited, _ROLE, attributed.number[bullets[cited]])]
        best = likeness.argmax(axis=1)
        for match, own, cosine in zip(
            cited.tolist(), numbers[best].tolist(), likeness.max(axis=1).tolist(), strict=True
        ):
            alike[match] = own if cosine >= ALIKE else None
    return alike


def shared_skills(own: Iterable[str], facts: Facts) -> tuple[str, ...]:
    """Canonical names both have, in the order of the query profile's own."""
    held = set(facts.skills)
    return tuple([skill for skill in own if skill in held])


def own_skills(query_profiles: Sequence[QueryProfile]) -> tuple[str, ...]:
    """Canonical names of the skills that any query profile has: core skills first, each in their order."""
    core = (skill for query_profile in query_profiles for skill in query_profile.facts.core_skills)
    return tuple(
        dict.fromkeys((*core, *(skill for query_profile in query_profiles for skill in query_profile.facts.skills)))
    )
