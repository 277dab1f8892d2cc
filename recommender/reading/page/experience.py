"""The roles and the education of a profile page.

A role is anchored by its line of dates: above it is its title, above that its company, or, where one company has
several roles, the company and "N roles" once. Below it come paragraphs and bullets, last the line of tags.
"""

from __future__ import annotations

import re

import msgspec

from recommender.profile import Education, Workplace
from recommender.reading.page.sections import is_role_span, is_span_line
from recommender.reading.text.dates import PAGE_SPAN, is_present, parse_date, parse_duration
from recommender.reading.text.degrees import DEGREE_WITHIN
from recommender.reading.text.lines import Line
from recommender.reading.text.titles import is_title

_COUNT = re.compile(r"(\d{1,2}) roles?$", re.IGNORECASE)
_WORKPLACES: dict[str, Workplace] = {
    "remote": "remote", "hybrid": "hybrid", "on-site": "on-site", "onsite": "on-site", "on site": "on-site",
    "in-office": "on-site", "in office": "on-site", "office": "on-site",
}  # fmt: skip
_EMPLOYMENT = {
    "full-time", "part-time", "contract", "freelance", "internship", "self-employed", "temporary", "apprenticeship",
    "seasonal", "permanent", "permanent full-time", "volunteer",
}  # fmt: skip
_PLACE = re.compile(r"[^.;:!?]*(?:,|·)[^.;:!?]*|(?:[A-Z][\w'’-]*\s?){1,3}")


class PageSpan(msgspec.Struct, frozen=True, kw_only=True):
    """A line of dates. `open` says that it goes on to the present; `months` is the duration as stated."""

    start: str | None
    end: str | None
    open: bool
    months: int | None = None
    location: str | None = None
    workplace: Workplace | None = None
    employment: str | None = None


class PageRole(msgspec.Struct, frozen=True, kw_only=True):
    """One role as the page writes it; `body` are the lines under its dates, tags included."""

    company: str | None
    title: str | None
    span: PageSpan
    line: Line
    body: tuple[Line, ...]


def read_span(text: str) -> PageSpan:
    """A line of dates, as `is_span_line` takes it."""
    match = PAGE_SPAN.match(text)
    assert match is not None
    start, end = parse_date(match["start"]), match["end"]
    goes_on = end is not None and is_present(end)
    last = start if end is None else None if goes_on else parse_date(end)
    return _parts(text[match.end() :].split("·"), start, last, open_end=goes_on)


def _parts(pieces: list[str], start: str | None, end: str | None, *, open_end: bool) -> PageSpan:
    """What the pieces after the dates say: duration, place, workplace, kind of employment."""
    months: int | None = None
    workplace: Workplace | None = None
    employment: str | None = None
    places: list[str] = []
    for piece in (piece.strip() for piece in pieces):
        if months is None and piece.casefold().startswith("less than"):
            months = 0
        elif months is None and (found := parse_duration(piece)) is not None:
            months = found
        elif piece.casefold() in _WORKPLACES:
            workplace = _WORKPLACES[piece.casefold()]
        elif piece.casefold() in _EMPLOYMENT:
            employment = piece
        elif piece:
            places.append(piece)
    return PageSpan(
        start=start, end=end, open=open_end, months=months, location=" · ".join(places) or None,
        workplace=workplace, employment=employment,
    )  # fmt: skip


def read_roles(lines: list[Line]) -> tuple[list[PageRole], list[Line]]:
    """The roles of the section's lines, and the lines before the first of them that belong to none."""
    durations = any(is_role_span(line.text) for line in lines)
    anchors = [
        index
        for index, line in enumerate(lines)
        if not line.bullet and (is_role_span(line.text) if durations else is_span_line(line.text))
    ]
    if durations:
        anchors = _with_bare_spans(lines, anchors)
    roles: list[PageRole] = []
    company: str | None = None
    left = 0
    stray: list[Line] = []
    heads = []
    for order, anchor in enumerate(anchors):
        begin = anchors[order - 1] + 1 if order else 0
        head, company, left = _read_head(lines[begin:anchor], company, left)
        heads.append((begin, head, company))
    for order, anchor in enumerate(anchors):
        begin, (used, title), company = heads[order]
        if order == 0:
            stray = lines[: anchor - used]
        stop = anchors[order + 1] - heads[order + 1][1][0] if order + 1 < len(anchors) else len(lines)
        body = tuple(lines[anchor + 1 : stop])
        roles.append(
            PageRole(company=company, title=title, span=read_span(lines[anchor].text), line=lines[anchor], body=body)
        )
    return [part for role in roles for part in _with_undated(role)], stray if anchors else lines


