"""Reasons: sentences of evidence, each naming the field of the match it came from.

A field is cited as evidence only where the score would be lower without it (`losses`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import numpy as np

from recommender.encoding.evidence import Place
from recommender.encoding.features import Features
from recommender.encoding.passages import Kind
from recommender.facts.facts import Facts
from recommender.matching.answer import Reason
from recommender.matching.losses import Cited, Floats, Losses, Positions, losses
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


def gather(subject: Subject, matches: Features, cosines: Floats, scorer: Scorer) -> list[Evidence]:
    """The evidence of each match.

    Args:
        cosines: of each match's words and of its skills with the subject's, shape (matches, 2), 0 for unknown.
    """
    sections = Sections(subject.features, matches)
    lost = losses(subject, matches, cosines, sections, scorer)
    like_title = (sections.likeness(_TITLE).max(axis=1, initial=-1.0) >= ALIKE)[lost.section]
    titles = (lost.place == _TITLE_PLACE) | (lost.place == _ROLE_TITLE_PLACE)
    title = lost.greatest(titles & like_title & (lost.points >= EVIDENT_TITLE))
    work = lost.greatest((lost.place == _BULLET_PLACE) & (lost.points >= EVIDENT))
    skills = lost.greatest((lost.shown > 0) & ~titles)
    roles = _roles_alike(subject.features, sections, lost, work)
    return list(map(Evidence, lost.cited(title), lost.cited(work), roles, lost.cited(skills)))


def _roles_alike(subject: Features, sections: Sections, lost: Losses, bullets: Positions) -> list[int | None]:
    """Of each match the subject's role that is most like that of the match's bullet; None where none is alike."""
    numbers = subject.columns["section_number"][subject.columns["section_kind"] == _ROLE]
    alike: list[int | None] = [None] * len(bullets)
    cited = np.flatnonzero(bullets >= 0)
    if len(numbers):
        likeness = sections.likeness(_ROLE)[sections.find(cited, _ROLE, lost.number[bullets[cited]])]
        best = likeness.argmax(axis=1)
        for match, own, cosine in zip(
            cited.tolist(), numbers[best].tolist(), likeness.max(axis=1).tolist(), strict=True
        ):
            alike[match] = own if cosine >= ALIKE else None
    return alike


def reasons(
    subject: Subject,
    spelling: Mapping[str, str],
    profile: Profile,
    facts: Facts,
    shared: Collection[str],
    evidence: Evidence,
) -> tuple[Reason, ...]:
    """Why this profile matches; what the two do not share is told only beside what they do.

    Args:
        spelling: canonical name → core skill as the subject writes it.
        shared: as `shared_skills` gives them.
    """
    found = [
        _title(subject, profile, evidence.title),
        _work(subject, profile, evidence.work, evidence.role),
        _skills(subject.facts.core_skills, spelling, shared, evidence.skills),
        _years(subject.facts, facts),
    ]
    return tuple(reason for reason in found if reason is not None)


def shared_skills(own: Iterable[str], facts: Facts) -> tuple[str, ...]:
    """Canonical names both have, in the order of the subject's own."""
    held = set(facts.skills)
    return tuple([skill for skill in own if skill in held])


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


def _skills(
    core: Collection[str], spelling: Mapping[str, str], held: Collection[str], cited: Cited | None
) -> Reason | None:
    held = set(held)
    shared = [spelling.get(skill, skill) for skill in core if skill in held]
    if not shared:
        return None
    missing = [spelling.get(skill, skill) for skill in core if skill not in held]
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
