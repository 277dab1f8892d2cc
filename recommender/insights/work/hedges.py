"""Words that say of a skill that somebody knows of it or learns it, and not that they work with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from recommender.field_path import FieldPath
from recommender.insights.prose.words import any_of, words
from recommender.profile import Profile
from recommender.skills import Vocabulary
from recommender.skills.entries import Prose

_HEDGES = re.compile(rf"\b{any_of('hedges', low=True)}\b")
#: Of the longest word of each: a text without any has no such words.
_BEGINNINGS = tuple(sorted({max(phrase.replace("-", " ").split(), key=len)[:5] for phrase in words("hedges")}))
#: Where what a hedge is of ends: with the sentence, or where a deed is told in it.
_ENDS = re.compile(r"[.;!?](?=\s|\Z)|[\n•●▪]|,?\s(?:and|then|who)\s(?=\w+ed\b|re?built\b|wrote\b|led\b|ran\b)")


def is_hedged(profile: Profile, field: FieldPath, skill: str, vocabulary: Vocabulary) -> bool:
    """Whether a field names a skill after such words alone: "basic knowledge of Kafka", "started learning Rust"."""
    if field[0] != "about" and "bullets" not in field:
        return False
    text = field.resolve(profile)
    if not isinstance(text, str) or not (spans := _hedged(text)):
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


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


@lru_cache(16_384)
def _names(skill: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    entry = vocabulary.skill(skill)
    ways = [way.text for way in entry.surfaces if way.prose is not Prose.NEVER] if entry else []
    return tuple(dict.fromkeys(way.lower() for way in (skill, *ways)))


@lru_cache(2_048)
def _hedged(text: str) -> tuple[tuple[int, int], ...]:
    """The parts of a text that such words are of, each from them to where what they are of ends."""
    low = text.lower()
    if not any(beginning in low for beginning in _BEGINNINGS):
        return ()
    return tuple((hedge.end(), _end(text, hedge.end())) for hedge in _HEDGES.finditer(low))


def _end(text: str, after: int) -> int:
    end = _ENDS.search(text, after)
    return end.start() if end else len(text)
