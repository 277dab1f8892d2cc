"""What no profile may hold, whichever door it comes in by: an id that cannot be addressed, numbers and dates out of any
human range, values that its JSON does not give back.

Readers, `Recommender.ingest` and, as the last, the pool itself ask the same `admit`, before anything is durable.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from recommender.field_path import FieldPath
from recommender.profile import Education, Profile, Role, profile_from_json, profile_to_json

#: Nobody has worked longer than this, in years.
MOST_YEARS = 80
#: The years that a date may lie in: those of people alive, and of what they still plan.
FIRST_YEAR, LAST_YEAR = 1900, 2099
#: Characters of an id: as a part of a URL it takes up to twelve bytes for each.
LONGEST_ID = 200
#: How deep a record may be nested; ours are four levels deep.
DEEPEST = 100

#: Matches a date as profiles have it, in a year that may be.
possible_date = re.compile(r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?").fullmatch

#: Controls, lone surrogates, line ends; and what is not seen, but for the two that join letters of some scripts.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"
#: What writing JSON raises of values that it has no form for.
_UNWRITTEN = (TypeError, ValueError, OverflowError, RecursionError, msgspec.MsgspecError)
_AT = re.compile(r" - at `\$\.?(?P<field>[^`]*)`")


class Fault(NamedTuple):
    """Why a profile is not taken: the field at fault ("roles[1].start"), and in one line what is wrong with it."""

    field: str
    reason: str

    @property
    def message(self) -> str:
        """Both of it, in one line."""
        return ": ".join(part for part in self if part)


def admit(profile: Profile) -> Profile | Fault:
    """The profile as it will be read back once it is stored, or the first fault in it.

    A profile made by hand is held to the types of its fields here. One without an id passes: the door gives it one.
    """
    fault = _unwritable(profile)
    if fault:
        return fault
    try:
        admitted = profile_from_json(profile_to_json(profile))
    except msgspec.ValidationError as error:
        return fault_of_types(error)
    except _UNWRITTEN as error:
        return Fault(_field_at_fault(profile), f"it cannot be written as JSON ({error}); fix the value")
    return next(_faults(admitted), admitted)


def _field_at_fault(profile: Profile) -> str:
    for field in profile.__struct_fields__:
        try:
            msgspec.json.encode(getattr(profile, field))
        except _UNWRITTEN:
            return field
    return ""


def fault_of_types(error: msgspec.ValidationError) -> Fault:
    """What msgspec says of a value of another type, as a fault."""
    at = _AT.search(str(error))
    return Fault(at["field"] if at else "", f"{_AT.sub('', str(error))}; fix the value")


def fault_of_id(profile_id: str) -> str | None:
    """Why this cannot be the id of a profile, None where it can: every id can be seen, told apart and put in a URL."""
    if not profile_id:
        return "the id is empty; give one, or leave it out"
    if len(profile_id) > LONGEST_ID:
        return f"the id has {len(profile_id):,} characters; give one of {LONGEST_ID} at most"
    if profile_id != profile_id.strip():
        return f"the id {profile_id!r} begins or ends with a blank; take it off"
    if unseen := next(filter(is_unseen, profile_id), None):
        return f"the id {profile_id!r} holds the character U+{ord(unseen):04X}, which is not seen; take it out"
    if not unicodedata.is_normalized("NFC", profile_id):
        return f"the id {profile_id!r} is not in Unicode's form NFC, and looks like one that is; write it in NFC"
    *before, last = profile_id.split("/")
    if any(part in ("", ".", "..") for part in (*before, last)):
        return f"the id {profile_id!r} cannot stand in a URL: between slashes it has nothing, '.' or '..'; give another"
    if before and last == "similar":
        return f"the id {profile_id!r} reads as a question in a URL, where '/similar' ends it; give another"
    return None


def is_unseen(character: str) -> bool:
    """Whether a character shows nothing by which an id could be told from another."""
    return unicodedata.category(character) in _UNSEEN and character not in _JOINERS


def fault_of_years(years: int | None) -> str | None:
    """Why nobody has so many years of experience; None where somebody may."""
    if years is None or 0 <= years <= MOST_YEARS:
        return None
    return f"{shown(years)} lies outside 0 to {MOST_YEARS}; fix the number, or leave it out"


def fault_of_date(date: str | None) -> str | None:
    """Why nothing in a life has this date; None where something may, or there is no date."""
    if date is None or possible_date(date):
        return None
    return (
        f"{shown(date)} is no date of the form YYYY-MM or YYYY from {FIRST_YEAR} to {LAST_YEAR}; "
        f"fix it, or leave it out"
    )


def _faults(profile: Profile) -> Iterator[Fault]:
    found = [
        ("id", None if profile.id is None else fault_of_id(profile.id)),
        ("years_of_experience", fault_of_years(profile.years_of_experience)),
        ("as_of", fault_of_date(profile.as_of)),
    ]
    parts: tuple[tuple[str, Sequence[Role | Education]], ...] = (
        ("roles", profile.roles),
        ("education", profile.education),
    )
    for name, spans in parts:
        for index, span in enumerate(spans):
            for end, date in (("start", span.start), ("end", span.end)):
                found.append((str(FieldPath.of(name, index, end)), fault_of_date(date)))
    return (Fault(field, reason) for field, reason in found if reason)


def shown(value: object) -> str:
    """A value as a message quotes it: its beginning, where it is long."""
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def _unwritable(profile: Profile) -> Fault | None:
    """What JSON would change in silence or never come to an end with: numbers that are none, and endless nesting."""
    waiting: list[tuple[str, Any, int]] = [("extras", profile.extras, DEEPEST)] if profile.extras else []
    if profile.contact and profile.contact.extras:
        waiting.append(("contact.extras", profile.contact.extras, DEEPEST))
    while waiting:
        field, value, left = waiting.pop()
        if isinstance(value, float) and not math.isfinite(value):
            return Fault(field, f"{value} is no number that JSON has; fix the value")
        if not isinstance(value, dict | list | tuple):
            continue
        if not left:
            return Fault(field, f"it is nested more than {DEEPEST} levels deep; flatten it")
        inner = value.values() if isinstance(value, dict) else value
        waiting += [(field, one, left - 1) for one in inner]
    return None
