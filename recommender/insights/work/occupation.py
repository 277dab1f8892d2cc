"""The occupation in a title as one would say it of the person: plain words, at the level that the title gives.

A title counts where one of its parts ends in a word for who works ("developer", "nurse"); what is around it, such as
employers, places and terms of work, is left out, and a title that says no more than a rank ("Manager") says nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import dropwhile, takewhile
from typing import NamedTuple

from recommender.facts import title_info
from recommender.insights.prose.words import any_of, words
from recommender.insights.work.title_words import (
    cased,
    goes_on,
    is_level,
    is_praise,
    is_vague,
    is_who,
    shouts,
    spelled,
    without_terms,
)

#: Titles that are remembered: the same few are on many profiles.
_REMEMBERED = 16_384
_LONGEST = 5  # words of an occupation, its level not counted
_SHORTENED, _AFTER_AND = 2, 3  # those of its end that are said where it is longer; after an "and" three may be


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


_BROAD = words("broad")
#: Before one of these it is said who works; what comes after is where, for whom, or what they were once.
_STOPS = words("stops")
#: With one of these right after it, a word for who works says for whom there is something ("Analyst Relations").
_FOLLOWERS = words("followers")
#: Two of these, one after the other, are one occupation ("Programmer Analyst").
_TOGETHER = frozenset(("programmer", "analyst", "developer", "engineer", "administrator", "architect"))
#: Words for who works that may come before the work ("Executive Pastry Chef").
_BEFORE_WORK = frozenset(("executive", "intern", "trainee", "apprentice", "technical"))
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
_DOT_NET = re.compile(
    r"(?<![\w.])(?:dot[\s-]*)?\.?net"
    r"(?=[\s/]+(?:\w+[\s/]+)?(?:developer|programmer|engineer|architect|consultant))",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s+(?:and|&)\s+|/", re.IGNORECASE)
_WORD = re.compile(r"[.\w&+#/'-]*\w[.\w&+#/'-]*|&")
#: "Role: Baker", "Position - Baker".
_LABEL = re.compile(r"\b(?:role|position|job title|title|designation)\s*[-–:]\s*", re.IGNORECASE)
#: Where somebody works: "Dover, DE".
_PLACE = re.compile(
    r"(?:\b[A-Z][a-z]+\s)?\b[A-Z][a-z]+,\s(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|I[LA]|K[SY]|LA|M[DAINSOTE]|N[EVHJMYCD]|OK|PA|RI"
    r"|S[CD]|T[NX]|UT|V[TA]|W[AVIY])\b(?!-)"
)


@lru_cache(_REMEMBERED)
def occupation_in(title: str) -> Occupation | None:
    """The occupation of a title; None where no part of it says who works, and at what."""
    first: Occupation | None = None
    plain = _PLACE.sub(" | ", _LABEL.sub(" | ", _BRACKETS.sub(" ", title)))
    plain = _DOT_NET.sub(".NET", _HYPHENED.sub(r"\1-", plain)).replace("I.T.", "IT")
    for part in _PARTS.split(_SLASH.sub("/", _RUN_ON_DOT.sub(" ", _RUN_ON.sub(". ", plain)))):
        pieces = [_of_words(_WORD.findall(piece), shouting=shouts(title)) for piece in _pieces(part)]
        for found in [both] if "/" not in part and (both := _joint(pieces)) else pieces:
            if found and not (_ANYWHERE.fullmatch(found.plain) or found.plain in _BROAD):
                return found
            first = first or found
    return first


def _joint(pieces: list[Occupation | None]) -> Occupation | None:
    """Two occupations of one title as one, where that is short: "Receptionist and Gardener"."""
    if len(pieces) != 2 or None in pieces:
        return None
    one, other = (piece for piece in pieces if piece is not None)
    said = f"{one.text} and {other.text}"
    if len(said.split()) > _LONGEST or one.plain.split()[-1] == other.plain.split()[-1]:
        return None
    craft, plain = f"{one.craft} and {other.craft}", f"{one.plain} and {other.plain}"
    return Occupation(said, craft, plain, one.leads or other.leads)


def _pieces(part: str) -> list[str]:
    """A part of a title up to an "and" or a slash that follows who works, and what comes after it."""
    for cut in _CUT.finditer(part):
        before = _WORD.findall(part[: cut.start()])
        if before and is_who(spelled(before[-1], last=True, after=before[-2:-1]).split()[-1]):
            return [part[: cut.start()], part[cut.end() :]]
    return [part]


def _of_words(written: list[str], *, shouting: bool) -> Occupation | None:
    ahead = [[], *([word] for word in written)]
    said = [spelled(word, last=at + 1 == len(written), after=ahead[at]) for at, word in enumerate(written)]
    end = _end(said)
    if end is None:
        return None
    kept = [without_terms(word) for word in said[_start(said, end, shouting=shouting) : end + 1] if not is_praise(word)]
    if said[0] in _GRADES and said[0] not in kept:
        kept = [said[0], *kept]
    levels = [word for word in kept if is_level(word)]
    if sum(word.casefold() not in _SMALL for word in kept) - len(levels) > _LONGEST:
        kept = [*levels, *_shortened([word for word in kept if word not in levels])]
    of_what = _of_what(said[end + 1 :], shouting=shouting)
    return _occupation(" ".join(cased(word, shouting=shouting) for word in [*kept, *of_what])) if kept else None


def _shortened(kept: list[str]) -> list[str]:
    """The end of an occupation of many words, which is one by itself."""
    after_and = list(takewhile(lambda word: word.casefold() not in _SMALL, reversed(kept)))[::-1]
    whole = _SHORTENED <= len(after_and) <= _AFTER_AND and len(after_and) < len(kept)
    return after_and if whole else _without_and(kept[-_SHORTENED:])


def _end(said: list[str]) -> int | None:
    """Where the last word is that says who works, before what says where or for whom; None where there is none."""
    ends = [
        at
        for at, word in enumerate(said)
        if is_who(word.split()[-1]) and "".join(said[at + 1 : at + 2]).casefold() not in _FOLLOWERS
    ]
    stop = next((at for at, word in enumerate(said) if word.casefold() in _STOPS), len(said))
    return max((at for at in ends if at < stop), default=max(ends, default=None))


def _start(said: list[str], end: int, *, shouting: bool) -> int:
    """Where the words of an occupation begin that ends here."""
    start = end
    while start and goes_on(said[start - 1], shouting=shouting):
        if said[start - 1].casefold() == "of" or _is_another(said[:start], said[start : end + 1]):
            break
        start -= 1
    if said[end - 1 : end] in (["&"], ["and"]) and is_vague(said[end]):
        return end  # "Gym Management & Consultant": the first is no person
    return end - len(_without_and(said[start : end + 1])) + 1


def _is_another(before: list[str], after: list[str]) -> bool:
    """Whether the last word before says another occupation than the words after it: two are named in one title."""
    last, end = before[-1].casefold(), after[-1].casefold()
    if not is_who(last) or (last in _TOGETHER and end in _TOGETHER and len(after) == 1):
        return False
    if is_vague(last):
        return len(after) > 1 and last not in _BEFORE_WORK and not all(map(is_level, before))
    return not is_vague(end)


def _without_and(kept: list[str]) -> list[str]:
    """The words from the first on that no other has to come before."""
    return list(dropwhile(lambda word: word.casefold() in _SMALL, kept[:-1])) + kept[-1:]


def _of_what(after: list[str], *, shouting: bool) -> list[str]:
    """Of what somebody is the director or manager, where that is at most three words."""
    if not after or after[0].casefold() != "of":
        return []
    said = list(takewhile(lambda word: goes_on(word, shouting=shouting), after[:5]))
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
