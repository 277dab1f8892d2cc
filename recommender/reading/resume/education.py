"""The education of a free-form résumé: courses over one to four lines, degree, school and dates in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from recommender.profile import Education
from recommender.reading.resume.course_line import read_course_line
from recommender.reading.text.dates import find_dates
from recommender.reading.text.degrees import DEGREE, SCHOOL
from recommender.reading.text.spans import every_span

_LONGEST = 240
#: Words of a field of study.
_LONGEST_FIELD = 6
_BETWEEN = re.compile(r"[ ,;)]*")
_EDGES = " \t,;:|–—-•*·()[]?"
#: What is said of a course beside its name: grades, expected ends.
_GRADE = re.compile(
    r"[,;|(–—-]?\s*\b(?:c?gpa|grade|note|abschlussnote|percentage|marks|magna|summa|cum laude)\b[ :]*[^,;|]*"
    r"|[,;|(–—-]?\s*(?:with )?(?:first[- ]class )?\b(?:honou?rs|distinction|merit)\)?(?=\s*(?:[,;|]|\Z))"
    r"|[,;|(]\s*\d{1,2}(?:[.,]\d+)?\s*(?:/\s*\d{1,3}(?:[.,]\d+)?|%)\)?", re.IGNORECASE
)  # fmt: skip
_EXPECTED = re.compile(
    r"(?<![\w-])(?:(?:expected|anticipated|projected)(?: (?:graduation|completion|in))*"
    r"|(?:graduated|graduation|class of|conferred|awarded|completed)(?: (?:date|in|on))?)\b[ :]*", re.IGNORECASE
)  # fmt: skip


class _Line(msgspec.Struct, frozen=True):
    """A line of an education section: its words without dates and grades, what it has, and the grades."""

    words: str
    start: str | None
    end: str | None
    degree: bool
    school: bool
    left: tuple[str, ...] = ()

    @property
    def bare(self) -> bool:
        """Whether it holds dates and nothing else."""
        return not self.words and bool(self.start or self.end)


def read_education(text: str) -> tuple[list[Education], list[str]]:
    """(courses of study, lines that are none) of a text about education."""
    pieces = [piece for raw in text.split("\n") for piece in _pieces(raw.strip(" \t•●▪*·-–?"))]
    courses: list[Education] = []
    rest: list[str] = []
    group: list[_Line] = []
    for piece in pieces:
        line = _read(piece)
        if line is None and group and _names_field(piece, group):
            group[-1] = msgspec.structs.replace(group[-1], words=f"{group[-1].words} in {piece}")
            continue
        if line is None:
            rest.append(piece)
            continue
        if group and not _belongs(line, group):
            _close(group, courses, rest)
        group.append(line)
    _close(group, courses, rest)
    return courses, rest


def _close(group: list[_Line], courses: list[Education], rest: list[str]) -> None:
    """Add the course that a group of lines makes, and what else they say; the group is empty then."""
    if group:
        course, left = _course(group)
        courses.append(course)
        rest.extend(left)
        group.clear()


def _pieces(line: str) -> Iterator[str]:
    """A line with several courses is cut after each date that a new degree follows."""
    begin = 0
    for date in find_dates(line):
        at = _BETWEEN.match(line, date.until).end()  # type: ignore[union-attr] # it matches nothing, too
        if line[at : at + 1].isupper() and DEGREE.match(line, at):
            yield line[begin : date.until].strip()
            begin = at
    if line[begin:].strip():
        yield line[begin:].strip()


def _read(piece: str) -> _Line | None:
    """What a line says of a course; None where it says nothing."""
    if len(piece) > _LONGEST:
        return None
    words, start, end = _dates(piece)
    grades = tuple(match[0].strip(_EDGES) for match in _GRADE.finditer(words))
    words = _EXPECTED.sub("", _GRADE.sub("", words)).strip(_EDGES + ".") if words else ""
    named = DEGREE.match(words)
    degree, school = named is not None, SCHOOL.search(words, named.end() if named else 0) is not None
    if not (degree or school or (not words and (start or end))):
        return None
    return _Line(words, start, end, degree, school, grades)


def _dates(line: str) -> tuple[str, str | None, str | None]:
    """The line without its dates; when the study began and ended."""
    spans = every_span(line)
    sure = [span for span in spans if span.kind != "single"] or spans
    if not sure:
        return line, None, None
    span = sure[-1]
    before, after = line[: span.at].rstrip(" (,[|–—-"), line[span.until :].lstrip(" ),.]|:")
    words = f"{before} | {after}" if before and after else before or after
    return words.strip(), None if span.kind == "single" else span.start, span.end


def _names_field(piece: str, group: Sequence[_Line]) -> bool:
    """Whether a line below a degree alone is what was studied."""
    bare = group[-1].degree and not group[-1].school and read_course_line(group[-1].words).field is None
    return bare and len(piece.split()) <= _LONGEST_FIELD and piece[:1].isupper() and not re.search(r"[.:\d]", piece)


def _belongs(line: _Line, group: Sequence[_Line]) -> bool:
    """Whether a line goes on with the course above it: it adds what that lacks."""
    degree, school = any(one.degree for one in group), any(one.school for one in group)
    dated = any(one.start or one.end for one in group)
    if line.bare:
        return not dated and (degree or school)
    if len(group) == 1 and group[0].bare:
        return True
    if line.start or line.end:
        adds = (line.degree and not degree) or (line.school and not school and not line.degree)
        return adds and not dated
    return (line.school and not school and not line.degree) or (line.degree and not degree and not line.school)


def _course(group: Sequence[_Line]) -> tuple[Education, list[str]]:
    """The course that a group of lines makes, and what they say beside it."""
    dated = next((line for line in group if line.start or line.end), group[0])
    written = sorted((line for line in group if line.words), key=lambda line: not line.degree)
    lines = [read_course_line(line.words) for line in written]
    course = Education(
        school=next((line.school for line in lines[::-1] if line.school), None),
        degree=next((line.degree for line in lines if line.degree), None),
        field=next((line.field for line in lines if line.field), None),
        start=dated.start, end=dated.end,
    )  # fmt: skip
    beside = [piece for one in lines for piece in one.left]
    return course, beside + [grade for line in group for grade in line.left if grade]
