"""Certificates as they are said: one, that somebody has, without its dates."""

from __future__ import annotations

import re

from recommender.insights.prose.sentences import is_whole

_DATED = re.compile(
    r"[\s,(-]*\b(?:(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s)?(?:19|20)\d\d|present)\b.*",
    re.IGNORECASE,
)
#: One that somebody has not got yet, or no more.
_NOT_HELD = re.compile(
    r"\b(?:pending|in progress|ongoing|expected|pursuing|towards?|expir\w*|linkedin)\b", re.IGNORECASE
)
#: Two of one of these are two certificates, one after the other.
_HOLDER = re.compile(r"\b(?:engineer|administrator|associate|professional|specialist|developer)s?\b", re.IGNORECASE)
_PAPER = re.compile(r"\b(?:certified|certificate|certification|licensed?)\b", re.IGNORECASE)

#: Certificates by their initials; of one there are at most two ("AWS", "PMP").
_SHORT, _SEVERAL = re.compile(r"\b[A-Z]{3,6}\b\+?"), 3


def certificate_said(written: str) -> str | None:
    """A certificate without its dates; None where it is not had yet, or several are run together."""
    plain = _DATED.sub("", " ".join(written.split())).strip(" .,;-")
    one = len(_HOLDER.findall(plain)) < 2 and len(_PAPER.findall(plain)) < 2 and len(_SHORT.findall(plain)) < _SEVERAL
    return plain if plain and one and is_whole(plain) and _NOT_HELD.search(plain) is None else None
