"""Prose in whole clauses: where a sentence begins and ends, and where it may end earlier.

What a profile says is quoted, so a clause is always a span of its text. A text whose lines were cut apart has pieces
that begin or end in the middle of a sentence; those are no clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from string import ascii_lowercase

from recommender.insights.prose.verbs import VERBS
from recommender.insights.prose.words import any_of, words

#: Characters of a clause, its full stop not counted.
LONGEST = 89
SHORTEST = 24
#: Texts that are remembered: several questions are asked of those of one person.
REMEMBERED = 2_048
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
#: Of a text that was broken where a line was full: its lines at least, those that were full of them, and how ragged.
_FEWEST_FULL, _PART_FULL, _RAGGED = 3, 0.5, 3
_STOPS = frozenset((".", ":", ";", "!", "?", ""))
_SMALL, _BEFORE_SMALL = frozenset(f"{ascii_lowercase}(&"), frozenset("_,&")
_I = re.compile(r"I\s+(?:also\s+|have\s+|then\s+)?(?=[a-z]+\b)")
#: Where a clause may end before its sentence does.
_CUTS = re.compile(
    r"[\s;:–—-](?:(?<=\s)\s*(?="
    rf"(?:{any_of('additions')}|by\s\w+ing|and\s(?:\w+ed|led|built|wrote|ran))\b"
    r"|for\s(?:the|a|an|all|our|my|their|its|use)\b|\("
    r"|(?<=,\s)(?:\w+ing|and\s\w+ed|\w+ed|with|from|for|to|in|on|across|within|among|by|at|over)\b)"
    r"|(?<=[;:])\s+|(?<=[^;:–—-]\s[-–—])\s+)"
)
_UNFINISHED = words("unfinished")
#: What ends a clause only with more after it, as words of a thing, and as words of how a thing is.
_ASKING, _HOW, _THINGS = words("asking"), words("how"), words("things that end as words of how")
_DOINGS = words("doings")
_HOW_ENDS = re.compile(r"(?:[^n]al|ive|ic|ous|ful|[ai]ble|less|[ao]ry|ish)\Z")
#: Within a part of a sentence that says more of a thing, or lists it, no clause ends.
_WITHIN = re.compile(r"\b(?:which|that|who|whose|where|while|includ(?:es?|ing)|compris\w+|involv\w+|such\sas|like)\b")
_LISTS = re.compile(r"\b(?:including|such\sas|like)\s[^,]+,")
_BOTH = re.compile(r"\bboth\b(?!.*\s(?:and|&)\s)")
_AND = re.compile(r"\b(?:and|or)\b|&")
_WORD_NEXT = re.compile(r"\s*(?!(?:and|by|with|for|to|in|at|on|from|using|through|which|that)\b)\w")
_RELATIVE = frozenset(("which", "that", "who"))
_BEFORE_PARTICIPLE = frozenset(("and", "between", "of", "for", "the", "a", "an"))
_WITHOUT_END = frozenset(("experience", "expertise", "background", "knowledge", "skills"))
_BEFORE_DOING = frozenset(("on", "of", "for", "by", "in"))
_MARKS_OF_MORE = frozenset(",:;/(&+–—-")
#: Words that a line's end cut in two, or that lost the spaces between them.
_GARBLED = (
    re.compile(
        r"[-,./()](?:(?<=\w-)\s\w|(?<=\s-)[a-z]|(?<=\s[,.])\s?\w|(?<=\w/)\s\w|(?<=\s/)\w|(?<=[^\W\d],)[^\W\d]"
        r"|(?<=\w\()|(?<=\))\w)"
    ),
    re.compile(r"[A-Z](?<=[a-z]{3}[A-Z])[a-z]{3,}\s[a-z]{2,}[A-Z]"),
    re.compile(r"\s(?<=\b[b-hj-z]\s)[b-z]\b"),
    re.compile(r"(?<!\w)(?:[A-Z]\.)+[A-Z]\Z|\b([a-z]+)\s\1\b|\d,[a-z]"),
    re.compile(r"\s[b-hj-z]\Z|,\s(?:and|or)\s[^,]*(?:,[^,]*)?,\s(?:and|or)\s"),
)
_LONG_WORD = 24
_LONG = re.compile(rf"\w{{{_LONG_WORD}}}")
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


def _sentences(text: str) -> Iterator[str]:
    for line in _lines(unwrapped(text)):
        written = " ".join(line)
        for piece in (written,) if DEEDS.isdisjoint(line[1:]) else _RUN_ON.split(written):
            begun = _begun(piece)
            if begun and len(plain := begun.rstrip(ENDS)) >= SHORTEST:
                yield f"{plain}," if begun.rstrip().endswith(_ENDS_OPEN) else plain


def unwrapped(text: str) -> str:
    """A text whose lines are ends of sentences: where the next goes on with a small letter, they are one.

    In a text that was broken wherever a line was full, they are where the next word would not have gone on the line.
    """
    if "\n" not in text:
        return text
    lines = text.split("\n")
    width = max(map(len, lines))
    joins = [_is_full(line, after, width) for line, after in pairwise(lines)]
    if len(joins) < _FEWEST_FULL or sum(joins) < _PART_FULL * len(joins):
        joins = [_goes_on(line, after) for line, after in pairwise(lines)]
    return lines[0] + "".join(f"{' ' if one else chr(10)}{line}" for one, line in zip(joins, lines[1:], strict=True))


def _goes_on(line: str, after: str) -> bool:
    """Whether the next line goes on with a small letter where a line ended in a word or a comma."""
    last, first = line.rstrip(" \t")[-1:], after.lstrip(" \t")[:1]
    return first in _SMALL and (last.isalnum() or last in _BEFORE_SMALL)


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether a line ended for want of room: in no full stop, before a word for which there was none."""
    return (
        line.rstrip()[-1:] not in _STOPS
        and after[:1].isalnum()
        and len(line.rstrip()) + 1 + len(after.split(maxsplit=1)[0]) > width - _RAGGED
    )


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


