"""The three sentences that a recruiter would underline: of different kinds, the most telling of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from recommender.field_path import FieldPath
from recommender.insights.achievements import LEAST, LEAST_FURTHER, Achievement, achievements, named_in, unlike
from recommender.insights.career import Career
from recommender.insights.experience import dated, stated
from recommender.insights.expertise import Skill, expertise
from recommender.insights.insights import Highlight
from recommender.insights.occupation import Occupation
from recommender.insights.sentences import as_sentence
from recommender.privacy import masked
from recommender.profile import Profile
from recommender.skills import Vocabulary

MOST = 3


def highlights(
    profile: Profile,
    occupation: Occupation | None,
    career: Career,
    skills: Sequence[Skill],
    held: Mapping[str, tuple[FieldPath, ...]],
    vocabulary: Vocabulary,
) -> tuple[Highlight, ...]:
    """At most three: length of experience, expertise with what backs it, an achievement; others fill a gap.

    Nothing that holds contact details is told.
    """
    names = own_names(profile, vocabulary)
    lengths, short = _lengths(profile, occupation, career, names, vocabulary)
    backed = [one] if (one := expertise(profile, skills, career, occupation.text if occupation else "")) else []
    done = _done(achievements(profile, career.recency, named_in(held), names))
    first, further = [*lengths[:1], *backed, *done[:1]], [*lengths[1:2], *done[1:2], *short]
    fit = [one for one in (*first, *further) if masked(one.text) == one.text]
    return tuple(fit[:MOST])


def _lengths(
    profile: Profile,
    occupation: Occupation | None,
    career: Career,
    names: re.Pattern[str] | None,
    vocabulary: Vocabulary,
) -> tuple[list[Highlight], list[Highlight]]:
    """Those worth a first place, and those that may fill the last.

    What is said of leading comes first, for who leads; then what is stated, then what dates say.
    """
    said = stated(profile, names)
    leads = occupation is not None and occupation.leads
    ordered = [one for _, one in sorted(said, key=lambda pair: not (pair[0] and leads))]
    by_dates = dated(profile, occupation, career, vocabulary) if occupation else None
    long = [by_dates.highlight] if by_dates and by_dates.is_long else []
    return [*ordered, *long][:2], [by_dates.highlight] if by_dates and not long else []


def _done(found: Sequence[Achievement]) -> list[Highlight]:
    """The most telling, and the next of another field that says another thing."""
    worth = [one for at, one in enumerate(unlike(found)) if one.points >= (LEAST_FURTHER if at else LEAST)]
    return [Highlight(as_sentence(one.clause), (str(one.field),)) for one in worth]


def own_names(profile: Profile, vocabulary: Vocabulary) -> re.Pattern[str] | None:
    """What finds the person's own names in prose; a name that is a skill too ("Ruby") is not looked for."""
    words = {word for word in re.findall(r"[^\W\d_]{2,}", profile.name or "") if not vocabulary.known(word)}
    if not words:
        return None
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, words)))})\b")
