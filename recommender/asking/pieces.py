"""A text as the pieces that say one thing each, by what they say: duties, wishes, and what is no wish at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from recommender.asking.request import ProseKind
from recommender.reading.text.titles import is_title

#: A text longer than this many characters, or of several lines or sentences, is an advert.
LONGEST_LINE = 300


def _typed(*cues: tuple[ProseKind, str]) -> tuple[tuple[ProseKind, str], ...]:
    return cues


_ENDS = re.compile(r"(?<=[.!?])\s+(?=[\"“(]?[A-Z•*\-])|\s*\n+\s*|;\s+")
_BRACKETS = re.compile(r"\([^()]*\)")
_BULLET = re.compile(r"^[\s•●▪■◦*·➢✓–—-]+")
#: The first that holds decides; of headings and of sentences.
_HEADINGS: tuple[tuple[ProseKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
    for kind, pattern in _typed(
        ("nice", (r"nice[- ]to[- ]haves?|preferred|desirable|desired|bonus(?: points)?|plus(?:es)?|pluses"
                 r"|advantages?|optional|ideally")),
        ("duties", (r"responsibilit(?:y|ies)|duties|what you(?:'ll|’ll| will)? (?:do|be doing)|you(?:'ll|’ll"
                   r"| will)|the role|your role"
                   r"|tasks|the job|day[- ]to[- ]day|your mission|the work")),
        ("wanted", (r"requirements?|required|must[- ]haves?|qualifications?|what you(?:'ll|’ll| will)? (?:need"
                   r"|bring|have)|you bring"
                   r"|your profile|who you are|skills?|essentials?|you have|about you|we(?:'re|’re"
                   r"| are) looking for|experience|what we need")),
        ("aside", (r"about (?:us|the company|our \w+)|who we are|(?:the|our) company|benefits?|perks"
                  r"|what we offer|we offer|why (?:join )?us"
                  r"|why join|compensation|salary|pay|how to apply|equal opportunit(?:y|ies)|(?:our )?culture"
                  r"|our values|contact|about [A-Z]\w+")),
    )
)  # fmt: skip
_WANTS = (
    r"(?:looking for|seeks|needs|wants|seeking|searching for|hiring|in need of|recruiting|after"
    r"|want(?:ing)?|need(?:ing)?)"
)
_SENTENCES: tuple[tuple[ProseKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in _typed(
        ("wanted", (rf"\b(?:we|is|are|company|team|client)\b[^.]{{0,40}}?\b{_WANTS}\b|^\W*(?:{_WANTS})\b"
                    r"|^[^.]{1,60}?\b(?:seeks|is hiring)\b")),
        ("aside", (r"equal opportunit|regardless of (?:race|age|gender)|401\(?k|\b(?:salary|compensation|pension"
                  r"|paid (?:leave|holiday|time)"
                  r"|health insurance|dental|perks|benefits? (?:include|package)|holiday allowance"
                  r"|days? (?:of )?(?:leave|vacation|holidays?))\b"
                  r"|\b(?:apply (?:now|today|by|via|with|at|to)|send (?:us )?your|to apply|join us|cover letter"
                  r"|applicants?)\b"
                  r"|^\W*(?:founded|established|since \d{4}|headquartered)\b|\bfounded in\b"
                  r"|\b(?:we|our company|our firm|our client|our group) (?:are|is|were|was|offer|offers|believe"
                  r"|provide|pride|value|have|has"
                  r"|serve|build|make|love|celebrate|give|grew|started|help|operate|employ|run)\b|^\W*our (?!ideal)\w+"
                  r"|\b(?:world[- ]leading|market[- ]leading|award[- ]winning|fast[- ]growing|leading provider"
                  r"|industry leader|free (?:lunch|coffee|fruit))\b")),
        ("duties", (r"\b(?:you(?:'ll|’ll| will)|responsib(?:le|ilities)|duties|the (?:role|job|position"
                   r"|successful candidate) (?:will|involves|includes)"
                   r"|(?:is|are) to)\b")),
        ("wanted", (r"\b(?:you (?:have|bring|know|are|hold|speak|can|need|understand|work|should)|must"
                   r"|require[sd]?|requirements?|experience|expected"
                   r"|at least|minimum|years?|knowledge|proficien\w+|fluent|fluency|essential|ability"
                   r"|familiar\w*|degree|certifi\w+|skills?)\b")),
    )
)  # fmt: skip


class Piece(NamedTuple):
    """A sentence or a line of the text: `text[start:end]`, and what it says."""

    start: int
    end: int
    kind: ProseKind


def is_advert(text: str) -> bool:
    """Whether a text is written in sentences or lines rather than typed into a box."""
    stripped = text.strip()
    return len(stripped) > LONGEST_LINE or len(list(_cut(stripped.replace(";", ",")))) > 2 or "\n" in stripped


def pieces(text: str) -> list[Piece]:
    """The pieces of a text in order; a request of one line says what is wanted, an advert by cues and headings."""
    if not is_advert(text):
        return [Piece(start, end, "wanted") for start, end in _cut(text)]
    found: list[Piece] = []
    under: ProseKind | None = None
    for start, end in _cut(text):
        written = text[start:end]
        heading = _heading(written)
        if heading is None and under in (None, "aside") and names_title(written):
            found.append(Piece(start, end, "wanted"))
            under = None
            continue
        if heading is not None:
            under = heading
            found.append(Piece(start, end, "aside"))
            continue
        found.append(Piece(start, end, _kind(written, under)))
    return found


def names_title(line: str) -> bool:
    """Whether a line of an advert is a job title and says nothing else: "Backend Engineer (m/f/d)"."""
    plain = _BRACKETS.sub(" ", line).strip()
    return 1 < len(plain.split()) <= 7 and plain[-1:] not in ".!?:," and plain[:1].isupper() and is_title(plain)


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences and lines are, without what is around them."""
    begin = 0
    for end, after in [*((match.start(), match.end()) for match in _ENDS.finditer(text)), (len(text), len(text))]:
        start = begin + len(text[begin:end]) - len(_BULLET.sub("", text[begin:end]))
        stop = start + len(text[start:end].rstrip())
        if start < stop:
            yield start, stop
        begin = after


def _heading(line: str) -> ProseKind | None:
    """What a heading announces; None for what is no heading: those are short, and end in a colon or name it alone."""
    words = line.split()
    if len(words) > 6 or not (line.endswith(":") or (len(words) <= 4 and line[-1:] not in ".!?,")):
        return None
    for kind, pattern in _HEADINGS:
        match = pattern.search(line)
        if match and (line.endswith(":") or len(match[0].split()) * 2 >= len(words)):
            return kind
    return None


def _kind(sentence: str, under: ProseKind | None) -> ProseKind:
    said = next((kind for kind, pattern in _SENTENCES if pattern.search(sentence)), None)
    if under is not None and said != "aside":
        return under
    return said or "work"
