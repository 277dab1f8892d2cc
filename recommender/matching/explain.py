"""Reasons: sentences of evidence, each naming the field of the match it came from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Features
from recommender.encoding.passages import Kind, field
from recommender.facts.facts import Facts
from recommender.matching.answer import Reason
from recommender.matching.signals import section_similarity
from recommender.matching.subject import Subject
from recommender.profile import Profile, Role

#: Cosine from which two titles or two roles are called alike.
ALIKE = 0.45

#: Titles of the subject and of a match, and roles of both, that are compared.
_TITLES = ((Kind.TITLE,), (Kind.TITLE, Kind.ROLE_TITLE))
_ROLES = ((Kind.ROLE,), (Kind.ROLE,))


class Pair(NamedTuple):
    """Two sections alike: kind and number, the subject's and the match's."""

    own: tuple[int, int]
    other: tuple[int, int]


class Pairs(NamedTuple):
    """What of a match is most like what of the subject; None where nothing is."""

    titles: Pair | None
    roles: Pair | None


def closest_pairs(subject: Features, matches: Features) -> list[Pairs]:
    """For each match the titles and the roles most alike."""
    titles, roles = (_closest(subject, matches, *kinds) for kinds in (_TITLES, _ROLES))
    return list(map(Pairs, titles, roles))


def reasons(subject: Subject, profile: Profile, facts: Facts, pairs: Pairs) -> tuple[Reason, ...]:
    """Why this profile matches; what the two do not share is told only beside what they do."""
    found = [
        _title(subject, profile, pairs.titles),
        _work(subject, profile, pairs.roles),
        _skills(subject, profile, facts),
        _years(subject.facts, facts),
    ]
    return tuple(reason for reason in found if reason is not None)


def shared_skills(subject: Subject, facts: Facts) -> tuple[str, ...]:
    """Canonical names both have: the subject's core skills first, in its order."""
    held = set(facts.skills)
    own = dict.fromkeys((*subject.facts.core_skills, *subject.facts.skills))
    return tuple(skill for skill in own if skill in held)


def _closest(
    subject: Features, matches: Features, own: tuple[Kind, ...], others: tuple[Kind, ...]
) -> Iterator[Pair | None]:
    """For each match the two sections most alike, of the subject's of kinds `own` and the match's of `others`."""
    rows, columns = _of_kinds(subject, own), _of_kinds(matches, others)
    similarity = section_similarity(subject, rows, matches, columns)
    subject_sections, match_sections = _sections(subject, rows), _sections(matches, columns)
    for start, end in pairwise(np.searchsorted(columns, matches.offsets["sections"]).tolist()):
        block = similarity[:, start:end]
        row, column = divmod(int(block.argmax()), end - start) if block.size else (0, 0)
        alike = block.size and block[row, column] >= ALIKE
        yield Pair(subject_sections[row], match_sections[start + column]) if alike else None


def _of_kinds(features: Features, kinds: tuple[Kind, ...]) -> NDArray[np.int64]:
    wanted = np.zeros(256, np.bool_)
    wanted[list(kinds)] = True
    return np.flatnonzero(wanted[features.columns["section_kind"]])


def _sections(features: Features, at: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Kind and number of the sections at these positions."""
    kinds, numbers = (features.columns[name][at].tolist() for name in ("section_kind", "section_number"))
    return list(zip(kinds, numbers, strict=True))


def _title(subject: Subject, profile: Profile, pair: Pair | None) -> Reason | None:
    if pair is None:
        return None
    kind, number = pair.other
    title = profile.title if kind == Kind.TITLE else profile.roles[number].title
    return Reason(f"comparable occupation: “{subject.profile.title}” — “{title}”", field(kind, number))


def _work(subject: Subject, profile: Profile, pair: Pair | None) -> Reason | None:
    if pair is None:
        return None
    own, other = subject.profile.roles[pair.own[1]], profile.roles[pair.other[1]]
    return Reason(f"similar work: {_named(own)} — {_named(other)}", field(*pair.other))


def _skills(subject: Subject, profile: Profile, facts: Facts) -> Reason | None:
    core = subject.facts.core_skills
    held = set(facts.skills)
    shared = [skill for skill in core if skill in held]
    if not shared:
        return None
    missing = [skill for skill in core if skill not in shared]
    listed = "core_skills" if profile.core_skills else "other_skills" if profile.other_skills else "roles"
    text = f"{len(shared)} of {len(core)} core skills: {', '.join(shared[:5])}"
    return Reason(text + (f"; missing: {', '.join(missing[:3])}" if missing else ""), listed)


def _years(own: Facts, other: Facts) -> Reason | None:
    if own.years is None or other.years is None or abs(own.years - other.years) > max(2, own.years // 4):
        return None
    return Reason(f"comparable experience: {own.years} and {other.years} years", "years_of_experience")


def _named(role: Role) -> str:
    return "“" + ", ".join(filter(None, [role.title, role.company])) + "”"
