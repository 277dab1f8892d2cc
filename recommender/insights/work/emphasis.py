"""The field of work that stands out in somebody against others of the occupation.

What is usual is a committed table (`typical.tsv`, made by `training.typical_fields` from counts of skills over public
résumés): of each common occupation, how large a part of a person's skills each field has, on average, and how much
that varies between people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from recommender.field_path import FieldPath
from recommender.insights.prose.words import rows
from recommender.insights.work.career import RECENT, Career
from recommender.insights.work.occupation import Occupation
from recommender.skills import Vocabulary

_FEWEST = 8  # skills that have a field, from which parts of them mean something
_FEWEST_THERE = 5
#: Parts of skills: below the first a field is unusual in an occupation, from the second somebody is at home in it.
_UNUSUAL, _AT_HOME = 0.02, 0.2
_LEAST_PART, _LEAST_NOW = 0.35, 0.35
_LEAST_MORE = 0.15
_LEAST_DEVIATIONS = 2.25


class Field(NamedTuple):
    """How a field of work is said, and the beginnings of words by which an occupation says it itself."""

    label: str
    said_by: tuple[str, ...]


class Usual(NamedTuple):
    """The part that a field has of the skills of people of one occupation: its mean and its deviation."""

    mean: float
    deviation: float


@cache
def fields() -> Mapping[str, Field]:
    """Category of skills → the field that it is."""
    return {category: Field(label, tuple(words.split())) for category, label, words in rows("work/emphases.tsv")}


@cache
def typical() -> Mapping[str, Mapping[str, Usual]]:
    """Occupation, or the end of one, or "*" for all → category → what is usual."""
    table: dict[str, dict[str, Usual]] = {}
    for occupation, category, mean, deviation in rows("work/typical.tsv"):
        table.setdefault(occupation, {})[category] = Usual(float(mean), float(deviation))
    return table


def roles_by_skill(held: Mapping[str, tuple[FieldPath, ...]]) -> dict[str, list[int | str]]:
    """Skill → the positions of the roles that show it, one for each field."""
    return {name: [place[1] for place in places if place[0] == "roles"] for name, places in held.items()}


def lately(roles: Mapping[str, Sequence[int | str]], career: Career) -> list[str]:
    """The skills that the roles of the last years show; those of a list or of long ago say little of the work now."""
    return _shown_by(roles, career, RECENT)


def latest(roles: Mapping[str, Sequence[int | str]], career: Career, occupation: Occupation | None) -> list[str]:
    """The skills that the roles that go on, or ended last, show; of those of this occupation where there are any."""
    return _shown_by(roles, career, max(career.recency, default=1.0), occupation)


def _shown_by(
    roles: Mapping[str, Sequence[int | str]], career: Career, recency: float, occupation: Occupation | None = None
) -> list[str]:
    recent = {job.number for job in career.jobs if career.recency[job.number] >= recency}
    recent = {number for number in recent if career.jobs[number].occupation == occupation} or recent
    return [name for name, numbers in roles.items() if not recent.isdisjoint(numbers)]


def categories(skills: Iterable[str], vocabulary: Vocabulary) -> Counter[str]:
    """Category → how many of these skills it has, of those categories that are a field of work."""
    of_work = _fields_of_work(vocabulary)
    return Counter([of_work[name] for name in skills if name in of_work])


@lru_cache(4)
def _fields_of_work(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Skill → its category, where that is a field of work."""
    known = ((name, vocabulary.skill(name)) for name in vocabulary.names)
    return {name: skill.category for name, skill in known if skill is not None and skill.category in fields()}


def keys_of(occupation: str) -> list[str]:
    """The names under which what is usual may be, narrowest first: "java web developer", "web developer", …, "*"."""
    words = occupation.split()
    return [*(" ".join(words[at:]) for at in range(len(words))), "*"]


@lru_cache(4_096)
def usual_of(occupation: Occupation) -> Mapping[str, Usual]:
    """What is usual among people of this occupation, or of what its end says, or of all."""
    return next(typical()[key] for key in keys_of(occupation.plain) if key in typical())


def out_of_place(counts: Counter[str], occupation: Occupation) -> frozenset[str]:
    """Categories in which people of this occupation have next to no skills, and somebody of these skills few."""
    usual, total = usual_of(occupation), max(counts.total(), 1)
    return frozenset(
        category
        for category, count in counts.items()
        if count / total < _AT_HOME and (category not in usual or usual[category].mean < _UNUSUAL)
        if not _says(occupation, category)
    )


def emphasis(occupation: Occupation, counts: Counter[str], now: Counter[str]) -> str | None:
    """The category that stands out most; None where none does, or where the occupation says it already.

    Nor is there one where only the end of an occupation has been counted ("analyst"): what is unusual among all of
    these may be what everybody of it does ("FP&A analyst").

    Args:
        counts: of the skills of the last years, as `categories` gives them.
        now: of those that the latest roles show.
    """
    total = counts.total()
    if total < _FEWEST or occupation.plain not in typical():
        return None
    usual = usual_of(occupation)
    best, most = None, _LEAST_DEVIATIONS
    for category, count in sorted(counts.items()):
        mean, deviation = usual.get(category, Usual(0.0, 0.05))
        part = count / total
        there_now = now[category] >= _LEAST_NOW * now.total() > 0
        if count < _FEWEST_THERE or part < max(_LEAST_PART, mean + _LEAST_MORE) or not there_now:
            continue
        deviations = (part - mean) / max(deviation, 0.05)
        if deviations > most and not _says(occupation, category):
            best, most = category, deviations
    return best


def _says(occupation: Occupation, category: str) -> bool:
    words = occupation.plain.replace("-", " ").replace("/", " ").split()
    return any(word.startswith(beginning) for word in words for beginning in fields()[category].said_by)
