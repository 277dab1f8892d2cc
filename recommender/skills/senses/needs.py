"""What its context must show before a way of writing counts: fields/senses.tsv, and the kinds of work.

A line of the file is tab-separated: a way of writing, or "@" and the name of a skill, for all its ways; how many points
of support it needs, and "*" where it means one thing but is often said in passing (who asks for it means it all the
same); words that support it where they are near; words near which it means something else. Words are separated by
spaces, and each also finds its longer forms ("rout" finds "router"):

    word_     that word alone
    <word     right before the name, an article between them at most; ~ is a space within it: "<head~of"
    >word     right after the name
    #         a number or "per" right before
    []        the name is an entry of a list: it supports
    @family   the person works in this kind of work: who builds software for a trade names the trade's parts
    $made     the words of an earlier line that begins with "$made"
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from recommender.errors import VocabularyError
from recommender.skills.surface import words

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
    """What a way of writing needs around it: points of support, and the words that lend or deny it.

    Attributes:
        passing: it needs them only in what somebody writes of a person, where it may be said in passing.
    """

    points: int
    near: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    passing: bool = False

    @property
    def beside(self) -> tuple[str, ...]:
        """Of the words that deny it those that are right beside it."""
        return tuple(word for word in self.never if word[0] in "<>@")


#: What ways of writing need, by their words; of all ways to write a skill by "@" and its name.
Needs = Mapping[str | tuple[str, ...], Need]
#: Among the words that support: the name is an entry of a list.
ENTRY = "[]"
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
    groups: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        written, *cells = [cell.strip() for cell in line.split("\t")]
        if written.startswith("$") and len(cells) == 1:
            groups[written] = tuple(cells[0].split())
            continue
        points = cells[0].removesuffix("*") if cells else ""
        if not points.isdecimal() or len(cells) > 3:
            raise VocabularyError(f"{source}, line {number}: not 'writing TAB points TAB near TAB never'; fix the line")
        near, never = (tuple(_grouped(cell.split(), groups)) for cell in (*cells[1:], "", "")[:2])
        yield written, Need(int(points), near, never, cells[0].endswith("*"))


def _grouped(signs: Iterable[str], groups: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for word in signs:
        yield from groups.get(word, (word,))


def keyed(needs: Iterable[tuple[str, Need]]) -> Needs:
    """Needs by what they are looked up by: the words of a way of writing; "@" and a skill's name as it is."""
    return {written if written.startswith("@") else words(written): need for written, need in needs}


def is_near(signs: tuple[str, ...], before: str, after: str) -> str | None:
    """The first of the signs that is in what is before a name or after it, as written there; None where none is."""
    left, right = _patterns(signs)
    for signs_of, side in ((left, before), (right, after)):
        found = signs_of.search(side.lower()) if signs_of else None
        if found:
            return side[found.start() : found.end()].strip()
    return None


@lru_cache(maxsize=4096)
def _patterns(signs: tuple[str, ...]) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """What finds the words before a name and after it."""
    anywhere = [_written(word) for word in signs if word[0] not in "<>#[@"]
    left = [rf"\b(?:{_written(word[1:])})(?:[^\w.!?;]{{1,3}}|\s(?:an?|the|of)\s)\Z" for word in signs if word[0] == "<"]
    right = [rf"\A[\s/-]{{1,2}}{_written(word[1:])}" for word in signs if word[0] == ">"]
    left += [r"(?:\d|\bper|/)\s?\Z"] if "#" in signs else []
    both = [rf"(?<!\w)(?:{'|'.join(anywhere)})"] if anywhere else []
    return _compiled(both + left), _compiled(both + right)


def _written(word: str) -> str:
    pattern = re.escape(word.rstrip("_").lower()).replace("\\~", " ").replace("~", " ")
    return pattern + r"\b" if word.endswith("_") else pattern


def _compiled(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns)) if patterns else None
