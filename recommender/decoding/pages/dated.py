"""Dates in a column of their own, at the left of what they date: read at the end of its first line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from recommender.decoding.pages.lines import WIDE, Line, Word

SAYS_WHEN = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:present|current|today|now|heute|actuel|actual)\b|\d\d?[/.]\d\d", re.IGNORECASE
)
#: All that a line of such a column may be: dates, or part of them.
_DATES = re.compile(r"[\s\d–—−./,'’-]*(?:(?:[^\W\d]{1,10}\.?|\d{1,4})[\s\d–—−./,'’-]*){0,6}")
_YEAR = re.compile(r"(?:19|20)\d\d")
#: Dates that such a column has at least, and lines of it further apart are of different jobs, in parts of their size.
_LEAST, _APART = 2, 1.7
#: The share of lines that begin at the left of the others which are dates.
_MOSTLY = 0.4


class _Dated(NamedTuple):
    """The words of a line that are dates, and where what they date begins."""

    words: tuple[Word, ...]
    edge: float


def with_dates_at_the_end(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, each with its dates behind it where these have a column of their own at the left."""
    dated = {index: found for index, line in enumerate(lines) if (found := _dated(line))}
    edges = [round(found.edge) for found in dated.values()]
    edge = max(edges, key=edges.count, default=0)
    number = sum(abs(one - edge) < 2 for one in edges)
    if number < _LEAST or number < _MOSTLY * sum(line.words[0].x0 < edge - 2 for line in lines):
        return lines
    moved: list[Line] = []
    home = last = -1  # the line that takes the dates; the last line that had some
    for index, line in enumerate(lines):
        found = dated.get(index)
        if found is None or abs(found.edge - edge) >= 2:
            moved.append(line)
            continue
        close = last >= 0 and line.y - lines[last].y < _APART * line.size
        if not (close and len(_YEAR.findall(moved[home].text + _text(found.words))) <= 2):
            home = len(moved)
        moved.append(line._replace(words=line.words[len(found.words) :]))
        moved[home] = _followed(moved[home], found.words, 1.0 if home < len(moved) - 1 else WIDE * line.size + 1)
        last = index
    return moved


def _dated(line: Line) -> _Dated | None:
    """The dates that a line begins with, before a gap."""
    for number in range(1, min(len(line.words), 8)):
        before, after = line.words[number - 1], line.words[number]
        if after.x0 - before.x1 > 0.9 * WIDE / 2 * before.size:
            words = line.words[:number]
            text = _text(words)
            return _Dated(words, after.x0) if SAYS_WHEN.search(text) and _DATES.fullmatch(text) else None
    return None


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _followed(line: Line, words: Sequence[Word], gap: float) -> Line:
    """A line with words behind it, after a gap."""
    shift = line.words[-1].x1 + gap - words[0].x0
    after = (word._replace(x0=word.x0 + shift, x1=word.x1 + shift) for word in words)
    return line._replace(words=(*line.words, *after))
