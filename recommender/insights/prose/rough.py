"""Signs that a sentence is broken as it was written; it is true all the same, but nobody would underline it."""

from __future__ import annotations

import re
from itertools import pairwise

from recommender.insights.prose.sentences import DEEDS
from recommender.insights.prose.signs import Signs
from recommender.insights.prose.verbs import VERBS
from recommender.insights.prose.words import words

#: How no sentence begins: with verbs of two forms, or a verb and a thing.
_BEGINS = re.compile(r"\w+s (?:and|&) (?!\w+(?:s|ly)\b)\w+ [a-z]|\w+ and \w+tion (?!of|for|in|and|to|at|with|across)\w")
#: Several things after "a".
_MANY = r"[a-z]{2,}(?:ite|ent|ert|ort|er|ion|ing|age|ule|ard|ool|est)s(?= (?:for|to|of|in|on|with|and|by|at)\b|\Z)"
#: Garbled prepositions, letters decoded as others, what belongs apart, what nothing refers to: each is looked for only
#: where a sentence has these letters, which few have.
_SIGNS = Signs(
    (
        ("?", r"\?"), ("\ufffd", "\ufffd"), ("•", "•"), ("; inc", r"; including\b"), ("for us", r"\bfor using\b"),
        ("with in", r"\bwith in\b"), ("with comb", r"\bwith combination of\b"), ("in lieu", r"\)\sin lieu of\b"),
        (".n", r"\b(?:and|or|in|with|using|on|of|to|for|the)\.n"),
        (".N", r"\b(?:and|or|in|with|using|on|of|to|for|the)\.N"),
        ("#", r"\b[a-z]{2,}#"), ("plus y", r"\bplus years\b"), ("before ", r"\bbefore [a-z]+ing [a-z]+ing\b"),
        ("after ", r"\bafter [a-z]+ing [a-z]+ing\b"), ("by ", r"\bby [a-z]+ing [a-z]+ing\b"),
        ("'s", r"(?<=[a-z])'s(?: (?:for|to|in|with|on|at|of|and\b(?!.*'s))\b|\Z)"),
        ("s that ", r"\b(?!\w*(?:s|i|u)s\b)[a-z]{3,}s that (?:is|was|has|does|[a-z]{2,}[^s]s)\b"),
        ("a ", rf"\ba {_MANY}"), ("an ", rf"\ban {_MANY}"), (", resulted in", ", resulted in"),
        ("a 8", r"\ba 8"),
        (" pro", r"\b(?:a|the) pro(?:duc|jec)t\Z"), ("the app", r"\bthe application\Z"),
    )
)  # fmt: skip
_ACCENT = re.compile(r"[a-z][À-ÖØ-Þ]")
#: What several letters in capitals are rough beside: "a … SOPs", "3 days AM".
_CAPITALS = re.compile(r"[A-Z]{2}s?\b")
_WITH_CAPITALS = re.compile(
    r"\ban? (?:(?!of|for|to|and|with|in|on|that|using|per)[\w-]+ ){0,2}[A-Z]{2,}s\b|\d [a-z]+s [A-Z]{2}s?\b"
)
_SMALL, _NOUNS = words("unfinished"), words("nouns")
_AND = re.compile(r"(?:\A|(?:\band|&)\s)([A-Za-z]+)\b")
#: "Planned tours, food and mended": of what comes before such an "and", the verb is missing or its form is another.
_BEFORE_DONE = re.compile(r", (\w+) (?:and|&) (\w+ed)\b")
#: "Plan and painting", "Responsible for plan and painting".
_BEFORE_DOING = re.compile(r"(?:\A|\A[Rr]esponsible for )(\w+) (?:and|&|or) \w+ing\b")
#: "Reviewed, triage, analyzed": the first of several verbs, and the others.
_LISTED = re.compile(r"\A\w+ed((?:, [a-z]+)+),? (?:and|&) [\w-]+ed\b")
#: "Repaired board level repairs".
_TWICE = re.compile(r"\A(\w{4,}?)(?:e?d|ing|s)? .*\b\1e?s\b", re.IGNORECASE)
#: What verbs in the form of no time are after: "helped plan and run", "led the effort to plan and run".
_TO_DO = re.compile(r"\bto [a-z]|\A[Hh]elp")
#: What may end a sentence after one of these: "as agreed", "how it was built", "is needed".
_BEFORE_LAST = frozenset(
    ("as", "was", "were", "is", "are", "be", "been", "being", "they", "it", "that", "when", "where", "how")
)
_DONE = 1.0  # points of verbs that are of the past, whatever they end in


def is_rough(clause: str) -> bool:
    """Whether a clause that begins with a verb shows a sign of broken grammar or of two lines run together."""
    return _has_sign(clause) or _is_mixed(clause) or _runs_on(clause) or _breaks_off(clause) or _repeats(clause)


def _has_sign(clause: str) -> bool:
    if _SIGNS.found(clause) or _BEGINS.match(clause):
        return True
    if _CAPITALS.search(clause) and _WITH_CAPITALS.search(clause):
        return True
    return not clause.isascii() and _ACCENT.search(clause) is not None


def _repeats(clause: str) -> bool:
    """Whether what is done is said a second time: the first letters of the verb come again."""
    low = clause.lower()
    return low.find(low[:4], 4) > 0 and _TWICE.match(clause) is not None


def _breaks_off(clause: str) -> bool:
    """Whether it ends in a verb whose object is missing, or that nothing goes with: "see crises and devise"."""
    before, last = clause.casefold().split()[-2:]
    if last not in VERBS or last in _NOUNS:
        return False
    return _form(last) == "done" if last.endswith("ed") and before not in _BEFORE_LAST else before in ("and", "&")


def _is_mixed(clause: str) -> bool:
    """Whether its verbs are of several forms: "creates and manage", "managed and train"."""
    if "and" not in clause and "&" not in clause and " or " not in clause:
        return False  # it begins with its only verb
    begins = [(one[1].lower(), one.start()) for one in _AND.finditer(clause)]
    begun = [(word, at) for word, at in begins if word in VERBS and word not in _NOUNS]
    verbs = [word for word, at in begun if not (at and _form(word) == "do" and _TO_DO.search(clause, 0, at))]
    if len({_form(verb) for verb in verbs}) > 1:
        return True
    doing = _BEFORE_DOING.match(clause)
    if doing and _is_to_do(doing[1].lower()):
        return True
    several = _LISTED.match(clause)
    if several and any(map(_is_to_do, several[1].split(", ")[1:])):
        return True
    found = _BEFORE_DONE.search(clause)
    if found is None or found[2] not in VERBS:
        return False
    return found[1] not in VERBS or _form(found[1]) != "done"


def _is_to_do(word: str) -> bool:
    """Whether a word is a verb as it is in no time, and not a thing too."""
    return word in VERBS and _form(word) == "do" and not word.endswith("ing")


def _form(verb: str) -> str:
    if VERBS[verb] >= _DONE or verb.endswith("ed"):
        return "done"
    return "does" if verb.endswith("s") else "do"


def _runs_on(clause: str) -> bool:
    """Whether a verb that begins a line comes in the middle, after a word that is written small and may end one."""
    said = clause.split()
    if DEEDS.isdisjoint(said[1:]):
        return False
    return any(word in DEEDS and before.islower() and before not in _SMALL for before, word in pairwise(said))
