"""The skills that somebody is known for, and what backs them: roles, months, certificates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from recommender.facts import Facts, distinction
from recommender.field_path import FieldPath
from recommender.insights.career import MOST_MONTHS, Career
from recommender.insights.insights import Highlight
from recommender.insights.occupation import is_who
from recommender.insights.sentences import LONGEST, as_sentence
from recommender.insights.spoken import joined, years_said
from recommender.insights.words import words
from recommender.profile import Profile
from recommender.skills import Vocabulary

_LEAST_DISTINCT = 0.7
_SHOWN = 3  # fields of a skill that an insight cites
#: Skills too wide, or too much a matter of course, to say what somebody is good at.
_WIDE = words("wide")
_DATED = re.compile(
    r"[\s,(-]*\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s)?(?:19|20)\d\d\b.*", re.IGNORECASE
)
_JOINED = re.compile(r"\b(front|back|full)[\s-]+(end|stack)\b")
#: Beginnings of words that say of any subject that one works at it.
_WORK = frozenset(("engin", "devel", "progr", "admin", "manag", "analy", "suppo", "opera"))


class Skill(NamedTuple):
    """A skill, the fields that show it, and the roles among them."""

    name: str
    fields: tuple[FieldPath, ...]
    roles: frozenset[int]

    def cited(self) -> tuple[str, ...]:
        """The first few of its fields, those of roles first."""
        return tuple(map(str, sorted(self.fields, key=lambda field: field.role is None)[:_SHOWN]))


def strengths(
    profile: Profile, facts: Facts, held: Mapping[str, tuple[FieldPath, ...]], vocabulary: Vocabulary
) -> list[Skill]:
    """The core skills that the work itself shows, most central first; those that a page states count as they are.

    What says the same in other words, or is a part of one before it, is left out.
    """
    found: list[Skill] = []
    for name in facts.core_skills:
        fields = held.get(name, ())
        roles = frozenset(field.role for field in fields if field.role is not None)
        stated = bool(profile.core_skills)
        if not stated and not (roles and len(fields) > 1 and _says_much(name, vocabulary)):
            continue
        if not any(_same(name, other.name, vocabulary) for other in found):
            found.append(Skill(name, fields, roles))
    return found


def _says_much(name: str, vocabulary: Vocabulary) -> bool:
    if name not in _WIDE and is_who(name.rsplit(" ", 1)[-1]):
        return False  # "Scrum Master": who somebody is, no skill that one is good at
    return vocabulary.known(name) and name not in _WIDE and distinction(name, vocabulary) >= _LEAST_DISTINCT


@lru_cache(16_384)
def stems(text: str) -> frozenset[str]:
    """The beginnings of its words, by which "Networking" and "network" are one."""
    plain = _JOINED.sub(r"\1\2", text.casefold()).replace("it ", "information technology ")
    return frozenset(word[:5] for word in re.findall(r"[a-z+#.]{2,}", plain))


def says(text: str, skill: str) -> bool:
    """Whether a text has the words of a skill, but for those that say that it is work ("Web Development")."""
    own = stems(skill)
    return (own - _WORK or own) <= stems(text)


def _same(one: str, other: str, vocabulary: Vocabulary) -> bool:
    mine, theirs = stems(one), stems(other)
    return mine <= theirs or theirs <= mine or one in vocabulary.broader(other) or other in vocabulary.broader(one)


def expertise(profile: Profile, skills: Sequence[Skill], career: Career, title: str) -> Highlight | None:
    """What the first skills are backed by, most telling first: both in several roles, one, a certificate.

    Args:
        title: of the person; what it says already comes last.
    """
    skills = sorted(skills, key=lambda skill: says(title, skill.name))
    for wording in (_of_two, _of_one, _of_certificate, _of_last):
        if found := wording(profile, skills, career):
            text, fields = found
            if len(text) <= LONGEST:
                return Highlight(as_sentence(text), tuple(dict.fromkeys(fields)))
    return None


_Said = tuple[str, tuple[str, ...]]


def _of_two(profile: Profile, skills: Sequence[Skill], career: Career) -> _Said | None:
    pairs = [(one, other) for at, one in enumerate(skills[:4]) for other in skills[at + 1 : 4]]
    for one, other in sorted(pairs, key=lambda pair: -len(pair[0].roles & pair[1].roles)):
        both = one.roles & other.roles
        if len(both) > 1:
            names = [skill.name for skill in skills if skill in (one, other)]
            text = f"Expertise in {joined(names)}: {_backed(both, career)}"
            return text, tuple(str(f) for skill in (one, other) for f in skill.fields if f.role in both)
    return None


def _of_one(profile: Profile, skills: Sequence[Skill], career: Career) -> _Said | None:
    for skill in skills[:4]:
        if len(skill.roles) > 1:
            return f"Expertise in {joined([skill.name])}: {_backed(skill.roles, career)}", tuple(
                str(field) for field in skill.fields if field.role in skill.roles
            )
    return None


def _of_certificate(profile: Profile, skills: Sequence[Skill], career: Career) -> _Said | None:
    for at, text in enumerate(profile.certifications):
        plain = _DATED.sub("", " ".join(text.split())).strip(" .,;-")
        if any(FieldPath.of("certifications", at) in skill.fields for skill in skills) and plain.count(
            "("
        ) == plain.count(")"):
            return f"Certification: {plain}", (f"certifications[{at}]",)
    return None


def _of_last(profile: Profile, skills: Sequence[Skill], career: Career) -> _Said | None:
    """The skills that one role shows several times."""
    for job in career.jobs[:1]:
        here = [skill for skill in skills if sum(field.role == job.number for field in skill.fields) > 1][:2]
        if here and job.tenure and job.tenure.months >= 12 and job.tenure.months <= MOST_MONTHS:
            text = f"Expertise in {joined([skill.name for skill in here])}: {years_said(job.tenure.months)} in one role"
            return text, tuple(str(f) for skill in here for f in skill.fields if f.role == job.number)
    return None


def _backed(roles: frozenset[int], career: Career) -> str:
    months = career.months(roles)
    if 12 <= months <= MOST_MONTHS and all(career.jobs[number].tenure for number in roles):
        return f"{len(roles)} roles, {years_said(months)}"
    return f"{len(roles)} roles"
