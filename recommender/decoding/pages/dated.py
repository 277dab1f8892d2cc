"""Dates in a column of their own, at the left of what they date: read at the end of its first line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from recommender.decoding.pages.lines import WIDE, PageLine, PageWord

SAYS_WHEN = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:present|current|today|now|heute|actuel|actual)\b|\d\d?[/.]\d\d", re.IGNORECASE
)
#: All that a line of such a column may be: dates, or part of them.
_DATES = re.compile(r"[\s\d–—−./,'’-]*(?:(?:[^\W\d]{1,10}\.?|\d{1,4})[\s\d–—−./,'’-]*){0,6}")
_YEAR = re.compile(r"(?:19|20)\d\d")
#: The gap behind them, in parts of the letters' size.
_GAP = 0.45 * WIDE
#: Dates that such a column has at least, and lines of it further apart are of different jobs, in parts of their size.
_LEAST, _APART = 2, 1.7
#: The share of lines with something at the left of the others which are dates.
_MOSTLY = 0.4


class _Dated(NamedTuple):
    """The words of a line that are dates, and where what they date begins."""

    words: tuple[PageWord, ...]
    edge: float


def with_dates_at_the_end(lines: Sequence[PageLine]) -> Sequence[PageLine]:
    """The lines, each with its dates behind it where these have a column of their own at the left."""
    dated = {index: found for index, line in enumerate(lines) if (found := _dated(line))}
    edges = [round(found.edge) for found in dated.values()]
    edge = max(edges, key=edges.count, default=0)
    number = sum(abs(one - edge) < 2 for one in edges)
    if number < _LEAST or number < _MOSTLY * sum(_has_column_at(line, edge) for line in lines):
        return lines
    moved: list[PageLine] = []
    home = last = -1  # the line that takes the dates; the last line that had some
    shift = 0.0  # how far what is beside dates moves to where they were: it is no column any more
    for index, line in enumerate(lines):
        found = dated.get(index)
        if found is None or abs(found.edge - edge) >= 2:
            shift = shift if line.words[0].x0 > edge - 2 else 0.0
            moved.append(_shifted(line, 0, shift))
            continue
        close = last >= 0 and line.y - lines[last].y < _APART * line.size
        if not (close and len(_YEAR.findall(moved[home].text + _text(found.words))) <= 2):
            home = len(moved)
        shift = edge - line.words[0].x0
        moved.append(_shifted(line, len(found.words), shift))
        moved[home] = _followed(moved[home], found.words, " " if home < len(moved) - 1 else "\t")
        last = index
    return moved


def _has_column_at(line: PageLine, edge: float) -> bool:
    """Whether a line begins left of an edge and goes on at it, after a gap."""
    return line.words[0].x0 < edge - 2 and any(
        abs(after.x0 - edge) < 2 and after.x0 - before.x1 > _GAP * before.size for before, after in pairwise(line.words)
    )


def _dated(line: PageLine) -> _Dated | None:
    """The dates that a line begins with, before a gap."""
    for number in range(1, min(len(line.words), 8)):
        before, after = line.words[number - 1], line.words[number]
        if after.x0 - before.x1 > _GAP * before.size:
            words = line.words[:number]
            text = _text(words)
            return _Dated(words, after.x0) if SAYS_WHEN.search(text) and _DATES.fullmatch(text) else None
    return None


def _text(words: Sequence[PageWord]) -> str:
    return " ".join(word.text for word in words)


def _shifted(line: PageLine, number: int, shift: float) -> PageLine:
    """A line without its first words, moved to the left."""
    words = (word._replace(x0=word.x0 - shift, x1=word.x1 - shift) for word in line.words[number:])
    return line._replace(words=tuple(words))


def _followed(line: PageLine, words: Sequence[PageWord], mark: str) -> PageLine:
    """A line with words behind its last one, as a part of it that no column takes away."""
    last = line.words[-1]
    longer = last._replace(text=f"{last.text}{mark}{_text(words)}", x1=last.x1 + words[-1].x1 - words[0].x0)
    return line._replace(words=(*line.words[:-1], longer))
