"""This project's own profiles as JSON: one object a line, an array, or one object; and `{"id", "text"}` records."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

import msgspec

from recommender.privacy import is_contact_key
from recommender.profile import Contact, Education, Profile, Role
from recommender.reading.checks import admitted, checked, legible
from recommender.reading.detect import is_json_resume, is_page
from recommender.reading.formats.dates import read_dates
from recommender.reading.formats.jsonresume.reader import read_json_resume
from recommender.reading.formats.jsonresume.schemas import is_advert, is_of_another_schema, unwrapped
from recommender.reading.formats.records import records
from recommender.reading.outcome import Context, Rejected
from recommender.reading.page.reader import read_page
from recommender.reading.resume.reader import read_resume
from recommender.reading.text import contact as contacts
from recommender.validity import fault_of_types, possible_date

_KEYS = frozenset(Profile.__struct_fields__)
_INNER = {"roles": frozenset(Role.__struct_fields__), "education": frozenset(Education.__struct_fields__)}
#: Keys that only this project's own profiles have.
_OWN = {
    "roles",
    "core_skills",
    "other_skills",
    "as_of",
    "persona",
    "badges",
    "highlights",
    "years_of_experience",
    "extras",
}
_CONTACT = frozenset(Contact.__struct_fields__)


def read_profiles(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The profile of every record, in order; a bad record is rejected alone."""
    for place, value in records(stream, context):
        yield value if isinstance(value, Rejected) else read_record(value, context, place)


def read_record(value: Any, context: Context, place: str) -> Profile | Rejected:
    """The profile of one decoded JSON value: a profile, a JSON Resume or a record with a `text`."""
    if not isinstance(value, dict):
        return context.reject(place, "", f"a record is a JSON object, not {type(value).__name__}")
    keys = value.keys()
    if not keys <= _KEYS and not keys & _OWN and "text" not in keys:
        inner = unwrapped(value)
        if is_advert(inner) or is_json_resume(set(inner)) or is_of_another_schema(inner):
            return read_json_resume(inner, context, place)
    if keys <= _KEYS or not ("text" in keys or is_json_resume(set(keys))):
        return _read_profile(value, context, place)
    if is_json_resume(set(keys)):
        return read_json_resume(value, context, place)
    return _read_text(value, context, place)


def _read_profile(value: dict[str, Any], context: Context, place: str) -> Profile | Rejected:
    if not value.keys() & _KEYS - {"id", "extras"}:
        return context.reject(place, "", "none of a profile's keys stands in this record; see docs/design.md, Profile")
    value = _take_out_unknown(_given(value), context, place)
    value = _with_legible_dates(value, context, place)
    try:
        profile = msgspec.convert(value, Profile)
    except msgspec.ValidationError as error:
        return context.reject(place, *fault_of_types(error))
    if profile.as_of is None:
        profile = msgspec.structs.replace(profile, as_of=context.month)
    return checked(profile, context, place)


def _given(value: dict[str, Any]) -> dict[str, Any]:
    """The record without keys that are null, which is to say not given; also in its roles, education and contact."""
    given = {key: held for key, held in value.items() if held is not None}
    for name in (*_INNER, "contact"):
        held = given.get(name)
        if isinstance(held, dict):
            given[name] = _without_nulls(held)
        elif isinstance(held, list):
            given[name] = [_without_nulls(item) for item in held]
    return given


def _without_nulls(item: Any) -> Any:
    return {key: held for key, held in item.items() if held is not None} if isinstance(item, dict) else item


def _take_out_unknown(value: dict[str, Any], context: Context, place: str) -> dict[str, Any]:
    """The record without keys that a profile does not have: these go to `extras`, by their path.

    Those of `contact` go to its own `extras`, and so will those about contact (`contact_apart`).
    """
    strange: dict[str, Any] = {}
    if not value.keys() <= _KEYS:
        strange = {key: value[key] for key in value.keys() - _KEYS}
        value = {key: value[key] for key in value if key in _KEYS}
    for name, known in _INNER.items():
        items = value.get(name)
        if isinstance(items, list) and any(isinstance(item, dict) and not item.keys() <= known for item in items):
            value, found = _take_out_inner(value, name, known)
            strange |= found
    value = _take_out_of_contact(value, context, place)
    if not strange or not isinstance(value.get("extras", {}), dict):
        return value
    for key in sorted(strange):
        kept = "contact.extras" if is_contact_key(key) else "extras"
        context.notice(place, key, f"a profile has no such key; it was kept in {kept}")
    return {**value, "extras": {**value.get("extras", {}), **dict(sorted(strange.items()))}}


