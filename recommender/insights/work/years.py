"""Years of experience as texts state them: how many, and of what."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from recommender.insights.work.naming import stems

#: Summaries that are remembered.
REMEMBERED = 64
_VALUES = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty-five": 25, "twenty": 20, "thirty-five": 35, "thirty": 30,
}  # fmt: skip
_NUMBERS = "|".join(_VALUES)
_NUMBER = re.compile(rf"\d+|\b(?:{_NUMBERS})\b", re.IGNORECASE)
_INITIALS = "".join(sorted({number[0] for number in _VALUES} | set("omna")))
#: So many years, to where it is said of what; where no word begins with these letters, nothing else is looked at.
_SO_MANY = (
    rf"(?<![\w/$.,-])(?=[\d{_INITIALS}])(?<!last )(?<!past )(?<!next )(?<!every )(?<!within )(?<!up to )"
    r"(?:(?:over|more than|at least)\s(?!\d+\s?\+)|(?:nearly|almost|about|around|approximately)\s)?"
    rf"(?:\d{{1,2}}|{_NUMBERS})(?:\s?(?:\+|plus)|\s?\(\d+\+?\))*[\s-]+(?:plus\s)?years?"
)
YEARS = re.compile(rf"{_SO_MANY}['’]?\s+(?:of\s+)?", re.IGNORECASE)
_YEARS_OF_ANYTHING = re.compile(rf"{_SO_MANY}\b(?! old| ago)", re.IGNORECASE)
#: The same where a word ran into it: "around6 years".
_RUN_INTO = re.compile(r"(?<=[a-z])\d{1,2}\+?\s?years?\b")
#: What says of experience that it is some, and of which kind, and not of what.
_NO_SUBJECT = re.compile(
    r"\b(?:years?|experience[ds]?|expertise|background|career|industry|professional|working|work|related|field|role|as|in"
    r"|of|with|and|the|an?|on|for|to|various|different|including|from|using|within|across|both|strong|proven)\b"
)


@lru_cache(REMEMBERED)
def most_stated(about: str) -> int:
    """The most years of anything that a summary states; 0 where it states none."""
    if "year" not in about.lower():
        return 0
    return max(
        (years_of(years[0]) for years in chain(_YEARS_OF_ANYTHING.finditer(about), _RUN_INTO.finditer(about))),
        default=0,
    )


def years_of(clause: str) -> int:
    """The number of years that a clause begins with."""
    found = _NUMBER.search(clause)
    said = found[0].casefold() if found else "0"
    return int(said) if said.isdigit() else _VALUES[said]


def of_what(clause: str) -> frozenset[str]:
    """The beginnings of the words that say what experience is of."""
    said = YEARS.search(clause)
    return stems(_NO_SUBJECT.sub(" ", clause[said.end() if said else 0 :].casefold()))
