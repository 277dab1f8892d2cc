"""What a sentence tells that begins with a verb: how much the verb says, and whether a deed follows it."""

from __future__ import annotations

import re

from recommender.insights.prose.verbs import VERBS
from recommender.insights.prose.words import any_of, words

#: No deed follows a verb so: "Based in", "Experienced with".
_PASSIVE = re.compile(
    r"(?:to|in|of|by|with|on|as|for|from|at|using|via|through|around|into|value|between)\b", re.IGNORECASE
)
_BEGINNINGS, _BEGINNING = re.compile(rf"{any_of('beginnings')}\b", re.IGNORECASE), 0.3
_FIRST_WORDS = frozenset(phrase.partition(" ")[0] for phrase in words("beginnings"))
_NOUNS, _OBJECTS = words("nouns"), words("objects")
#: Several things that something is done to; "analysis" and "process" are one.
_PLURAL = re.compile(r"[a-z-]+[^\W\d_siu]s,?\Z")


def verb_of(sentence: str) -> float | None:
    """The points of the verb that a sentence begins with, after a word of how at most; None where no deed follows."""
    first, _, rest = sentence.partition(" ")
    if first.endswith("ly"):
        first, _, rest = rest.partition(" ")
    verb = first.rstrip(",").casefold()
    if verb in _FIRST_WORDS and _BEGINNINGS.match(sentence):
        return _BEGINNING
    if (points := VERBS.get(verb)) is None or _PASSIVE.match(rest):
        return None
    return None if verb in _NOUNS and first == first.rstrip(",") and not _is_object(rest) else points


def _is_object(rest: str) -> bool:
    """Whether what follows is what something is done to: "test the pumps", "test pumps", but not "test results of"."""
    word, _, after = rest.partition(" ")
    return (
        word.casefold() in _OBJECTS
        or word[:1] in "$€£0123456789"
        or bool(_PLURAL.match(word) and not after.startswith("of "))
    )
