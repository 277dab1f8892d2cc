"""The one calendar of roles: which months each was worked in, and how many of experience they make together.

A role is worked from its first month through its last ("Feb 2023 – Nov 2023" is ten months), and one month at least. A
bare year says no month and is its January: "2016 – 2018" is two years. A role within one bare year lasts six months.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from recommender.profile import Profile, Role, month_number
from recommender.validity import MOST_YEARS

#: Months after which what is over counts half of what it did when it ended, wherever the past counts less.
HALF_LIFE = 60.0
#: Spans that are remembered: facts, insights and passages ask for those of the same roles.
_REMEMBERED = 4_096


class Tenure(NamedTuple):
    """When a role was worked, in months numbered as by `month_number`.

    Attributes:
        first: its first month.
        after: the month after its last.
        ago: months from its end to the present, 0 while it goes on.
    """

    first: int
    after: int
    ago: int

    @property
    def months(self) -> int:
        """How many it was worked in, 1 or more."""
        return self.after - self.first

    @property
    def recency(self) -> float:
        """1 while it goes on, half of that `HALF_LIFE` months after its end, and so on."""
        return math.pow(0.5, self.ago / HALF_LIFE)


def tenure_of(role: Role, as_of: str | None) -> Tenure | None:
    """When a role was worked up to `as_of`; None where its dates are missing or impossible.

    A role without an end goes on until `as_of`; without both it has no known length.
    """
    return _tenure(role.start, role.end, as_of)


@lru_cache(_REMEMBERED)
def _tenure(start: str | None, end: str | None, as_of: str | None) -> Tenure | None:
    if _impossible(start, end, as_of) is not None:
        return None
    first, ends = month_number(start), [_after(date) for date in (end, as_of) if date is not None]
    if first is None or not ends:
        return None
    shortest = 6 if start == end and _is_year(end) else 1
    ago = 0 if end is None or as_of is None else (month_number(as_of) or 0) - (month_number(end) or 0)
    return Tenure(first, max(min(ends), first + shortest), max(0, ago))


def impossible(role: Role, as_of: str | None) -> str | None:
    """Why a role's dates cannot be, in words fit for a warning; None where they can (or are missing)."""
    return _impossible(role.start, role.end, as_of)


def _impossible(start: str | None, end: str | None, as_of: str | None) -> str | None:
    try:
        if is_later(start, end):
            return f"it ends ({end}) before it starts ({start})"
        if is_later(start, as_of):
            return f"it starts ({start}) after the profile was made ({as_of})"
        month_number(end)
    except ValueError as error:
        return str(error)
    return None


def is_later(date: str | None, other: str | None) -> bool:
    """Whether a date lies after another, whatever months bare years mean; False where either is missing.

    Raises `ValueError` for what is no date.
    """
    month, last = month_number(date), month_number(other)
    if month is None or last is None:
        return False
    return month > last + (11 if _is_year(other) else 0)


def months_worked(roles: Sequence[Role], as_of: str | None) -> int:
    """Months in at least one role up to `as_of`; where that is None, up to the latest date in the roles."""
    as_of = as_of or latest(roles)
    total, reached = 0, 0
    for first, after, _ in sorted(span for role in roles if (span := tenure_of(role, as_of)) is not None):
        total += max(0, after - max(first, reached))
        reached = max(reached, after)
    return total


def years_of(profile: Profile) -> int | None:
    """The stated years, else the union of role months in whole years, `MOST_YEARS` at most, or None."""
    if profile.years_of_experience is not None:
        return profile.years_of_experience
    months = months_worked(profile.roles, profile.as_of)
    return min(months // 12, MOST_YEARS) if months else None


def present(profile: Profile) -> str | None:
    """The date that counts as the present: `as_of`, else the last date of a role; None without dates."""
    return profile.as_of or latest(profile.roles)


def latest(roles: Iterable[Role]) -> str | None:
    """The latest date that is in the roles, a month before its bare year; None where none does."""
    dates = [date for role in roles for date in (role.start, role.end) if date is not None and _readable(date)]
    return max(dates, key=lambda date: (month_number(date) or 0, len(date)), default=None)


def _after(date: str) -> int:
    """The month after the last that a role which ends at this date was worked in."""
    return (month_number(date) or 0) + (0 if _is_year(date) else 1)


def _is_year(date: str | None) -> bool:
    return date is not None and len(date) == 4


def _readable(date: str) -> bool:
    try:
        return month_number(date) is not None
    except ValueError:
        return False
