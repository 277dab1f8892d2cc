"""The skills that somebody is known for, and what backs them: roles, months, certificates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from recommender.facts import Facts, distinction
from recommender.field_path import FieldPath
from recommender.insights.career import MOST_MONTHS, Career
from recommender.insights.insights import Highlight
from recommender.insights.occupation import is_who
from recommender.insights.sentences import LONGEST, as_sentence, is_whole
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
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ers?|ors?|es?|s)\Z")
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
    profile: Profile,
    facts: Facts,
    held: Mapping[str, tuple[FieldPath, ...]],
    strange: Set[str],
    vocabulary: Vocabulary,
) -> list[Skill]:
    """The core skills that the work itself shows, most central first; those that a page states count as they are.

    What says the same in other words, or is a part of one before it, is left out; and what is of a strange
    category, one that has no place in the occupation.
    """
    found: list[Skill] = []
    for name in facts.core_skills:
        fields = held.get(name, ())
        roles = frozenset(field.role for field in fields if field.role is not None)
        stated = bool(profile.core_skills)
        shown = len(fields) > 1 and roles and _says_much(name, vocabulary)
        if not stated and (not shown or _category(name, vocabulary) in strange):
            continue
        if not any(_same(name, other.name, vocabulary) for other in found):
            found.append(Skill(name, fields, roles))
    return found


def _category(name: str, vocabulary: Vocabulary) -> str:
    skill = vocabulary.skill(name)
    return skill.category if skill else ""


def _says_much(name: str, vocabulary: Vocabulary) -> bool:
    if name not in _WIDE and is_who(name.rsplit(" ", 1)[-1]):
        return False  # "Scrum Master": who somebody is, no skill that one is good at
    return vocabulary.known(name) and name not in _WIDE and distinction(name, vocabulary) >= _LEAST_DISTINCT


@lru_cache(16_384)
def stems(text: str) -> frozenset[str]:
    """The beginnings of its words, by which "Networking" and "network" are one."""
    plain = _JOINED.sub(r"\1\2", text.casefold()).replace("it ", "information technology ")
    return frozenset(_ENDING.sub("", word)[:5] for word in re.findall(r"[a-z+#.]{2,}", plain))


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
        title: of the person; what it says already backs nothing by itself.
    """
    new = {skill.name for skill in skills if not says(title, skill.name)}
    for wording in (_of_two, _of_one, _of_certificate, _of_last):
        if found := wording(profile, skills, new, career):
            text, fields = found
            if len(text) <= LONGEST:
                return Highlight(as_sentence(text), tuple(dict.fromkeys(fields)))
    return None


_Said = tuple[str, tuple[str, ...]]


def _of_two(profile: Profile, skills: Sequence[Skill], new: Set[str], career: Career) -> _Said | None:
    first = skills[:4]
    pairs = [(one, other) for at, one in enumerate(first) for other in first[at + 1 :] if {one.name, other.name} & new]
    pairs.sort(key=lambda pair: ({pair[0].name, pair[1].name} - new != set(), -len(pair[0].roles & pair[1].roles)))
    for one, other in pairs:
        both = one.roles & other.roles
        if len(both) > 1:
            fields = tuple(str(field) for skill in (one, other) for field in skill.fields if field.role in both)
            return f"Expertise in {joined((one.name, other.name))}: {_backed(both, career)}", fields
    return None


def _of_one(profile: Profile, skills: Sequence[Skill], new: Set[str], career: Career) -> _Said | None:
    for skill in skills[:4]:
        if len(skill.roles) > 1 and skill.name in new:
            fields = tuple(str(field) for field in skill.fields if field.role is not None)
            return f"Expertise in {joined([skill.name])}: {_backed(skill.roles, career)}", fields
    return None


def _of_certificate(profile: Profile, skills: Sequence[Skill], new: Set[str], career: Career) -> _Said | None:
    for at, text in enumerate(profile.certifications):
        plain, here = _DATED.sub("", " ".join(text.split())).strip(" .,;-"), FieldPath.of("certifications", at)
        if any(here in skill.fields for skill in skills) and is_whole(plain):
            return f"Certification: {plain}", (str(here),)
    return None


def _of_last(profile: Profile, skills: Sequence[Skill], new: Set[str], career: Career) -> _Said | None:
    """The skills that one role shows several times."""
    for job in career.jobs[:1]:
        here = [skill for skill in skills if sum(field.role == job.number for field in skill.fields) > 1]
        here = [skill for skill in here if skill.name in new][:2]
        if here and job.tenure and 12 <= job.tenure.months <= MOST_MONTHS:
            said = joined([skill.name for skill in here])
            fields = tuple(str(field) for skill in here for field in skill.fields if field.role == job.number)
            return f"Expertise in {said}: {years_said(job.tenure.months)} in one role", fields
    return None


def _backed(roles: frozenset[int], career: Career) -> str:
    months = career.months(roles)
    if 12 <= months <= MOST_MONTHS and all(career.jobs[number].tenure for number in roles):
        return f"{len(roles)} roles, {years_said(months)}"
    return f"{len(roles)} roles"
