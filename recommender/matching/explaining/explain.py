"""Why matches match: the fields without which their scores would be lower (`attributions`), as reasons.

Where several profiles are asked about, each match is explained by those that it is closest to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.collection.protocol import View
from recommender.encoding.text.passages import PassageKind
from recommender.encoding.units import Place
from recommender.matching.answer import Reason
from recommender.matching.compared.pairs import Pairs
from recommender.matching.compared.shared import features_of
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


class Matched(NamedTuple):
    """The matches of one question.

    Attributes:
        rows: of the matches.
        wording: how skills are said.
        matches: what is known of each.
        cosines: of each match's words and skills with the first query profile's, shape (matches, 2), 0 for unknown.
    """

    rows: Positions
    query_profiles: Sequence[QueryProfile]
    wording: Wording
    matches: Sequence[Explained]
    cosines: Floats


def explained(view: View, of_questions: Sequence[Matched], scorer: Scorer) -> list[list[tuple[Reason, ...]]]:
    """Of each question the reasons of its matches, each once: by its query profile, or those it is closest to in turn.

    Questions about one profile each are worked out together; what is said of a match is the same whatever is beside.
    """
    alone = [at for at, one in enumerate(of_questions) if len(one.query_profiles) == 1]
    found = dict(zip(alone, _by_one(view, [of_questions[at] for at in alone], scorer), strict=True))
    return [found[at] if at in found else _by_several(view, one, scorer) for at, one in enumerate(of_questions)]


def _by_one(view: View, of_questions: Sequence[Matched], scorer: Scorer) -> list[list[tuple[Reason, ...]]]:
    if not of_questions:
        return []
    query_profiles = [one.query_profiles[0] for one in of_questions]
    starts = np.cumsum([0, *(len(one.rows) for one in of_questions)])
    pool = features_of(view, np.concatenate([one.rows for one in of_questions]))
    pairs = Pairs([one.features for one in query_profiles], pool, starts)
    evidence = iter(gather(query_profiles, pairs, np.concatenate([one.cosines for one in of_questions]), scorer))
    return [
        [tuple(reasons(one.query_profiles[0], one.wording, match, next(evidence))) for match in one.matches]
        for one in of_questions
    ]


def _by_several(view: View, asked: Matched, scorer: Scorer) -> list[tuple[Reason, ...]]:
    """By the `EXPLAINED_BY` query profiles that each match is closest to."""
    rows, query_profiles, wording, matches, _ = asked
    features = view.features(rows)
    raw = [measure(query_profile.features, features) for query_profile in query_profiles]
    points = np.array([scorer.weighed(of_subject) for of_subject in raw])
    # of each match (columns) the query profiles that it is closest to, the closest first
    closest = np.argsort(-points.sum(axis=2), axis=0, kind="stable")[:EXPLAINED_BY]
    by_pair: dict[tuple[int, int], Iterable[Reason]] = {}
    for number in np.unique(closest).tolist():
        own = np.flatnonzero((closest == number).any(axis=0))
        pair_cosines = np.nan_to_num(np.array([raw[number]["words"], raw[number]["skills"]]).T[own])
        query_profile = query_profiles[number]
        pairs = Pairs.of_one(query_profile.features, view.features(rows[own]))
        for at, cited in zip(own.tolist(), gather([query_profile], pairs, pair_cosines, scorer), strict=True):
            match = matches[at]._replace(scored=_scored(scorer, points[number, at]))
            by_pair[number, at] = reasons(query_profile, wording, match, cited, among_several=True)
    return [
        tuple(dict.fromkeys(reason for number in nearest for reason in by_pair[number, at]))
        for at, nearest in enumerate(closest.T.tolist())
    ]


def _scored(scorer: Scorer, points: NDArray[np.float64]) -> list[str]:
    """The signals that gave a pair points."""
    return [name for name, gave in zip(scorer.config.signals, points.tolist(), strict=True) if gave > 0]


def gather(query_profiles: Sequence[QueryProfile], pairs: Pairs, cosines: Floats, scorer: Scorer) -> list[Evidence]:
    """The evidence of each match.

    Args:
        pairs: the query profiles and the matches of each.
        cosines: of each match's words and of its skills with its query profile's, shape (matches, 2), 0 for unknown.
    """
    sections = Sections(pairs)
    attributed = attributions(query_profiles, pairs, cosines, sections, scorer)
    like_title = (sections.likest(_TITLE).cosine >= ALIKE)[attributed.section]
    titles = (attributed.place == _TITLE_PLACE) | (attributed.place == _ROLE_TITLE_PLACE)
    title = attributed.greatest(titles & like_title & (attributed.points >= EVIDENT_TITLE))
    work = attributed.greatest((attributed.place == _BULLET_PLACE) & (attributed.points >= EVIDENT))
    roles = _roles_alike(sections, attributed, work)
    return list(map(Evidence, attributed.cited(title), attributed.cited(work), roles, attributed.showing()))


def _roles_alike(sections: Sections, attributed: Attributions, bullets: Positions) -> list[int | None]:
    """Of each match the query profile's role that is most like that of the match's bullet; None where none is alike."""
    alike: list[int | None] = [None] * len(bullets)
    cited = np.flatnonzero(bullets >= 0)
    role = sections.find(cited, _ROLE, attributed.number[bullets[cited]])
    cosines, numbers = (column[role].tolist() for column in sections.likest(_ROLE))
    for match, own, cosine in zip(cited.tolist(), numbers, cosines, strict=True):
        alike[match] = own if cosine >= ALIKE else None
    return alike


def shared_skills(own: Iterable[str], held: Set[str]) -> tuple[str, ...]:
    """Canonical names both have, in the order of the query profile's own."""
    return tuple([skill for skill in own if skill in held])


def own_skills(query_profiles: Sequence[QueryProfile]) -> tuple[str, ...]:
    """Canonical names of the skills that any query profile has: core skills first, each in their order."""
    core = (skill for query_profile in query_profiles for skill in query_profile.facts.core_skills)
    return tuple(
        dict.fromkeys((*core, *(skill for query_profile in query_profiles for skill in query_profile.facts.skills)))
    )
