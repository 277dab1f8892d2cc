"""The lines of an experience section, and its entries: each an anchor and the lines around it that may be its head.

An anchor is the line of a job's dates. Where a section has no dates, it is the first line above some bullets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from recommender.reading.resume.jobs.heads import readings_of
from recommender.reading.resume.jobs.lines import JobLine, at_an_edge, is_prose, rest_of
from recommender.reading.resume.jobs.parts import parts_of
from recommender.reading.text.degrees import DEGREE
from recommender.reading.text.spans import Span
from recommender.reading.text.titles import is_noun

#: Lines above and below an anchor that may belong to its head.
_ABOVE, _BELOW = 4, 3
_LONGEST_REST = 120
#: The share of lines below an empty one from which on empty lines separate nothing.
_AIRY = 0.8


class JobEntry(msgspec.Struct, frozen=True):
    """A job's dates (None where it has none), and the lines that may be its head by their place: 0 is what else is on
    the line of the dates, -1 the line above it, 1 the line below. `anchor` is the offsets of that line."""

    span: Span | None
    anchor: tuple[int, int]
    lines: dict[int, JobLine]


def dated_entries(lines: Sequence[JobLine], spans: Sequence[Span]) -> list[JobEntry]:
    """The entries whose dates stand on a line of their own or beside a part of the head; bullets are looked at only
    where nothing else has dates."""
    if _is_airy(lines):
        lines = [msgspec.structs.replace(line, first=False) for line in lines]
    placed = _by_line(lines, spans)
    alone = any(found[0].kind == "sure" and not rest_of(lines[at], found, found[0]) for at, found in placed.items())
    for with_bullets in (False, True):
        anchors = {
            index: anchored
            for index, found in placed.items()
            if lines[index].bullet is with_bullets and (anchored := _anchored(lines[index], found, alone=alone))
        }
        if anchors:
            break
    return [_entry(lines, index, anchors) for index in anchors]


def _is_airy(lines: Sequence[JobLine]) -> bool:
    """Whether empty lines say nothing, since nearly every line is a paragraph of its own, as on web pages."""
    plain = [line for line in lines[1:] if not line.bullet]
    return sum(line.first for line in plain) > _AIRY * len(plain)


def undated_entries(lines: Sequence[JobLine]) -> list[JobEntry]:
    """The entries of a section without dates: up to four lines that are no bullets, above bullets, prose or a gap."""
    entries: list[JobEntry] = []
    index = 0
    while index < len(lines):
        group = [lines[index]] if _may_be_head(lines[index]) else []
        while group and index + len(group) < len(lines) and len(group) < _ABOVE:
            line = lines[index + len(group)]
            if not _may_be_head(line) or line.first:
                break
            group.append(line)
        if group:
            entries.append(JobEntry(None, (group[0].begin, group[0].end), dict(enumerate(group))))
        index += max(1, len(group))
    return entries


def _may_be_head(line: JobLine) -> bool:
    return not (line.bullet or line.prose)


def _by_line(lines: Sequence[JobLine], spans: Sequence[Span]) -> dict[int, list[Span]]:
    """The spans on every line that has some, by the line's index."""
    placed: dict[int, list[Span]] = {}
    index = 0
    for span in spans:
        while index < len(lines) and lines[index].end <= span.at:
            index += 1
        if index < len(lines) and lines[index].begin <= span.at:
            placed.setdefault(index, []).append(span)
    return placed


def _anchored(line: JobLine, spans: Sequence[Span], *, alone: bool) -> tuple[Span, str] | None:
    """The span that a line is about, and what else is on it; None where the line is about something else. `alone`:
    dates have lines of their own here, so that one date on a line is a job's, too."""
    span = next((span for span in spans if span.kind == "sure"), spans[0])
    rest = rest_of(line, spans, span)
    if span.at - line.begin < 3 and re.fullmatch(r"[^.!?;]{3,100}\w{3}\.", rest):
        rest = rest[:-1]  # the dates begin the line, and a full stop ends its one sentence
    if len(rest) > _LONGEST_REST or (is_prose(rest) and not _ends_in_dates(line, span)):
        return None
    if DEGREE.match(rest) and not any(map(is_noun, rest.split())):
        return None
    if span.kind == "sure" or not rest:
        return (span, rest) if span.kind != "single" or (alone and not rest) else None
    if span.kind == "single" and not at_an_edge(line, span):
        return None
    scores = [reading.score for kind, reading in readings_of(rest).items() if kind in ("T", "TC", "CT")]
    return (span, rest) if max(scores, default=0.0) >= (1.5 if span.kind == "loose" else 3.0) else None


def _ends_in_dates(line: JobLine, span: Span) -> bool:
    """Whether a long line is a head still: nothing but signs is after its dates, and no sentence before them."""
    return line.end - span.until < 4 and line.text[:1].isupper() and not re.search(r"[a-z]{3}\. [A-Z]", line.text)


def _entry(lines: Sequence[JobLine], index: int, anchors: dict[int, tuple[Span, str]]) -> JobEntry:
    span, rest = anchors[index]
    line = lines[index]
    around: dict[int, JobLine] = {}
    if rest and not _says_nothing(rest):
        around[0] = msgspec.structs.replace(line, text=rest)
    above = _near(lines, index, anchors, -1)
    below = _near(lines, index, anchors, 1)
    if not (rest or above or below) and index + 1 < len(lines) and index + 1 not in anchors:
        below = [lines[index + 1]]  # dates as a heading, the job as the first bullet under them
    around |= {-place: near for place, near in enumerate(above, start=1)}
    around |= dict(enumerate(below, start=1))
    return JobEntry(span, (line.begin, line.end), around)


def _near(lines: Sequence[JobLine], index: int, anchors: dict[int, tuple[Span, str]], step: int) -> list[JobLine]:
    """The lines next to an anchor that may be its head, nearest first: bullets, prose and gaps end them. A gap between
    the anchor and the first line does not."""
    found: list[JobLine] = []
    at = index + step
    while 0 <= at < len(lines) and at not in anchors and len(found) < (_ABOVE if step < 0 else _BELOW):
        gap = lines[at + 1].first if step < 0 else lines[at].first
        if not _may_be_head(lines[at]) or (gap and (found or step > 0)):
            break
        if lines[at].text and not _says_nothing(lines[at].text):
            found.append(lines[at])
        at += step
    return found


def _says_nothing(text: str) -> bool:
    return not parts_of(text)
