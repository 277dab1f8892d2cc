"""The values everything passes: `Profile` and what it is made of.

All are frozen. Field order is the key order of the profile's JSON (docs/design.md, "Profile").
Dates are strings, "YYYY-MM" or "YYYY"; an `end` of None is the present, which means `as_of`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Literal

import msgspec

Workplace = Literal["remote", "hybrid", "on-site"]

_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?\Z")


class Role(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One position held at one company."""

    company: str | None = None
    title: str | None = None
    start: str | None = None
    end: str | None = None
    location: str | None = None
    workplace: Workplace | None = None
    bullets: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()


class Education(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One course of study."""

    school: str | None = None
    degree: str | None = None
    field: str | None = None
    start: str | None = None
    end: str | None = None


class Contact(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How to reach a person; held apart: never embedded, logged, or returned without its scope.

    `extras` is as on a profile: what a format had about contact and this shape has no place for.
    """

    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    photo: str | None = None
    address: str | None = None
    extras: dict[str, Any] = {}


class Profile(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One person's professional profile, as read. Skills stand here as written."""

    id: str | None = None
    name: str | None = None
    title: str | None = None
    location: str | None = None
    years_of_experience: int | None = None
    badges: tuple[str, ...] = ()
    highlights: tuple[str, ...] = ()
    persona: str | None = None
    core_skills: tuple[str, ...] = ()
    other_skills: tuple[str, ...] = ()
    about: str | None = None
    roles: tuple[Role, ...] = ()
    education: tuple[Education, ...] = ()
    languages: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()
    contact: Contact | None = None
    as_of: str | None = None
    extras: dict[str, Any] = {}


_DECODER = msgspec.json.Decoder(Profile)
_ENCODER = msgspec.json.Encoder()


def profile_from_json(line: bytes | str) -> Profile:
    """The profile in one JSON object.

    Raises `msgspec.ValidationError` with the path of the offending field, or `msgspec.DecodeError`
    where it is no JSON. Unknown keys are not looked at here: readers report them.
    """
    return _DECODER.decode(line)


def profile_to_json(profile: Profile) -> bytes:
    """One line of JSON, keys in the order of the fields, every key present."""
    return _ENCODER.encode(profile)


@lru_cache(4_096)
def month_number(date: str | None) -> int | None:
    """Months since year 0 of a "YYYY-MM" or "YYYY" date (a bare year counts as its January).

    None for None; raises `ValueError` for anything that is not such a date.
    """
    if date is None:
        return None
    found = _DATE.match(date)
    if not found:
        raise ValueError(f"{date!r} is not a date of the form YYYY-MM or YYYY")
    return int(found[1]) * 12 + int(found[2] or 1) - 1
