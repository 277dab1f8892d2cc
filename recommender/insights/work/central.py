"""The skills that are central to somebody's work: those of which its latest years tell enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from recommender.field_path import FieldPath
from recommender.insights.work.career import RECENT, Career
from recommender.insights.work.naming import has_word, says, says_much, stems, telling_stems
from recommender.insights.work.occupation import Occupation
from recommender.insights.work.strengths import Skill
from recommender.insights.work.trades import is_alike
from recommender.profile import Profile
from recommender.skills import Vocabulary

#: What a title, the summary and a list of skills add to lines.
_BY_TITLE, _BY_SUMMARY, _BY_TAG = 1.5, 0.5, 0.75
#: Least score, and that of a skill in lists that somebody chose.
_LEAST, _LEAST_STATED = 2.75, 1.5
#: Part of the best one's score that a second one has.
_ALIKE = 0.8
#: What lines tell of it at the least, where nobody lists it; and parts of the lines, and of what most is told of.
_OWN = 1.5
_LEAST_OF_LINES, _LEAST_OF_MOST = 0.1, 0.7
_MANY_LISTS = 2  # of roles that have a skill, beside which its words need not be said


class Work(NamedTuple):
    """The roles that say what somebody works at: those of the occupation of the last years, and the latest of them.

    Attributes:
        lines: how many lines tell of them.
        told: line → what it tells of each skill that it names, up to 1.
        by_skill: skill → what lines tell of it together, of those of which any does.
    """

    roles: frozenset[int]
    latest: frozenset[int]
    lines: int
    told: Mapping[FieldPath, float]
    by_skill: Mapping[str, float]


def work_of(
    profile: Profile,
    career: Career,
    occupation: Occupation,
    told: Mapping[FieldPath, float],
    named: Mapping[FieldPath, Sequence[str]],
) -> Work:
    """The work of this occupation; no roles where none of it is told.

    Args:
        told: as `told_by` gives it.
        named: field → the skills that it shows.
    """
    dated = [job for job in career.jobs if profile.roles[job.number].bullets and not job.again]
    own = [job for job in dated if is_alike(job, occupation)]
    last = max((career.recency[job.number] for job in own), default=0.0)
    latest = frozenset(job.number for job in own if career.recency[job.number] == last)
    roles = latest | {job.number for job in own if career.recency[job.number] >= RECENT}
    here = {field: part for field, part in told.items() if field.role in roles}
    by_skill = dict[str, float]()
    for field, part in here.items():
        for name in named[field]:
            by_skill[name] = by_skill.get(name, 0.0) + part
    return Work(roles, latest, sum(len(profile.roles[number].bullets) for number in roles), here, by_skill)


def central(
    skills: Sequence[Skill],
    profile: Profile,
    work: Work,
    occupation: Occupation,
    vocabulary: Vocabulary,
) -> list[Skill]:
    """Those that the work tells enough of, most first; what a page states counts as it is where nothing is told.

    Enough is more than two lines of their own, or half of the lines; fewer by title, summary or a list that somebody
    chose; a tenth of all lines; a part of what is told of the skill of which most is; something in the latest role; and
    nearly as much as of the first. Nothing that the occupation says.
    """
    if not any(role.bullets for role in profile.roles):
        return list(skills) if profile.core_skills else []
    if not work.roles:
        return []
    listed, fit = _lists(profile), []
    most = 0.0 if listed else _most(work, occupation, vocabulary)
    least = min(_LEAST_STATED if listed else _LEAST, max(1.0, work.lines / 2))
    enough, own = max(least, work.lines * _LEAST_OF_LINES), max(min(_OWN, least), most * _LEAST_OF_MOST)
    for skill in skills:
        score = _score(skill, profile, work)
        if score < enough or not _is_of_now(skill, work) or says(occupation.text, skill.name):
            continue
        if _is_in_words(skill, profile, work) if listed else _lines(skill, work) >= own:
            fit.append((score, skill))
    fit.sort(key=lambda one: -one[0])
    return [skill for score, skill in fit if score >= _ALIKE * fit[0][0]]


def _lines(skill: Skill, work: Work) -> float:
    return sum([work.told.get(field, 0.0) for field in skill.fields])


def _score(skill: Skill, profile: Profile, work: Work) -> float:
    here = [field for field in skill.fields if field.role in work.roles]
    told = _lines(skill, work)
    told += _BY_SUMMARY * any(field[0] == "about" for field in skill.fields)
    if _lists(profile):
        told += _BY_TAG * (sum("skills" in field for field in here) + _is_worded(skill, profile, work))
    return told + _BY_TITLE * any("title" in field for field in here) if told else 0.0


def _lists(profile: Profile) -> bool:
    """Whether the profile says itself which skills were of its roles or are its core: lists that somebody chose."""
    return bool(profile.core_skills) or any(role.skills for role in profile.roles)


def _is_worded(skill: Skill, profile: Profile, work: Work) -> bool:
    """Whether the summary or a line of the work has a word of a skill, if not all of them."""
    lines = (line for number in work.roles for line in profile.roles[number].bullets)
    return any(has_word(skill.name, text) for text in (profile.about or "", *lines))


def _is_in_words(skill: Skill, profile: Profile, work: Work) -> bool:
    """Whether summary, titles and lines of the work have every word of a skill in a list, or several roles list it."""
    if sum("skills" in field and field.role in work.roles for field in skill.fields) >= _MANY_LISTS:
        return True
    roles = [profile.roles[number] for number in work.roles]
    texts = (profile.about or "", *(text for role in roles for text in (role.title or "", *role.bullets)))
    return telling_stems(skill.name) <= frozenset[str]().union(*map(stems, texts))


def _is_of_now(skill: Skill, work: Work) -> bool:
    return any(field.role in work.latest for field in skill.fields)


def _most(work: Work, occupation: Occupation, vocabulary: Vocabulary) -> float:
    """What is told of the skill of which most is told, but for those that the occupation says."""
    most = 0.0
    for name, lines in work.by_skill.items():
        if lines > most and says_much(name, vocabulary) and not says(occupation.text, name):
            most = lines
    return most
