"""Words that say of a skill that somebody knows of it or learns it, and not that they work with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from recommender.field_path import FieldPath
from recommender.insights.prose.words import any_of, words
from recommender.insights.texts import Texts
from recommender.skills import Vocabulary
from recommender.skills.entries import Prose

_HEDGES = re.compile(rf"\b{any_of('hedges', low=True)}\b")
#: The beginning of the longest word of some → those: a text without any beginning has none, for a part of the work.
_BY_BEGINNING = dict[str, list[str]]()
for _phrase in sorted(words("hedges")):
    _BY_BEGINNING.setdefault(max(_phrase.replace("-", " ").split(), key=len)[:5].lower(), []).append(_phrase.lower())
#: Where what a hedge is of ends: with the sentence, or where a deed is told in it.
_ENDS = re.compile(r"[.;!?](?=\s|\Z)|[\n•●▪]|,?\s(?:and|then|who)\s(?=\w+ed\b|re?built\b|wrote\b|led\b|ran\b)")


def is_hedged(field: FieldPath, texts: Texts, skill: str, vocabulary: Vocabulary) -> bool:
    """Whether a field names a skill after such words alone: "basic knowledge of Kafka", "started learning Rust"."""
    if field[0] != "about" and "bullets" not in field:
        return False
    text = texts[field]
    if not (spans := _hedged(text)):
        return False
    named = False
    for place in _places(text, skill, vocabulary):
        named = True
        if not any(first <= place < after for first, after in spans):
            return False
    return named


def _places(text: str, skill: str, vocabulary: Vocabulary) -> Iterator[int]:
    """Where a text writes a skill, by any of its names."""
    low = text.lower()
    for name in _names(skill, vocabulary):
        yield from written_at(low, name)


def written_at(low: str, skill: str) -> Iterator[int]:
    """Where a text has these very words."""
    place = low.find(skill)
    while place >= 0:
        after = place + len(skill)
        if not (_is_of_word(low[place - 1 : place]) or _is_of_word(low[after : after + 1])):
            yield place
        place = low.find(skill, place + 1)


def is_written(low: str, skill: str) -> bool:
    """Whether a text has these very words."""
    return skill in low and next(written_at(low, skill), None) is not None


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


@lru_cache(16_384)
def _names(skill: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    entry = vocabulary.skill(skill)
    ways = [way.text for way in entry.surfaces if way.prose is not Prose.NEVER] if entry else []
    return tuple(dict.fromkeys(way.lower() for way in (skill, *ways)))


@lru_cache(256)
def _hedged(text: str) -> tuple[tuple[int, int], ...]:
    """The parts of a text that such words are of, each from them to where what they are of ends."""
    low = text.lower()
    if not _may_hedge(low):
        return ()
    return tuple((hedge.end(), _end(text, hedge.end())) for hedge in _HEDGES.finditer(low))


def _may_hedge(low: str) -> bool:
    for beginning, phrases in _BY_BEGINNING.items():
        if beginning in low and any(phrase in low for phrase in phrases):
            return True
    return False


def _end(text: str, after: int) -> int:
    end = _ENDS.search(text, after)
    return end.start() if end else len(text)
