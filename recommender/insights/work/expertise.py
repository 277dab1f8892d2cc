"""The skills that somebody is known for, and what backs them: roles, months, certificates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from recommender.facts import Facts, distinction
from recommender.field_path import FieldPath
from recommender.insights.insights import Highlight
from recommender.insights.prose.sentences import LONGEST, as_sentence
from recommender.insights.prose.spoken import joined, years_said
from recommender.insights.prose.words import words
from recommender.insights.work.career import MOST_MONTHS, Career, Job
from recommender.insights.work.certificates import certificate_said
from recommender.insights.work.hedges import is_hedged, written_at
from recommender.insights.work.title_words import is_who
from recommender.profile import Profile
from recommender.skills import Vocabulary

_LEAST_DISTINCT = 0.7
_BETWEEN = 2  # words that may come between those of a skill
_WORDS, _CAPITALS = re.compile(r"[a-z+#.]{2,}"), re.compile(r"[A-Z]{2,}")
_SHOWN = 3  # fields of a skill that an insight cites, and that show it in one role
_LONG = 24  # months of one role
#: What a line tells of each skill in it: all where it names few or says much of each, a quarter where it is a list.
_FEW, _MUCH, _LITTLE, _LISTED = 3, 40, 20, 0.25
_LINES = 1.5  # that show a skill in a role
#: Skills too wide, or too much a matter of course, to say what somebody is good at.
_WIDE, _PRODUCTS, _BRANDS = words("wide"), words("products"), words("brands")
_SURE = 9  # letters of two words that are forms of one where they are the same
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
    worked = {job.number: job for job in career.jobs if job.occupation and not job.again}
    for name in facts.core_skills:
        named = [field for field in held.get(name, ()) if _is_named(name, field, profile, vocabulary)]
        named = [field for field in named if "title" not in field or _is_in_title(name, worked.get(field.role or 0))]
        fields = tuple(field for field in named if not is_hedged(profile, field, name, vocabulary))
        roles = frozenset(number for number in worked if _is_shown(fields, number, profile, told))
        stated = bool(profile.core_skills)
        in_work = [field for field in fields if "skills" not in str(field[0])]  # a list tells of nothing done
        shown = len(in_work) > 1 and any(field.role in worked for field in fields) and says_much(name, vocabulary)
        if not fields or (not stated and (not shown or _category(name, vocabulary) in strange)):
            continue
        if not any(_same(name, other.name, vocabulary) for other in found):
            found.append(Skill(name, fields, roles if roles - elsewhere else frozenset()))
    return found


def told_by(profile: Profile, held: Mapping[str, tuple[FieldPath, ...]]) -> dict[FieldPath, float]:
    """What each line of a role tells of each skill in it: less where it names many, next to nothing in a list."""
    named = Counter(field for fields in held.values() for field in fields if "bullets" in field)
    return {field: _told(len(str(field.resolve(profile))), count) for field, count in named.items()}


def _told(length: int, named: int) -> float:
    each = length / named
    if named <= _FEW or each >= _MUCH:
        return 1.0
    return 0.5 if each >= _LITTLE else _LISTED


def _is_in_title(name: str, job: Job | None) -> bool:
    """Whether what a title says somebody is has a skill; what else is there may be of another heading."""
    return job is not None and job.occupation is not None and is_said(name, job.occupation.text)


def _is_shown(fields: Sequence[FieldPath], number: int, profile: Profile, told: Mapping[FieldPath, float]) -> bool:
    """Whether a role shows a skill: by its title, its list of skills, or two lines; by one where it has few."""
    here = [field for field in fields if field.role == number]
    least = _LINES if len(profile.roles[number].bullets) > _FEW else 1.0
    return _is_named_by(here) or sum(told.get(field, 0.0) for field in here) >= least


def _is_named_by(fields: Sequence[FieldPath]) -> bool:
    return any("title" in field or "skills" in field for field in fields)


def _is_named(name: str, field: FieldPath, profile: Profile, vocabulary: Vocabulary) -> bool:
    """Whether a field says a skill itself: what is only near to it ("privacy") may be less than it.

    A product goes by many names; any of them will do.
    """
    return _is_product(name, vocabulary) or is_said(name, str(field.resolve(profile)))


def _is_product(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a skill is a thing that one works with; "Storage Administration" is work, whatever it is done with."""
    skill = vocabulary.skill(name)
    product = skill is not None and (skill.category in _PRODUCTS or name in _BRANDS)
    return product and stems(name).isdisjoint(_WORK)


def is_said(name: str, text: str) -> bool:
    """Whether a text has the words of a skill, in any form and order, close together, or their initials."""
    if any(True for _ in written_at(text.lower(), name.lower())):
        return True
    own = stems(name)
    if not own <= stems(text):
        initials = "".join(word[0] for word in re.findall(r"[^\W\d_]{3,}", name)).upper()
        return len(initials) > 1 and initials in _CAPITALS.findall(text)
    if not _has_forms(name.casefold(), text.casefold()):
        return False
    seen = dict[str, int]()
    for at, stem in enumerate(_stems(text)):
        if stem in own:
            seen[stem] = at
            if len(seen) == len(own) and at - min(seen.values()) < len(own) + _BETWEEN:
                return True
    return False


