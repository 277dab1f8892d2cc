"""Reasons: sentences of evidence, each naming the field of the match it came from.

A field is cited as evidence only where the score would be lower without it (`losses`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.evidence import Place
from recommender.encoding.features import Features
from recommender.encoding.passages import Kind
from recommender.facts.facts import Facts
from recommender.matching.answer import Reason
from recommender.matching.losses import Losses, losses
from recommender.matching.scoring import Scorer
from recommender.matching.signals import section_similarity
from recommender.matching.subject import Subject
from recommender.profile import Profile, Role

#: Cosine from which two titles or two roles are called alike.
ALIKE = 0.45
#: Points that a score loses at least without a field that is cited.
EVIDENT = 0.5
#: Characters of a bullet that are quoted.
QUOTED = 140

#: The section of a unit that is a title, and the units that tell of work.
_SECTIONS = {Place.TITLE: Kind.TITLE, Place.ROLE_TITLE: Kind.ROLE_TITLE}
_BULLETS = frozenset({Place.BULLET})

Kinds = NDArray[np.bool_]


class Alike(NamedTuple):
    """Two sections that are alike: the number of the subject's, and kind and number of the match's."""

    own: int
    kind: int
    number: int


class Evidence(NamedTuple):
    """What the reasons for one match are drawn from: what it would lose, and titles and roles that are alike."""

    losses: Losses
    titles: Sequence[Alike]
    roles: Sequence[Alike]


def gather(subject: Subject, matches: Features, scorer: Scorer) -> list[Evidence]:
    """The evidence of each match."""
    lost = losses(subject.features, matches, scorer, subject.facts.core_skills)
    titles = _alike(subject.features, matches, _TITLE, _TITLES)
    roles = _alike(subject.features, matches, _ROLE, _ROLE)
    return list(map(Evidence, lost, titles, roles))


def reasons(subject: Subject, profile: Profile, facts: Facts, evidence: Evidence) -> tuple[Reason, ...]:
    """Why this profile matches; what the two do not share is told only beside what they do."""
    found = [
        _title(subject, profile, evidence),
        _work(subject, profile, evidence),
        _skills(subject, facts, evidence.losses),
        _years(subject.facts, facts),
    ]
    return tuple(reason for reason in found if reason is not None)


def shared_skills(subject: Subject, facts: Facts) -> tuple[str, ...]:
    """Canonical names both have: the subject's core skills first, in its order."""
    held = set(facts.skills)
    own = dict.fromkeys((*subject.facts.core_skills, *subject.facts.skills))
    return tuple(skill for skill in own if skill in held)


def _alike(subject: Features, matches: Features, own: Kinds, others: Kinds) -> Iterator[list[Alike]]:
    """For each match those of its sections of kinds `others` that are like one of the subject's of kinds `own`.

    Each stands beside the one that it is most like.
    """
    rows, columns = (np.flatnonzero(kinds[f.columns["section_kind"]]) for f, kinds in ((subject, own), (matches, others)))
    if not len(rows):
        return ([] for _ in range(len(matches)))
    similarity = section_similarity(subject, rows, matches, columns)
    alike = np.flatnonzero(similarity.max(axis=0) >= ALIKE)
    rows, columns = rows[similarity[:, alike].argmax(axis=0)], columns[alike]
    numbers = subject.columns["section_number"][rows].tolist()
    kinds, places = (matches.columns[name][columns].tolist() for name in ("section_kind", "section_number"))
    found = list(map(Alike, numbers, kinds, places))
    ends = np.searchsorted(columns, matches.offsets["sections"]).tolist()
    return (found[start:end] for start, end in pairwise(ends))


def _of(*kinds: Kind) -> Kinds:
    """For every number of a kind, whether it is one of these."""
    return np.isin(np.arange(256), kinds)


_TITLE, _TITLES, _ROLE = _of(Kind.TITLE), _of(Kind.TITLE, Kind.ROLE_TITLE), _of(Kind.ROLE)


def _title(subject: Subject, profile: Profile, evidence: Evidence) -> Reason | None:
    alike = {(one.kind, one.number) for one in evidence.titles}
    lost = evidence.losses
    for unit in lost.ranked(_SECTIONS, EVIDENT):
        place, number = int(lost.place[unit]), int(lost.number[unit])
        if (_SECTIONS[place], number) in alike:
            title = profile.roles[number].title if place == Place.ROLE_TITLE else profile.title
            return _same_occupation(subject, title, lost.field(unit))
    return None


def _same_occupation(subject: Subject, title: str | None, field: str) -> Reason:
    return Reason(f"comparable occupation: “{subject.profile.title}” — “{title}”", field)


def _work(subject: Subject, profile: Profile, evidence: Evidence) -> Reason | None:
    unit = evidence.losses.greatest(_BULLETS, EVIDENT)
    if unit is None:
        return None
    number = int(evidence.losses.number[unit])
    role = profile.roles[number]
    own = next((one.own for one in evidence.roles if one.number == number), None)
    told = _named(role, role.bullets[int(evidence.losses.part[unit])])
    both = told if own is None else f"{_named(subject.profile.roles[own])} — {told}"
    return Reason(f"similar work: {both}", evidence.losses.field(unit))


def _skills(subject: Subject, facts: Facts, lost: Losses) -> Reason | None:
    core = subject.facts.core_skills
    held = set(facts.skills)
    shared = [skill for skill in core if skill in held]
    if not shared:
        return None
    missing = [skill for skill in core if skill not in held]
    unit = lost.greatest_showing()
    # what no unit shows stands in a certificate
    field = "certifications" if unit is None else lost.field(unit)
    text = f"{len(shared)} of {len(core)} core skills: {', '.join(shared[:5])}"
    return Reason(text + (f"; missing: {', '.join(missing[:3])}" if missing else ""), field)


def _years(own: Facts, other: Facts) -> Reason | None:
    if own.years is None or other.years is None or abs(own.years - other.years) > max(2, own.years // 4):
        return None
    return Reason(f"comparable experience: {own.years} and {other.years} years", "years_of_experience")


def _named(role: Role, bullet: str | None = None) -> str:
    named = ", ".join(filter(None, [role.title, role.company]))
    if bullet is None:
        return f"“{named}”"
    quoted = bullet if len(bullet) <= QUOTED else bullet[: bullet.rfind(" ", 0, QUOTED)].rstrip() + " …"
    return f"“{': '.join(filter(None, [named, quoted]))}”"
