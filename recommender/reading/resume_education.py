"""The education of a free-form résumé."""

from __future__ import annotations

import re

from recommender.profile import Education
from recommender.reading.dates import DATE, Span, find_spans, parse_date

DEGREE = re.compile(
    r"(?:(?:executive |post.?graduate )?(?:bachelors?|masters?|associates?|doctorate|doctor)(?:['’]?s)?"
    r"(?: degree)?(?: of| in|\b)"
    r"|(?:post.?graduate )?diploma|certificate|ph\.?\s?d\b\.?|b\.?\s?s\.?c?\b\.?|m\.?\s?s\.?c?\b\.?"
    r"|b\.?\s?a\b\.?|m\.?\s?a\b\.?|b\.?\s?e\b\.?|b\.?\s?tech\b\.?|m\.?\s?tech\b\.?|b\.?com\b\.?|m\.?c\.?a\b|b\.?c\.?a\b"
    r"|m\.?b\.?a\b\.?|a\.?\s?a\.?\s?s?\b\.?|g\.?e\.?d\b\.?"
    r"|high school(?: diploma| or equivalent)?|some college|juris doctor|nanodegree|(?:higher )?secondary school)",
    re.IGNORECASE,
)
SCHOOL = re.compile(
    r"\b(?:university|college|school|institute|academy|univ|polytechnic|universidad|campus)\b", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?:(?:The |St\. )?(?:[A-Z][\w.&'’-]*|of|the|and|at|for|in|de|State)[ ]){0,6}?"
    r"(?:University|College|Institute|Academy|School|Polytechnic|Universidad|Univ\.?)\b.*"
)
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
        rest = line[match.end() :].lstrip(" ,;)")
        if rest and DEGREE.match(rest) and rest[:1].isupper():
            pieces.append(line[begin : match.end()])
            begin = len(line) - len(rest)
    pieces.append(line[begin:])
    return [piece.strip() for piece in pieces if piece.strip()]


def read_course(line: str) -> Education | None:
    """The course of study of one line, None where neither degree nor school stands in it."""
    if len(line) > 240 or not (DEGREE.match(line) or SCHOOL.search(line)):
        return None
    words, start, end = _dates(line)
    words = _PLACE.sub("", words).strip(" ,;:|–—-")
    degree = DEGREE.match(words)
    if degree is None:
        return Education(school=words or None, start=start, end=end)
    school_at = _NAMED.search(words, degree.end())
    if school_at is None or len(school_at[0]) < 6:
        name, field = _degree_and_field(words)
        return Education(degree=name, field=field, start=start, end=end)
    name, field = _degree_and_field(words[: school_at.start()])
    return Education(
        school=words[school_at.start() :].strip(" ,;:|–—-") or None, degree=name, field=field, start=start, end=end
    )


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
