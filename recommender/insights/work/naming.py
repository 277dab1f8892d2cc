"""Whether a text names a skill in its own words, in whatever form, and whether a skill says much of who has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache
from string import ascii_lowercase

from recommender.facts import distinction
from recommender.insights.prose.words import words
from recommender.insights.work.hedges import is_written
from recommender.insights.work.title_words import is_who
from recommender.skills import Vocabulary

#: Texts that are remembered: names of skills, and lines of the person, in which all of them are looked for.
_REMEMBERED = 4_096
_TEXTS = 256
_LEAST_DISTINCT = 0.7
_BETWEEN = 2  # words that may come between those of a skill
_WORDS, _CAPITALS = re.compile(r"[a-z+#.]{2,}"), re.compile(r"[A-Z]{2,}")
_OF_A_WORD = frozenset(f"{ascii_lowercase}+#.")
_LONGER = re.compile(r"[^\W\d_]{3,}")  # words whose initials stand for them
#: Skills too wide, or too much a matter of course, to say what somebody is good at.
_WIDE, _PRODUCTS, _BRANDS = words("wide"), words("products"), words("brands")
_STEM, _SURE = 5, 9  # letters of the beginnings of words, and of those that forms of one word share
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ers?|ors?|es?|s)\Z")
#: What is between the parts of a word that is also written as one: "front end".
_WITHIN = re.compile(r"[\s-](?:(?<=\bfront[\s-])|(?<=\bback[\s-])|(?<=\bfull[\s-]))[\s-]*(?=(?:end|stack)\b)")
#: Beginnings of words that say of any subject that one works at it.
_WORK = frozenset(("engin", "devel", "progr", "admin", "manag", "analy", "suppo", "opera"))


def is_product(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a skill is a thing that one works with; "Storage Administration" is work, whatever it is done with."""
    skill = vocabulary.skill(name)
    product = skill is not None and (skill.category in _PRODUCTS or name in _BRANDS)
    return product and stems(name).isdisjoint(_WORK)


def is_said(name: str, text: str) -> bool:
    """Whether a text has the words of a skill, in any form and order, close together, or their initials."""
    if is_written(text.lower(), name.lower()):
        return True
    own, spelled = _words_by_stem(name), _spelled(text)
    for stem in own:
        if stem not in spelled:
            return _has_initials(name, text)
    beginnings = tuple(own)
    begun = ((at, word, _stem(word)) for at, word in enumerate(_words(text)) if word.startswith(beginnings))
    here = [one for one in begun if one[2] in own]
    if len({stem for _, _, stem in here}) < len(own):
        return _has_initials(name, text)
    return _are_close(own, here)


def _are_close(own: Mapping[str, str], here: Iterable[tuple[int, str, str]]) -> bool:
    """Whether forms of all of these words are close together, of words of a text with their positions and stems."""
    seen = dict[str, int]()
    for at, word, stem in here:
        if _is_form(own[stem], word):
            seen[stem] = at
            if len(seen) == len(own) and at - min(seen.values()) < len(own) + _BETWEEN:
                return True
    return False


def _has_initials(name: str, text: str) -> bool:
    initials = _initials(name)
    return len(initials) > 1 and initials in text and initials in _CAPITALS.findall(text)


@lru_cache(_REMEMBERED)
def _initials(name: str) -> str:
    return "".join(word[0] for word in _LONGER.findall(name)).upper()


def _is_form(one: str, other: str) -> bool:
    """Whether two words of one stem are forms of one: "pharmacology" is none of "pharmacovigilance"."""
    mine, theirs = _without_ending(one)[:_SURE], _without_ending(other)[:_SURE]
    return mine[:_STEM] in _WORK or mine.startswith(theirs) or theirs.startswith(mine)


@lru_cache(_REMEMBERED)
def says_much(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a skill is known, is no matter of course, and says what somebody is good at."""
    if name not in _WIDE and is_who(name.rsplit(" ", 1)[-1]):
        return False  # "Scrum Master": who somebody is, no skill that one is good at
    return vocabulary.known(name) and name not in _WIDE and distinction(name, vocabulary) >= _LEAST_DISTINCT


@lru_cache(_REMEMBERED)
def stems(text: str) -> frozenset[str]:
    """The beginnings of its words, by which "Networking" and "network" are one."""
    return frozenset(map(_stem, _words(text)))


@lru_cache(_REMEMBERED)
def _words_by_stem(skill: str) -> Mapping[str, str]:
    return {_stem(word): word for word in _words(skill)}


@lru_cache(_TEXTS)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(_spelled(text)))


@lru_cache(_TEXTS)
def _spelled(text: str) -> str:
    """A text in small letters, as the words of it are told apart."""
    low = text.casefold()
    if "end" in low or "stack" in low:
        low = _WITHIN.sub("", low)
    return low.replace("it ", "information technology ")


@lru_cache(65_536)
def _stem(word: str) -> str:
    return _ENDING.sub("", word)[:_STEM]


@lru_cache(_REMEMBERED)
def _without_ending(word: str) -> str:
    return _ENDING.sub("", word)


def says(text: str, skill: str) -> bool:
    """Whether a text has the words of a skill, but for those that say that it is work ("Web Development")."""
    return telling_stems(skill) <= stems(text)


def telling_stems(skill: str) -> frozenset[str]:
    """The beginnings of the words of a skill, but for those that say that it is work, where it has others."""
    own = stems(skill)
    return own - _WORK or own


def has_word(skill: str, text: str) -> bool:
    """Whether a text has a word of a skill, if not all of them."""
    return has_stem(telling_stems(skill), text)


def has_stem(asked: Set[str], text: str) -> bool:
    """Whether a word of a text begins as one of these, as `stems` gives them."""
    spelled = _spelled(text)
    return any(stem in spelled and _begins_a_word(stem, spelled) for stem in asked)


def _begins_a_word(stem: str, spelled: str) -> bool:
    """Whether a word of a text, as it is spelled, has this very stem."""
    at = spelled.find(stem)
    while at >= 0:
        if spelled[at - 1 : at] not in _OF_A_WORD and (word := _WORDS.match(spelled, at)) and _stem(word[0]) == stem:
            return True
        at = spelled.find(stem, at + 1)
    return False


def is_same(one: str, other: str, vocabulary: Vocabulary) -> bool:
    """Whether one of two skills says the other too, or is a part of it."""
    mine, theirs = stems(one), stems(other)
    return mine <= theirs or theirs <= mine or one in vocabulary.broader(other) or other in vocabulary.broader(one)
