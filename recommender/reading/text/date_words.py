"""The words that dates are written with, in the languages of `date_words.txt`, as parts of regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files

_LISTS = files("recommender.reading.text").joinpath("date_words.txt").read_text(encoding="utf-8")


def _lines(name: str) -> list[str]:
    return _LISTS.split(f"[{name}]\n", 1)[1].split("\n\n", 1)[0].splitlines()


def _any_of(words: Iterable[str]) -> str:
    """A group that matches the longest of some words; a blank in them is any or none."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", " ?") for word in longest_first) + ")"


_CAPITALISED = dict(line.split() for line in _lines("capitalised"))
#: A month's name, lower case → 1 to 12.
MONTHS = {name: number for number, line in enumerate(_lines("months"), start=1) for name in line.split()}
MONTH_OF = MONTHS | {name: int(number) for name, number in _CAPITALISED.items()}

_LARGE = "|".join(f"{name.capitalize()}|{name}(?=[./])" for name in _CAPITALISED)
#: Regular expressions, for use without regard to case.
MONTH = rf"(?:{_any_of(MONTHS)}|(?-i:{_LARGE}))(?![^\W\d_])"
SEASON = rf"{_any_of(' '.join(_lines('seasons')).split())}(?![^\W\d_])"
PRESENT = rf"{_any_of(_lines('present'))}(?![^\W\d_])"
TO = rf"(?<![^\W\d_]){_any_of(_lines('to'))}(?![^\W\d_])"
SINCE = rf"(?<![^\W\d_]){_any_of(_lines('since'))}(?![^\W\d_])"
UNTIL = rf"(?<![^\W\d_]){_any_of(_lines('until'))}(?![^\W\d_])"
