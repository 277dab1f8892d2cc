"""Whether a clause is whole: nothing is missing at its end, nothing left open, and no word cut in two."""

from __future__ import annotations

import re

from recommender.insights.prose.words import words

_ABBREVIATIONS = words("abbreviations")
_UNFINISHED = words("unfinished")
#: What comes before the last of a list.
AND = re.compile(r"\b(?:and|or)\b|&")
_LISTS = re.compile(r"\b(?:including|such\sas|like)\s[^,]+,")
_RELATIVE = frozenset(("which", "that", "who"))
_BEFORE_PARTICIPLE = frozenset(("and", "between", "of", "for", "the", "a", "an"))
_WITHOUT_END = frozenset(("experience", "expertise", "background", "knowledge", "skills"))
#: Things done by which a clause may end: "focused on testing".
DOINGS = words("doings")
_BEFORE_DOING = frozenset(("on", "of", "for", "by", "in"))
_MARKS_OF_MORE = frozenset(",:;/(&+–—-")
#: Words that a line's end cut in two, or that lost the spaces between them.
_GARBLED = (
    re.compile(
        r"[-,./()](?:(?<=\w-)\s\w|(?<=\s-)[a-z]|(?<=\s[,.])\s?\w|(?<=\w/)\s\w|(?<=\s/)\w|(?<=[^\W\d],)[^\W\d]"
        r"|(?<=\d,)[a-z]|(?<=\w\()|(?<=\))\w)"
    ),
    re.compile(r"[A-Z](?<=[a-z]{3}[A-Z])[a-z]{3,}\s[a-z]{2,}[A-Z]"),
    re.compile(r"\s(?<=\b[b-hj-z]\s)[b-z]\b"),
    re.compile(r"\s[b-hj-z]\Z|,\s(?:and|or)\s[^,]*(?:,[^,]*)?,\s(?:and|or)\s"),
)
#: A word that is there twice, and initials without their last full stop; after a space or another mark.
_TWICE = re.compile(r"\W(?:([a-z]+)\s\1\b|(?:[A-Z]\.)+[A-Z]\Z)")
_LONG_WORD = 24
_LONG = re.compile(rf"\w{{{_LONG_WORD}}}")


def is_whole(clause: str) -> bool:
    """Whether nothing is missing at its end, no bracket or quote is left open, and its words are whole."""
    return (
        clause.count("(") == clause.count(")")
        and clause.count('"') % 2 == 0
        and "[" not in clause
        and _is_finished(clause)
        and not _is_list(clause)
        and not _is_garbled(clause)
    )


def _is_garbled(clause: str) -> bool:
    for pattern in _GARBLED:
        if pattern.search(clause):
            return True
    if _TWICE.search(f" {clause}"):
        return True
    return max(map(len, clause.split()), default=0) >= _LONG_WORD and _LONG.search(clause) is not None


def _is_finished(clause: str) -> bool:
    """Whether its last words do not ask for more: "…, and updated" is the beginning of what else was done."""
    *_, before, last = ("", *clause.rsplit(" ", 2)[-2:])
    low = last.casefold()
    if (
        last in _ABBREVIATIONS
        or last[-1:] in _MARKS_OF_MORE
        or low in _UNFINISHED
        or low.rpartition("-")[2] in _UNFINISHED
    ):
        return False
    if before in ("with", "of") and low in _WITHOUT_END:
        return False  # "a career with experience"
    if before in _RELATIVE or (before in _BEFORE_DOING and low.endswith("ing") and low not in DOINGS):
        return False  # "workflow which engaged", "focused on delivering"
    return not (low.endswith("ed") and (before in _BEFORE_PARTICIPLE or before.endswith(",")))


def _is_list(clause: str) -> bool:
    """Whether a clause ends within a list, before the "and" of its last: "rye, wheat, barley", "like rye, wheat"."""
    _, *others = clause.split(", ")
    if not others or len(others[-1].split()) > 3 or AND.search(others[-1]):
        return False
    return _LISTS.search(clause) is not None or (len(others) > 1 and len(others[-1].split()) < 3)
