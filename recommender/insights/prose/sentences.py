"""The sentences of a text: where each begins and ends.

What a profile says is quoted, so a clause is always a span of its text. A text whose lines were cut apart has pieces
that begin or end in the middle of a sentence; those are no clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from recommender.insights.prose.clauses import SHORTEST
from recommender.insights.prose.verbs import VERBS
from recommender.insights.prose.words import words
from recommender.insights.prose.wrapped import unwrapped

#: Texts that are remembered: several questions are asked of those of one person.
REMEMBERED = 256
#: What a sentence may end in, and a clause does not.
ENDS = " .;,!"

#: Patterns that every text is searched for begin with the marks that they have in common, and look back from there for
#: what has to be before one: else every branch is tried at every letter, which takes several times as long.
_ENDS = re.compile(
    r"[.;!\n•●▪·*–—-](?:(?<=[\w)%\"'+#][.;!])(?:\s+(?=[A-Z\"'(•*\d-])|\s*\n)"
    r"|(?<=[\n•●▪·*])[\n•●▪·*]*\s+|(?<=\s[-–—])\s+(?=[A-Z][a-z]+ed\b))"
)
_ABBREVIATIONS = words("abbreviations")
#: Deeds that begin a sentence where the full stop before it is missing, as they are written there.
DEEDS = frozenset(form.capitalize() for form in VERBS if form.endswith("ed")) | words("openings")
_RUN_ON = re.compile(rf"(?<=[a-z)\d%])\s+(?=(?:{'|'.join(sorted(DEEDS))})\s[a-z\d$])")
_BULLET = re.compile(r"[\s\"'•●▪·*o\u2022>+-]+(?=[A-Z\d])")
_LEAD_IN = re.compile(r"[A-Z][\w /&]{2,30}:\s+(?=[A-Z])")
_I = re.compile(r"I\s+(?:also\s+|have\s+|then\s+)?(?=[a-z]+\b)")
_ANY_MARK = re.compile(r"[.;!:\n•●▪·*–—-](?:(?<=[\n•●▪·*–—])|(?<=[.;!:]) |(?<= -) )")
_ENDS_OPEN = (",", ":", "-", "/", "&", "(")


@lru_cache(REMEMBERED)
def is_one_sentence(text: str) -> bool:
    """Whether a text holds no end of a sentence, no lead-in and no verb that begins another."""
    return _ANY_MARK.search(text) is None and DEEDS.isdisjoint(text.split()[1:])


@lru_cache(REMEMBERED)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text in order, without bullets, lead-ins ("Results: ") and a first "I"."""
    return tuple(_sentences(text))


def _is_plain(text: str) -> bool:
    """Whether a text is one sentence by a part of the work: of white space it has spaces alone."""
    return text.isprintable() and is_one_sentence(text)


def _sentences(text: str) -> Iterator[str]:
    for line in [text.split()] if _is_plain(text) else _lines(unwrapped(text)):
        written = " ".join(line)
        for piece in (written,) if DEEDS.isdisjoint(line[1:]) else _RUN_ON.split(written):
            begun = _begun(piece)
            if begun and len(plain := begun.rstrip(ENDS)) >= SHORTEST:
                yield f"{plain}," if begun.rstrip().endswith(_ENDS_OPEN) else plain


def _lines(text: str) -> Iterator[list[str]]:
    """The words up to each end of a sentence."""
    held = ""
    start = 0
    for end in _ENDS.finditer(text):
        held += text[start : end.start()]
        start = end.end()
        if end[0].startswith(".") and "\n" not in end[0] and _is_abbreviation(held.rpartition(" ")[2].strip("(")):
            held += end[0]
            continue
        yield held.split()
        held = ""
    yield (held + text[start:]).split()


def _is_abbreviation(word: str) -> bool:
    """Whether the full stop after a word ends no sentence: "Inc", "U.S"."""
    return word in _ABBREVIATIONS or (word[-1:].isupper() and word[-2:-1] in ("", "."))


def _begun(piece: str) -> str | None:
    """A piece from where its sentence begins; None where it begins with a small letter: in the middle of one."""
    at = 0
    if found := _BULLET.match(piece):
        at = found.end()
    if ":" in piece and (found := _LEAD_IN.match(piece, at)):
        at = found.end()
    if piece.startswith("I", at) and (found := _I.match(piece, at)):
        return piece[found.end() :]
    return piece[at:] if piece[at : at + 1].isupper() else None
