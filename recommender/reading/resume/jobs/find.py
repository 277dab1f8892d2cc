"""The roles of a résumé's text: in blocks of lines where it is laid out so, else in running text."""

from __future__ import annotations

from collections.abc import Sequence, Set

from recommender.reading.resume.bullets import BULLET
from recommender.reading.resume.jobs.blocks import block_roles, entries_of, spans_in, undated_roles
from recommender.reading.resume.jobs.found import FoundRole
from recommender.reading.resume.jobs.running_text.roles import running_roles
from recommender.reading.resume.sections import ResumeSection
from recommender.reading.text.spans import Span

#: How sure every head must be where no heading says that jobs follow.
_SURE = 6.0
_LONGEST = 120


def find_roles(
    text: str, spans: Sequence[Span], sections: Sequence[ResumeSection], known: Set[str], home: Set[str]
) -> list[FoundRole]:
    """The roles in the order of the text. `known`: titles of this person, case-folded; `home`: places that the head of
    the résumé names."""
    sure = [span for span in spans if span.kind == "sure"]
    at_work = [section for section in sections if section.kind == "experience"]
    entries = entries_of(text, at_work, spans)
    if entries and not _runs_on(text, sure, at_work, len(entries)) and (roles := block_roles(entries, known, home)):
        return roles
    if (
        not at_work
        and len(sure) > 1
        and not _in_long_lines(text, sure)
        and (roles := _without_heading(text, sure, sections, known, home))
    ):
        return roles
    return running_roles(text, sure, sections, known) or undated_roles(text, at_work, known, home)


def _without_heading(
    text: str, spans: Sequence[Span], sections: Sequence[ResumeSection], known: Set[str], home: Set[str]
) -> list[FoundRole]:
    """The roles of a text whose experience has no heading, where all of its dates belong to sure heads."""
    kinds = ("intro", "summary", "other")
    open_ones = [section for section in sections if section.kind in kinds and not section.closed]
    entries = entries_of(text, open_ones, spans)
    roles = block_roles(entries, known, home)
    inside = sum(section.begin <= span.at < section.end for span in spans for section in open_ones)
    sure = [role for role in roles if role.title and role.company and role.score > _SURE]
    return roles if len(sure) == len(roles) == inside > 1 else []


def _in_long_lines(text: str, spans: Sequence[Span]) -> bool:
    """Whether some dates stand in a line that is longer than heads are."""
    return any(text.find("\n", span.at, span.at + _LONGEST) < 0 and len(text) > span.at + _LONGEST for span in spans)


def _runs_on(text: str, spans: Sequence[Span], sections: Sequence[ResumeSection], entries: int) -> bool:
    """Whether most dates of some sections stand in the midst of their lines, as job boards write them."""
    inside = [span for section in sections for span in spans_in(spans, section)]
    return len(inside) > 2 * entries and sum(not _in_bullet(text, span) for span in inside) > 2 * entries


def _in_bullet(text: str, span: Span) -> bool:
    """Whether dates stand in a short bullet, which tells of a job."""
    begin = text.rfind("\n", 0, span.at) + 1
    end = text.find("\n", span.until)
    return (end if end >= 0 else len(text)) - begin < _LONGEST and BULLET.match(text[begin : begin + 12]) is not None
