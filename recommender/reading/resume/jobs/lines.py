"""The lines of a section: what each says, and whether it is a bullet, prose or what may be a head."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from recommender.reading.resume.bullets import SIGNS
from recommender.reading.text.spans import Span

_LONGEST = 100
_BULLET = re.compile(rf"\s*(?:[*?§o]\s+|[{SIGNS}]\s*|[-–—]\s+)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:inc|ltd|co|corp|jr|sr|st|dept|mgr|asst|s\.a|s\.l|b\.v|e\.v|u\.s|u\.k|p\.c|l\.p|pvt|llc)|\b[A-Z])\.\Z",
    re.I,
)
_SENTENCE = re.compile(
    r"(?:currently |presently |i )*(?:(?:am|was|have|has) )?(?:been )?"
    r"(?:(?:work(?:ed|ing)|employed|served|serving) (?:as|for|in|at)\b"
    r"|(?<=was )an? |(?<=am )an? )",
    re.I,
)
#: Words that lead the dates in ("Duration: May 2016 to ...") or out.
_SMALL = "ab|seit|v[ou]m|von|du|de|dès|depuis|d[ae]l(?:la)?|da|desde|van(?:af)?"
_LEAD_IN = re.compile(
    rf"(?:(?:^|[\s(,])(?:from|since|dates?|duration|tenure|period|employed|between|during|(?-i:{_SMALL}))|^(?:{_SMALL}))"
    r"\s*:?\s*\Z",
    re.I,
)
#: What some collections of résumés put in place of the employer and its place.
_HIDDEN = re.compile(
    r"[\s/|,–-]*\bCompany Name\b(?!\s*:)[\s/|,–-]*(?:City\s*,\s*State|City|State)?[\s/|,–-]*|\s*\bCity\s*,\s*State\b\s*"
)
_EDGES = " \t[]{},;:|•·–—-*_#>/"


class JobLine(msgspec.Struct, frozen=True):
    """A line that holds something: its text as it stands and without a bullet, where it begins and ends, whether a
    bullet or an empty line is before, and whether it is running prose."""

    raw: str
    text: str
    begin: int
    end: int
    bullet: bool
    first: bool
    prose: bool


def lines_between(text: str, begin: int, end: int) -> list[JobLine]:
    """The lines of a stretch of text that hold something."""
    lines: list[JobLine] = []
    first, at = True, begin
    for raw in text[begin:end].split("\n"):
        bullet = _BULLET.match(raw)
        plain = _shown(raw[bullet.end() :] if bullet else raw).strip()
        if raw.strip():
            lines.append(JobLine(raw, plain, at, at + len(raw), bullet is not None, first, is_prose(plain)))
        first = not raw.strip()
        at += len(raw) + 1
    return lines


def is_prose(line: str) -> bool:
    """Whether a line is running text: too long for a head, begun small or ended as a sentence."""
    if len(line) > _LONGEST:
        return True
    if _SENTENCE.match(line):
        return False
    return line[:1].islower() or (line.endswith((".", "!", "?", ";", ":")) and not _ABBREVIATED.search(line))


def _shown(text: str) -> str:
    """A text without what stands in it for a hidden employer."""
    return _HIDDEN.sub(" ", text) if "City" in text or "Company Name" in text else text


def at_an_edge(line: JobLine, span: Span) -> bool:
    """Whether dates begin or end their line."""
    raw = line.raw
    return not raw[: span.at - line.begin].strip(_EDGES) or not raw[span.until - line.begin :].strip(_EDGES)


def rest_of(line: JobLine, spans: Sequence[Span], span: Span) -> str:
    """A line without its dates; they separate what is before them from what is behind."""
    bullet = _BULLET.match(line.raw)
    at = bullet.end() if bullet else 0
    pieces: list[str] = []
    for one in [one for one in spans if one is span or one.kind != "single"]:
        pieces.append(_LEAD_IN.sub("", line.raw[at : max(at, one.at - line.begin)]))
        at = max(at, one.until - line.begin)
    pieces.append(line.raw[at:])
    plain = (_shown(piece).strip(_EDGES).lstrip(")]}").rstrip("([{") for piece in pieces)
    return " | ".join(piece.strip(_EDGES) for piece in map(_balanced, plain) if piece)


def _balanced(text: str) -> str:
    """A text without its round brackets, where one of them has lost the other."""
    return text if text.count("(") == text.count(")") else text.strip("() ")
