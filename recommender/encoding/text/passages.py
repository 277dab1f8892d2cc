"""A profile as passages, each with a kind, the role it came from and a weight.

The weight depends on the kind, on dates (how recent, how long) and on the length of the text, never on the
position in the document. Beside them is the overview: title, skills and the latest work read together,
as a reader who has a minute would.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from recommender.facts import present, tenure_of
from recommender.profile import Profile, Role, month_number

#: What a role that has just ended counts of one that goes on, and the months from which a longer one counts no more.
PAST, LONGEST = 0.4, 96.0
#: Of a role without dates: that of two years ended two years ago.
UNDATED_RECENCY, UNDATED_MONTHS = 0.75, 24.0


class PassageKind(IntEnum):
    """What a section is about; the number is stored."""

    TITLE = 0
    SKILLS = 1
    ABOUT = 2
    ROLE_TITLE = 3
    ROLE = 4
    EDUCATION = 5
    OVERVIEW = 6


#: Weight of each kind, before dates and length.
KIND_WEIGHT = {
    PassageKind.TITLE: 1.0,
    PassageKind.SKILLS: 0.5,
    PassageKind.ABOUT: 1.0,
    PassageKind.ROLE_TITLE: 1.0,
    PassageKind.ROLE: 2.0,
    PassageKind.EDUCATION: 0.1,
    PassageKind.OVERVIEW: 1.0,
}

#: Listed skills that count in full; a longer list says less: it was written to be found.
LISTED = 30

#: Characters of the about text, and of that and the latest roles together, which an overview takes in.
ABOUT_IN_OVERVIEW, WORK_IN_OVERVIEW = 600, 1400

#: Roles and courses of study after this many are not numbered apart.
_LAST = 255


class Passage(NamedTuple):
    """One piece of a profile: of its roles or courses of study, the one of this number; `weight` > 0."""

    kind: PassageKind
    number: int
    text: str
    weight: float


def passages(profile: Profile) -> list[Passage]:
    """Every passage of a profile, which is blinded already.

    Ordered by what they say, not by their position: sums over them are then the same to the bit, however the
    profile lists its roles.
    """
    as_of = present(profile)
    found = []
    for kind, number, text, role in _texts(profile):
        weight = KIND_WEIGHT[kind] * (role_weight(role, as_of) if role else 1.0)
        if kind in (PassageKind.ABOUT, PassageKind.ROLE):
            weight *= 0.5 + min(len(text), 1500) / 1500
        elif kind is PassageKind.SKILLS:
            weight *= list_share(len(_listed(profile)))
        found.append(Passage(kind, min(number, _LAST), text, weight))
    return sorted(found, key=lambda passage: (passage.kind, passage.text, passage.weight))


def bare_list(section: Iterable[Passage]) -> bool:
    """Whether a profile's passages list skills and say nothing else: no career, no occupation."""
    return all(passage.kind in (PassageKind.SKILLS, PassageKind.OVERVIEW) for passage in section)


def list_share(count: int) -> float:
    """What each skill of a list of so many counts, 0 to 1: beyond `LISTED`, all together count the less the more."""
    return min(1.0, LISTED / max(count, 1)) ** 3


def role_weight(role: Role, as_of: str | None) -> float:
    """How much a role counts: when over, `PAST` of its recency; more for its length."""
    span = tenure_of(role, as_of)
    if span is None:
        recency, months = UNDATED_RECENCY, UNDATED_MONTHS
    else:
        recency, months = PAST * span.recency if span.ago else 1.0, float(span.months)
    return recency * math.sqrt(min(max(months, 3.0), LONGEST) / LONGEST)


def _texts(profile: Profile) -> Iterator[tuple[PassageKind, int, str, Role | None]]:
    listed = ", ".join(_listed(profile))
    about = "\n".join(filter(None, [profile.persona, *profile.highlights, profile.about]))
    overview = _overview(profile, about)
    if overview:
        yield PassageKind.OVERVIEW, 0, overview, None
    if profile.title:
        yield PassageKind.TITLE, 0, profile.title, None
    if listed:
        yield PassageKind.SKILLS, 0, listed, None
    if about:
        yield PassageKind.ABOUT, 0, about, None
    for number, role in enumerate(profile.roles):
        if role.title:
            yield PassageKind.ROLE_TITLE, number, role.title, role
        text = _work(role)
        if text:
            yield PassageKind.ROLE, number, _joined(role.title, text), role
    for number, education in enumerate(profile.education):
        text = ", ".join(filter(None, [education.degree, education.field]))
        if text:
            yield PassageKind.EDUCATION, number, text, None


def _overview(profile: Profile, about: str) -> str:
    """Title, skills, and of the rest what says most of today: the about text, then roles by date, latest first."""
    listed = ", ".join(_leading(profile, about))
    work = about[:ABOUT_IN_OVERVIEW]
    for role in sorted(profile.roles, key=_latest_first):
        if len(work) >= WORK_IN_OVERVIEW:
            break
        work = _joined(work, role.title, _work(role))
    return ". ".join(filter(None, [profile.title, listed, work[:WORK_IN_OVERVIEW]]))


def _latest_first(role: Role) -> tuple[int, int, str, str]:
    """Current roles, then by last month, then by first; equal dates by their text, not by their position."""
    end, start = month_number(role.end), month_number(role.start)
    ongoing = end is None and start is not None
    return -(10**6) if ongoing else -(end or 0), -(start or 0), role.title or "", _work(role)


def _listed(profile: Profile) -> list[str]:
    """Listed skills in an order of their own: a list permuted says the same."""
    return sorted(set(profile.core_skills + profile.other_skills), key=lambda skill: (skill.casefold(), skill))


def _leading(profile: Profile, about: str) -> list[str]:
    """Of a list longer than `LISTED` as many as count, those first that the rest of the profile speaks of."""
    listed = _listed(profile)
    count = round(len(listed) * list_share(len(listed)))
    if count == len(listed):
        return listed
    prose = _joined(profile.title, about, *(_joined(role.title, _work(role)) for role in profile.roles)).casefold()
    chosen = sorted(listed, key=lambda skill: skill.casefold() not in prose)[:count]
    return [skill for skill in listed if skill in set(chosen)]


def _work(role: Role) -> str:
    return _joined(*role.bullets, ", ".join(sorted(role.skills, key=lambda skill: (skill.casefold(), skill))))


def _joined(*texts: str | None) -> str:
    return "\n".join(filter(None, texts))
