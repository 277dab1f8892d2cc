"""Plain lines of the work, in the words of the profile, for a person of whom little that is more telling is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from recommender.insights.prose.candidates import Achievement, most_of_text
from recommender.insights.prose.clauses import LONGEST, shortenings
from recommender.insights.prose.deeds import verb_of
from recommender.insights.prose.rough import is_rough
from recommender.insights.prose.sentences import is_one_sentence, sentences
from recommender.insights.prose.telling import has_any, is_stray, points_of
from recommender.insights.prose.whole import is_whole
from recommender.insights.prose.words import rows, words
from recommender.insights.prose.written import Written

_SHORTEST = 32  # characters of a line that says something
_SHORTEST_CUT = 45  # of the beginning of one
_AROUND = 12  # characters around a sentence that do not belong to it: a bullet, "I have also"
_LEAST = 0.6
_A_SYSTEM, _MOST_SYSTEMS = 0.3, 2
_ENOUGH = 8  # lines of the latest roles beside which earlier ones are not looked at
_ELSEWHERE = 0.5  # part of its points that a line of another trade keeps
#: What speaks of something said before, and a heading that ran into a line ("… of the harbour STUDENT").
_REFERS = re.compile(
    r"\W(?:(?:its?|t?here|then|so|ones?|also|said|former|latter|etc)\b"
    r"|(?:19|20)\d\d\s(?:to|-|–)\s(?:(?:19|20)\d\d|[Pp]resent)\b)"
)
_RAN_INTO = re.compile(r"\d(?:(?<=\s\d)\Z|[a-z]{3,}|\.\s[a-z])")
_SHOUTED, _FOR = re.compile(r"[A-Z]{6}\Z"), re.compile(r"\w+ed\s(?:accounted|\w+ed\sfor)\b")
_SMALL = words("unfinished")
#: Part of its points that a list of three keeps, a duty, and what was done under somebody else.
_MERE = 0.5
_LISTED, _DIGIT = re.compile(r",[^,]+, |,[^,]+,? (?:and|&) "), re.compile(r"\d")
_DUTY = re.compile(
    r"(?:Maintain|Responsible|Assist|Help|Support|Shadow|Participat|Perform|Handl|Provid|Attend|Us|Utiliz|Work|Involv|Answer"
    r"|Interact|Follow|Ensur|Monitor|Updat|Keep)\w*\b|.* guidance\b"
)
_WORKERS = frozenset(row[0] for row in rows("work/occupation_heads.txt"))


def plain_lines(written: Written) -> list[Achievement]:
    """Whole sentences of roles that say what was done, most telling and latest first; ties in reading order.

    Those of another trade come last.
    """
    return _lines(written, _plain)


def plain_beginnings(written: Written) -> list[Achievement]:
    """The same of sentences that are too long, up to where they may end earlier; for who has fewer whole ones."""
    return _lines(written, _begun)


def _lines(written: Written, told_in: Callable[[str, float], Iterator[tuple[str, float]]]) -> list[Achievement]:
    weights = [part * (_ELSEWHERE if at in written.elsewhere else 1.0) for at, part in enumerate(written.recency)]
    found = list[Achievement]()
    for number in sorted(range(len(weights)), key=lambda at: -weights[at]):
        here = written.lines[number]
        ended = [text.rstrip().endswith((".", "!")) for _, text in here]
        is_dotted = 2 * sum(ended) > len(here)
        for (field, text), is_ended in zip(here, ended, strict=True):
            if is_dotted and not is_ended and is_one_sentence(text):
                continue  # the others end in a full stop, and so its end may be missing
            named = _A_SYSTEM * min(len(written.systems.get(field, ())), _MOST_SYSTEMS)
            told = [one for one in told_in(text, named) if not has_any(one[0], written.names)]
            found += [Achievement(clause, field, round(points * weights[number], 3)) for clause, points in told]
        if len(found) >= _ENOUGH:
            break
    return sorted(found, key=lambda one: -one.points)


def _plain(text: str, named: float) -> Iterator[tuple[str, float]]:
    if not most_of_text(text):
        return
    if is_one_sentence(text) and not _SHORTEST <= len(text.strip()) <= LONGEST + _AROUND:
        return
    for sentence in sentences(text):
        if not _SHORTEST <= len(sentence) <= LONGEST:
            continue
        if (verb := verb_of(sentence)) is None or (points := verb + points_of(sentence) + named) < _LEAST:
            continue
        if _stands_alone(sentence) and is_whole(sentence):
            yield sentence, points * (_MERE if _is_mere(sentence) else 1.0)


def _begun(text: str, named: float) -> Iterator[tuple[str, float]]:
    if len(text) < LONGEST:
        return
    for sentence in sentences(text):
        if len(sentence) <= LONGEST or (verb := verb_of(sentence)) is None:
            continue
        clause = next((one for one in shortenings(sentence) if len(one) >= _SHORTEST_CUT and _stands_alone(one)), None)
        if clause is not None and (points := verb + points_of(clause) + named) >= _LEAST:
            yield clause, points * (_MERE if _is_mere(clause) else 1.0)


def _stands_alone(clause: str) -> bool:
    """Whether it refers to nothing before it, and shows no sign of being broken."""
    return not (_has_heading(clause) or _refers(clause) or is_stray(clause) or is_rough(clause))


def _refers(sentence: str) -> bool:
    """Whether it speaks of something said before, or something else ran into it."""
    if _REFERS.search(f" {sentence}") or _RAN_INTO.search(sentence):
        return True
    return _SHOUTED.match(sentence, len(sentence) - 6) is not None or _FOR.match(sentence) is not None


def _is_mere(sentence: str) -> bool:
    """Whether it is a list, or a duty or a part in what others did, without a number."""
    return _LISTED.search(sentence) is not None or (_DUTY.match(sentence) is not None and not _DIGIT.search(sentence))


def _has_heading(sentence: str) -> bool:
    """Whether who works ended up behind a line that another role begins after: "… records of sales Realtor"."""
    before, last = sentence.split()[-2:]
    return (
        last.istitle()
        and before.islower()
        and before not in _SMALL
        and (last.casefold() in _WORKERS or last == "Student")
    )
