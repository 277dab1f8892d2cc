"""The skills that somebody's work shows, the fields that show each, and the roles among them."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence, Set
from typing import NamedTuple

from recommender.facts import Facts
from recommender.field_path import FieldPath
from recommender.insights.texts import Texts
from recommender.insights.work.career import Career, Job
from recommender.insights.work.hedges import is_hedged
from recommender.insights.work.naming import has_word, is_product, is_said, is_same, says_much
from recommender.profile import Profile, Role
from recommender.skills import Vocabulary

_CITED = 3  # fields of a skill that an insight cites
_FEW = 3  # lines of a role of which one will do
_LINES = 1.5  # that show a skill in a role


class Skill(NamedTuple):
    """A skill, the fields that show it, and the roles among them."""

    name: str
    fields: tuple[FieldPath, ...]
    roles: frozenset[int]

    def cited(self) -> tuple[str, ...]:
        """The first few of its fields, those of roles first."""
        return tuple(map(str, sorted(self.fields, key=lambda field: field.role is None)[:_CITED]))


def strengths(
    profile: Profile,
    texts: Texts,
    facts: Facts,
    career: Career,
    held: Mapping[str, tuple[FieldPath, ...]],
    told: Mapping[FieldPath, float],
    elsewhere: Set[int],
    strange: Set[str],
    vocabulary: Vocabulary,
) -> list[Skill]:
    """The core skills that the work itself shows, most central first; those that a page states count as they are.

    Roles count whose titles say who works, and not those elsewhere alone, of another trade. What else has a line of
    dates may be a course or a project. Fields count that say a skill in its own words, and roles that say it enough, as
    `told_by` measures lines. What says the same in other words, or is a part of one before it, is left out; and what is
    of a strange category, one that has no place in the occupation.
    """
    found: list[Skill] = []
    stated = bool(profile.core_skills)
    worked = {job.number: job for job in career.jobs if job.occupation and not job.again}
    for name in facts.core_skills:
        telling = stated or (says_much(name, vocabulary) and _category(name, vocabulary) not in strange)
        if not telling or any(is_same(name, other.name, vocabulary) for other in found):
            continue
        named: Sequence[FieldPath] = held.get(name, ())
        if not stated and not _is_shown(named, worked):
            continue
        named = _naming(name, named, texts, vocabulary)
        named = [field for field in named if "title" not in field or _is_in_title(name, worked.get(field.role or 0))]
        fields = tuple(field for field in named if not is_hedged(field, texts, name, vocabulary))
        if _is_shown(fields, worked) or (stated and fields):
            roles = _roles_of(fields, worked, texts, profile, told)
            found.append(Skill(name, fields, roles if roles - elsewhere else frozenset()))
    return found


def _is_shown(fields: Sequence[FieldPath], worked: Container[int | None]) -> bool:
    """Whether several of these fields are of work, which a list tells nothing of, and one of a role."""
    in_work = [field for field in fields if field[0] not in ("core_skills", "other_skills")]
    return len(in_work) > 1 and any(field.role in worked for field in in_work)


def _naming(name: str, fields: Sequence[FieldPath], texts: Texts, vocabulary: Vocabulary) -> Sequence[FieldPath]:
    """The fields that say a skill itself: what is only near to it ("privacy") may be less than it.

    A product goes by many names; any of them will do.
    """
    if is_product(name, vocabulary):
        return fields
    return [field for field in fields if is_said(name, texts[field])]


def _category(name: str, vocabulary: Vocabulary) -> str:
    skill = vocabulary.skill(name)
    return skill.category if skill else ""


def _is_in_title(name: str, job: Job | None) -> bool:
    """Whether what a title says somebody is has a skill; what else is there may be of another heading."""
    return job is not None and job.occupation is not None and is_said(name, job.occupation.text)


def _roles_of(
    fields: Sequence[FieldPath],
    worked: Container[int],
    texts: Texts,
    profile: Profile,
    told: Mapping[FieldPath, float],
) -> frozenset[int]:
    """The roles that show a skill; those that only list it where as many tell of it in words too."""
    by_role = dict[int, list[FieldPath]]()
    for field in fields:
        if (number := field.role) is not None and number in worked:
            by_role.setdefault(number, []).append(field)
    told_of = {number for number, here in by_role.items() if _is_told(here, profile.roles[number], texts, told)}
    listed = {number for number, here in by_role.items() if any("skills" in field for field in here)}
    shown = told_of | listed
    return frozenset(shown if 2 * len(told_of) >= len(shown) else told_of)


def _is_told(here: Sequence[FieldPath], role: Role, texts: Texts, told: Mapping[FieldPath, float]) -> bool:
    """Whether a role tells of a skill in these fields of it: by its title, two lines, or one where it has few.

    Where its list of skills has it a line with a word of it will do.
    """
    lines = sum([told.get(field, 0.0) for field in here])
    if lines >= (_LINES if len(role.bullets) > _FEW else 1.0) or any("title" in field for field in here):
        return True
    tags = [texts[field] for field in here if "skills" in field]
    return any(has_word(tag, line) for tag in tags for line in role.bullets)
