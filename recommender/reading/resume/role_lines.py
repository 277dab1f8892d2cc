"""The head of a role whose dates stand on a line without it: title and company on the lines above or below."""

from __future__ import annotations

import re

from recommender.reading.resume.role_heads import FoundRole
from recommender.reading.resume.sections import Section
from recommender.reading.text.dates import Span
from recommender.reading.text.titles import is_title

#: What some collections of résumés put in place of the employer and its place.
_MASKED = re.compile(
    r"[\s/|,–-]*(?:\bCompany Name\b)[\s/|,–-]*(?:City\s*,\s*State)?[\s/|,–-]*|\s*City\s*,\s*State\s*\Z"
)
_PARTED = re.compile(r"\s+[|•·–—@-]\s+|\s*\|\s*|\t+|\s{3,}|\s+at\s+(?=[A-Z])")
_COMMA = re.compile(r",\s+")
_PLACE = re.compile(
    r"(?:[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3},\s*)?(?:[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})"
    r"(?:,? (?:USA?|UK|\d{5}))?\Z"
)
_LONGEST = 90


def head_of_lines(text: str, span: Span, floor: int, section: Section) -> FoundRole | None:
    """The role of a span alone at the start of its line, or after nothing; None where no title is near."""
    end = _line_end(text, span.until)
    beside = text[span.until : min(end, span.until + 2 * _LONGEST)].strip(" \t•*|,;:()[]–—-")
    above = _lines_above(text, span.at, floor)
    below = _lines_below(text, end, section.end)
    if beside and len(beside) <= _LONGEST:
        title, company, location = read_parts(beside)
        if title:
            body = end
            if company is None and below and not is_title(below[0][0]) and _short(below[0][0]):
                company, body = _MASKED.sub("", below[0][0]).strip() or None, below[0][1]
            return FoundRole(span, title, company, location, span.at, body)
    for lines, upward in ((above, True), (below, False)):
        found = _from_lines([line for line, _ in lines])
        if found is None:
            continue
        used, title, company, location = found
        if upward:
            return FoundRole(span, title, company, location, lines[used - 1][1], span.until)
        return FoundRole(span, title, company, location, span.at, lines[used - 1][1])
    return None


def read_parts(line: str) -> tuple[str | None, str | None, str | None]:
    """(title, company, location) of a line that parts them by dashes, bars, commas or "at"."""
    line = _MASKED.sub(" ", line).strip()
    parts = [part.strip(" ,") for part in _PARTED.split(line) if part.strip(" ,")]
    if len(parts) == 1:
        parts = [part.strip() for part in _COMMA.split(line) if part.strip()]
        parts = _with_states(parts)
    title = next((part for part in parts if is_title(part)), None)
    rest = [part for part in parts if part is not title]
    location = next((part for part in reversed(rest) if "," in part and _PLACE.fullmatch(part)), None)
    rest = [part for part in rest if part is not location]
    if location is None and len(rest) > 1 and _PLACE.fullmatch(rest[-1]):
        location = rest.pop()
    return title, ", ".join(rest) or None, location


def _with_states(parts: list[str]) -> list[str]:
    """Parts of a line cut at commas, with "City", "ST" joined again."""
    joined: list[str] = []
    for part in parts:
        if joined and re.fullmatch(r"[A-Z]{2}(?: \d{5})?|Inc\.?|LLC|Ltd\.?", part):
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return joined


def _from_lines(lines: list[str]) -> tuple[int, str | None, str | None, str | None] | None:
    """How many of the lines nearest to the dates are the head, and its title, company and location."""
    if not lines or not _short(lines[0]):
        return None
    title, company, location = read_parts(lines[0])
    if title and company:
        return 1, title, company, location
    if len(lines) > 1 and _short(lines[1]):
        other, firm, place = read_parts(lines[1])
        if title and not other and firm:
            return 2, title, firm, location or place
        if other and not title and company:
            return 2, other, company, location or place
    return (1, title, company, location) if title else None


def _short(line: str) -> bool:
    return len(line) <= _LONGEST and not re.search(r"[.;:]\Z", line.rstrip()) and not re.match(r"\s*[•*]", line)


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _lines_above(text: str, at: int, floor: int) -> list[tuple[str, int]]:
    """Up to two lines before the one of `at`, nearest first, each with where it begins; bullets end them."""
    lines: list[tuple[str, int]] = []
    end = text.rfind("\n", 0, at)
    while end > floor and len(lines) < 2:
        begin = max(text.rfind("\n", 0, end) + 1, floor)
        line = text[begin:end]
        if line.strip():
            if re.match(r"\s*[•*\-–]\s", line) or text[begin - 1 : begin] not in ("", "\n"):
                break
            lines.append((line.strip(), begin))
        elif lines:
            break
        end = begin - 1
    return lines


def _lines_below(text: str, end: int, ceiling: int) -> list[tuple[str, int]]:
    """Up to two lines after `end`, nearest first, each with where it ends."""
    lines: list[tuple[str, int]] = []
    while end < ceiling and len(lines) < 2:
        begin, end = end + 1, _line_end(text, end + 1)
        line = text[begin:end]
        if line.strip():
            if re.match(r"\s*[•*\-–]\s", line):
                break
            lines.append((line.strip(), end))
        elif lines:
            break
    return lines
