"""Years of experience in a text: "3 to 6 years", "six or more years", "4+ yrs", "at least two years"."""

from __future__ import annotations

import re

from recommender.asking.request import YearsPart
from recommender.validity import MOST_YEARS

_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_NUMBERS = {"a": 1, **{word: number for number, word in enumerate(_WORDS)}}
_N = rf"(\d{{1,2}}|{'|'.join(_WORDS)})"
_YEARS = r"\s*-?\s*(?:years?|yrs?)\b(?!\s+(?:old|ago|of age))"
_PATTERNS = (
    ("range", rf"(?:between\s+)?\b{_N}\s*(?:-|–|—|to|and|\.\.)\s*{_N}{_YEARS}"),
    ("most", (rf"\b(?:up to|at most|no more than|not more than|maximum(?: of)?|max\.?|less than|under"
             rf"|fewer than)\s+{_N}{_YEARS}")),
    ("least", rf"\b(?:at least|minimum(?: of)?|min\.?|more than|over|not less than|no less than)\s+{_N}\+?{_YEARS}"),
    ("least", rf"\b{_N}\s*(?:\+|plus|or more|and more|and up|and above){_YEARS}"),
    ("least", rf"\b{_N}{_YEARS}\s*(?:\+|plus\b(?!\s*[,.])|or more|and more|and up|minimum)"),
    ("least", rf"\b{_N}{_YEARS}"),
    ("least", rf"\b(?:at least|minimum(?: of)?|more than|over) (a){_YEARS}"),
    ("least", rf"\b(a){_YEARS}(?: or (?:more|two)|['’]s? experience| (?:of )?(?:experience|practice))"),
)  # fmt: skip
_FOUND = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
#: What counts something else than a person's years.
_ELSE_BEFORE = re.compile(r"\b(?:last|past|next|first|within|every|for over|for more than)\s*\Z", re.IGNORECASE)


def find_years(text: str) -> YearsPart | None:
    """The first years of experience that a text states, None where it states none."""
    found = [
        (match.start(), order, kind, match)
        for order, (kind, pattern) in enumerate(_FOUND)
        for match in pattern.finditer(text)
        if not _ELSE_BEFORE.search(text[max(0, match.start() - 20) : match.start()])
    ]
    if not found:
        return None
    # patterns stand from the most telling one on: a later one that overlaps says less
    start = min(at for at, *_ in found)
    overlapping = [one for one in found if one[0] <= start + 12]
    _, _, kind, match = min(overlapping, key=lambda one: one[1])
    numbers = [_number(digits) for digits in match.groups()]
    low: int | None = numbers[0]
    high: int | None = None
    if kind == "range":
        high = numbers[1]
    elif kind == "most":
        low, high = None, numbers[0]
    return YearsPart(low, high, words=match[0], start=match.start(), end=match.end())


def _number(written: str) -> int:
    return min(_NUMBERS.get(written.casefold(), 0) if not written.isdigit() else int(written), MOST_YEARS)
