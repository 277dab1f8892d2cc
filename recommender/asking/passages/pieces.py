"""A text as the pieces that say one thing each, by what they say: duties, wishes, and what is no wish at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from recommender.asking.passages.cues import ASKER, COMPANY, HEADINGS, SENTENCES
from recommender.asking.passages.dotted import NO_END
from recommender.asking.request import ProseKind
from recommender.reading.text.titles import is_title

#: A text longer than this many characters, or of several lines or sentences, is an advert.
LONGEST_LINE = 300


_ENDS = re.compile(rf"(?<=[.!?]){NO_END}\s+(?=[\"“(]?[A-Z•*\-])|\s*\n+\s*|;\s+")
#: The same in a text without capitals.
_LOW_ENDS = re.compile(
    rf"(?<=[a-z)][.!?]){NO_END}(?<!\b\w{{3}}\.)(?<!\b\w{{2}}\.)(?<!\b\w\.)\s+(?=[a-z])|{_ENDS.pattern}"
)
_CAPITAL = re.compile(r"[a-z)][.!?]\s+[A-Z]")
#: Words of a heading beside what it announces: "Main duties of the job".
_AROUND_HEADING = re.compile(
    r"^\W*(?:your )?(?:main|key|core)\b|\bof (?:the|this) (?:job|role|position|post)\W*$", re.IGNORECASE
)
#: What a sentence is about, before a colon.
_LABEL = re.compile(r"[^:.!?\n]{3,40}:(?=\s+\S)")
#: That anybody may apply, after a title.
_ANY_GENDER = re.compile(r"\([mwfdx](?:\s*/\s*[mwfdx])+\)", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_BULLET = re.compile(r"^[\s•●▪■◦*·➢✓–—-]+")


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
    askers = {match["name"] or match["other"] for match in ASKER.finditer(text)}
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
        kind = _kind_of(written, under)
        found.append(Piece(start, end, "aside" if kind != "wanted" and _is_by_asker(written, askers) else kind))
    return found


def _is_by_asker(sentence: str, askers: set[str]) -> bool:
    """Whether a sentence begins with the name of who asks, who speaks of itself."""
    return sentence.split(maxsplit=1)[0].strip(",.:;") in askers


def _kind_of(sentence: str, under: ProseKind | None) -> ProseKind:
    """What a sentence says; by its label, where it has one: "The package: ..."."""
    label = _LABEL.match(sentence)
    return (label and _heading(label[0])) or _kind(sentence, under)


def names_title(line: str) -> bool:
    """Whether a line of an advert is a job title and says nothing else: "Backend Engineer (m/f/d)"."""
    plain = _BRACKETS.sub(" ", line).strip()
    opens = plain[:1].isupper() or _ANY_GENDER.search(line) is not None
    return 1 < len(plain.split()) <= 7 and plain[-1:] not in ".!?:," and opens and is_title(plain)


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences and lines are, without what is around them."""
    begin, ends = 0, _ENDS if _CAPITAL.search(text) else _LOW_ENDS
    for end, after in [*((match.start(), match.end()) for match in ends.finditer(text)), (len(text), len(text))]:
        start = begin + len(text[begin:end]) - len(_BULLET.sub("", text[begin:end]))
        stop = start + len(text[start:end].rstrip())
        if start < stop:
            yield start, stop
        begin = after


def _heading(line: str) -> ProseKind | None:
    """What a heading announces; None for what is no heading: those are short, and end in a colon or name it alone."""
    words = _AROUND_HEADING.sub(" ", line).split()
    if len(words) > 6 or not (line.endswith(":") or (len(words) <= 4 and line[-1:] not in ".!?,")):
        return None
    for kind, pattern in HEADINGS:
        match = pattern.search(line)
        if match and (line.endswith(":") or len(match[0].split()) * 2 >= len(words)):
            return kind
    return None


def _kind(sentence: str, under: ProseKind | None) -> ProseKind:
    said = next((kind for kind, pattern in SENTENCES if pattern.search(sentence)), None)
    if said != "wanted" and COMPANY.match(sentence):
        said = "aside"
    if under is not None and said != "aside":
        return under
    return said or "work"
