"""Whether a title may end with a word."""

from __future__ import annotations

import re
from importlib.resources import files

from recommender.asking.spans import SpanWord, listed
from recommender.asking.titles.short import full
from recommender.asking.tools import TOOLS
from recommender.insights.work.title_words import is_who
from recommender.reading.text.titles import NOUNS, is_noun
from recommender.skills import Vocabulary

#: Characters before a word in which a name that it ends may begin, and after it.
_AROUND = 40
#: Ends of words for people, where the word is known for what they do.
_PERSONS = ("er", "or", "ist", "ista", "ian", "man", "woman", "master")
_NO_TRADES = TOOLS | {"languages"}
#: Nouns that end titles where somebody asks for one, and stand for other things in other texts.
_OCCUPATIONS = listed("occupations")
#: Who learns a trade: what they learn is before, and what says only where they learn is none.
LEARNERS = listed("learners")
#: Letters of capitals that end in S without being several ("PMS" is no two product managers).
_SHORT_PLURAL = 4
#: Letters that a trade and who does it have in common.
_STEM = 4
#: Words of titles for who works that are too rare for other lists; and words that stand before such.
_RARE, BEFORE_HEADS = (
    frozenset(words.split())
    for words in re.findall(
        r"\[\w+\]\n([^\[]+)", files("recommender.asking.titles").joinpath("rare_heads.txt").read_text(encoding="utf-8")
    )
)
_ONE_OF = re.compile(r"\b(?:an?|another|our|two|three|some|several|experienced|senior|junior)\s+\Z", re.IGNORECASE)
_AFTER_ONE = re.compile(r"\s*(?:\Z|[,;.!?)]|(?:who|with|for|in|at|near|from|to|and|or|that|based)\b)", re.IGNORECASE)
WITH_OF = re.compile(r"(?:director|head|vice president|vp|chief|dean|professor|chair)\Z", re.IGNORECASE)


def is_head(word: SpanWord, written: str, vocabulary: Vocabulary) -> bool:
    """Whether a title may end with a word: "SQL Server" and "Illustrator" are tools, a welder is none."""
    plain = full(word.text)
    noun = (is_noun(plain) and not _is_abbreviation(plain)) or plain.casefold() in LEARNERS or _is_listed(plain)
    if not noun and not plain.casefold().endswith(_PERSONS):
        return False
    before = max(0, word.start - _AROUND)
    after = word.end + (_AROUND if written[word.end : word.end + 1] == " " else 1)
    near = [(m, m.end + before) for m in vocabulary.asked(written[before:after])]
    inside = any(m.start + before == word.start and end > word.end for m, end in near)
    if inside and not WITH_OF.search(word.text):  # "employee relations"
        return False
    named = [m for m, end in near if end == word.end]
    tool = not (noun and _is_person(word, written)) and any(
        vocabulary.field(m.name) in TOOLS and _ends_alike(m.name, word.text) for m in named
    )
    other_trade = any(
        _is_master(m.name) or (vocabulary.field(m.name) not in _NO_TRADES and _does(word.text, m.name)) for m in named
    )
    return not tool and (noun or other_trade)


def _is_listed(word: str) -> bool:
    """Whether a list has a word for who works, or for several of them."""
    one = word.casefold()
    return any(
        name in _OCCUPATIONS or name in _RARE or (is_who(name) and not name.isdigit())
        for name in (one, one.removesuffix("s") if len(one) > _SHORT_PLURAL or word[:-1].isupper() else one)
    )


def _is_person(word: SpanWord, written: str) -> bool:
    """Whether a sentence speaks of one who is called like a tool: "a zookeeper who ..."."""
    before = written[max(0, word.start - _AROUND) : word.start]
    return word.text.islower() and bool(_ONE_OF.search(before) and _AFTER_ONE.match(written, word.end))


def _does(word: str, skill: str) -> bool:
    """Whether a word is for who does this: a welder does welding; wastewater does nothing."""
    plain = word.casefold()
    return any(part != plain and part[:_STEM] == plain[:_STEM] for part in skill.casefold().split())


def _is_abbreviation(word: str) -> bool:
    """Whether capitals stand for something else than a few of those that the letters before the last stand for."""
    return word.isupper() and len(word) <= _SHORT_PLURAL and word.casefold() not in NOUNS


def _ends_alike(name: str, word: str) -> bool:
    return name.split()[-1].casefold() == word.casefold() and not _is_master(name)


def _is_master(name: str) -> bool:
    return name.casefold().endswith(" master")
