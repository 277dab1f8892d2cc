"""Clauses: sentences and their beginnings that say something whole, short enough for to be quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recommender.insights.prose.verbs import VERBS
from recommender.insights.prose.whole import AND, DOINGS, is_whole
from recommender.insights.prose.words import any_of, words

#: Characters of a clause, its full stop not counted.
LONGEST = 89
SHORTEST = 24
#: Where a clause may end before its sentence does.
_CUTS = re.compile(
    r"[\s;:–—-](?:(?<=\s)\s*(?="
    rf"(?:{any_of('additions')}|by\s\w+ing|and\s(?:\w+ed|led|built|wrote|ran))\b"
    r"|for\s(?:the|a|an|all|our|my|their|its|use)\b|\("
    r"|(?<=,\s)(?:\w+ing|and\s\w+ed|\w+ed|with|from|for|to|in|on|across|within|among|by|at|over)\b)"
    r"|(?<=[;:])\s+|(?<=[^;:–—-]\s[-–—])\s+)"
)
#: What ends a clause only with more after it, as words of a thing, and as words of how a thing is.
_ASKING, _HOW, _THINGS = words("asking"), words("how"), words("things that end as words of how")
_HOW_ENDS = re.compile(r"(?:[^n]al|ive|ic|ous|ful|[ai]ble|less|[ao]ry|ish)\Z")
#: Within a part of a sentence that says more of a thing, or lists it, no clause ends.
_WITHIN = re.compile(r"\b(?:which|that|who|whose|where|while|includ(?:es?|ing)|compris\w+|involv\w+|such\sas|like)\b")
_BOTH = re.compile(r"\bboth\b(?!.*\s(?:and|&)\s)")
_WORD_NEXT = re.compile(r"\s*(?!(?:and|by|with|for|to|in|at|on|from|using|through|which|that)\b)\w")

#: "From concept", before "through delivery".
_FROM, _FAR = re.compile(r"\bfrom(?: [\w-]+){1,3}\Z"), re.compile(r"(?:and )?(?:through|to|until|till)\b")


def shortenings(sentence: str) -> Iterator[str]:
    """The sentence and its beginnings that are clauses of their own and short enough, longest first."""
    if len(sentence) <= LONGEST and is_whole(sentence):
        yield sentence
    for cut in reversed(list(_CUTS.finditer(sentence, SHORTEST, LONGEST + 12))):
        clause = sentence[: cut.start()].rstrip(" ,;:")
        if not _adds(sentence, cut) or (_FROM.search(clause) and _FAR.match(sentence, cut.end())):
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
    if last.endswith("ed") or (last.endswith("ing") and last not in DOINGS) or to_do or _WITHIN.search(clause):
        return True
    parts = clause.split(", ")
    return len(parts) > 1 and len(parts[-1].split()) < 4 and AND.search(parts[-1]) is None


def as_sentence(clause: str) -> str:
    """A clause with a capital and a full stop."""
    first = clause[0].upper() + clause[1:]
    return first if first.endswith(".") else f"{first}."
