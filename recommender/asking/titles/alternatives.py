"""Titles that share a word: "dental or medical receptionist", "devops / cloud engineer", "hotel/restaurant manager"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recommender.asking.spans import ValueSpan, listed
from recommender.asking.titles.heads import WITH_OF
from recommender.asking.titles.phrases import LINES_OF_WORK
from recommender.asking.titles.short import full
from recommender.asking.tools import TOOLS
from recommender.reading.text.titles import is_modifier, is_noun
from recommender.skills import Vocabulary

_BEFORE = re.compile(
    r"(?:\A|[,;:(\n]\s*|\s[-–—]>?\s+|\b(?:an?|the|for|seeking|seeks|hiring|need|needs|wanted|no|not)\s+)"
    r"(?P<other>[\w&+-]+(?: [\w&+-]+)?)\s*(?:/|\bor\b)\s*\Z",
    re.IGNORECASE,
)
#: Characters before a title in which its other first words are looked for.
_NEAR = 60
_EITHER = re.compile(r"\s*(?:/|,?\s*\bor\b)\s*", re.IGNORECASE)
_OF = re.compile(r" of .+\Z", re.IGNORECASE)
_LITTLE = listed("before titles") | listed("ranks") | listed("schools")


def with_alternatives(
    found: Sequence[ValueSpan], written: str, vocabulary: Vocabulary, *, advert: bool
) -> Iterator[ValueSpan]:
    """The titles found, and before each the one that shares its end; spans that "or" or a slash is between."""
    for one in _with_same_of(found, written):
        other = _before(one, written, vocabulary, advert=advert)
        if other:
            yield other
        yield from _slashed(one, written, vocabulary)


def _with_same_of(found: Sequence[ValueSpan], written: str) -> Iterator[ValueSpan]:
    """The titles, each with what it is of: "director / VP of engineering" asks for a director of engineering."""
    for at, one in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        of = _OF.search(following.value) if following else None
        if following and of and WITH_OF.search(one.value) and _EITHER.fullmatch(written, one.end, following.start):
            yield one._replace(value=one.value + of[0])
        else:
            yield one


def _before(one: ValueSpan, written: str, vocabulary: Vocabulary, *, advert: bool) -> ValueSpan | None:
    match = _BEFORE.search(written, max(0, one.start - _NEAR), one.start)
    if match is None:
        return None
    words, title = match["other"].split(), one.value.split()
    if len(title) < 2 or not _modifies(words, vocabulary, advert=advert):
        return None
    shared = title[min(len(words), len(title) - 1) :]
    return ValueSpan(*match.span("other"), " ".join([*words, *shared]))


def _modifies(words: list[str], vocabulary: Vocabulary, *, advert: bool) -> bool:
    """Whether words are the first ones of a title whose last comes later."""
    if is_noun(full(words[-1])) or any(word.casefold() in _LITTLE or word.isdigit() for word in words):
        return False
    if advert and not all(map(is_modifier, words)):
        return False
    return _is_work(" ".join(words), vocabulary)


def _is_work(name: str, vocabulary: Vocabulary) -> bool:
    found = vocabulary.lookup(name)
    tool = found is not None and vocabulary.field(found[0]) in TOOLS
    return not tool or name.casefold().replace(" ", "-") in LINES_OF_WORK


def _slashed(one: ValueSpan, written: str, vocabulary: Vocabulary) -> Iterator[ValueSpan]:
    """The two titles of "dental/medical receptionist", each up to its own side of the slash."""
    at = written.find("/", one.start, one.end)
    words = one.value.split()
    number = next((n for n, word in enumerate(words[:-1]) if word.count("/") == 1), None)
    if number is None:
        yield one
        return
    first, second = words[number].split("/")
    if not (first and second and _is_work(first, vocabulary) and _is_work(second, vocabulary)):
        yield one
        return
    before, after = words[:number], words[number + 1 :]
    yield ValueSpan(one.start, at, " ".join([*before, first, *after]))
    yield ValueSpan(at + 1, one.end, " ".join([*before, second, *after]))
