"""What every reader does last: dates that cannot be are told of, and years of experience are worked out."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from recommender.profile import Education, Profile, Role, month_number
from recommender.reading.outcome import Context

_DATE = re.compile(r"(?:1[89]|20)\d\d(?:-(?:0[1-9]|1[0-2]))?\Z")


def checked(profile: Profile, context: Context, place: str = "") -> Profile:
    """`profile` with its years of experience; notices for spans that end before they begin or begin after `as_of`."""
    now = month_number(profile.as_of)
    spans: tuple[tuple[str, tuple[Role | Education, ...]], ...]
    spans = (("roles", profile.roles), ("education", profile.education))
    for kind, items in spans:
        for index, item in enumerate(items):
            start, end = month_number(item.start), month_number(item.end)
            if start is not None and end is not None and end < start and (item.end or "")[:4] != item.start:
                context.notice(
                    place, f"{kind}[{index}].end", f"ends in {item.end}, before it begins in {item.start}; kept as read"
                )
            elif start is not None and now is not None and start > now and kind == "roles":
                context.notice(
                    place, f"{kind}[{index}].start", f"begins in {item.start}, after {profile.as_of}; kept as read"
                )
    if profile.years_of_experience is None:
        return msgspec.structs.replace(profile, years_of_experience=_years(profile))
    return profile


def legible(value: Any, context: Context, place: str, field: str) -> str | None:
    """A date as this project writes it from one that may be anything: its day is dropped; of an impossible month the
    year is kept, of what is no date nothing, both with a notice."""
    if value is None or value == "":
        return None
    text = str(value).strip()
    if _DATE.match(text):
        return text
    match = re.match(r"((?:1[89]|20)\d\d)(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:[T ].*)?\Z", text)
    if match and match[2] and 1 <= int(match[2]) <= 12:
        if match[3] and not 1 <= int(match[3]) <= _days(int(match[1]), int(match[2])):
            context.notice(place, field, f"{text!r} is no day of the calendar; its month was kept")
        return f"{match[1]}-{int(match[2]):02}"
    if match:
        context.notice(place, field, f"{text!r} is no month of the calendar; its year was kept")
        return match[1]
    context.notice(place, field, f"{text!r} is no date of the form YYYY-MM or YYYY; left empty")
    return None


def _days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _years(profile: Profile) -> int | None:
    """Whole years in the union of the roles' months."""
    now = month_number(profile.as_of)
    months: set[int] = set()
    for role in profile.roles:
        start, end = month_number(role.start), month_number(role.end) if role.end else now
        if start is not None and end is not None:
            months.update(range(start, min(end, start + 1200)))
    return len(months) // 12 if any(role.start for role in profile.roles) else None
