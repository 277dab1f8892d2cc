"""A row of a table → a profile: which column holds what, and what its cells say."""

from __future__ import annotations

import re
from math import isnan
from typing import Any

import msgspec

from recommender.profile import Profile
from recommender.reading.formats.profile_json import read_record
from recommender.reading.formats.records import FAULTS, decode_json
from recommender.reading.outcome import Context, Rejected
from recommender.reading.resume.reader import read_resume
from recommender.reading.text.cells import split_cell
from recommender.reading.text.columns import field_of

_LISTS = ("badges", "highlights", "core_skills", "other_skills", "languages", "certifications")
_TEXTS = ("id", "name", "title", "location", "about", "text", "persona", "as_of")
#: Columns that may be there several times ("Email 1", "Email 2"); of every other kind the first is taken.
_REPEATED = ("email", "phone", "link", "other_skills", "core_skills", "languages", "certifications")
#: Columns that are put together, in this order.
_NAME, _PLACE = ("first_name", "middle_name", "last_name"), ("city", "region", "country")
_YEARS = re.compile(
    r"(-?\d{1,9})(?:\.\d+)?\+?(?:\s*(?:years?|yrs?))?(?:[ ,]*\d{1,2}\s*(?:months?|mos?))?", re.IGNORECASE
)


def column_mapping(columns: list[str], context: Context) -> dict[str, str] | None:
    """Column → what it holds (see `field_of`): the mapping given, else by the columns' names. None where no column is
    of a profile.

    A mapped column that the table lacks is reported.
    """
    given = {column: field for field, column in context.mapping.items()}
    for column, field in given.items():
        if column not in columns:
            context.notice("", field, f"the mapping names a column {column!r} that the table does not have")
    mapping = {column: given[column] for column in columns if column in given}
    for column in columns:
        known = field_of(column)
        if column not in mapping and known and (known in _REPEATED or known not in mapping.values()):
            mapping[column] = known
    context.trace.columns = {column: mapping.get(column) for column in columns}
    return mapping if set(mapping.values()) - {"id"} else None


def read_row(row: dict[str, Any], mapping: dict[str, str], context: Context, place: str) -> Profile | Rejected:
    """The profile of one row; columns that are no field of a profile go to `extras`."""
    record: dict[str, Any] = {}
    extras: dict[str, Any] = {}
    parts: dict[str, str] = {}
    reach: dict[str, list[str]] = {}
    for column, value in row.items():
        if _is_missing(value):
            continue
        field = mapping.get(column)
        if field is None:
            extras[column] = value
        elif field in ("email", "phone", "link"):
            reach.setdefault(f"{field}s", []).append(str(value).strip())
        elif field in ("company", "headline", *_NAME, *_PLACE):
            parts[field] = str(value).strip()
        else:
            _place_value(record, field, value)
    _read_prose(record, extras, context)
    _put_together(record, parts, extras)
    if reach:
        record["contact"] = _with_reach(record.get("contact"), reach)
    if extras:
        given = record.get("extras")
        record["extras"] = {**(given if isinstance(given, dict) else {}), **extras}
    return read_record(record, context, place)


def _put_together(record: dict[str, Any], parts: dict[str, str], extras: dict[str, Any]) -> None:
    """Add the fields of a record that several columns make: name, place, title, and the role that goes on."""
    whole = record.get("name")
    for given, other in (("first_name", "last_name"), ("last_name", "first_name")):
        # "Name" beside "Vorname", or "Nombre" beside "Apellidos", is but the other part
        if whole is not None and given in parts and other not in parts and parts[given] not in str(whole):
            parts[other] = str(record.pop("name"))
            whole = None
    if name := " ".join(parts[key] for key in _NAME if key in parts):
        record.setdefault("name", name)
    if place := ", ".join(dict.fromkeys(parts[key] for key in _PLACE if key in parts)):
        record.setdefault("location", place)
    if (headline := parts.get("headline")) and record.setdefault("title", headline) != headline:
        extras["headline"] = headline
    if (company := parts.get("company")) and "text" not in record:
        record.setdefault("roles", [{"company": company, "title": record.get("title")}])
    elif company:
        extras["company"] = company


def _is_missing(value: Any) -> bool:
    """Whether a cell says nothing: tables of numbers have "not a number" there."""
    if isinstance(value, float):
        return isnan(value)
    return value is None or (isinstance(value, str) and not value.strip())


def _with_reach(given: Any, reach: dict[str, list[str]]) -> Any:
    """The contact of a row that has columns of its own for some of it; one that is no contact stays, to be refused."""
    if given is None:
        return reach
    if not isinstance(given, dict) or not all(isinstance(given.get(key, []), list) for key in reach):
        return given
    return {**given, **{key: [*given.get(key, []), *found] for key, found in reach.items()}}


def _place_value(record: dict[str, Any], field: str, value: Any) -> None:
    """Put a cell where the field belongs."""
    plain = value.strip() if isinstance(value, str) else value
    if field in _LISTS:
        items = split_cell(plain) if isinstance(plain, str) else plain
        before = record.get(field)
        record[field] = [*before, *items] if isinstance(before, list) and isinstance(items, list) else items
    elif field == "years_of_experience" or (field == "roles" and isinstance(plain, int | float)):
        record["years_of_experience"] = _years(plain)
    elif field in ("roles", "education", "extras", "contact") and isinstance(plain, str):
        record[field] = _decoded(plain)
    elif field in _TEXTS and isinstance(plain, int | float):
        record[field] = str(plain)
    else:
        record[field] = plain


def _read_prose(record: dict[str, Any], extras: dict[str, Any], context: Context) -> None:
    """Put what the cells of roles and courses say in words where it belongs; what is not understood goes to extras."""
    for field, heading in (("roles", "Experience"), ("education", "Education")):
        written = record.get(field)
        if not isinstance(written, str):
            continue
        if field == "roles" and (years := _YEARS.fullmatch(written.strip())):
            record["years_of_experience"] = int(years[1])
            del record[field]
            continue
        lines = "\n".join(part.strip() for part in written.split(";"))
        read = read_resume(f"{heading}\n{lines}", context.within(on_notice=lambda _: None))
        found = [] if isinstance(read, Rejected) else getattr(read, field)
        del record[field]
        if found:
            record[field] = [msgspec.to_builtins(one) for one in found]
        if not found or field == "roles":
            extras[field] = written


def _decoded(text: str) -> Any:
    try:
        return decode_json(text)
    except FAULTS:
        return text


def _years(value: Any) -> Any:
    """A number of years as people write it; what is no number stays, to be refused."""
    match = _YEARS.fullmatch(str(value).strip())
    return int(match[1]) if match else value
