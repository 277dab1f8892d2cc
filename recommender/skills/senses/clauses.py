"""Clauses that speak of skills which are not the person's: absences, wishes, pastimes, other people's work, an
employer's trade. They are looked for only where one of their opening words is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class Clause(NamedTuple):
    """`text[start:end]` is about skills of nobody here; `doers`: only names of people who do the work are meant."""

    start: int
    end: int
    reason: str
    doers: bool = False


class _Opening(NamedTuple):
    """How a clause opens: what is before its opening word, and what it and the words after it are."""

    before: re.Pattern[str] | None
    opens: re.Pattern[str]
    reason: str
    doers: bool = False


#: Characters that no clause is longer than, its opening words included.
LONGEST = 600
_LONG = 160  # characters of a clause that are believed to go with its opening words
_PHRASE = 60  # the same of whom one worked with
_BACK = 90  # characters before an opening word that are looked at
_ENDS = re.compile(r"[.;!?](?=\s|\Z)|\n\s*(?=\S)|\b(?:but|however|although|though)\b", re.IGNORECASE)

_SKILLED = "(?:experience|knowledge|background|exposure|skills?|familiarity|understanding|expertise|training|clue)"
_KIND = "(?:prior|previous|formal|real|much|hands-on|practical|working|professional|direct|actual|or no|any|of)"
_KNOW = "know|learn|speak|code|program"
_HAVE = rf"have (?:any )?(?:[\w+#.]+ ){{0,2}}{_SKILLED}\b"
_STATES = "|familiar|experienced|proficient|trained|certified|skilled|versed"
_LEARN = "(?:learn(?:ing)?|study(?:ing)?|be trained|train|take|enroll?|become|pick up|move into|get into|transition)"
_FIRM = (
    "company|companies|corporation|provider|firm|bank|insurer|retailer|manufacturer|maker|leader|organization"
    "|institution"
    "|supplier|agency|carrier|distributor|business|conglomerate|multinational|brand|chain|startup|subsidiary|enterprise"
    "|client"
)
_WITH = (
    r"\b(?:coordinat|collaborat|liais|interact|communicat|partner|interfac|work|team|negotiat|consult|met|meet"
    r"|correspond|conferr?)(?:e|ed|es|s|ing|ings)?(?: (?:up|closely|directly|together|effectively|extensively|regularly"
    r"|daily|heavily|hand in hand|side by side))* \Z"
)
#: What an employer is or does: "Acme is a leading provider of ...", "The company offers ...".
_EMPLOYER = re.compile(
    r"\s*(?:[-–] )?(?:(?:The|This|Our|Its?) )?(?:(?:[A-Z][\w&'’.]*|client|company|firm|bank|and|of|&),? ){0,7}"
    rf"(?:\([^)\n]{{1,40}}\) )?(?:is|was|are) (?:a|an|the|one of)\b"
    rf"(?![^.\n]{{0,110}}\b(?:I|my|me)\b)[^.\n]{{0,110}}?\b(?:{_FIRM})\b"
    r"|\s*(?:The|This|Our)? ?(?:[Cc]lient|[Cc]ompany|firm|bank|organization|corporation)\b[^.\n]{0,40}?"
    r"\b(?:provides|offers|speciali[sz]es|delivers?|manufactures|sells|serves|operates|develops|makes|deals|engages)\b"
)
_EMPLOYERS = "it is what an employer does"
_SENTENCE = re.compile(r"[\n.;•*?](?=[^\n.;•*?]*\Z)")


def _openings(reason: str, words: str, opens: str, before: str = "", doers: bool = False) -> dict[str, _Opening]:
    opening = _Opening(
        re.compile(before, re.IGNORECASE) if before else None, re.compile(opens, re.IGNORECASE), reason, doers
    )
    return dict.fromkeys(words.split(), opening)


_ABSENT, _WISH, _PASTIME = "the sentence says that it is missing", "it is to be learnt yet", "it is a pastime"
_OTHERS = "it is the work of those one worked with"
_OPENINGS = (
    _openings(
        _ABSENT,
        "no without lack lacks lacked lacking zero little",
        rf"\w+(?: {_KIND})*(?: {_SKILLED}(?: and {_SKILLED})? (?:in|of|with|on|using|about)"
        rf"|(?: [\w+#./]+){{1,3}} {_SKILLED}(?! to))\b",
    )
    | _openings(
        _ABSENT, "not", rf"not (?:yet )?(?:{_KNOW}{_STATES}|used?|using|worked (?:with|on|in)|done)\b|not {_HAVE}",
        r"(?:\A|[,.;(\n]\s*|\b(?:do|does|did|can|have|has|had|could|am|was|are|is|but) )\Z",
    )
    | _openings(
        _ABSENT, "don doesn didn haven hasn hadn couldn wasn",
        rf"\w+['’]t (?:(?:yet )?(?:{_KNOW}{_STATES})\b|{_HAVE})",
    )
    | _openings(_ABSENT, "cannot never", rf"\w+ (?:had {_SKILLED}|{_KNOW}|used?|worked with|learned|learnt|studied)\b")
    | _openings(_ABSENT, "unfamiliar inexperienced unskilled untrained", r"\w+ (?:in|with|on|at)\b")
    | _openings(
        _WISH, "seeking", r"seeking to (?:get|obtain|earn|acquire|gain|be|become)\b"
    )
    | _openings(
        _WISH,
        "willing willingness eager eagerness keen want wants wanted wanting wish wishes hope hopes hoping like love"
        " looking plan plans planning intend intends open aim aims aiming ready excited curious",
        rf"\w+(?: (?:and|&) \w+)?(?: forward)? to (?:further |also |one day |quickly )?{_LEARN}"
        r" (?!(?:and|new|more|things|any|from|on)\b)",
    )
    | _openings(_WISH, "interested interest", r"\w+ in (?:learning|studying|taking up|becoming)\b")
    | _openings(
        _WISH, "courses course classes",
        r"\w+ (?:not (?:yet )?(?:taken|completed|finished|attended)|to be taken|planned)\b"
    )
    | _openings(_PASTIME, "hobbies hobby pastimes pastime", r"\w+(?: (?:and|&) interests?)?\b")
    | _openings(
        _PASTIME, "interests", r"interests(?: (?:include|are)\b|[ \t]*[:–-])",
        r"(?:\A|[\n.;•*]\s*|\b(?:personal|outside|other) )\Z",
    )
    | _openings(
        _PASTIME, "spare free leisure",
        r"\w+ time,? (?:I |he |she )?(?:also )?(?:like|enjoy|love|play|read|watch|listen"
        r"|collect|travel|hik|cook|paint|draw|do)\w*",
    )
    | _openings(_PASTIME, "enjoy enjoys love loves", r"\w+ (?=playing|watching|reading|listening)", r"\b(?:I|also) \Z")
    | _openings(_OTHERS, "with", r"with\b", _WITH, doers=True)
    | _openings(_OTHERS, "alongside", r"\w+", doers=True)
    | _openings(_OTHERS, "reported reports reporting", r"\w+(?: directly)? to\b", doers=True)
    | _openings(_OTHERS, "liaison", r"\w+ (?:between|to|for)\b", doers=True)
    | _openings(_OTHERS, "assisted assisting assists", r"\w+ (?:the|our|senior|other)\b", doers=True)
    | _openings(_OTHERS, "behalf", r"behalf of\b", doers=True)
)  # fmt: skip
_FIRMS = frozenset(_FIRM.split("|"))
#: The words, in lower case, that may open such a clause.
OPENING_WORDS = frozenset(_OPENINGS) | _FIRMS


def foreign_clauses(text: str, places: Iterable[int]) -> list[Clause]:
    """The clauses about others or about what is not there; `places`: where the text has one of `OPENING_WORDS`."""
    found = []
    reached = -1
    for at in places:
        end = at
        while end < len(text) and text[end].isalpha():
            end += 1
        word = text[at:end].lower()
        opening = _OPENINGS.get(word)
        if opening is not None:
            begun = opening.opens.match(text, at)
            if begun and (opening.before is None or opening.before.search(text, max(0, at - _BACK), at)):
                start = begun.end() if opening.reason == _WISH else at
                found.append(Clause(start, _end(text, begun.end(), opening.doers), opening.reason, opening.doers))
        elif at > reached:
            start = _sentence(text, at)
            begun = _EMPLOYER.match(text, start)
            if begun:
                reached = _end(text, begun.end(), False)
                found.append(Clause(start, reached, _EMPLOYERS))
    return found


def _sentence(text: str, at: int) -> int:
    """Where the sentence begins that a place is in; not long before it."""
    first = max(0, at - 2 * _LONG)
    before = _SENTENCE.search(text, first, at)
    return before.end() if before else first


def _end(text: str, begun: int, doers: bool) -> int:
    stop = _ENDS.search(text, begun, begun + _LONG)
    return min(begun + (_PHRASE if doers else _LONG), stop.start() if stop else len(text))
