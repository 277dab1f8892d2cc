"""Reasons: sentences of evidence, each naming the field of the match it came from.

A field is cited as evidence only where the score would be lower without it (`losses`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from recommender.encoding.evidence import Place
from recommender.encoding.features import Features
from recommender.encoding.passages import Kind
from recommender.facts.facts import Facts
from recommender.matching.answer import Reason
from recommender.matching.losses import Cited, Losses, losses
from recommender.matching.scoring import Scorer
from recommender.matching.sections import Sections
from recommender.matching.subject import Subject
from recommender.profile import Profile, Role

#: Cosine from which two titles or two roles are called alike.
ALIKE = 0.45
#: Points that a score loses at least without a bullet and without a title that is cited; a title is a few words.
EVIDENT, EVIDENT_TITLE = 0.5, 0.25
#: Characters of a bullet that are quoted.
QUOTED = 140

_TITLE, _ROLE = int(Kind.TITLE), int(Kind.ROLE)
_TITLE_PLACE, _ROLE_TITLE_PLACE, _BULLET_PLACE = int(Place.TITLE), int(Place.ROLE_TITLE), int(Place.BULLET)


class Evidence(NamedTuple):
    """What the reasons for one match cite.

    Attributes:
        title: the title without which the score would lose most, of those like the subject's.
        work: the bullet without which it would.
        role: the number of the subject's role that is most like the bullet's, where they are alike.
        skills: the unit that shows skills asked about, or kin of theirs, without which it would; no title.
    """

    title: Cited | None
    work: Cited | None
    role: int | None
    skills: Cited | None


def gather(subject: Subject, matches: Features, scorer: Scorer) -> list[Evidence]:
    """The evidence of each match."""
    sections = Sections(subject.features, matches)
    lost = losses(subject.features, matches, sections, scorer, subject.facts.core_skills)
    like_title = (sections.likeness(_TITLE).max(axis=0, initial=-1.0) >= ALIKE)[lost.section]
    titles = (lost.place == _TITLE_PLACE) | (lost.place == _ROLE_TITLE_PLACE)
    work = lost.greatest(lost.place == _BULLET_PLACE, EVIDENT)
    roles = _roles_alike(subject.features, sections, lost, work)
    title = lost.greatest(titles & like_title, EVIDENT_TITLE)
    skills = lost.greatest((lost.shown > 0) & ~titles)
    return [
        Evidence(lost.cited(title.get(at)), lost.cited(work.get(at)), roles.get(at), lost.cited(skills.get(at)))
        for at in range(len(matches))
    ]


def _roles_alike(subject: Features, sections: Sections, lost: Losses, bullets: Mapping[int, int]) -> dict[int, int]:
    """Match → the subject's role that is most like that of the match's bullet, where the two are alike."""
    matches, units = (np.array(list(each), np.int64) for each in (bullets.keys(), bullets.values()))
    numbers = subject.columns["section_number"][subject.columns["section_kind"] == _ROLE]
    if not len(numbers):
        return {}
    likeness = sections.likeness(_ROLE)[:, sections.find(matches, _ROLE, lost.number[units])]
    alike = likeness.max(axis=0) >= ALIKE
    return dict(zip(matches[alike].tolist(), numbers[likeness[:, alike].argmax(axis=0)].tolist(), strict=True))


def reasons(subject: Subject, profile: Profile, facts: Facts, evidence: Evidence) -> tuple[Reason, ...]:
    """Why this profile matches; what the two do not share is told only beside what they do."""
    found = [
        _title(subject, profile, evidence.title),
        _work(subject, profile, evidence.work, evidence.role),
        _skills(subject, facts, evidence.skills),
        _years(subject.facts, facts),
    ]
    return tuple(reason for reason in found if reason is not None)


def shared_skills(own: Iterable[str], facts: Facts) -> tuple[str, ...]:
    """Canonical names both have, in the order of the subject's own."""
    held = set(facts.skills)
    return tuple(skill for skill in own if skill in held)


def own_skills(subject: Subject) -> tuple[str, ...]:
    """Canonical names of the subject's skills, the core skills first, in their order."""
    return tuple(dict.fromkeys((*subject.facts.core_skills, *subject.facts.skills)))


def _title(subject: Subject, profile: Profile, cited: Cited | None) -> Reason | None:
    if cited is None:
        return None
    title = profile.title if cited.place == _TITLE_PLACE else profile.roles[cited.number].title
    return Reason(f"comparable occupation: “{subject.profile.title}” — “{title}”", cited.field)


def _work(subject: Subject, profile: Profile, cited: Cited | None, own: int | None) -> Reason | None:
    if cited is None:
        return None
    role = profile.roles[cited.number]
    told = _named(role, role.bullets[cited.part])
    both = told if own is None else f"{_named(subject.profile.roles[own])} — {told}"
    return Reason(f"similar work: {both}", cited.field)


def _skills(subject: Subject, facts: Facts, cited: Cited | None) -> Reason | None:
    core = subject.facts.core_skills
    held = set(facts.skills)
    shared = [skill for skill in core if skill in held]
    if not shared:
        return None
    missing = [skill for skill in core if skill not in held]
    # what no unit shows stands in a certificate
    field = "certifications" if cited is None else cited.field
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
