"""Reasons: sentences of evidence, each naming the field of the match it came from."""

from __future__ import annotations

import numpy as np

from recommender.encoding.features import Features
from recommender.encoding.passages import Kind, fields
from recommender.facts.facts import Facts
from recommender.matching.answer import Reason
from recommender.matching.signals import section_similarity
from recommender.matching.subject import Subject
from recommender.profile import Profile, Role

#: Cosine from which two titles or two roles are called alike.
ALIKE = 0.45


def reasons(subject: Subject, profile: Profile, facts: Facts, features: Features) -> tuple[Reason, ...]:
    """Why this profile matches; what the two do not share is told only beside what they do."""
    found = [
        _title(subject, profile, features),
        _work(subject, profile, features),
        _skills(subject, facts),
        _years(subject.facts, facts),
    ]
    return tuple(reason for reason in found if reason is not None)


def shared_skills(subject: Subject, facts: Facts) -> tuple[str, ...]:
    """Canonical names both have: the subject's core skills first, in its order."""
    held = set(facts.skills)
    core = [skill for skill in subject.facts.core_skills if skill in held]
    return tuple(dict.fromkeys(core + [skill for skill in subject.facts.skills if skill in held]))


def _title(subject: Subject, profile: Profile, features: Features) -> Reason | None:
    pair = _closest(subject, profile, features, Kind.TITLE, (Kind.TITLE, Kind.ROLE_TITLE))
    if pair is None:
        return None
    _, field = pair
    title = profile.title if field == "title" else _role(profile, field).title
    return Reason(f"comparable occupation: “{subject.profile.title}” — “{title}”", field)


def _work(subject: Subject, profile: Profile, features: Features) -> Reason | None:
    pair = _closest(subject, profile, features, Kind.ROLE, (Kind.ROLE,))
    if pair is None:
        return None
    own, field = pair
    return Reason(f"similar work: {_named(_role(subject.profile, own))} — {_named(_role(profile, field))}", field)


def _skills(subject: Subject, facts: Facts) -> Reason | None:
    core = subject.facts.core_skills
    shared = [skill for skill in core if skill in set(facts.skills)]
    if not shared:
        return None
    missing = [skill for skill in core if skill not in shared]
    text = f"{len(shared)} of {len(core)} core skills: {', '.join(shared[:5])}"
    return Reason(text + (f"; missing: {', '.join(missing[:3])}" if missing else ""), "skills")


def _years(own: Facts, other: Facts) -> Reason | None:
    if own.years is None or other.years is None or abs(own.years - other.years) > max(2, own.years // 4):
        return None
    return Reason(f"comparable experience: {own.years} and {other.years} years", "years_of_experience")


def _closest(
    subject: Subject, profile: Profile, features: Features, own_kind: Kind, kinds: tuple[Kind, ...]
) -> tuple[str, str] | None:
    """The two fields most alike, the subject's first; None where nothing is alike."""
    own = np.flatnonzero(subject.features.columns["section_kind"] == own_kind)
    other = np.flatnonzero(np.isin(features.columns["section_kind"], kinds))
    if not len(own) or not len(other):
        return None
    similarity = section_similarity(subject.features, features)[np.ix_(own, other)]
    row, column = np.unravel_index(int(similarity.argmax()), similarity.shape)
    if similarity[row, column] < ALIKE:
        return None
    return fields(subject.profile)[own[row]][1], fields(profile)[other[column]][1]


def _role(profile: Profile, field: str) -> Role:
    return profile.roles[int(field[field.index("[") + 1 : field.index("]")])]


def _named(role: Role) -> str:
    return "“" + ", ".join(filter(None, [role.title, role.company])) + "”"
