"""How senior a title is, on which track, and the occupation that is left without it."""

from __future__ import annotations

import re
from typing import NamedTuple

from recommender.facts.facts import Seniority, Track

#: Most telling first; the first that matches decides.
_LEVELS: tuple[tuple[Seniority, str], ...] = (
    ("intern", r"intern|internship|co-?op|working student|student|extern|praktikant"),
    (
        "executive",
        r"chief|c[efotimsp]o|cio|ciso|cfo|president|vice president|s?vp|evp|avp|director|head of|founder|co-founder|owner|partner",
    ),
    ("junior", r"junior|jr|trainee|apprentice|graduate|entry[- ]level|assistant|associate|aide"),
    (
        "principal",
        r"principal|staff engineer|staff software engineer|distinguished|fellow|member of technical staff|architect",
    ),
    ("lead", r"lead|team lead|leader|manager|supervisor|foreman|charge nurse|head|superintendent"),
    ("senior", r"senior|sr|iii|iv|experienced"),
)
_PATTERNS = tuple((level, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for level, words in _LEVELS)
_MANAGEMENT = re.compile(
    r"\b(?:manager|director|head of|chief|president|vp|svp|evp|supervisor|foreman|superintendent|c[efotimsp]o)\b",
    re.IGNORECASE,
)
_RANK_WORDS = re.compile(
    r"\b(?:senior|sr|junior|jr|lead|principal|staff(?= (?:software|engineer))|distinguished|trainee|apprentice|intern|entry[- ]level|i{1,3}|iv|v|[1-5])\b\.?",
    re.IGNORECASE,
)


class Standing(NamedTuple):
    """What a title says of rank. `occupation` is case-folded."""

    seniority: Seniority | None
    track: Track
    occupation: str


def standing(title: str) -> Standing:
    """Seniority, track and occupation of a title of any trade."""
    seniority = next((level for level, pattern in _PATTERNS if pattern.search(title)), None)
    track: Track = "management" if _MANAGEMENT.search(title) else "individual"
    own = re.split(r",| [-–—|@] | at ", title)[0]
    occupation = " ".join(_RANK_WORDS.sub(" ", own).split()).strip(" ,-–").casefold()
    return Standing(seniority or ("mid" if title.strip() else None), track, occupation or title.strip().casefold())
