"""Which words make a job title, over all trades: used to tell a title from a company in running text."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

_LISTS = files("recommender.reading.text").joinpath("title_words.txt").read_text(encoding="utf-8")


def _words_of(name: str) -> frozenset[str]:
    return frozenset(_LISTS.split(f"[{name}]\n", 1)[1].split("\n[", 1)[0].split())


_FOREIGN = _words_of("foreign nouns")
#: Words that a title ends with, and that rarely stand in a company's name.
NOUNS = (
    _words_of("nouns") | _FOREIGN | {f"{noun}in" for noun in _FOREIGN if noun.endswith(("er", "t", "eur", "är", "or"))}
)
#: "Harpist", "pianist" and "zoologist" are trades; these are none.
_NO_TRADE = ("list", "sist", "exist", "twist", "whist", "christ", "midst", "hoist")
_ENDINGS = tuple(sorted(_words_of("foreign endings")))
#: Words that also end titles, but as often stand in companies and texts: they count where nothing better is.
WEAK_NOUNS = _words_of("weak")
#: Words before the head of a title.
MODIFIERS = _words_of("modifiers")
CONNECTORS = frozenset(("of", "and", "&", "/", "-", "–", "—", ",", "for", "the", "in", "to", "with", "at", "+", "on"))
LEVELS = re.compile(r"(?:I{1,3}|IV|V|VI|[1-6]|Sr\.?|Jr\.?|L[1-7])[.,]?\Z")

_OPENERS = files("recommender.reading.text").joinpath("title_openers.txt").read_text(encoding="utf-8")
#: Word of a title → how often it is the first of one, 0 to 1.
_OPENS = {
    word: int(tenths) / 10 for tenths, words in re.findall(r"\[(\d+)\]\n([^\[]+)", _OPENERS) for word in words.split()
}
#: A word that is in no list.
_MAY_OPEN = 0.4

#: A word longer than this is none: it is not looked up, nor remembered.
_LONGEST_WORD = 80
_EDGES = " \t,;:()[]'\"“”’*•|"


def bare(word: str) -> str:
    """A word for looking up: lower case, without punctuation around."""
    return word.strip(_EDGES).rstrip(".").lower()


def is_noun(word: str) -> bool:
    """Whether a title may end with this word, alone or as part of a compound ("Designer/Developer", "teachers")."""
    return len(word) <= _LONGEST_WORD and _is_noun(word)


@lru_cache(maxsize=100_000)
def _is_noun(word: str) -> bool:
    plain = bare(word)
    if plain in NOUNS:
        return True
    if any(part in NOUNS for part in re.split(r"[/&(*:-]", plain)):
        return True
    if plain.endswith(_ENDINGS) and len(plain) > 8:
        return True
    if plain.endswith("ist") and len(plain) > 5 and not plain.endswith(_NO_TRADE):
        return True
    return (
        plain.endswith("s")
        and plain[:-1] in NOUNS
        and plain[:-1] not in ("partner", "associate", "engineer", "architect")
    )


def is_modifier(word: str) -> bool:
    """Whether a word commonly is in a title before its head."""
    return len(word) <= _LONGEST_WORD and _is_modifier(word)


@lru_cache(maxsize=100_000)
def _is_modifier(word: str) -> bool:
    plain = bare(word)
    return (
        plain in MODIFIERS
        or f"{plain}." in MODIFIERS
        or any(part in MODIFIERS or part in NOUNS for part in re.split(r"[/-]", plain) if part)
    )


def is_title(text: str) -> bool:
    """Whether a short text by itself reads as a job title."""
    words = text.split()
    if not 1 <= len(words) <= 12:
        return False
    head = re.split(r"\s[-–—|@]\s|,|\(|/(?=\s)", text)[0].split()
    return any(is_noun(word) for word in (head or words)[-2:]) or any(is_noun(word) for word in words[:2])


def opening(word: str) -> float:
    """How often a title that has this word begins with it, 0 to 1."""
    return _OPENS.get(bare(word), _MAY_OPEN)