def _has_forms(name: str, text: str) -> bool:
    """Whether each word of a skill is there in some form: "pharmacology" is none of "pharmacovigilance"."""
    there = _WORDS.findall(_JOINED.sub(r"\1\2", text))
    return all(any(_is_form(word, other) for other in there) for word in _WORDS.findall(_JOINED.sub(r"\1\2", name)))


def _is_form(one: str, other: str) -> bool:
    mine, theirs = _ENDING.sub("", one), _ENDING.sub("", other)
    alike = mine[:_SURE], theirs[:_SURE]
    work = mine[:5] == theirs[:5] and mine[:5] in _WORK
    return work or alike[0].startswith(alike[1]) or alike[1].startswith(alike[0])


def _category(name: str, vocabulary: Vocabulary) -> str:
    skill = vocabulary.skill(name)
    return skill.category if skill else ""


def says_much(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a skill is known, is no matter of course, and says what somebody is good at."""
    if name not in _WIDE and is_who(name.rsplit(" ", 1)[-1]):
        return False  # "Scrum Master": who somebody is, no skill that one is good at
    return vocabulary.known(name) and name not in _WIDE and distinction(name, vocabulary) >= _LEAST_DISTINCT


@lru_cache(16_384)
def stems(text: str) -> frozenset[str]:
    """The beginnings of its words, by which "Networking" and "network" are one."""
    return frozenset(_stems(text))


@lru_cache(4_096)
def _stems(text: str) -> tuple[str, ...]:
    plain = _JOINED.sub(r"\1\2", text.casefold()).replace("it ", "information technology ")
    return tuple(_stem(word) for word in _WORDS.findall(plain))


@lru_cache(65_536)
def _stem(word: str) -> str:
    return _ENDING.sub("", word)[:5]


def says(text: str, skill: str) -> bool:
    """Whether a text has the words of a skill, but for those that say that it is work ("Web Development")."""
    return telling_stems(skill) <= stems(text)


def telling_stems(skill: str) -> frozenset[str]:
    """The beginnings of the words of a skill, but for those that say that it is work, where it has others."""
    own = stems(skill)
    return own - _WORK or own


def _same(one: str, other: str, vocabulary: Vocabulary) -> bool:
    mine, theirs = stems(one), stems(other)
    return mine <= theirs or theirs <= mine or one in vocabulary.broader(other) or other in vocabulary.broader(one)


def expertise(profile: Profile, facts: Facts, skills: Sequence[Skill], career: Career, title: str) -> Highlight | None:
    """What the first skills are backed by, most telling first: both in several roles, one, a certificate.

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
        if len(both) > 1:
            fields = tuple(str(field) for skill in (one, two) for field in skill.fields if field.role in both)
            return f"Expertise in {joined((one.name, two.name))}: {_backed(both, (one, two), asked)}", fields
    return None


def _of_one(asked: _Asked) -> _Said | None:
    for skill in asked.skills[:4]:
        if len(skill.roles) > 1 and skill.name in asked.new:
            fields = tuple(str(field) for field in skill.fields if field.role in skill.roles)
            return f"Expertise in {joined([skill.name])}: {_backed(skill.roles, (skill,), asked)}", fields
    return None


def _of_certificate(asked: _Asked) -> _Said | None:
    for at, text in enumerate(asked.profile.certifications):
        said, here = certificate_said(text), FieldPath.of("certifications", at)
        if said and any(here in skill.fields for skill in asked.skills):
            return f"Certification: {said}", (str(here),)
    return None


def _of_last(asked: _Asked) -> _Said | None:
    """The skills that the first role shows several times, where it is long and most of what somebody has done."""
    for job in asked.career.jobs[:1]:
        here = [one for one in asked.skills if sum(field.role == job.number for field in one.fields) >= _SHOWN]
        here = [one for one in here if one.name in asked.new][:2]
        months = job.tenure.months if job.tenure else 0
        if here and max(_LONG, 6 * (asked.facts.years or 0)) <= months <= MOST_MONTHS:
            fields = tuple(str(field) for skill in here for field in skill.fields if field.role == job.number)
            return f"Expertise in {joined([one.name for one in here])}: {years_said(months)} in one role", fields
    return None


def _backed(roles: frozenset[int], skills: Sequence[Skill], asked: _Asked) -> str:
    """In how many roles, and for how long where each is largely of these skills and they make up half of the years."""
    months, career = asked.career.months(roles), asked.career
    dated = all(career.jobs[number].tenure for number in roles)
    largely = all(_is_largely_of(skill, number, asked.profile) for skill in skills for number in roles)
    if dated and largely and max(12, 6 * (asked.facts.years or 0)) <= months <= MOST_MONTHS:
        return f"{len(roles)}+ roles, {years_said(months)}"
    return f"{len(roles)}+ roles"


def _is_largely_of(skill: Skill, number: int, profile: Profile) -> bool:
    """Whether a role is of a skill: by its title, its list of skills, or most of its lines."""
    here = [field for field in skill.fields if field.role == number]
    return _is_named_by(here) or 2 * len(here) > len(profile.roles[number].bullets)
