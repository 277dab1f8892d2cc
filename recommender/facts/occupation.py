"""The occupation in a title: what is left without its rank, employer, place and terms of work."""

from __future__ import annotations

import re
from importlib.resources import files


def _lines(name: str) -> list[str]:
    text = (files("recommender.facts") / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_EMPLOYER = re.compile(r"\s+(?:at|@)\s.*\Z", re.DOTALL)
_PARTS = re.compile(r"\s*[,;|•·:]\s*|\s+[-–—]\s+|\s+/\s+")
_TERMS = re.compile(
    r"\b(?:freelance|contract(?= \w+ ?(?:engineer|developer|nurse|designer))|part[- ]time|full[- ]time|remote|interim"
    r"|acting|temporary|temp|former|seasonal|per diem|prn|self[- ]employed|aspiring|certified|licensed|experienced"
    r"|expert|award[- ]winning)\b"
)
_RANK = re.compile(rf"\b(?:{'|'.join(_lines('rank_words.txt'))})\b\.?")
_NUMERAL = re.compile(r"\s+(?:i{1,3}|iv|v|[1-5])\Z")
_INTERN = re.compile(r"\bintern(?:s|ship)?\b")
_SPOKEN = dict(line.split("\t") for line in _lines("spoken.tsv"))
#: What is left of these titles is no occupation: "Team Lead", "School Principal".
_NO_OCCUPATION = frozenset(
    [
        "team",
        "shift",
        "crew",
        "group",
        "section",
        "school",
        "high school",
        "middle school",
        "elementary school",
        "technical",
        "tech",
    ]
)
_BARE = frozenset(
    [
        "manager",
        "director",
        "vice president",
        "supervisor",
        "head",
        "engineer",
        "nurse",
        "officer",
        "analyst",
        "specialist",
    ]
)


def occupation_of(title: str) -> str:
    """The occupation, case-folded: "Senior Welder II" → welder, "Director, Sales" → sales director."""
    title = title.casefold()
    plain = _EMPLOYER.sub("", " ".join(_BRACKETS.sub(" ", title).split()))
    parts = [part for part in _PARTS.split(plain) if part]
    reduced = [left for left in map(_reduced, parts) if left]
    if not reduced:
        return _spoken(parts[0] if parts else title)
    first = reduced[0]
    if first in _BARE and len(reduced) > 1 and len(parts) > 1:
        return f"{reduced[1]} {first}"
    return first


def _reduced(part: str) -> str:
    interned = _INTERN.search(part) is not None
    text = _TERMS.sub(" ", part.replace(".", " ") if not part.startswith(".") else part)
    kept = " ".join(text.split())
    text = " ".join(_RANK.sub(" ", text).split())
    if text in _NO_OCCUPATION:
        text = kept
    text = _NUMERAL.sub("", text).strip(" -–/&,")
    if interned and text.endswith("engineering"):
        text = text.removesuffix("ing")
    return _spoken(text)


def _spoken(text: str) -> str:
    return " ".join(_SPOKEN.get(word, word) for word in text.split())
