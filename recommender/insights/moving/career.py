"""A career as employments: how long at whom, one after the other, and with how many steps up there.

Roles that follow one another at one employer are one employment. Nothing but dates and companies is looked at, so
that nothing else can count: no name, no school, no place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from recommender.facts import company_form, tenure_of
from recommender.profile import Profile, Role, month_number

#: Months between two roles at one employer up to which they are one employment.
_APART: Final = 1
#: Months beyond which no career of those that the model was made of goes.
LONGEST_JOB, LONGEST_CAREER = 25 * 12, 45 * 12


class Employment(NamedTuple):
    """Time at one employer.

    Attributes:
        first: number of its first month.
        after: the month after its last.
        steps: months in which another role began there, ascending.
        roles: places of its roles on the profile, the first held first.
    """

    company: str
    first: int
    after: int
    steps: tuple[int, ...]
    roles: tuple[int, ...]


class Career(NamedTuple):
    """The present employment, and those that began before it.

    Attributes:
        months: how long the present one has lasted.
    """

    present: Employment
    past: tuple[Employment, ...]
    months: int


def career_of(profile: Profile) -> Career | None:
    """The career that a profile tells whole; None where it leaves anything open that the model looks at.

    That is: a role without dates or employer, dates that cannot be, a present job of which the month is not known in
    which it began, none or several present employers, and more years than anybody had of whom the model was made.
    """
    now = month_number(profile.as_of)
    if now is None or not profile.roles or not all(_is_dated(role, profile.as_of) for role in profile.roles):
        return None
    employments = employments_of(profile.roles, profile.as_of or "")
    going_on = [one for one in employments if any(profile.roles[at].end is None for at in one.roles)]
    if len(going_on) != 1 or not _is_to_the_month(profile.roles, going_on[0]):
        return None
    career = history(going_on[0], employments, now)
    return None if is_beyond(career) else career


def _is_dated(role: Role, as_of: str | None) -> bool:
    known = role.start is not None and bool(role.company and role.company.strip())
    return known and tenure_of(role, as_of) is not None


def _is_to_the_month(roles: Sequence[Role], present: Employment) -> bool:
    return all(len(roles[at].start or "") > len("YYYY") for at in present.roles)


def is_beyond(career: Career) -> bool:
    """Whether it is longer than any that the model was made of."""
    begun = min((one.first for one in career.past), default=career.present.first)
    return career.months > LONGEST_JOB or career.present.first + career.months - begun > LONGEST_CAREER


def employments_of(roles: Sequence[Role], as_of: str) -> list[Employment]:
    """The employments of roles that are all dated, in the order in which they began."""
    spans = [(at, role, tenure) for at, role in enumerate(roles) if (tenure := tenure_of(role, as_of)) is not None]
    found: list[Employment] = []
    for at, role, tenure in sorted(spans, key=lambda one: (one[2].first, one[2].after)):
        company = company_form(role.company or "")
        before = next((one for one in reversed(found) if one.company == company), None)
        if before is None or not company or tenure.first > before.after + _APART:
            found.append(Employment(company, tenure.first, tenure.after, (), (at,)))
            continue
        steps = (*before.steps, tenure.first) if tenure.first > before.first else before.steps
        longer = Employment(company, before.first, max(before.after, tenure.after), steps, (*before.roles, at))
        found[found.index(before)] = longer
    return found


def history(present: Employment, employments: Iterable[Employment], now: int) -> Career:
    """The career up to a month within an employment: those that began before it, as far as they went when it began."""
    past = tuple(
        one._replace(after=min(one.after, present.first))
        for one in employments
        if one is not present and one.first < present.first
    )
    steps = tuple(month for month in present.steps if month <= now)
    return Career(present._replace(steps=steps), past, max(now - present.first, 0))
