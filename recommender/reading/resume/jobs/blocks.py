"""The roles of sections that are laid out in lines: entries, read in their common layout."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence, Set

from recommender.reading.resume.jobs.entries import JobEntry, dated_entries, undated_entries
from recommender.reading.resume.jobs.found import FoundRole
from recommender.reading.resume.jobs.layout import Head, HeadLayout, read_heads
from recommender.reading.resume.jobs.lines import lines_between
from recommender.reading.resume.jobs.parts import parts_of
from recommender.reading.resume.sections import ResumeSection
from recommender.reading.text.spans import Span

#: A section without dates holds jobs where its heads are as sure as this, on average.
_SURE = 3.5
#: Heads without dates that are looked at; more stand in no one's résumé.
_MOST = 500
#: Dates whose head names no title, and is less sure than this, are of something else.
_NO_JOB = -1.2


def entries_of(text: str, sections: Sequence[ResumeSection], spans: Sequence[Span]) -> list[JobEntry]:
    """The dated entries of some sections, in order."""
    entries: list[JobEntry] = []
    for section in sections:
        inside = spans_in(spans, section)
        entries += dated_entries(lines_between(text, section.begin, section.end), inside)
    return entries


def spans_in(spans: Sequence[Span], section: ResumeSection) -> Sequence[Span]:
    """Those of some spans, in order, that a section holds."""
    first = bisect_left(spans, section.begin, key=lambda span: span.at)
    return spans[first : bisect_left(spans, section.end, first, key=lambda span: span.at)]


def block_roles(entries: Sequence[JobEntry], known: Set[str], home: Set[str]) -> list[FoundRole]:
    """The roles of dated entries."""
    return _roles(entries, *read_heads(entries, known, home)) if entries else []


def undated_roles(text: str, sections: Sequence[ResumeSection], known: Set[str], home: Set[str]) -> list[FoundRole]:
    """The roles of sections that have no dates: heads that surely name a title."""
    entries = [
        entry for section in sections for entry in undated_entries(lines_between(text, section.begin, section.end))
    ][:_MOST]
    if not entries:
        return []
    layout, heads = read_heads(entries, known, home)
    read = list(zip(entries, heads, strict=True))
    labelled = [(entry, head) for entry, head in read if head.company and _is_labelled(entry)]
    sure = labelled or [(entry, head) for entry, head in read if head.title and head.score >= _SURE]
    return _roles([entry for entry, _ in sure], layout, [head for _, head in sure])


def _is_labelled(entry: JobEntry) -> bool:
    """Whether a label says which of an entry's lines is the employer: then jobs are where such labels are."""
    return any(part.label == "C" for line in entry.lines.values() for part in parts_of(line.text))


def _roles(entries: Sequence[JobEntry], layout: HeadLayout, heads: Sequence[Head]) -> list[FoundRole]:
    roles: list[FoundRole] = []
    banner: str | None = None
    for index, (entry, head) in enumerate(zip(entries, heads, strict=True)):
        following = heads[index + 1] if index + 1 < len(heads) else None
        if _is_banner(entry, head, following, entries[index + 1].span if following else None):
            banner = head.company
            continue
        if head.title is None and (head.score < _NO_JOB or _is_inside(entry.span, roles)):
            continue
        if head.company and _stands_above(layout) and (banner or not roles):
            banner = head.company
        company = head.company or banner
        at, body = _reach(entry, head)
        roles.append(FoundRole(entry.span, head.title, company, head.location, at, body, head.score))
    return roles


def _stands_above(layout: HeadLayout) -> bool:
    """Whether employers stand above titles: then a head without one is of the employer above it."""
    return layout.title is not None and layout.company is not None and layout.company < layout.title


def _is_banner(entry: JobEntry, head: Head, following: Head | None, within: Span | None) -> bool:
    """Whether a head names but the employer of the titles that follow, with the dates of them all."""
    if following is None or head.title or not head.company or following.company or not following.title:
        return False
    return entry.span is not None and within is not None and _holds(entry.span, within)


def _is_inside(span: Span | None, roles: Sequence[FoundRole]) -> bool:
    """Whether dates without a title are a part of the role above: a project, a client."""
    last = roles[-1].span if roles else None
    return (
        span is not None
        and last is not None
        and _holds(last, span)
        and (span.start, span.end) != (last.start, last.end)
    )


def _holds(outer: Span, inner: Span) -> bool:
    if outer.start is None or inner.start is None:
        return False
    size = min(len(outer.start), len(inner.start))
    begins = outer.start[:size] <= inner.start[:size]
    return begins and (outer.end is None or (inner.end is not None and inner.end[:4] <= outer.end[:4]))


def _reach(entry: JobEntry, head: Head) -> tuple[int, int]:
    """Where a head begins and where it ends in the text."""
    lines = [line for place, line in entry.lines.items() if head.first <= place <= head.last]
    return (
        min([entry.anchor[0], *(line.begin for line in lines)]),
        max([entry.anchor[1], *(line.end for line in lines)]),
    )
