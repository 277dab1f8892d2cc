"""People whom a text shuts out by a word that asks for nobody: "no students", "no substitutes"."""

from __future__ import annotations

from collections.abc import Iterable

from recommender.asking.spans import ValueSpan, listed, words_of
from recommender.asking.titles.heads import LEARNERS

_PEOPLE = listed("excluded people") | LEARNERS


def excluded_people(text: str, excluded: Iterable[tuple[int, int]]) -> list[ValueSpan]:
    """The words for people in what the text excludes."""
    return [
        ValueSpan(start + word.start, start + word.end, word.text)
        for start, end in excluded
        for word in words_of(text[start:end])
        if word.text.casefold() in _PEOPLE
    ]
