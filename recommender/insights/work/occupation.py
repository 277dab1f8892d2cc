"""The occupation in a title as one would say it of the person: plain words, at the level that the title gives.

A title counts where one of its parts ends in a word for who works ("developer", "nurse"); what is around it, such as
employers, places and terms of work, is left out, and a title that says no more than a rank ("Manager") says nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from recommender.facts import title_info
from recommender.insights.prose.words import any_of, rows, words

#: Titles that are remembered: the same few are on many profiles.
_REMEMBERED = 16_384
_LONGEST = 5  # words of an occupation, its level not counted
_SHORTENED = 3


class Occupation(NamedTuple):
    """What a title says somebody is.

    Attributes:
        text: at the person's level, each word with a capital ("Senior Platform Engineer").
        craft: without how senior, where the work is the same ("Platform Engineer"; but "Assistant Store Manager").
        plain: without any level, folded ("platform engineer").
        leads: whether it is a position that leads people.
    """

    text: str
    craft: str
    plain: str
    leads: bool


_HEADS = frozenset(row[0] for row in rows("work/occupation_heads.txt"))
_VAGUE, _BROAD, _BREAKS, _TERMS = map(words, ("vague", "broad", "breaks", "terms"))
_CAPITALS, _LEVELS = words("capitals"), words("levels")
#: Levels as they are shortened, wherever in a title; and who works, at its end.
_SHORT = {row[1]: row[2] for row in rows("work/shortened.tsv") if row[0] == "level"}
_SHORT_LAST = {row[1]: row[2] for row in rows("work/shortened.tsv")}
#: Levels of those who do the same work.
_GRADES = frozenset(("Senior", "Junior", "Lead", "Principal", "Staff"))
_SMALL = frozenset(("of", "on", "and", "for", "the", "in", "&"))
#: Positions that there are in any work: what else a title says goes first.
_ANYWHERE = re.compile(r"(?:vice|general|regional|managing|executive|senior|\s)*(?:president|manager|director)")
_LEADS = re.compile(rf"\b{any_of('leads')}\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?")
_PARTS = re.compile(r"\s*[,;|•·:>→\\]\s*|\s+[-–—]+\s*|\s*[-–—]+\s+")
_HYPHENED = re.compile(r"\b(front|back|full)\s*-\s*(?=end\b|stack\b)", re.IGNORECASE)
_SLASH = re.compile(r"(?:\s(?:i{1,3}|iv|\d))?\s*/\s*", re.IGNORECASE)
#: "Sr.Engineer"; of "Sr.NET" the dot is the product's.
_RUN_ON = re.compile(r"(?<=\b[sj]r)\.(?=\w)(?!net\b)", re.IGNORECASE)
_RUN_ON_DOT = re.compile(r"(?<=\b[sj]r)(?=\.net\b)", re.IGNORECASE)
_CUT = re.compile(r"\s+(?:and|&)\s+|/", re.IGNORECASE)
_NUMERAL = re.compile(r"(?:i{1,3}|iv|v|[1-5]|[a-c]|level|grade|l[1-5])", re.IGNORECASE)
#: Consonants alone are letters that are spelled out.
_SPELLED_OUT = re.compile(r"[B-DF-HJ-NP-TV-XZ]{2,5}")
_PART = re.compile(r"[^/-]+")
_WORD = re.compile(r"[.\w&+#/'-]*\w[.\w&+#/'-]*|&")


@lru_cache(_REMEMBERED)
def occupation_in(title: str) -> Occupation | None:
    """The occupation of a title; None where no part of it says who works, and at what."""
    first: Occupation | None = None
    plain = _HYPHENED.sub(r"\1-", _BRACKETS.sub(" ", title)).replace("I.T.", "IT")
    for part in _PARTS.split(_SLASH.sub("/", _RUN_ON_DOT.sub(" ", _RUN_ON.sub(". ", plain)))):
        for piece in _pieces(part):
            found = _of_words(_WORD.findall(piece), shouting=_shouts(title))
            if found and not (_ANYWHERE.fullmatch(found.plain) or found.plain in _BROAD):
                return found
            first = first or found
    return first


def is_who(word: str) -> bool:
    """Whether a word says who works ("Developer")."""
    return word.casefold().rpartition("/")[2] in _HEADS


def is_vague(word: str) -> bool:
    """Whether a word for who works says no kind of work by itself ("Manager")."""
    return word.casefold() in _VAGUE


def _pieces(part: str) -> list[str]:
    """A part of a title up to an "and" or a slash that follows who works, and what comes after it."""
    for cut in _CUT.finditer(part):
        before = _WORD.findall(part[: cut.start()])
        if before and is_who(_spelled(before[-1], last=True).split()[-1]):
            return [part[: cut.start()], part[cut.end() :]]
    return [part]


def _of_words(written: list[str], *, shouting: bool) -> Occupation | None:
    spelled = [_spelled(word, last=at + 1 == len(written)) for at, word in enumerate(written)]
    ends = [at for at, word in enumerate(spelled) if is_who(word.split()[-1])]
    if not ends:
        return None
    end = ends[-1]
    kept = [word for word in spelled[_start(spelled, end) : end + 1] if word.casefold() not in _TERMS]
    levels = [word for word in kept if _cased(word, shouting=True) in _LEVELS]
    if len(kept) - len(levels) > _LONGEST:
        kept = [*levels, *[word for word in kept if word not in levels][-_SHORTENED:]]
    return _occupation(" ".join(_cased(word, shouting=shouting) for word in [*kept, *_of_what(spelled[end + 1 :])]))


def _start(spelled: list[str], end: int) -> int:
    """Where the words of an occupation begin that ends here."""
    start, alone = end, not is_vague(spelled[end])
    while start and _goes_on(spelled[start - 1]):
        if alone and is_who(spelled[start - 1]) and not is_vague(spelled[start - 1]):
            break  # two are named, one after the other: the second it is
        start -= 1
    while start < end and spelled[start].casefold() in _SMALL:
        start += 1
    return start


def _of_what(after: list[str]) -> list[str]:
    """Of what somebody is the director or manager, where that is at most three words."""
    if not after or after[0].casefold() != "of":
        return []
    said = list(takewhile(_goes_on, after[:5]))
    while said and said[-1].casefold() in _SMALL:
        said.pop()
    return said if 1 < len(said) <= 4 else []


def _occupation(text: str) -> Occupation | None:
    rank = title_info(text)
    said = rank.occupation.split()
    if not said or (len(said) == 1 and (is_vague(said[0]) or not is_who(said[0]))):
        return None
    leads = rank.track == "management" and rank.seniority in ("lead", "executive")
    spoken = text.split()
    craft = " ".join([*[word for word in spoken[:-1] if word not in _GRADES], spoken[-1]])
    return Occupation(text, craft, rank.occupation, leads and _LEADS.search(text) is not None)


def _spelled(word: str, *, last: bool) -> str:
    short = word.strip(".").casefold()
    return (_SHORT_LAST if last else _SHORT).get(short, word)


def _goes_on(word: str) -> bool:
    low = word.casefold()
    return low not in _BREAKS and not re.search(r"\d{2}|\d\Z", word) and _NUMERAL.fullmatch(low) is None


def _shouts(title: str) -> bool:
    letters = [letter for letter in title if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) > 0.8 * len(letters)


def _cased(word: str, *, shouting: bool) -> str:
    """A word with a capital; as it is where it has capitals of its own in a title that is not all of capitals."""
    if " " in word:
        return word
    if "/" in word.strip("/") and word.upper() not in _CAPITALS:
        return "/".join(_cased(part, shouting=shouting) for part in word.split("/"))
    if word.upper() in _CAPITALS or (shouting and _SPELLED_OUT.fullmatch(word)):
        return word.upper()
    if word.casefold() in _SMALL:
        return word.casefold()
    if shouting or word.islower():
        return _PART.sub(lambda part: part[0][:1].upper() + part[0][1:].lower(), word)
    return word
