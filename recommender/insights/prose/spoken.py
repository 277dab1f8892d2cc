"""How values are said within a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from recommender.insights.prose.words import words
from recommender.skills import Vocabulary

_MONTHS = 12
#: Occupations that are remembered: the same few are on many profiles.
_REMEMBERED = 4_096
#: Categories of skills whose names are written with a capital in a sentence.
_PRODUCTS, _BRANDS = words("products"), words("brands")
_SHORT = words("short")
#: Ends of what is work or a kind of thing, in whatever category it is ("Distributed Systems").
_WORK = (" systems", " services", " development", " design", " engineering", " programming", " administration")
#: Letters whose names begin with a vowel, for words that are spelled out ("an HR manager").
_VOWEL_LETTERS = "AEFHILMNORSX"
_ONLY_ONE = re.compile(
    r"(?:chief|vice|senior vice|executive vice|managing director|president|c[etfoi]o\b)", re.IGNORECASE
)
_PART = re.compile(r"[^/-]+")
_VOWEL = re.compile(r"[aeio]|u(?!ni|se|ti|x|i)", re.IGNORECASE)


def years_said(months: int) -> str:
    """Whole years of some months, 12 or more, as a lower bound: "9+ years"; what is counted may not be all there is."""
    return f"{months // _MONTHS}+ years"


@lru_cache(_REMEMBERED)
def in_prose(title: str, vocabulary: Vocabulary) -> str:
    """A title within a sentence: "Senior Java Developer" → "senior Java developer"."""
    written = [named(word, vocabulary) for word in title.split()]
    pairs = [_is_product(f"{one} {other}", vocabulary) for one, other in pairwise(written)]
    in_name = [before or after for before, after in zip([False, *pairs], [*pairs, False], strict=True)]
    return " ".join(word if kept else _plain(word, vocabulary) for word, kept in zip(written, in_name, strict=True))


@lru_cache(_REMEMBERED)
def as_named(phrase: str, vocabulary: Vocabulary) -> str:
    """A phrase with each word as the skill of its name is written."""
    return " ".join(named(word, vocabulary) for word in phrase.split())


def named(word: str, vocabulary: Vocabulary) -> str:
    """A word as the skill of this name is written: "javascript" → "JavaScript"."""
    name = vocabulary.canonical(word)
    return name if name.casefold() == word.casefold() and vocabulary.known(word) else word


def _plain(word: str, vocabulary: Vocabulary) -> str:
    if _is_product(word, vocabulary):
        return word
    return _PART.sub(lambda part: part[0] if _is_proper(part[0], vocabulary) else part[0].lower(), word)


def _is_proper(part: str, vocabulary: Vocabulary) -> bool:
    """Whether a part of a word is a product, or a name of letters: "Java", "UI", "C#"."""
    letters = part.removesuffix("'s")
    return letters[1:] != letters[1:].lower() or not letters.isalpha() or _is_product(part, vocabulary)


def _is_product(name: str, vocabulary: Vocabulary) -> bool:
    """Whether this is the very name of a tool or language, none that a sentence writes small."""
    skill = vocabulary.skill(name)
    if name in _BRANDS:
        return True
    return skill is not None and skill.category in _PRODUCTS and not name.lower().endswith(_WORK)


def article(phrase: str) -> str:
    """What comes before an occupation, "a" or "an"; nothing where there is one of them in a company."""
    if _ONLY_ONE.match(phrase):
        return ""
    word = re.split(r"[\s/-]", phrase, maxsplit=1)[0]
    if word[:2].isupper():
        return "an" if word[0] in _VOWEL_LETTERS else "a"
    return "an" if _VOWEL.match(word) else "a"


def joined(names: Sequence[str]) -> str:
    """Some names in one phrase: "A", "A and B", "A and B & C"."""
    return " and ".join(_titled(name).replace(" and ", " & ") for name in names)


def _titled(name: str) -> str:
    """A skill that the vocabulary does not know, which is kept in small letters, as the known ones are written."""
    return (
        " ".join(word[:1].upper() + word[1:] if len(word) > 3 or word in _SHORT else word for word in name.split())
        if name.islower()
        else name
    )
