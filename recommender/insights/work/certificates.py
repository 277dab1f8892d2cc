"""Certificates as they are said: one, that somebody has, without its dates."""

from __future__ import annotations

import re

from recommender.insights.prose.whole import is_whole
from recommender.insights.prose.words import any_of
from recommender.insights.work.title_words import is_vague, is_who

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DATE = rf"(?:(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?\s)?(?P<year>(?:19|20)\d\d)"
_DATED = re.compile(
    r"[\s,(-]*\b(?:(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s)?(?:19|20)\d\d|present)\b.*",
    re.IGNORECASE,
)
_UNTIL = re.compile(rf"\bto\s{_DATE}", re.IGNORECASE)
#: One that somebody has not got yet, or no more.
_NOT_HELD = re.compile(
    r"\b(?:pending|in progress|ongoing|expected|pursuing|towards?|expir\w*|linkedin|candidate|inactive|lapsed|was)\b",
    re.IGNORECASE,
)
#: Two of one of these are two certificates, one after the other.
_HOLDER = re.compile(r"\b(?:engineer|administrator|associate|professional|specialist|developer)s?\b", re.IGNORECASE)
_PAPER = re.compile(r"\b(?:certified|certificate|certification|licensed?)\b", re.IGNORECASE)

#: Certificates by their initials; of one there are at most two ("AWS", "PMP").
_SHORT, _SEVERAL = re.compile(r"\b[A-Z]{3,6}\b\+?"), 3
#: What is a certificate by its own words: it says so, or is known by its name.
_KNOWN = re.compile(rf"\b{any_of('certificates')}(?!\w)")
_NO_PAPER = re.compile(
    r"driver|\b(?:program|course|id|number|written|clearance|valid|credentials|methodology|first aid|cpr)\b"
    r"|#|\d{4}|\bN/A\b|[:;@?]|[-–]\s?certified\Z",
    re.IGNORECASE,
)
_CERTIFIED = re.compile(r"\bCertified\s(?=\w)(.*)")
_WORD, _HOLDERS = re.compile(r"\w+"), frozenset(("Professional", "Expert", "Practitioner", "Agilist", "ScrumMaster"))
_FEWEST, _MOST = 2, 9  # words


def certificate_said(written: str) -> str | None:
    """A certificate without its dates; None where it is not had yet, or several are run together."""
    plain = _DATED.sub("", " ".join(written.split())).strip(" .,;-–")
    one = len(_HOLDER.findall(plain)) < 2 and len(_PAPER.findall(plain)) < 2 and len(_SHORT.findall(plain)) < _SEVERAL
    return plain if plain and one and is_whole(plain) and _NOT_HELD.search(plain) is None else None


def certificate_held(written: str, as_of: str | None) -> str | None:
    """A certificate that is one by its own words, as it is said; None also where it ran out before that date."""
    said = certificate_said(written)
    if said is None or not said[:1].isupper() or _NO_PAPER.search(said) or _ran_out(written, as_of):
        return None
    named = len(_KNOWN.findall(said))
    whole = named == 1 or (_PAPER.search(said) and _FEWEST <= len(said.split()) <= _MOST and not named)
    return said if whole and _is_of_somebody(said) else None


def _is_of_somebody(said: str) -> bool:
    """Whether it is said who is certified, and at what: "Certified Systems" is the beginning of more."""
    after = _CERTIFIED.search(said)
    if after and said == f"Certified {after[1]}" and is_vague(after[1]):
        return False
    return after is None or any(is_who(word) or word in _HOLDERS for word in _WORD.findall(after[1]))


def _ran_out(written: str, as_of: str | None) -> bool:
    """Whether the first date that it was held until is before another, a month or a year."""
    until = _UNTIL.search(written)
    if until is None or as_of is None:
        return False
    month = f"-{_MONTHS.index(until['month'].lower()) + 1:02}" if until["month"] else ""
    last = f"{until['year']}{month}"
    return last < as_of[: len(last)]


def certificate_line(held: str) -> str:
    """A certificate with what it is, where it does not say so itself."""
    return held if re.search(r"\b(?:certific|licen[cs]e)", held, re.IGNORECASE) else f"Certification: {held}"