def shortenings(sentence: str) -> Iterator[str]:
    """The sentence and its beginnings that are clauses of their own and short enough, longest first."""
    if len(sentence) <= LONGEST and is_whole(sentence):
        yield sentence
    for cut in reversed(list(_CUTS.finditer(sentence, SHORTEST, LONGEST + 12))):
        clause = sentence[: cut.start()].rstrip(" ,;:")
        if not _adds(sentence, cut):
            continue
        if SHORTEST <= len(clause) <= LONGEST and is_whole(clause) and not asks_for_more(clause):
            yield clause


def _adds(sentence: str, cut: re.Match[str]) -> bool:
    """Whether what follows a cut adds to the clause: a deed more, or what came of it; not the next of a list.

    What is in brackets does, where no more of the same thing comes after them ("the SQD (by plant) metrics").
    """
    if sentence.startswith("(", cut.end()):
        return _WORD_NEXT.match(sentence.partition(")")[2]) is None
    word, *after = sentence[cut.end() :].removeprefix("and ").split(" ", 3)
    if word.endswith("ed"):
        return word.casefold() in VERBS
    listed = word.endswith("ing") and (
        word[-1] == "," or any(one in ("and", "&") or one[-1:] == "," for one in after[:1])
    )
    return not listed


def is_whole(clause: str) -> bool:
    """Whether nothing is missing at its end, no bracket or quote is left open, and its words are whole."""
    return (
        clause.count("(") == clause.count(")")
        and clause.count('"') % 2 == 0
        and "[" not in clause
        and _is_finished(clause)
        and not _is_list(clause)
        and not _is_garbled(clause)
    )


def _is_garbled(clause: str) -> bool:
    for pattern in _GARBLED:
        if pattern.search(clause):
            return True
    return max(map(len, clause.split()), default=0) >= _LONG_WORD and _LONG.search(clause) is not None


def _is_finished(clause: str) -> bool:
    """Whether its last words do not ask for more: "…, and updated" is the beginning of what else was done."""
    *_, before, last = ("", *clause.rsplit(" ", 2)[-2:])
    low = last.casefold()
    if (
        last in _ABBREVIATIONS
        or last[-1:] in _MARKS_OF_MORE
        or low in _UNFINISHED
        or low.rpartition("-")[2] in _UNFINISHED
    ):
        return False
    if before in ("with", "of") and low in _WITHOUT_END:
        return False  # "a career with experience"
    if before in _RELATIVE or (before in _BEFORE_DOING and low.endswith("ing")):
        return False  # "workflow which engaged", "focused on delivering"
    return not (low.endswith("ed") and (before in _BEFORE_PARTICIPLE or before.endswith(",")))


def _is_list(clause: str) -> bool:
    """Whether a clause ends within a list, before the "and" of its last: "rye, wheat, barley", "like rye, wheat"."""
    _, *others = clause.split(", ")
    if not others or len(others[-1].split()) > 3 or _AND.search(others[-1]):
        return False
    return _LISTS.search(clause) is not None or (len(others) > 1 and len(others[-1].split()) < 3)


def asks_for_more(clause: str) -> bool:
    """Whether a clause that was cut ends within a list ("a, b"), in a participle ("a team tasked") or before a noun."""
    before, last = ("", *clause.split())[-2:]
    if before == "to" and " from " in clause:
        return False  # "from paper to digital"
    to_do = before == "to" and last.islower()
    last = last.casefold()
    if _BOTH.search(clause):
        return True  # "both as a pilot": and as what?
    if last in _ASKING or last in _HOW or (_HOW_ENDS.search(last) and last not in _THINGS):
        return True  # "with knowledge", "six large", "in administrative"
    if last.endswith("ed") or (last.endswith("ing") and last not in _DOINGS) or to_do or _WITHIN.search(clause):
        return True
    parts = clause.split(", ")
    return len(parts) > 1 and len(parts[-1].split()) < 4 and _AND.search(parts[-1]) is None


def as_sentence(clause: str) -> str:
    """A clause with a capital and a full stop."""
    first = clause[0].upper() + clause[1:]
    return first if first.endswith(".") else f"{first}."
