"""The fields of work that are usual in an occupation, by the skills of those who have it.

What is usual is a committed table (`typical.tsv`, made by `training.typical_fields` from counts of skills over public
résumés): of each common occupation, how large a part of a person's skills each field has, on average.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from recommender.field_path import FieldPath
from recommender.insights.prose.words import rows
from recommender.insights.work.career import RECENT, Career
from recommender.insights.work.occupation import Occupation
from recommender.skills import Vocabulary

#: Parts of skills: below the first a field is unusual in an occupation, from the second somebody is at home in it.
_UNUSUAL, _AT_HOME = 0.02, 0.2


@cache
def fields() -> Mapping[str, tuple[str, ...]]:
    """Categories of skills that are fields of work → the beginnings of words by which an occupation says them."""
    return {category: tuple(words.split()) for category, words in rows("work/fields.tsv")}


@cache
def typical() -> Mapping[str, Mapping[str, float]]:
    """Occupation, or the end of one, or "*" for all → category → its mean part."""
    table: dict[str, dict[str, float]] = {}
    for occupation, category, mean in rows("work/typical.tsv"):
        table.setdefault(occupation, {})[category] = float(mean)
    return table


def lately(named: Mapping[FieldPath, Sequence[str]], career: Career) -> set[str]:
    """The skills that the roles of the last years show; those of a list or of long ago say little of the work now.

    Args:
        named: field → the skills that it shows.
    """
    recent = {job.number for job in career.jobs if career.recency[job.number] >= RECENT}
    return {name for field, names in named.items() if field[0] == "roles" and field[1] in recent for name in names}


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
def usual_of(occupation: Occupation) -> Mapping[str, float]:
    """What is usual among people of this occupation, or of what its end says, or of all."""
    return next(typical()[key] for key in keys_of(occupation.plain) if key in typical())


def out_of_place(counts: Counter[str], occupation: Occupation) -> frozenset[str]:
    """Categories in which people of this occupation have next to no skills, and somebody of these skills few."""
    usual, total = usual_of(occupation), max(counts.total(), 1)
    return frozenset(
        category
        for category, count in counts.items()
        if count / total < _AT_HOME and (category not in usual or usual[category] < _UNUSUAL)
        if not _says(occupation, category)
    )


def _says(occupation: Occupation, category: str) -> bool:
    beginnings = fields()[category]
    return any(word.startswith(beginnings) for word in occupation.plain.replace("-", " ").replace("/", " ").split())
