"""Months and years of experience: the union of role months, overlaps counted once."""

from __future__ import annotations

from collections.abc import Iterable

from recommender.profile import Profile, Role, month_number


def role_months(role: Role, as_of: int | None) -> tuple[int, int] | None:
    """First and last month of a role, both counted; None where its dates are missing or impossible."""
    try:
        start, end = month_number(role.start), month_number(role.end)
    except ValueError:
        return None
    if start is None:
        return None
    if end is None:
        end = as_of
    elif len(role.end or "") == 4:
        end += 0
    if end is None or end < start or (as_of is not None and start > as_of):
        return None
    return start, min(end, as_of) if as_of is not None else end


def months_worked(roles: Iterable[Role], as_of: str | None) -> int:
    """Months in at least one role up to `as_of`."""
    last = month_number(as_of)
    spans = sorted(span for role in roles if (span := role_months(role, last)) is not None)
    total, reached = 0, -1
    for start, end in spans:
        begin = max(start, reached)
        if end > begin:
            total += end - begin
        reached = max(reached, end)
    return total


def years_of(profile: Profile) -> int | None:
    """The stated years, else the union of role months in whole years; None where neither is known."""
    if profile.years_of_experience is not None:
        return profile.years_of_experience
    last = month_number(profile.as_of)
    if all(role_months(role, last) is None for role in profile.roles):
        return None
    return months_worked(profile.roles, profile.as_of) // 12
