"""What every reader does last: what cannot be is refused or reported, and years of experience are worked out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from recommender.facts import is_later, overlaps, years_of
from recommender.field_path import FieldPath
from recommender.limits import Limits
from recommender.privacy import contact_apart
from recommender.profile import Education, Profile, Role
from recommender.reading.outcome import Context, Rejected
from recommender.validity import Fault, admit, fault_of_date, fault_of_years, possible_date

_WRITTEN_DATE = re.compile(r"(-?\d{4,5}|\d{6,}(?=-))(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:[T ].*)?\Z", re.ASCII)


def admitted(profile: Profile, context: Context, place: str = "") -> Profile | Rejected:
    """`profile`, what of its `extras` is about contact held apart; or its rejection where it holds too much, or what no
    profile may (see `recommender.validity`)."""
    outcome = fault_of_size(profile, context.limits) or admit(contact_apart(profile))
    return context.reject(place, outcome.field, outcome.reason) if isinstance(outcome, Fault) else outcome


def fault_of_size(profile: Profile, limits: Limits) -> Fault | None:
    """Why a profile is more than one person's; None where it is not."""
    if len(profile.roles) > limits.roles:
        return Fault(
            "roles", f"{len(profile.roles):,} roles; more than {limits.roles:,} (limits.roles) are no one's: split it"
        )
    said = msgspec.json.encode(msgspec.structs.replace(profile, contact=None, extras={}))
    most = limits.profile_characters
    if len(said) > most and (length := len(said.decode())) > most:
        return Fault(
            "", f"the profile has {length:,} characters; more than {most:,} (limits.profile_characters): shorten it"
        )
    return None


def checked(profile: Profile, context: Context, place: str = "") -> Profile | Rejected:
    """`profile` with its years of experience, or its rejection.

    Notices for spans that end before they begin or begin after `as_of`, and for full-time roles side by side.
    """
    outcome = admitted(profile, context, place)
    if isinstance(outcome, Rejected):
        return outcome
    _report_spans(outcome, context, place)
    years = years_of(outcome)
    return outcome if years is None else msgspec.structs.replace(outcome, years_of_experience=years)


def checked_text(profile: Profile, context: Context, place: str = "") -> Profile | Rejected:
    """As `checked`, of what was made out in running text: numbers that cannot be were no such numbers, and are dropped
    with a notice instead of costing the person."""
    if fault := fault_of_years(profile.years_of_experience):
        context.notice(place, "years_of_experience", f"{fault.partition(';')[0]}; left empty")
        profile = msgspec.structs.replace(profile, years_of_experience=None)
    if fault := fault_of_date(profile.as_of):
        context.notice(place, "as_of", f"{fault.partition(';')[0]}; {context.month} was taken")
        profile = msgspec.structs.replace(profile, as_of=context.month)
    return checked(profile, context, place)


def _report_spans(profile: Profile, context: Context, place: str) -> None:
    for index, role in enumerate(profile.roles):
        _check_span(role, FieldPath.of("roles", index, "end"), context, place)
        if is_later(role.start, profile.as_of):
            message = f"begins in {role.start}, after {profile.as_of}; kept as read"
            context.notice(place, str(FieldPath.of("roles", index, "start")), message)
    for index, course in enumerate(profile.education):
        _check_span(course, FieldPath.of("education", index, "end"), context, place)
    for first, second, months in overlaps(profile.roles, profile.as_of):
        one = f"{_named(profile.roles[first])} ({FieldPath.of('roles', first)})"
        other = _named(profile.roles[second])
        message = f"{other} overlaps {one} by {months} months; kept as read, its months counted once"
        context.notice(place, str(FieldPath.of("roles", second)), message)


def _named(role: Role) -> str:
    return f"{role.title} at {role.company}" if role.title else str(role.company)


def _check_span(span: Role | Education, end: FieldPath, context: Context, place: str) -> None:
    if is_later(span.start, span.end):
        context.notice(place, str(end), f"ends in {span.end}, before it begins in {span.start}; kept as read")


def legible(value: Any, field: str, report: Callable[[str, str], None]) -> str | None:
    """A date as this project writes it from one that may be anything: its day is dropped; of an impossible month the
    year is kept, of what is no date nothing; `report(field, message)` says so. One of an impossible year is left as it
    is, to be refused."""
    if value is None or value == "":
        return None
    text = str(value).strip()
    if possible_date(text):
        return text
    match = _WRITTEN_DATE.match(text)
    if match and not possible_date(match[1]):
        if isinstance(value, str):
            return text
        match = None  # a number is a date where it is a year, and else may be anything
    if match and match[2] and 1 <= int(match[2]) <= 12:
        if match[3] and not 1 <= int(match[3]) <= _days(int(match[1]), int(match[2])):
            report(field, f"{text!r} is no day of the calendar; its month was kept")
        return f"{match[1]}-{int(match[2]):02}"
    if match:
        report(field, f"{text!r} is no month of the calendar; its year was kept")
        return match[1]
    report(field, f"{text!r} is no date of the form YYYY-MM or YYYY; left empty")
    return None


def _days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
