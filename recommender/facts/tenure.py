"""Months and years of experience: the union of role months, overlaps counted once.

A role lasts from its first month to its last, the last not counted ("Feb 2023 – Nov 2023" is nine months, as profile
pages count), and one month at least. A bare year is its January; a role within one bare year lasts six months.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from recommender.profile import Profile, Role, month_number
from recommender.validity import MOST_YEARS

#: Roles at two companies may overlap by so many months (a handover, a notice period) before it is reported.
_HANDOVER = 12

#: What is held beside a full-time role.
_BESIDE = re.compile(
    r"\b(?:part[ -]?time|volunteer\w*|free-?lanc\w*|consult(?:ant|ing)|contract(?:or|ing)?|board|advisory|adjunct"
    r"|lecturer|intern(?:ship)?|mentor|(?:co-?)?founder|owner|self[ -]employed|student|trustee|reservist|seasonal)\b",
    re.IGNORECASE,
)


class Overlap(NamedTuple):
    """Roles `first` and `second`, by position, at different companies, ran side by side for `months`."""

    first: int
    second: int
    months: int


def impossible(role: Role, as_of: str | None) -> str | None:
    """Why a role's dates cannot be, in words fit for a warning; None where they can (or are missing)."""
    try:
        start, end, last = month_number(role.start), month_number(role.end), month_number(as_of)
    except ValueError as error:
        return str(error)
    if start is not None and end is not None and end < start:
        return f"it ends ({role.end}) before it starts ({role.start})"
    if start is not None and last is not None and start > last + _slack(as_of):
        return f"it starts ({role.start}) after the profile was made ({as_of})"
    return None


def months_of(role: Role, as_of: str | None) -> tuple[int, int] | None:
    """First month of a role and the month after its last; None where its dates are missing or impossible.

    A role without an end goes on until `as_of`; without both it has no known length.
    """
    if impossible(role, as_of) is not None:
        return None
    start, end, last = month_number(role.start), month_number(role.end), month_number(as_of)
    if start is None:
        return None
    if last is not None:
        last = max(last, start)  # as of a bare year, a role may have begun after its January
        end = last if end is None else min(end, last)
    if end is None:
        return None
    if end == start:
        end += 6 if len(role.start or "") == len(role.end or "") == 4 else 1
    return start, end


def months_worked(roles: Sequence[Role], as_of: str | None) -> int:
    """Months in at least one role up to `as_of`; where that is None, up to the latest date in the roles."""
    return _union(span for role in roles if (span := months_of(role, as_of or latest(roles))) is not None)


def overlaps(roles: Sequence[Role], as_of: str | None) -> Iterator[Overlap]:
    """Careers side by side at different companies for more than a year, both of them full-time as far as titles tell.

    Each role once at most, with the one begun earlier that lasts longest; by first month.
    """
    spans = []
    for position, role in enumerate(roles):
        span = months_of(role, as_of or latest(roles))
        if span and role.company and not _BESIDE.search(role.title or ""):
            spans.append((*span, position, " ".join(role.company.split()).casefold()))
    furthest: dict[str, tuple[int, int]] = {}  # of two companies at most: its last month and its role
    for start, end, position, company in sorted(spans):
        other = max((reached for name, reached in furthest.items() if name != company), default=(start, position))
        months = min(end, other[0]) - start
        if months > _HANDOVER:
            yield Overlap(other[1], position, months)
        furthest[company] = max(furthest.get(company, (0, 0)), (end, position))
        furthest = dict(sorted(furthest.items(), key=lambda item: item[1])[-2:])


def latest(roles: Iterable[Role]) -> str | None:
    """The latest date that is in the roles, None where none does."""
    dates = [date for role in roles for date in (role.start, role.end) if date is not None and _readable(date)]
    return max(dates, key=lambda date: month_number(date) or 0, default=None)


def years_of(profile: Profile) -> int | None:
    """The stated years, else the union of role months in whole years, `MOST_YEARS` at most, or None."""
    if profile.years_of_experience is not None:
        return profile.years_of_experience
    as_of = profile.as_of or latest(profile.roles)
    if all(months_of(role, as_of) is None for role in profile.roles):
        return None
    return min(months_worked(profile.roles, as_of) // 12, MOST_YEARS)


def _union(spans: Iterable[tuple[int, int]]) -> int:
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _readable(date: str) -> bool:
    try:
        return month_number(date) is not None
    except ValueError:
        return False


def _slack(as_of: str | None) -> int:
    """Months by which a start may pass `as_of`: within its year where that is a bare year."""
    return 11 if as_of is not None and len(as_of) == 4 else 0
