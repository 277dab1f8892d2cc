"""Where in the text that was read each value of a profile stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recommender.field_path import FieldPath
from recommender.profile import Education, Profile, Role
from recommender.service.pages.adding.searched import Searched, Span

Placed = Iterator[tuple[str, Span]]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: Roles, courses and values of a list that are looked for: the text is searched for each.
MOST_ENTRIES, MOST_VALUES = 60, 200
#: Entries of a profile that are lists of short texts.
_LISTS = ("badges", "highlights", "core_skills", "other_skills", "languages", "certifications")


def sources(profile: Profile, text: str) -> dict[str, Span]:
    """Field path → where its value stands; what the text does not say word for word is left out."""
    searched = Searched(text)
    found = dict(_alone(profile, searched))
    at = 0
    for number, role in enumerate(profile.roles[:MOST_ENTRIES]):
        placed = dict(_role(role, number, searched, at))
        found |= placed
        at = max([at, *(span.end for field, span in placed.items() if ".bullets" in field or ".title" in field)])
    for number, course in enumerate(profile.education[:MOST_ENTRIES]):
        found |= dict(_course(course, number, searched))
    return found


def _alone(profile: Profile, searched: Searched) -> Placed:
    for name in ("name", "title", "location", "persona"):
        yield from _one(name, getattr(profile, name), searched, 0)
    if profile.years_of_experience is not None:
        span = searched.matching(rf"(?<!\d){profile.years_of_experience}\+?[ -]*(?:years?|yrs?)\b")
        yield from [("years_of_experience", span)] if span else []
    if profile.about:
        yield from _one("about", next(line for line in profile.about.split("\n") if line.strip()), searched, 0)
    for name in _LISTS:
        values = getattr(profile, name)
        yield from _several(name, values, searched, searched.first_of(values))


def _role(role: Role, number: int, searched: Searched, after: int) -> Placed:
    """The parts of a role, near each other: its title is looked for first, and else its company."""
    at = (
        searched.first(role.title or "", after) or searched.first(role.company or "", after) or Span(after, after)
    ).start
    for name in ("title", "company", "location"):
        span = searched.nearest(getattr(role, name) or "", at)
        yield from [(str(FieldPath.of("roles", number, name)), span)] if span else []
    yield from _dates(role, ("roles", number), searched, at)
    field = FieldPath.of("roles", number)
    for name in ("bullets", "skills"):
        values = getattr(role, name)
        yield from _several(f"{field}.{name}", values, searched, searched.first_of(values, at))


def _course(course: Education, number: int, searched: Searched) -> Placed:
    at = (searched.first(course.school or "") or searched.first(course.degree or "") or Span(0, 0)).start
    for name in ("school", "degree", "field"):
        span = searched.nearest(getattr(course, name) or "", at)
        yield from [(str(FieldPath.of("education", number, name)), span)] if span else []
    yield from _dates(course, ("education", number), searched, at)


def _dates(entry: Role | Education, place: tuple[str, int], searched: Searched, near: int) -> Placed:
    for name in ("start", "end"):
        date = getattr(entry, name)
        span = searched.matching(_written(date), near) if date else None
        yield from [(str(FieldPath.of(*place, name)), span)] if span else []


def _written(date: str) -> str:
    """The ways of writing "2023-10": by the month's name, by its number, or as a year alone."""
    year, _, month = date.partition("-")
    if not month:
        return rf"(?<!\d){year}(?!\d)"
    named = rf"{_MONTHS[int(month) - 1]}[a-z]*\.?,?\s*"
    numbered = rf"(?<!\d)0?{int(month)}\s*[/.-]\s*"
    return rf"(?:{named}|{numbered}){year}(?!\d)|(?<!\d){year}\s*[-/.]\s*{re.escape(month)}(?!\d)"


def _one(field: str, value: str | None, searched: Searched, after: int) -> Placed:
    span = searched.first(value, after) if value else None
    yield from [(field, span)] if span else []


def _several(field: str, values: Sequence[str], searched: Searched, after: int) -> Placed:
    """Entries of a list, each looked for from the last one's end on."""
    for number, value in enumerate(values[:MOST_VALUES]):
        first_line = next((line for line in value.split("\n") if line.strip()), "")
        if span := searched.first(first_line, after):
            yield f"{field}[{number}]", span
            after = span.end
