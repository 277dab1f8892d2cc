"""What backs the skills that somebody is known for, in one sentence: roles, months, certificates."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

from recommender.facts import Facts, present
from recommender.field_path import FieldPath
from recommender.insights.insights import Highlight
from recommender.insights.prose.clauses import LONGEST, as_sentence
from recommender.insights.prose.spoken import joined, years_said
from recommender.insights.work.career import MOST_MONTHS, Career
from recommender.insights.work.certificates import certificate_held
from recommender.insights.work.naming import says
from recommender.insights.work.strengths import Skill
from recommender.insights.work.years import most_stated
from recommender.profile import Profile

_SHOWN = 3  # fields that show a skill in one role
_SEVERAL = 3  # roles that show a skill: without their number, which may be less than there are
_LONG = 24  # months of one role


def expertise(profile: Profile, facts: Facts, skills: Sequence[Skill], career: Career, title: str) -> Highlight | None:
    """What the first skills are backed by, most telling first: several roles that show both, or one; a certificate.

    Args:
        title: of the person; what it says already backs nothing by itself.
    """
    asked = _Asked(profile, facts, skills, frozenset(one.name for one in skills if not says(title, one.name)), career)
    for wording in (_of_two, _of_one, _of_certificate, _of_last):
        if (found := wording(asked)) and len(found[0]) <= LONGEST:
            return Highlight(as_sentence(found[0]), tuple(dict.fromkeys(found[1])))
    return None


class _Asked(NamedTuple):
    """Whose expertise is worded; `new` are the skills that the title does not say."""

    profile: Profile
    facts: Facts
    skills: Sequence[Skill]
    new: Set[str]
    career: Career


_Said = tuple[str, tuple[str, ...]]


def _of_two(asked: _Asked) -> _Said | None:
    first = [one for one in asked.skills if one.name in asked.new][:4]
    first += [one for one in asked.skills if one.name not in asked.new][:1]
    pairs = [(one, two) for at, one in enumerate(first) for two in first[at + 1 :] if {one.name, two.name} & asked.new]
    pairs.sort(key=lambda pair: (not {pair[0].name, pair[1].name} <= asked.new, -len(pair[0].roles & pair[1].roles)))
    for one, two in pairs:
        both = one.roles & two.roles
        if len(both) >= _SEVERAL:
            fields = tuple(str(field) for skill in (one, two) for field in skill.fields if field.role in both)
            return f"Expertise in {joined((one.name, two.name))} across several roles", fields
    return None


def _of_one(asked: _Asked) -> _Said | None:
    for skill in asked.skills[:4]:
        if len(skill.roles) >= _SEVERAL and skill.name in asked.new:
            fields = tuple(str(field) for field in skill.fields if field.role in skill.roles)
            return f"Expertise in {joined([skill.name])} across several roles", fields
    return None


def _of_certificate(asked: _Asked) -> _Said | None:
    for at, text in enumerate(asked.profile.certifications):
        said, here = certificate_held(text, present(asked.profile)), FieldPath.of("certifications", at)
        if said and any(here in skill.fields for skill in asked.skills):
            return f"Certification: {said}", (str(here),)
    return None


def _of_last(asked: _Asked) -> _Said | None:
    """The skills that the first role shows several times, where it is long and most of what somebody has done."""
    for job in asked.career.jobs[:1]:
        here = [one for one in asked.skills if sum(field.role == job.number for field in one.fields) >= _SHOWN]
        here = [one for one in here if one.name in asked.new][:2]
        months = job.tenure.months if job.tenure else 0
        stated = most_stated(asked.profile.about or "")
        if here and max(_LONG, 6 * (asked.facts.years or 0), 12 * stated) <= months <= MOST_MONTHS:
            fields = tuple(str(field) for skill in here for field in skill.fields if field.role == job.number)
            return f"Expertise in {joined([one.name for one in here])}: {years_said(months)} in one role", fields
    return None
