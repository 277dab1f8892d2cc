"""Texts that were broken where a line was full: their lines put together where a sentence goes on."""

from __future__ import annotations

from itertools import pairwise
from string import ascii_lowercase

#: Of a text that was broken where a line was full: its lines at least, those that were full of them, and how ragged.
_FEWEST_FULL, _PART_FULL, _RAGGED = 3, 0.5, 3
_STOPS = frozenset((".", ":", ";", "!", "?", ""))
_SMALL, _BEFORE_SMALL = frozenset(f"{ascii_lowercase}(&"), frozenset("_,&")


def unwrapped(text: str) -> str:
    """A text whose lines are ends of sentences: where the next goes on with a small letter, they are one.

    In a text that was broken wherever a line was full, they are where the next word would not have gone on the line.
    """
    if "\n" not in text:
        return text
    lines = text.split("\n")
    width = max(map(len, lines))
    joins = [_is_full(line, after, width) for line, after in pairwise(lines)]
    if len(joins) < _FEWEST_FULL or sum(joins) < _PART_FULL * len(joins):
        joins = [_goes_on(line, after) for line, after in pairwise(lines)]
    return lines[0] + "".join(f"{' ' if one else chr(10)}{line}" for one, line in zip(joins, lines[1:], strict=True))


def _goes_on(line: str, after: str) -> bool:
    """Whether the next line goes on with a small letter where a line ended in a word or a comma."""
    last, first = line.rstrip(" \t")[-1:], after.lstrip(" \t")[:1]
    return first in _SMALL and (last.isalnum() or last in _BEFORE_SMALL)


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether a line ended for want of room: in no full stop, before a word for which there was none."""
    return (
        line.rstrip()[-1:] not in _STOPS
        and after[:1].isalnum()
        and len(line.rstrip()) + 1 + len(after.split(maxsplit=1)[0]) > width - _RAGGED
    )
