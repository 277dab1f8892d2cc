"""A course of study in one line: degree, field and school, in the orders that people write them."""

from __future__ import annotations

import re

import msgspec

from recommender.reading.resume.jobs.places import is_wide, place_score, split_city
from recommender.reading.text.degrees import DEGREE, SCHOOL

_SCHOOL_WORD = re.compile(
    r"\b(?:University|College|Institute|Academy|School|Polytechnic|Universidad|Univ\.?)(?![\w-])", re.IGNORECASE
)
#: Words between a school's name and its kind.
_QUALIFIERS = frozenset(
    ("state", "community", "technical", "career", "medical", "high", "business", "city", "christian", "international")
)
_CUT = re.compile(r"\s*[|•·]\s*|\s+[-–—]\s+|,\s+|\t+|\s{3,}|\s+from\s+|\s+at\s+")
_PLACE = re.compile(r"\s+[-–—|]\s+[A-Z][^\d]{2,50}\Z")
_EDGES = " \t,;:|–—-"


class CourseLine(msgspec.Struct, frozen=True):
    """What a line says of a course, and the pieces of it that are none of these, nor a place."""

    degree: str | None = None
    field: str | None = None
    school: str | None = None
    left: tuple[str, ...] = ()


def read_course_line(words: str) -> CourseLine:
    """The degree, field and school of a line without its dates."""
    words = words.strip(_EDGES)
    pieces = [piece.strip(_EDGES) for piece in _CUT.split(words) if piece.strip(_EDGES)]
    school = next((piece for piece in pieces if SCHOOL.search(piece) and not DEGREE.match(piece)), None)
    first = next((at for at, piece in enumerate(pieces) if DEGREE.match(piece)), None)
    if len(pieces) < 2 or school is None or (first is not None and _holds_school(pieces[first])):
        return _in_one_piece(words)
    at = pieces.index(school)
    begin, end = (at, at) if first is None else (first, at) if at > first else (first, len(pieces))
    degree, field = degree_and_field(_joined(words, pieces[begin:end]))
    if at + 1 < len(pieces) and is_wide(pieces[at + 1]):
        school = split_city(school)[0]
    left = [piece for index, piece in enumerate(pieces) if index != at and not begin <= index < end]
    return CourseLine(degree, field, school, tuple(_without_place(left)))


def _holds_school(piece: str) -> bool:
    degree = DEGREE.match(piece)
    return degree is not None and SCHOOL.search(piece, degree.end()) is not None


def _in_one_piece(words: str) -> CourseLine:
    """A line in which nothing separates degree, field and school."""
    words = _PLACE.sub("", words)
    degree = DEGREE.match(words)
    if degree is None:
        return CourseLine(school=words or None)
    at = _school_at(words, degree.end())
    name, field = degree_and_field(words[:at])
    return CourseLine(name, field, words[at:].strip(_EDGES) or None)


def _without_place(pieces: list[str]) -> list[str]:
    """Pieces without a place at their end: a city, or a city and what it is in."""
    for size, enough in ((3, 2.0), (2, 0.5), (1, -0.2)):
        if len(pieces) >= size and place_score(pieces[-size:]) >= enough:
            return pieces[:-size]
    return pieces


def _joined(words: str, pieces: list[str]) -> str:
    """Pieces that follow each other in a line, as they stand there."""
    if not pieces:
        return ""
    begin = words.index(pieces[0])
    return words[begin : words.index(pieces[-1], begin) + len(pieces[-1])]


def degree_and_field(words: str) -> tuple[str | None, str | None]:
    """("Bachelor of Science", "Nursing") of "Bachelor of Science in Nursing" and its like."""
    words = words.strip(_EDGES)
    match = re.match(r"(?P<degree>.+?)\s+(?:in|en|em)\s+(?P<field>.+)", words) or re.match(
        r"(?P<degree>[^,:(–—|]+?)\s*[,:(–—|]\s*(?P<field>.+)", words
    )
    if not match:
        return words or None, None
    field = match["field"].strip(" )")
    twice = re.fullmatch(r"(.+) in \1", field)  # job boards write "Computer Science in Computer Science"
    return match["degree"].strip(), twice[1] if twice else field


def _school_at(words: str, floor: int) -> int:
    """Where the school's name begins after the field of study; at the end where no school is.

    A name has up to two words of its own before "College" and its like, and a field keeps at least one.
    """
    found = _SCHOOL_WORD.search(words, floor)
    if found is None:
        return len(words)
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
