"""Prose in whole clauses: where a sentence begins and ends, and where it may end earlier.

What a profile says is quoted, so a clause is always a span of its text. A text whose lines were cut apart has pieces
that begin or end in the middle of a sentence; those are no clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recommender.insights.prose.verbs import VERBS
from recommender.insights.prose.words import any_of, words

#: Characters of a clause, its full stop not counted.
LONGEST = 89
SHORTEST = 24

_ENDS = re.compile(
    r"(?<=[\w)%\"'+#])[.;!](?:\s+(?=[A-Z\"'(•*\d-])|\s*\n)|\s*[\n•●▪·*]+\s+|\s+[-–—]\s+(?=[A-Z][a-z]+ed\b)"
)
#: What any end of a sentence has.
_MARKS = re.compile(r"[.;!](?=\s)|[\n•●▪·*–—]|\s-\s")
_ABBREVIATIONS = words("abbreviations")
_OPENINGS = words("openings")
_RUN_ON = re.compile(rf"(?<=[a-z)\d%])\s+(?={any_of('openings')}\s[a-z\d$])")
_BULLET = re.compile(r"[\s\"'•●▪·*o\u2022>+-]+(?=[A-Z\d])")
_LEAD_IN = re.compile(r"[A-Z][\w /&]{2,30}:\s+(?=[A-Z])")
_I = re.compile(r"I\s+(?:also\s+|have\s+|then\s+)?(?=[a-z]+\b)")
#: Where a clause may end before its sentence does.
_CUTS = re.compile(
    rf",?\s+(?=(?:{any_of('additions')}|by\s\w+ing)\b)"
    r"|,\s+(?=(?:\w+ing|and\s\w+ed|\w+ed|with|from|for|to|in|on|across|within|among|by|at|over)\b)"
    r"|\s+(?=and\s(?:\w+ed|led|built|wrote|ran)\b)"
    r"|\s*;\s+|\s+[-–—]\s+|:\s+|\s+(?=\()|\s+(?=for\s(?:the|a|an|all|our|their|its|use)\b)"
)
_UNFINISHED = words("unfinished")
_RELATIVE = frozenset(("which", "that", "who"))
_BEFORE_DOING = frozenset(("on", "of", "for", "by", "in"))
_MARKS_OF_MORE = frozenset(",:;/(&+–—-")
#: Words that a line's end cut in two, or that lost the spaces between them.
_GARBLED = re.compile(
    r"\w-\s\w|\w{24,}|\b[b-hj-z]\s[b-z]\b|[a-z],[a-z]|[a-z]{3}[A-Z][a-z]{3,}\s[a-z]{2,}[A-Z]|\w\(|\)\w"
)
_ANY_MARK = (". ", ".\n", "; ", "! ", "\n", "•", "●", "▪", "·", "*", "–", "—", " - ", ": ")
_ENDS_OPEN = (",", ":", "-", "/", "&", "(")


def is_one_sentence(text: str) -> bool:
    """Whether a text holds no end of a sentence, no lead-in and no verb that begins another."""
    return not any(mark in text for mark in _ANY_MARK) and _OPENINGS.isdisjoint(text.split()[1:])


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text in order, without bullets, lead-ins ("Results: ") and a first "I"."""
    for line in _lines(text):
        for piece in (line,) if _OPENINGS.isdisjoint(line.split()[1:]) else _RUN_ON.split(line):
            begun = _begun(piece)
            if begun and len(plain := begun.rstrip(" .;,!")) >= SHORTEST:
                yield f"{plain}," if begun.rstrip().endswith(_ENDS_OPEN) else plain


def _lines(text: str) -> Iterator[str]:
    """Up to the ends of sentences; white space made one."""
    if not _MARKS.search(text):
        yield " ".join(text.split())
        return
    held = ""
    start = 0
    for end in _ENDS.finditer(text):
        held += text[start : end.start()]
        start = end.end()
        if end[0].startswith(".") and "\n" not in end[0] and held.rpartition(" ")[2].strip("(") in _ABBREVIATIONS:
            held += end[0]
            continue
        yield " ".join(held.split())
        held = ""
    yield " ".join((held + text[start:]).split())


def _begun(piece: str) -> str | None:
    """A piece from where its sentence begins; None where it begins with a small letter: in the middle of one."""
    at = 0
    for pattern in (_BULLET, _LEAD_IN):
        if found := pattern.match(piece, at):
            at = found.end()
    if found := _I.match(piece, at):
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
        if SHORTEST <= len(clause) <= LONGEST and is_whole(clause) and not _asks_for_more(clause):
            yield clause


def _adds(sentence: str, cut: re.Match[str]) -> bool:
    """Whether what follows a cut adds to the clause: a deed more, or what came of it; not the next of a list."""
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
        and _GARBLED.search(clause) is None
    )


def _is_finished(clause: str) -> bool:
    """Whether its last words do not ask for more: "…, and updated" is the beginning of what else was done."""
    *_, before, last = ("", *clause.rsplit(" ", 2)[-2:])
    low = last.casefold()
    if last[-1:] in _MARKS_OF_MORE or low in _UNFINISHED or low.rpartition("-")[2] in _UNFINISHED:
        return False
    if before in _RELATIVE or (before in _BEFORE_DOING and low.endswith("ing")):
        return False  # "workflow which engaged", "focused on delivering"
    return not (low.endswith("ed") and (before == "and" or before.endswith(",")))


def _asks_for_more(clause: str) -> bool:
    """Whether a clause that was cut ends within a list ("a, b") or in a participle ("a team tasked")."""
    if clause.endswith("ed"):
        return True
    parts = clause.split(", ")
    return len(parts) > 1 and len(parts[-1].split()) < 4 and not re.search(r"\b(?:and|or)\b|&", parts[-1])


def as_sentence(clause: str) -> str:
    """A clause with a capital and a full stop."""
    first = clause[0].upper() + clause[1:]
    return first if first.endswith(".") else f"{first}."
