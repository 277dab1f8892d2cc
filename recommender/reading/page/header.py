"""The head of a profile page: name, title, location with the years, badges."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from recommender.reading.text.lines import Line

_YEARS = re.compile(
    r"(?P<before>.*?)(?P<years>\d{1,2})\s*(?:\+\s*)?(?:yrs?|years?)\.?\s*(?:\d{1,2}\s*mos?\s*)?(?:of\s+)?(?:experience|exp\b\.?)(?P<after>.*)",
    re.IGNORECASE,
)
_UNDER_A_YEAR = re.compile(
    r"(?P<before>.*?)(?:<\s*1|less than (?:a|1))\s*(?:yr|year)\s*(?:of\s+)?experience(?P<after>.*)", re.IGNORECASE
)
_GLUE = re.compile(r"(?<=[a-z0-9)!+])(?=[A-Z])")
#: Badges seen on pages; others are known by their place.
_BADGES = re.compile(
    r"most likely to switch|open to work|open to relocate|top talent|verified|hiring|immediate joiner|actively looking"
    r"|.* (?:to switch|to work|to relocate|talent|voice|joiner)",
    re.IGNORECASE,
)
_PLACE = re.compile(r",|\b(?:area|region|metropolitan|greater|remote|district|county|islands?)\b", re.IGNORECASE)
_CAMEL = ("LinkedIn", "GitHub", "YouTube", "DevOps", "McKinsey", "TechCrunch")


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What the head of a page says."""

    name: str | None = None
    title: str | None = None
    location: str | None = None
    years: int | None = None
    badges: tuple[str, ...] = ()


def read_header(lines: list[Line]) -> Header:
    """The header of a page from the lines before its first section."""
    texts = [line.text for line in lines]
    at = next((index for index, text in enumerate(texts) if _years_match(text)), None)
    if at is None:
        return _without_years(texts)
    match = _years_match(texts[at])
    assert match is not None
    location, years = _split_years(match)
    before = texts[:at]
    if not location and len(before) > 2:
        location = before.pop()
    badges = split_badges(match["after"])
    for text in [*before[2:], *texts[at + 1 :]]:
        badges += split_badges(text)
    return Header(
        name=before[0] if before else None,
        title=before[1] if len(before) > 1 else None,
        location=location or None,
        years=years,
        badges=tuple(badges),
    )


def _years_match(text: str) -> re.Match[str] | None:
    return _UNDER_A_YEAR.fullmatch(text) or _YEARS.fullmatch(text)


def _split_years(match: re.Match[str]) -> tuple[str, int]:
    """Location and years; where the location ends in a digit ("District 79 yrs") the years take what is plausible."""
    before = match["before"].strip(" ·|,")
    digits = match.groupdict().get("years")
    if digits is None:
        return before, 0
    if int(digits) > 60:
        return f"{before} {digits[0]}", int(digits[1])
    return before, int(digits)


def _without_years(texts: list[str]) -> Header:
    name, title = (texts[0] if texts else None), (texts[1] if len(texts) > 1 else None)
    rest = texts[2:]
    location = None
    if rest and (_PLACE.search(rest[0]) or not _BADGES.fullmatch(rest[0])):
        location = rest.pop(0)
    badges = [badge for text in rest for badge in split_badges(text)]
    return Header(name=name, title=title, location=location, badges=tuple(badges))


def split_badges(text: str) -> list[str]:
    """The badges of one line, where several may stand glued together."""
    masked = text
    for word in _CAMEL:
        masked = masked.replace(word, word[0] + word[1:].lower())
    cuts = [match.start() for match in _GLUE.finditer(masked)]
    edges = [0, *cuts, len(text)]
    parts = [text[a:b].strip(" ·|•") for a, b in pairwise(edges)]
    return [part for part in parts if part]
