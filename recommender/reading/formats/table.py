"""Tables of profiles, a row each, with a mapping of their columns; CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import TextIOWrapper
from math import isnan
from typing import Any, BinaryIO, Self, TextIO

from recommender.profile import Profile
from recommender.reading.formats.profile_json import read_record
from recommender.reading.formats.records import FAULTS, decode_json
from recommender.reading.outcome import Context, Rejected

#: Other names under which a column is known without a mapping: as written in lower case, words separated by "_".
_SYNONYMS = {
    "id": "id", "profile_id": "id", "name": "name", "full_name": "name", "title": "title", "headline": "title",
    "job_title": "title", "position": "title", "location": "location", "city": "location",
    "years_of_experience": "years_of_experience", "years": "years_of_experience",
    "experience_years": "years_of_experience",
    "skills": "other_skills", "other_skills": "other_skills", "core_skills": "core_skills", "about": "about",
    "summary": "about", "bio": "about", "company": "company", "current_company": "company", "languages": "languages",
    "certifications": "certifications", "badges": "badges", "highlights": "highlights", "persona": "persona",
    "email": "email", "phone": "phone", "text": "text", "resume": "text", "as_of": "as_of", "roles": "roles",
    "education": "education", "extras": "extras", "contact": "contact",
}  # fmt: skip
_LISTS = ("badges", "highlights", "core_skills", "other_skills", "languages", "certifications")
_TEXTS = ("id", "name", "title", "location", "about", "text", "persona", "as_of")


def read_csv(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The profile of every row of a CSV (comma, semicolon or tab), whose first row names the columns."""
    largest = context.limits.record_bytes
    csv.field_size_limit(largest)
    text = TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    try:
        first = text.readline(largest)
        parting = max(",;\t", key=first.count)
        columns = next(csv.reader([first], delimiter=parting), [])
        most = context.limits.table_columns
        if len(columns) > most:
            reason = f"the table has {len(columns):,} columns; more than {most:,} (limits.table_columns) are not read"
            yield context.reject("line 1", "", f"{reason}: leave out those that say nothing of a person")
            return
        mapping = column_mapping(columns, context)
        if mapping is None:
            yield context.reject("line 1", "", "no column of a profile was recognised; give a mapping field=column")
            return
        yield from _csv_rows(_BoundedLines(text, largest), parting, columns, mapping, context)
    finally:
        text.detach()


class _BoundedLines:
    """The lines of a text for a CSV reader, which takes several for a row: not more of them than a row may have."""

    def __init__(self, text: TextIO, largest: int) -> None:
        self._text, self._largest, self.taken = text, largest, 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self._largest)
        if not line:
            raise StopIteration
        self.taken += len(line)
        whole = line.endswith(("\n", "\r"))
        while not whole and (more := self._text.readline(self._largest)):
            self.taken, whole = self.taken + len(more), more.endswith(("\n", "\r"))
        if self.taken > self._largest:
            raise csv.Error(f"the row is longer than {self._largest:,} characters (limits.record_bytes)")
        return line


def _csv_rows(
    lines: _BoundedLines, parting: str, columns: list[str], mapping: dict[str, str], context: Context
) -> Iterator[Profile | Rejected]:
    reader = csv.reader(lines, delimiter=parting)
    while True:
        lines.taken = 0
        place = f"line {reader.line_num + 2}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield context.reject(place, "", f"broken CSV ({error}); fix the row")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(columns):
            reason = f"{len(cells)} cells under {len(columns)} columns; quote the commas in text"
            yield context.reject(place, "", reason)
            continue
        if any("\ufffd" in cell for cell in cells):
            context.notice(place, "", "bytes that are no UTF-8 stand as \ufffd; save the file as UTF-8")
        yield read_row(dict(zip(columns, cells, strict=False)), mapping, context, place)


def column_mapping(columns: list[str], context: Context) -> dict[str, str] | None:
    """Column → profile field: the mapping given, else by the columns' names. None where no column is of a profile.

    A mapped column that the table lacks is reported.
    """
    given = {column: field for field, column in context.mapping.items()}
    for column, field in given.items():
        if column not in columns:
            context.notice("", field, f"the mapping names a column {column!r} that the table does not have")
    mapping = {column: given[column] for column in columns if column in given}
    for column in columns:
        known = _SYNONYMS.get(re.sub(r"\W+", "_", column.strip().casefold()).strip("_"))
        if column not in mapping and known and known not in mapping.values():
            mapping[column] = known
    return mapping if set(mapping.values()) - {"id"} else None


def read_row(row: dict[str, Any], mapping: dict[str, str], context: Context, place: str) -> Profile | Rejected:
    """The profile of one row; columns that are no field of a profile go to `extras`."""
    record: dict[str, Any] = {}
    extras: dict[str, Any] = {}
    reach: dict[str, list[str]] = {}
    company = None
    for column, value in row.items():
        if _is_missing(value):
            continue
        field = mapping.get(column)
        if field is None:
            extras[column] = value
        elif field == "company":
            company = str(value).strip()
        elif field in ("email", "phone"):
            reach.setdefault(f"{field}s", []).append(str(value).strip())
        else:
            _place_value(record, field, value)
    if company:
        record.setdefault("roles", [{"company": company, "title": record.get("title")}])
    if reach:
        record["contact"] = _with_reach(record.get("contact"), reach)
    if extras:
        given = record.get("extras")
        record["extras"] = {**(given if isinstance(given, dict) else {}), **extras}
    return read_record(record, context, place)


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
        record[field] = split_cell(plain) if isinstance(plain, str) else plain
    elif field == "years_of_experience":
        record[field] = _years(plain)
    elif field in ("roles", "education", "extras", "contact") and isinstance(plain, str):
        record[field] = _decoded(plain)
    elif field in _TEXTS and isinstance(plain, int | float):
        record[field] = str(plain)
    else:
        record[field] = plain


def split_cell(text: str) -> list[str]:
    """The items of a cell: a JSON list, or separated by semicolons, bars or else commas."""
    if text.startswith("["):
        decoded = _decoded(text)
        if isinstance(decoded, list):
            return decoded
    for mark in (";", "|", "\n", ","):
        if mark in text:
            return [item.strip() for item in text.split(mark) if item.strip()]
    return [text]


def _decoded(text: str) -> Any:
    try:
        return decode_json(text)
    except FAULTS:
        return text


def _years(value: Any) -> Any:
    """A number of years as people write it; what is no number stays, to be refused."""
    match = re.fullmatch(r"(-?\d{1,9})(?:\.\d+)?\+?(?:\s*(?:years?|yrs?))?", str(value).strip())
    return int(match[1]) if match else value
