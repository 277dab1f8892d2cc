"""What its context must show before a way of writing counts: fields/senses.tsv, and the kinds of work.

A line of the file is tab-separated: a way of writing, or "@" and the name of a skill, for all its ways; how many points
of support it needs; words that support it where they are near; words near which it means something else. A word also
finds its longer forms ("rout" finds "router"); "#" is a number or "per" right before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from recommender.errors import VocabularyError
from recommender.skills.surface import squash

#: Fields of one kind of work share a family: a name of one supports a name of another.
_FAMILIES = dict.fromkeys(
    ["software", "data", "platform", "security", "networking", "it_support"], "technology"
) | dict.fromkeys(["engineering", "industry", "construction"], "industry")
_TRADES = frozenset(
    ["design_media", "education", "finance", "healthcare", "hospitality_retail", "hr_legal", "sales_marketing"]
) | frozenset(["science_public", *_FAMILIES])
#: Fields that belong to every kind of work: nobody is a stranger to them.
_EVERYBODYS = frozenset(["management", "soft_skills", "office", "languages"])


class Need(NamedTuple):
    """What a way of writing needs around it: points of support, and the words that lend or deny it."""

    points: int
    near: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


#: Of a name that means one thing wherever it is.
NOTHING = Need(0)
#: Of a name from a trade, which others write about too: of whom they work for and what they build.
SOME = Need(1)


def family_of(field: str) -> str:
    """The kind of work that a field belongs to; "" for what belongs to all kinds."""
    return "" if field in _EVERYBODYS else _FAMILIES.get(field, field)


def usual_need(field: str) -> Need:
    """What a name of a field needs where nothing else is written down: nothing, where nobody is a stranger to it."""
    return SOME if field in _TRADES and family_of(field) != "technology" else NOTHING


def needs_of(text: str, source: str) -> Iterator[tuple[str, Need]]:
    """Way of writing and need of each line; raises `VocabularyError` naming the line that is none."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        written, points, *words = [cell.strip() for cell in line.split("\t")]
        if not points.isdecimal() or len(words) > 2:
            raise VocabularyError(f"{source}, line {number}: not 'writing TAB points TAB near TAB never'; fix the line")
        near, never = (*words, "", "")[:2]
        yield written, Need(int(points), tuple(near.split()), tuple(never.split()))


def keyed(needs: Iterable[tuple[str, Need]]) -> dict[str, Need]:
    """Needs by what they are looked up by: the `squash` of a way of writing; "@" and a skill's name as it is."""
    return {written if written.startswith("@") else squash(written): need for written, need in needs}


@lru_cache(maxsize=4096)
def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the words, or longer forms of them."""
    return re.compile(
        "|".join(r"(?:\d|\bper|/)\s?\Z" if word == "#" else rf"\b{re.escape(word)}" for word in words), re.IGNORECASE
    )
