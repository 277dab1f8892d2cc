"""What was found in a text: values with the characters that name them; and the lists of words that are looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

WORD = re.compile(r"[^\s,;()\[\]|\"“”]+")


class ValueSpan(NamedTuple):
    """A value named by `text[start:end]`."""

    start: int
    end: int
    value: str


class SpanWord(NamedTuple):
    """A word of the text, with the signs that belong to it."""

    start: int
    end: int
    text: str


def words_of(text: str) -> list[SpanWord]:
    """The words of a text, a full stop at their end left out ("Node.js." → Node.js)."""
    found = []
    for match in WORD.finditer(text):
        written = match[0].rstrip(".:!?") or match[0]
        found.append(SpanWord(match.start(), match.start() + len(written), written))
    return found


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with a comma and blanks for these characters: places of characters stay as they are."""
    for start, end in spans:
        if start < end:
            text = text[:start] + "," + " " * (end - start - 1) + text[end:]
    return text


@cache
def _lists() -> str:
    return files("recommender.asking").joinpath("words.txt").read_text(encoding="utf-8")


def listed(name: str) -> frozenset[str]:
    """The words under a heading of `words.txt`."""
    return frozenset(_lists().split(f"\n[{name}]\n", 1)[1].split("\n\n[", 1)[0].split())
