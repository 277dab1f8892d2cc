"""The roles of a résumé's text: each is anchored by its span of dates."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence, Set

import msgspec

from recommender.reading.resume.jobs.blocks import block_roles, entries_of
from recommender.reading.resume.jobs.found import FoundRole
from recommender.reading.resume.jobs.running_text.heads import read_head
from recommender.reading.resume.sections import ResumeSection
from recommender.reading.text.degrees import DEGREE, SCHOOL, STUDYING, SUBJECT
from recommender.reading.text.spans import Span
from recommender.reading.text.titles import is_noun, is_title

#: Characters before some dates, and at the start of their line, that are looked at.
_REACH = 400
#: A head less sure than this is none, unless its section is the experience.
_SURE = 2.0
#: How sure a head must be where its dates are mere years inside a sentence.
_PLAIN = 6.5
#: A head as sure as this, with a title, is one even where dates are usually of something else.
_STRONG = 4.5
_BLANKS = re.compile(r"\s*")


def running_roles(
    text: str, spans: Sequence[Span], sections: Sequence[ResumeSection], known: Set[str]
) -> list[FoundRole]:
    """The roles in the order of the text, each with one of `spans`. `known`: titles of this person, case-folded."""
    lines = _Lines(text)
    placed = _with_sections(spans, sections)
    style = _main_style(text, placed)
    titles, companies = set(known), set[str]()
    roles: list[FoundRole] = []
    floor, studied = 0, -1
    for span, section in placed:
        begin = max(floor, section.begin)
        usual = style is not None and _style(text, span) == style
        line = max(begin, lines.begin(span.at))
        role = (
            None
            if _is_shut(section, roles)
            else _role_at(text, span, (begin, line), section, titles, companies, usual=usual)
        )
        sure = role is not None and role.score >= _STRONG and role.title is not None
        before = text[line : min(span.at, line + _REACH)]
        sure = sure and role is not None and not _names_degree(text[role.at : span.at])
        if not sure or section.kind in ("education", "certifications", "languages") or _names_school(role):
            beside = studied >= 0 and lines.begin(span.at) <= studied
            tail = text[max(line, span.at - _REACH) : span.at]
            if _is_shut(section, roles) or section.kind == "education" or beside or _is_study(before, tail):
                studied = studied if section.kind == "experience" else span.until
                floor = span.until
                continue
            if section.kind in ("certifications", "languages") and not sure:
                continue
        if role is None or (style is not None and not usual and not _stands_alone(text, role, span, lines)):
            continue
        if roles and _repeats(role, roles[-1]):
            continue
        roles.append(role)
        floor, studied = role.body, -1
        if role.title:
            titles.add(role.title.casefold())
        if role.company and role.location:
            companies.add(role.company.casefold())
    return roles


class _Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._begins = [0, *(match.end() for match in re.finditer("\n", text))]

    def begin(self, at: int) -> int:
        """Where the line begins that holds the offset `at`."""
        return self._begins[bisect_right(self._begins, at) - 1]


def _with_sections(spans: Sequence[Span], sections: Sequence[ResumeSection]) -> list[tuple[Span, ResumeSection]]:
    """Every span with the section it is in."""
    begins = [section.at for section in sections]
    return [(span, sections[bisect_right(begins, span.at) - 1]) for span in spans]


def _is_shut(section: ResumeSection, roles: Sequence[FoundRole]) -> bool:
    """Whether dates in a section belong to no role. Where no role has was yet, a line like "Languages:" may be part
    of a summary, and the roles follow it."""
    return section.closed and (bool(roles) or section.kind == "other")


def _names_degree(line: str) -> bool:
    before = line.lstrip(" •*-?")
    if STUDYING.match(before) and SUBJECT.match(before):
        return True
    nouns = [word for word in before.split() if is_noun(word) and not DEGREE.match(word)]
    return DEGREE.match(before) is not None and SCHOOL.search(before) is not None and not nouns


def _names_school(role: FoundRole | None) -> bool:
    return role is not None and SCHOOL.search(f"{role.title} {role.company}") is not None


def _repeats(role: FoundRole, last: FoundRole) -> bool:
    """Whether a role says once more what the one before it said."""
    one, other = role.span, last.span
    same = one is not None and other is not None and (one.start, one.end) == (other.start, other.end)
    return same and (role.title is None or role.title == last.title)


def _is_study(line: str, tail: str) -> bool:
    """Whether a span is one of study: `line` is how its line begins, `tail` what is right before it."""
    before = line.lstrip(" •*-?")
    tail = tail.lstrip(" •*-?")[-160:]
    if STUDYING.match(before) and (SCHOOL.search(tail) or SUBJECT.match(before)):
        return True
    return bool(STUDYING.match(before) or SCHOOL.search(tail)) and not any(is_noun(word) for word in tail.split())


def _role_at(
    text: str,
    span: Span,
    floor: tuple[int, int],
    section: ResumeSection,
    titles: Set[str],
    companies: Set[str],
    *,
    usual: bool,
) -> FoundRole | None:
    """The role whose dates are `span`; None where no head is by it.

    `floor` is where its head can begin, and where it can on the line of its dates. `usual`: the dates are written as
    most are.
    """
    begin, line = floor
    before = text[max(line, span.at - _REACH) : span.at].strip(" \t•*|,;:()[]–—-")
    if len(before) < 3 or before == "Company Name":
        near = max(begin, text.rfind("\n", 0, max(0, span.at - _REACH)) + 1)
        around = msgspec.structs.replace(section, begin=near, end=min(section.end, span.until + _REACH))
        found = block_roles(entries_of(text, [around], [span]), titles, frozenset())
        sure = found and found[0].title and found[0].score >= 2.0
        return found[0] if sure and (is_title(found[0].title or "") or not _names_school(found[0])) else None
    head = read_head(text, line, span.at, titles, companies)
    if head is None:
        return None
    in_prose = _inside_sentence(text, span)
    needed = -1.0 if section.kind == "experience" else 0.0
    if usual and not in_prose and len(span.start or "") == 7:
        needed = -4.0
    if head.score < needed or (
        in_prose and not head.location and head.score < (_SURE if len(span.start or "") == 7 else _PLAIN)
    ):
        return None
    return FoundRole(span, head.title, head.company, head.location, head.at, span.until, head.score)


def _inside_sentence(text: str, span: Span) -> bool:
    """Whether the dates stand inside running prose: small letters or a full stop come after them."""
    after = text[span.until : span.until + 5]
    return after.lstrip(" )]")[:1].islower() or after[:1] in (",", ".", "%")


def _stands_alone(text: str, role: FoundRole, span: Span, lines: _Lines) -> bool:
    text_begins = _BLANKS.match(text, lines.begin(span.at)).end()  # type: ignore[union-attr] # it matches nothing, too
    return role.title is not None and role.company is not None and role.at <= text_begins


def _style(text: str, span: Span) -> tuple[str, str]:
    """How a span is written: the word or dash between, and the kind of its first date."""
    written = text[span.at : span.until].casefold()
    separator = "to" if re.search(r"\bto\b", written) else "dash"
    if re.match(r"\D*\d{1,2}[/.-]", written):
        return separator, "number"
    return separator, "name"


def _main_style(text: str, placed: Sequence[tuple[Span, ResumeSection]]) -> tuple[str, str] | None:
    """The way most spans of the text are written; None where there is no clear one."""
    open_ones = [(span, part) for span, part in placed if not (part.closed or part.kind == "education")]
    others = [span for span, _ in open_ones]
    at_work = [span for span, part in open_ones if part.kind == "experience"]
    counted = Counter(_style(text, span) for span in at_work or others)
    if not counted:
        return None
    (best, most), *_ = counted.most_common(1)
    return best if most * 2 > counted.total() else None
