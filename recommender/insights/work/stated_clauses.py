"""Clauses of a summary that state years: so many, and of what, cut short where more would be too long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from recommender.insights.prose.clauses import LONGEST, asks_for_more, shortenings
from recommender.insights.prose.telling import is_stray
from recommender.insights.prose.whole import is_whole
from recommender.insights.prose.words import any_of
from recommender.insights.prose.wrapped import unwrapped
from recommender.insights.work.title_words import is_who
from recommender.insights.work.years import REMEMBERED, YEARS

#: What follows: experience in, as or with something; something experience; doing something; of something.
_OF_WHAT = re.compile(
    r"(?:[\w/&-]+,?\s+){0,6}?(?:experience|expertise|background)\s+(?:\w+ly\s+)?"
    r"(?:in|as|with|of|on|across|within|(?!includ|utili|us|hav|follow|seek|look)\w{3,}ing)\b"
    r"|(?:in(?!\sa\srow)|as)\b|(?!being|during|includ|follow|seek|look)\w{3,}ing\b",
    re.IGNORECASE,
)
_WHAT = re.compile(r"((?:[\w/&-]+,?\s+){1,7}?)(?:experience|expertise)\b", re.IGNORECASE)
_SAYS_NOTHING = re.compile(rf"(?:\b{any_of('says nothing')}\b|\W)*(?:\w+ing\W*)?", re.IGNORECASE)
#: Words that say how experience was, and not of what.
ONLY_HOW = re.compile(rf"(?:\b{any_of('only how')}\b|\W)*", re.IGNORECASE)
_SENTENCE = re.compile(r"[\n•●▪;.!?](?:(?<=[\n•●▪;])|(?<=[\w)%\"'+][.!?])(?=\s|\Z))")
_ANOTHER = re.compile(r",?\s(?:[—–-]\s)?(?:and|with|including)\s(?=(?:over|more than|around|\d+\+?)\s)", re.IGNORECASE)
#: After "experience", where what it is of is said: "worldwide experience working with tides".
_GOES_ON = re.compile(r"\s+(?:in|as|with|of|on|across|within|using|for|at|\w+ing)\b", re.IGNORECASE)
_DOING = re.compile(
    r"[^,]*?\byears?['’]?\s(?:of\s)?(?:\w+\s){0,2}(?:experience\s)?(?:\w+ly\s)?\w{3,}ing\s", re.IGNORECASE
)
#: "A career with experience": of what is not said yet.
_OPEN = re.compile(r"\b(?:with|of|in|and)\s+\Z", re.IGNORECASE)
#: What an advert asks for, that somebody copied.
_WISHED = re.compile(
    r"\b(?:minimum|preferred|preferably|desired|must have|(?:is|are) (?:required|a plus)|seeking|looking for"
    r"|required:|requirements?:)",
    re.IGNORECASE,
)
#: "Experience with analysis": of a list of such words, one alone says little.
_ONE_WORD = re.compile(r"\b(?:in|with|of|on)\s[\w-]+\Z")
#: Where a stated length may end early, beside where any clause may: what it is of is said.
_CUTS = re.compile(r",?\s+(?=(?:with|across|within|including|using|such|which|where|both)\b)")
#: "As a developer and coding": what was cut off is what the second is of.
_LOOSE = re.compile(r"\bas\s.*(?:er|or|ist|ant|ian)s?\s(?:and|as)\s\w+ing\Z")


class Span(NamedTuple):
    """A sentence from a number of years on.

    Attributes:
        said: how many characters of it say how many years, with "of".
    """

    text: str
    said: int


@lru_cache(REMEMBERED)
def stated_clauses(about: str) -> tuple[str, ...]:
    """The clauses of a summary that state years of something, in their order."""
    return tuple(found for one in spans(about) if (found := next(_said(one.text, one.said), None)))


@lru_cache(REMEMBERED)
def spans(about: str) -> tuple[Span, ...]:
    """What a summary says from each number of years on, to the end of the sentence; nothing that is wished for."""
    if "year" not in about.casefold():
        return ()
    stating = (sentence for sentence in _SENTENCE.split(unwrapped(about)) if "year" in sentence.lower())
    return tuple(span for sentence in stating for span in _spans(" ".join(sentence.split())))


def _spans(sentence: str) -> Iterator[Span]:
    if _WISHED.search(sentence):
        return
    for years in YEARS.finditer(sentence):
        text = _ANOTHER.split(sentence[years.start() :])[0].strip(" ,:")
        yield Span(text, years.end() - years.start())


def _said(text: str, said: int) -> Iterator[str]:
    """The beginnings of a text, after so many characters of years, that say what they are of; the longest first."""
    if of_what := _OF_WHAT.match(text, said):
        for clause in _beginnings(text):
            if len(clause) > of_what.end() + 2 and _says_something(clause, of_what.end()) and not is_stray(clause):
                yield clause
    if (what := _WHAT.match(text, said)) and not _GOES_ON.match(text, what.end()):
        clause = text[: what.end()]
        whole = len(clause) <= LONGEST and not _OPEN.search(what[1])
        if whole and not ONLY_HOW.fullmatch(what[1]) and not is_stray(clause):
            yield clause


def _beginnings(text: str) -> Iterator[str]:
    yield from shortenings(text)
    cuts = [cut.start() for cut in _CUTS.finditer(text, 20, LONGEST + 12)]
    first, comma, _ = text.partition(", ")
    if comma and _DOING.match(text):  # what is done with all entries of a list is done with the first
        cuts.append(len(first))
    for at in sorted(cuts, reverse=True):
        clause = text[:at]
        whole = len(clause) <= LONGEST and is_whole(clause) and not asks_for_more(clause)
        if whole and ", " not in clause and not _ONE_WORD.search(clause):
            yield clause


def _says_something(clause: str, after: int) -> bool:
    """Whether what comes after so many characters says what the experience is in; "as" somebody who works at it."""
    said = clause[after:]
    if _LOOSE.search(clause):
        return False
    if clause[:after].endswith("as") and not any(map(is_who, re.findall(r"[\w-]+", said))):
        return False
    return not _SAYS_NOTHING.fullmatch(said)


def is_said_to_the_end(clause: str, about: str) -> bool:
    """Whether nothing of a list was left out: the sentence ends with the clause, or goes on with what it was done with.

    Lists themselves are not; of ten things that years are of, they are of none in particular.
    """
    if "," in clause:
        return False
    after = [one.text.removeprefix(clause) for one in spans(about) if one.text.startswith(clause)]
    return any(not rest.strip(" .") or _CUTS.match(rest) for rest in after)
