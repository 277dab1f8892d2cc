"""Which of the names found in a text are meant as skills: the rules for risky names, and names within other names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from recommender.skills.entries import Prose


class Mention(NamedTuple):
    """`text[start:end]` speaks of the skill `name`."""

    start: int
    end: int
    name: str


class FoundName(NamedTuple):
    """A name that is in a text, and how it may stand there."""

    mention: Mention
    prose: Prose


_LISTING = re.compile(r"\s*(?:(?:[,;/|&+•·*()\[\]:–-]|\b(?:and|or)\b|\\)\s*)+\Z|\s*\n\s*\Z", re.IGNORECASE)
_BEFORE_NAME = re.compile(r"\b(?:in|using|with|language|languages|programming|via|like|including|e\.g\.)[\s:]+\Z", re.I)
_AFTER_NAME = re.compile(
    r"[\s-]+(?:programming|programmer|developer|development|language|code|coding|script|scripts|scripting|studio|framework"
    r"|macros?|spreadsheets?|documents?|databases?|cookbooks?|recipes?|playbooks?|modules?)\b",
    re.IGNORECASE,
)
_STARTS = re.compile(r"(?:\A|[.!?:•·*▪●>\n-])\s*\Z")
#: " - Boston, MA" after a name: it was an employer's, unless it names a doer ("Web Developer - Boston, MA").
_SEAT = re.compile(r" - [A-Z][\w.' ]{1,30}, [A-Z]{2}\b")
_DOER = re.compile(r"(?:er|or|ist|ian|ant|yst|ect|nurse|chef|lead|rn|dba|cna|lpn)s?\Z", re.IGNORECASE)
_FIRM = re.compile(
    r",? (?:Inc|LLC|L\.L\.C|Ltd|Limited|Corp|Corporation|Company|Co\.|Group|Associates|University|College|Institute"
    r"|Academy|Agency|Bank|Hospital)\b"
)
#: Letters that fraternities and honour societies are called by: "Phi Beta Lambda" has nothing of AWS.
_LETTERS = (
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|omicron|pi|rho|sigma|tau|upsilon|phi|chi"
    "|psi|omega"
)
_LETTER = re.compile(_LETTERS, re.IGNORECASE)
_LETTER_BEFORE = re.compile(rf"(?:\A|\W)(?:{_LETTERS})[ -]\Z", re.IGNORECASE)
_LETTER_AFTER = re.compile(rf"[ -](?:{_LETTERS})\b", re.IGNORECASE)
_AMP = frozenset("&'’.-@")
_AFTER_LETTER = frozenset("&'’-@")
_BEFORE_LISTED = frozenset(",;/|•(:\n")
_AFTER_LISTED = frozenset(",;/|)\n.")


def disambiguated(text: str, found: Sequence[FoundName]) -> list[Mention]:
    """The mentions among the names found in a text, in order."""
    beside = _beside_skills(text, found)
    return [
        one.mention
        for one, listed in zip(found, beside, strict=True)
        if not _of_other_name(text, one.mention) and (one.prose is Prose.ANY or _meant(text, one, listed))
    ]


def _of_other_name(text: str, mention: Mention) -> bool:
    """Whether the name is part of a file's or domain's, of a society's, or of an employer's."""
    start, end, _ = mention
    if start > 1 and text[start - 1] == "." and text[start - 2].isalnum() and text[start].islower():
        return True
    if not text[start].isupper():
        return False
    if _LETTER.fullmatch(text, start, end) and (
        _LETTER_BEFORE.search(text, max(0, start - 9), start) or _LETTER_AFTER.match(text, end)
    ):
        return True
    following = text[end : end + 2]
    if following == " -":
        return _SEAT.match(text, end) is not None and _DOER.search(text, start, end) is None
    return following[:1] in (" ", ",") and _FIRM.match(text, end) is not None


def _meant(text: str, one: FoundName, listed: bool) -> bool:
    """Whether a risky name is a skill where it is; `listed`: it is in a list beside one that is."""
    start, end, _ = one.mention
    lone = end - start == 1
    if lone and (text[start - 1 : start] in _AMP or text[end : end + 1] in _AFTER_LETTER):
        return False
    if listed or _AFTER_NAME.match(text, end):
        return True
    if one.prose is Prose.EXACT:
        starts = start == 0 or _STARTS.search(text, max(0, start - 4), start)
        return not (starts and text[end : end + 1] == " " and text[end + 1 : end + 2].islower())
    introduced = _BEFORE_NAME.search(text, max(0, start - 14), start) is not None
    if lone:
        return introduced and text[end : end + 1] != "."  # "with R. Jones"
    if introduced:
        return True
    while start and text[start - 1] == " ":
        start -= 1
    before, after = text[max(0, start - 1) : start], text[end : end + 8].lstrip(" ")[:1]
    return before in _BEFORE_LISTED and (after in _AFTER_LISTED or end == len(text))


def _beside_skills(text: str, found: Sequence[FoundName]) -> list[bool]:
    """Of each name whether it is in one list, signs between its entries, with a name that is by itself."""
    beside: list[bool] = []
    for first, after in pairwise([*_list_starts(text, found), len(found)]):
        beside += [any(one.prose is Prose.ANY for one in found[first:after])] * (after - first)
    return beside


def _list_starts(text: str, found: Sequence[FoundName]) -> Iterator[int]:
    """Where each list of names begins; a name by itself is a list of one."""
    for i, one in enumerate(found):
        end = found[i - 1].mention.end if i else -9
        if one.mention.start - end > 8 or not _LISTING.match(text[end : one.mention.start]):
            yield i