def _take_out_of_contact(value: dict[str, Any], context: Context, place: str) -> dict[str, Any]:
    reach = value.get("contact")
    if not isinstance(reach, dict) or reach.keys() <= _CONTACT or not isinstance(reach.get("extras", {}), dict):
        return value
    known = {key: held for key, held in reach.items() if key in _CONTACT}
    strange = {key: reach[key] for key in sorted(reach.keys() - _CONTACT)}
    for key in strange:
        context.notice(place, f"contact.{key}", "contact has no such key; it was kept in contact.extras")
    return {**value, "contact": {**known, "extras": {**reach.get("extras", {}), **strange}}}


def _take_out_inner(value: dict[str, Any], name: str, known: frozenset[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    found: dict[str, Any] = {}
    kept: list[Any] = []
    for index, item in enumerate(value[name]):
        if isinstance(item, dict):
            found |= {f"{name}[{index}].{key}": item[key] for key in item.keys() - known}
            item = {key: item[key] for key in item if key in known}
        kept.append(item)
    return {**value, name: kept}, found


def _with_legible_dates(value: dict[str, Any], context: Context, place: str) -> dict[str, Any]:
    """The record with its dates as profiles have them."""
    changed: dict[str, Any] = {}
    report = partial(context.notice, place)
    for name in _INNER:
        items = value.get(name)
        if not isinstance(items, list):
            continue
        for index, item in enumerate(items):
            if isinstance(item, dict) and any(_is_odd_date(item.get(key)) for key in ("start", "end")):
                fields = (f"{name}[{index}].start", f"{name}[{index}].end")
                start, end = item.get("start"), item.get("end")
                dates = read_dates(start, end, fields, report)
                odd = {"start": dates.start if _is_odd_date(start) else start, "end": dates.end if end else None}
                changed.setdefault(name, list(items))[index] = {
                    **item, **{key: date for key, date in odd.items() if key in item}
                }  # fmt: skip
    date = value.get("as_of")
    if _is_odd_date(date):
        changed["as_of"] = legible(date, "as_of", report)
    return {**value, **changed} if changed else value


def _is_odd_date(date: Any) -> bool:
    return isinstance(date, str) and not possible_date(date)


def _read_text(value: dict[str, Any], context: Context, place: str) -> Profile | Rejected:
    """A résumé that is in a record: its text; id, title, skills, name, place and contact where they are given."""
    text, name = value["text"], value.get("id")
    if not isinstance(text, str):
        return context.reject(place, "text", f"the text is a string, not {type(text).__name__}")
    if name is not None and not isinstance(name, str):
        return context.reject(place, "id", f"an id is a string, not {type(name).__name__}")
    title = value.get("title")
    headline = title.strip() or None if isinstance(title, str) else None
    read = (
        read_page(text, context, place)
        if is_page(text[: context.limits.text_characters])
        else read_resume(text, context, place, headline)
    )
    if isinstance(read, Rejected):
        return read
    listed, rest = _listed_skills(value.get("skills", value.get("other_skills")))
    beside = _beside(value, read)
    taken = {"id", "text", *beside} | ({"title"} if headline else set())
    if listed and not rest:
        taken |= {"skills", "other_skills"}
    extras = {key: value[key] for key in value if key not in taken}
    profile = msgspec.structs.replace(
        read,
        id=name,
        other_skills=tuple(dict.fromkeys([*listed, *read.other_skills])),
        extras={**read.extras, **extras} if extras else read.extras,
        **beside,
    )
    return admitted(profile, context, place)


def _beside(value: dict[str, Any], read: Profile) -> dict[str, Any]:
    """What a record says of name, place and contact beside its text, where it is sound."""
    found: dict[str, Any] = {}
    for key in ("name", "location"):
        if isinstance(said := value.get(key), str) and said.strip():
            found[key] = said.strip()
    try:
        reach = msgspec.convert(value.get("contact"), Contact | None)
    except msgspec.ValidationError:
        return found
    merged = contacts.merge(reach, read.contact)
    if reach and merged:
        found["contact"] = msgspec.structs.replace(merged, extras=reach.extras)
    return found


def _listed_skills(value: Any) -> tuple[list[str], bool]:
    """The skills a record lists, as strings or [name, years] pairs; whether more is there than names."""
    if not isinstance(value, list):
        return [], False
    names = [item[0] if isinstance(item, list) and item else item for item in value]
    more = any(isinstance(item, list) and any(part is not None for part in item[1:]) for item in value)
    if not all(isinstance(item, str) for item in names):
        return [], False
    return [item.strip() for item in names if item.strip()], more
