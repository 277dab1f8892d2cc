"""The education of a free-form résumé."""

from __future__ import annotations

import re

from recommender.profile import Education
from recommender.reading.text.dates import DATE, Span, find_spans, parse_date
from recommender.reading.text.degrees import DEGREE, SCHOOL

_SCHOOL_WORD = re.compile(
    r"\b(?:University|College|Institute|Academy|School|Polytechnic|Universidad|Univ\.?)(?![\w-])", re.IGNORECASE
)
#: Words between a school's name and its kind.
_QUALIFIERS = frozenset(
    ("state", "community", "technical", "career", "medical", "high", "business", "city", "christian", "international")
)
_PARTINGS = (", ", " - ", " – ", " | ", " from ", " at ")
_BETWEEN = re.compile(r"[ ,;)]*")
_PLACE = re.compile(r"\s+[-–—|]\s+[A-Z][^\d]{2,50}\Z")


def read_education(text: str) -> tuple[list[Education], list[str]]:
    """(courses of study, lines that are none) of a text about education."""
    courses: list[Education] = []
    rest: list[str] = []
    for raw in text.split("\n"):
        line = raw.strip(" \t•*·-–?")
        if not line:
            continue
        pieces = _pieces(line)
        for piece in pieces:
            course = read_course(piece)
            if course is None:
                course = _completing(piece, courses)
                if course is None:
                    rest.append(piece)
                    continue
                courses.pop()
            courses.append(course)
    return courses, rest


def _pieces(line: str) -> list[str]:
    """A line with several courses is cut after each date that a new degree follows."""
    pieces: list[str] = []
    begin = 0
    for match in DATE.finditer(line):
        at = _BETWEEN.match(line, match.end()).end()  # type: ignore[union-attr] # it matches nothing, too
        if line[at : at + 1].isupper() and DEGREE.match(line, at):
            pieces.append(line[begin : match.end()])
            begin = at
    pieces.append(line[begin:])
    return [piece.strip() for piece in pieces if piece.strip()]


def read_course(line: str) -> Education | None:
    """The course of study of one line, None where neither degree nor school is in it."""
    if len(line) > 240 or not (DEGREE.match(line) or SCHOOL.search(line)):
        return None
    words, start, end = _dates(line)
    words = _PLACE.sub("", words).strip(" ,;:|–—-")
    degree = DEGREE.match(words)
    if degree is None:
        return Education(school=words or None, start=start, end=end)
    at = _school_at(words, degree.end())
    name, field = _degree_and_field(words[:at])
    school = words[at:].strip(" ,;:|–—-") or None
    return Education(school=school, degree=name, field=field, start=start, end=end)


def _school_at(words: str, floor: int) -> int:
    """Where the school's name begins after the field of study; at the end where no school is.

    A name has up to two words of its own before "College" and its like, and a field keeps at least one.
    """
    found = _SCHOOL_WORD.search(words, floor)
    if found is None:
        return len(words)
    ends = ((words.rfind(mark, floor, found.start()), mark) for mark in _PARTINGS)
    split = max((at + len(mark) for at, mark in ends if at >= 0), default=0)
    if split > floor + 2:
        return split
    if words[found.end() :].lower().startswith((" of ", " at ")) and found[0].lower().startswith("univ"):
        return found.start()
    into = list(re.finditer(r"\bin\s+", words[: found.start()]))
    begin = into[-1].end() if into else floor
    before = list(re.finditer(r"\S+", words[begin : found.start()]))
    if not before:
        return found.start()
    kept = 0 if into else len(before)
    while kept + 1 < len(before) and before[-1 - kept][0].lower() in _QUALIFIERS:
        kept += 1
    names = 1 if kept and before[-1][0].lower() == "state" else 2
    while into and names and kept + 1 < len(before) and before[-1 - kept][0][:1].isupper():
        kept, names = kept + 1, names - 1
    return begin + before[-kept].start() if kept else found.start()


def _dates(line: str) -> tuple[str, str | None, str | None]:
    """The line without its dates; when the study began and ended."""
    spans: list[Span] = find_spans(line)
    if spans:
        span = spans[-1]
        return (line[: span.at].rstrip(" (,") + " " + line[span.until :].lstrip(" ),.")).strip(), span.start, span.end
    dates = list(DATE.finditer(line))
    if dates and (date := parse_date(dates[-1][0].strip())):
        match = dates[-1]
        return (line[: match.start()].rstrip(" (,") + " " + line[match.end() :].lstrip(" ),.")).strip(), None, date
    return line, None, None


def _degree_and_field(words: str) -> tuple[str | None, str | None]:
    words = words.strip(" ,;:|–—-")
    match = re.match(r"(?P<degree>.+?)\s+in\s+(?P<field>.+)", words) or re.match(
        r"(?P<degree>[^,:(–—]+?)\s*[,:(–—]\s*(?P<field>.+)", words
    )
    if not match:
        return words or None, None
    field = match["field"].strip(" )")
    twice = re.fullmatch(r"(.+) in \1", field)  # job boards write "Computer Science in Computer Science"
    return match["degree"].strip(), twice[1] if twice else field


def _completing(line: str, courses: list[Education]) -> Education | None:
    """The last course with the dates of a line that is nothing but dates."""
    words, start, end = _dates(line)
    if words.strip(" -–()") or not courses or courses[-1].end or courses[-1].start or not (start or end):
        return None
    last = courses[-1]
    return Education(school=last.school, degree=last.degree, field=last.field, start=start, end=end)