def _with_undated(role: PageRole) -> list[PageRole]:
    """A role, and after it those without dates that its body would swallow: a company and a title, each after an empty
    line, below a bullet or the tags."""
    body, found = role.body, [role]
    begin, index = 0, 1
    while index < len(body) - 1:
        undated = _undated_head(body[index - 1 : index + 3])
        if undated is None:
            index += 1
            continue
        found[-1] = msgspec.structs.replace(found[-1], body=body[begin:index])
        found.append(undated[0])
        begin = index + undated[1]
        index = begin + 1
    found[-1] = msgspec.structs.replace(found[-1], body=body[begin:])
    return found


def _undated_head(lines: tuple[Line, ...]) -> tuple[PageRole, int] | None:
    """The role without dates, its body left out, whose company is the second of some lines, and how many lines its
    head takes; None where none begins there."""
    before, company, title, *after = lines
    if not (before.bullet or not before.first) or not (_heads(company) and _heads(title)):
        return None
    if not is_title(title.text) or (after and not after[0].first):
        return None
    span, used = PageSpan(start=None, end=None, open=False), 2
    if after and _heads(after[0]) and _PLACE.fullmatch(after[0].text):
        span, used = _parts(after[0].text.split("·"), None, None, open_end=False), 3
    return PageRole(company=company.text, title=title.text, span=span, line=company, body=()), used


def _heads(line: Line) -> bool:
    return not line.bullet and line.first and len(line.text) <= 80 and line.text[-1] not in ".;:!?"


def _with_bare_spans(lines: list[Line], anchors: list[int]) -> list[int]:
    """Also the lines of dates without a duration, where they stand like a role's: alone after a heading line."""
    known = set(anchors)
    bare = [
        index
        for index, line in enumerate(lines)
        if index not in known and not line.bullet and line.first and is_span_line(line.text) and index > 0
        and not lines[index - 1].bullet and lines[index - 1].first and PAGE_SPAN.match(line.text)["end"]  # type: ignore[index]
    ]  # fmt: skip
    return sorted([*anchors, *bare])


def _read_head(lines: list[Line], company: str | None, left: int) -> tuple[tuple[int, str | None], str | None, int]:
    """From the lines above a line of dates: how many of them are the role's head, its title, its company, and how many
    roles of the same company are still to come."""
    tail: list[Line] = []
    for line in reversed(lines):
        if line.bullet or len(tail) == 3:
            break
        tail.append(line)
    if not tail:
        return (0, None), company if left else None, max(left - 1, 0)
    title = tail[0].text
    if len(tail) > 2 and (count := _COUNT.fullmatch(tail[1].text)):
        return (3, title), tail[2].text, int(count[1]) - 1
    if left > 0:
        return (1, title), company, left - 1
    if len(tail) > 1:
        return (2, title), tail[1].text, 0
    return (1, title), None, 0


def read_education(lines: list[Line]) -> list[Education]:
    """The courses of study of the section's lines: school, "Degree — Field", dates; any of them may be missing."""
    entries: list[dict[str, str | None]] = []
    current: dict[str, str | None] = {}

    def close() -> None:
        nonlocal current
        if current:
            entries.append(current)
        current = {}

    for line in lines:
        if is_span_line(line.text) and not line.bullet:
            span = read_span(line.text)
            current |= {"start": span.start, "end": span.end}
            close()
        elif "school" not in current:
            current["school"] = line.text
        elif "degree" not in current and (" — " in line.text or DEGREE_WITHIN.search(line.text)):
            degree, _, field = line.text.partition(" — ")
            current |= {"degree": degree.strip() or None, "field": field.strip() or None}
        else:
            close()
            current["school"] = line.text
    close()
    return [Education(**entry) for entry in entries]
