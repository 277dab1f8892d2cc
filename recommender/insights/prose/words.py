"""The lists of words that insights are told by (`words.txt`), and patterns that find any of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files


def rows(name: str) -> Iterator[list[str]]:
    """The cells of each line of a table of this package."""
    for line in _text(name).splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def words(heading: str) -> frozenset[str]:
    """The entries of one list."""
    return _lists()[heading]


def any_of(heading: str, *, plural: bool = False, low: bool = False) -> str:
    """A pattern of any entry of a list, the longest first.

    Args:
        plural: with an "s" too.
        low: in small letters, for texts that are.
    """
    listed = {entry.lower() for entry in words(heading)} if low else words(heading)
    return f"(?:{pattern_of(listed)}){'s?' if plural else ''}"


def pattern_of(entries: Iterable[str]) -> str:
    """A pattern of any of these, the longest first: a tree by letters, so few are tried at each place."""
    by_letter: dict[str, list[str]] = {}
    for entry in sorted(set(entries)):
        by_letter.setdefault(entry[:1], []).append(entry[1:])
    ends = by_letter.pop("", None) is not None
    parts = [re.escape(letter) + pattern_of(rest) for letter, rest in by_letter.items()]
    if ends:
        return f"(?:{'|'.join(parts)})?" if parts else ""
    return f"(?:{'|'.join(parts)})" if len(parts) > 1 else parts[0]


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    lists: dict[str, set[str]] = {}
    for line in _text("prose/words.txt").splitlines():
        if line.startswith("## "):
            entries = lists.setdefault(line[3:].partition(":")[0], set())
        elif line and not line.startswith("#"):
            entries.update(entry.strip() for entry in line.split(","))
    return {heading: frozenset(entries) for heading, entries in lists.items()}


def _text(name: str) -> str:
    return (files("recommender.insights") / name).read_text(encoding="utf-8")
