"""The words of titles: who works, at which level, what may be said of an occupation and how it is written."""

from __future__ import annotations

import re
from functools import lru_cache

from recommender.insights.prose.words import rows, words

#: Words that are remembered: titles are made of a few thousand.
_REMEMBERED = 4_096
_HEADS = frozenset(row[0] for row in rows("work/occupation_heads.txt"))
_KNOWN = frozenset(word for row in rows("work/occupation_words.txt") for word in row[0].split())
_VAGUE, _BREAKS, _TERMS, _CAPITALS, _LEVELS = map(words, ("vague", "breaks", "terms", "capitals", "levels"))
#: Levels as they are shortened, wherever in a title; and who works, at its end.
_SHORT = {row[1]: row[2] for row in rows("work/shortened.tsv") if row[0] == "level"}
_SHORT_LAST = {row[1]: row[2] for row in rows("work/shortened.tsv")}
_SMALL = frozenset(("of", "on", "and", "for", "the", "in", "&"))
_NUMERAL = re.compile(r"(?:i{1,3}|iv|v|[1-5]|[a-c]|level|grade|l[1-5])", re.IGNORECASE)
#: Consonants alone are letters that are spelled out.
_SPELLED_OUT = re.compile(r"[B-DF-HJ-NP-TV-XZ]{2,5}")
_LETTERS = re.compile(r"[A-Z][A-Z&/]{1,7}")
_PART = re.compile(r"[^/-]+")


@lru_cache(_REMEMBERED)
def is_who(word: str) -> bool:
    """Whether a word says who works ("Developer")."""
    return word.casefold().rpartition("/")[2] in _HEADS


def is_of_work(word: str) -> bool:
    """Whether a word is of the names of occupations ("Security"), and not of places or employers alone."""
    return word.casefold() in _KNOWN


def is_vague(word: str) -> bool:
    """Whether a word for who works says no kind of work by itself ("Manager")."""
    return word.casefold() in _VAGUE


@lru_cache(_REMEMBERED)
def is_level(word: str) -> bool:
    """Whether a word says a level ("Senior")."""
    return cased(word, shouting=True) in _LEVELS


def is_praise(word: str) -> bool:
    """Whether a word says nothing of the work, but the terms of it or what one thinks of oneself."""
    return word.casefold() in _TERMS


def without_terms(word: str) -> str:
    """A word with slashes without what says nothing of the work: "Freelance/Designer" → "Designer"."""
    return (
        "/".join(part for part in word.split("/") if part.casefold() not in _TERMS) if "/" in word.strip("/") else word
    )


def spelled(word: str, *, last: bool, after: list[str]) -> str:
    """A word in full where it is shortened ("Sr", "Mgr"); but a "Garde Manger" is a cook."""
    short = word.strip(".").casefold()
    if short == "manger" and [one.casefold() for one in after] == ["garde"]:
        return word
    return (_SHORT_LAST if last else _SHORT).get(short, word)


@lru_cache(_REMEMBERED)
def goes_on(word: str, *, shouting: bool) -> bool:
    """Whether an occupation may hold a word: none that ends it, no number, and no name of a person or employer."""
    low = word.casefold()
    if low in _BREAKS or re.search(r"\d{2}|\d\Z", word) or _NUMERAL.fullmatch(low):
        return False
    return " " in word or (_SPELLED_OUT if shouting else _LETTERS).fullmatch(word) is not None or _is_known(low)


def _is_known(low: str) -> bool:
    if low in _KNOWN or low in _SMALL or low.upper() in _CAPITALS:
        return True
    parts = _PART.findall(low)
    return len(parts) > 1 and all(part in _KNOWN or part.upper() in _CAPITALS for part in parts)


def shouts(title: str) -> bool:
    """Whether a title is in capitals."""
    letters = list(filter(str.isalpha, title))
    return sum(map(str.isupper, letters)) > 0.8 * len(letters)


@lru_cache(_REMEMBERED)
def cased(word: str, *, shouting: bool) -> str:
    """A word with a capital; as it is where it has capitals of its own in a title that is not all of capitals."""
    if " " in word:
        return word
    if "/" in word.strip("/") and word.upper() not in _CAPITALS:
        return "/".join(cased(part, shouting=shouting) for part in word.split("/"))
    if word.upper() in _CAPITALS or (shouting and _SPELLED_OUT.fullmatch(word)):
        return word.upper()
    if word.casefold() in _SMALL:
        return word.casefold()
    if shouting or word.islower():
        return _PART.sub(lambda part: part[0][:1].upper() + part[0][1:].lower(), word)
    return word
