"""LinkedIn's data export: a ZIP of CSV files, one for each section of a profile."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from io import StringIO
from typing import Any

from recommender.decoding.archives import KEPT_BESIDE, MAKE_THE_PROFILE
from recommender.field_path import FieldPath
from recommender.profile import Contact, Education, Profile, Role
from recommender.reading.checks import checked
from recommender.reading.outcome import Context, Rejected
from recommender.reading.resume.reader import bullets_of
from recommender.reading.text.dates import parse_date
from recommender.reading.text.lines import clean, decode
from recommender.validity import possible_date

Row = dict[str, str]

#: Files that make the profile; the header of each begins with this column.
_KNOWN = dict(
    zip(
        MAKE_THE_PROFILE,
        ("First Name", "Company Name", "School Name", "Name", "Name", "Name", "Email Address", "Extension"),
        strict=True,
    )
)
_CONTACT_COLUMNS = (
    "Address", "Zip Code", "Birth Date", "Twitter Handles", "Websites", "Instant Messengers", "Maiden Name",
)  # fmt: skip


def read_export(members: Sequence[tuple[str, bytes]], context: Context) -> Profile | Rejected:
    """The one profile of an export, from the names and contents of its files about the person."""
    tables: dict[str, list[Row]] = {}
    for name, content in members:
        base = name.rsplit("/", 1)[-1].lower()
        tables.setdefault(base, []).extend(_rows(decode(content, context, name), _KNOWN.get(base), name, context))
    return _profile(tables, context)


def _rows(text: str, first: str | None, name: str, context: Context) -> list[Row]:
    """The rows of one CSV; notes that stand above its header are passed over."""
    text = clean(text, context, name)
    if first is not None:
        at = next((at for at in (text.find(first), text.find(f'"{first}"')) if at >= 0), 0)
        text = text[text.rfind("\n", 0, at) + 1 :]
    csv.field_size_limit(context.limits.record_bytes)
    rows: list[Row] = []
    try:
        for row in csv.DictReader(StringIO(text)):
            if extra := row.pop(None, None):
                context.notice(f"{name} row {len(rows) + 1}", "", f"more cells than columns; not read: {extra}")
            rows.append({key.strip(): (value or "").strip() for key, value in row.items() if key})
    except csv.Error as error:
        context.notice(f"{name} row {len(rows) + 1}", "", f"broken CSV ({error}); the rows from here on were not read")
    return rows


def _profile(tables: dict[str, list[Row]], context: Context) -> Profile | Rejected:
    head = (tables.get("profile.csv") or [{}])[0]
    roles = tuple(_role(row, index, context) for index, row in enumerate(tables.get("positions.csv", [])))
    name = " ".join(part for part in (head.get("First Name"), head.get("Last Name")) if part)
    if not (name or roles or tables.get("education.csv") or tables.get("skills.csv")):
        return context.reject("", "", "no profile, positions, education or skills stand in this export")
    profile = Profile(
        name=name or None, title=head.get("Headline") or None, location=head.get("Geo Location") or None,
        other_skills=_names(tables, "skills.csv"), about=head.get("Summary") or None, roles=roles,
        education=tuple(_course(row, index, context) for index, row in enumerate(tables.get("education.csv", []))),
        languages=tuple(_with_level(row) for row in tables.get("languages.csv", []) if row.get("Name")),
        certifications=_names(tables, "certifications.csv"), contact=_contact(head, tables), as_of=context.month,
        extras=_extras(head, tables),
    )  # fmt: skip
    return checked(profile, context)


def _names(tables: dict[str, list[Row]], table: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["Name"] for row in tables.get(table, []) if row.get("Name")))


def _with_level(row: Row) -> str:
    return f"{row['Name']} ({row['Proficiency']})" if row.get("Proficiency") else row["Name"]


def _date(row: Row, column: str, field: str, context: Context) -> str | None:
    written = row.get(column, "")
    date = parse_date(written) if written else None
    year = re.search(r"\d{4,}", written)
    if year and not possible_date(year[0]):
        return year[0]  # left as it is, to be refused
    if written and date is None:
        context.notice("", field, f"{written!r} is no date; left empty")
    return date


def _role(row: Row, index: int, context: Context) -> Role:
    return Role(
        company=row.get("Company Name") or None, title=row.get("Title") or None, location=row.get("Location") or None,
        start=_date(row, "Started On", str(FieldPath.of("roles", index, "start")), context),
        end=_date(row, "Finished On", str(FieldPath.of("roles", index, "end")), context),
        bullets=tuple(bullets_of(row.get("Description", ""))),
    )  # fmt: skip


def _course(row: Row, index: int, context: Context) -> Education:
    degree, _, field = row.get("Degree Name", "").partition(", ")
    return Education(
        school=row.get("School Name") or None, degree=degree or None, field=field or None,
        start=_date(row, "Start Date", str(FieldPath.of("education", index, "start")), context),
        end=_date(row, "End Date", str(FieldPath.of("education", index, "end")), context),
    )  # fmt: skip


def _contact(head: Row, tables: dict[str, list[Row]]) -> Contact | None:
    rows = tables.get("email addresses.csv", [])
    emails = sorted(rows, key=lambda row: row.get("Primary", "").casefold() != "yes")
    sites = head.get("Websites", "").strip("[]")
    links = [re.sub(r"^\w+:(?=http)", "", part) for part in sites.split(",")]  # "[PORTFOLIO:https://...]"
    contact = Contact(
        emails=tuple(dict.fromkeys(row["Email Address"] for row in emails if row.get("Email Address"))),
        phones=tuple(dict.fromkeys(row["Number"] for row in tables.get("phonenumbers.csv", []) if row.get("Number"))),
        links=tuple(link.strip() for link in links if link.strip()),
        address=", ".join(head[key] for key in ("Address", "Zip Code") if head.get(key)) or None,
        extras={key: head[key] for key in _CONTACT_COLUMNS[2:] if head.get(key)},
    )
    return None if contact == Contact() else contact


def _extras(head: Row, tables: dict[str, list[Row]]) -> dict[str, Any]:
    known = ("First Name", "Last Name", "Headline", "Summary", "Geo Location", *_CONTACT_COLUMNS)
    extras: dict[str, Any] = {key: value for key, value in head.items() if value and key not in known}
    for name, rows in tables.items():
        if name in KEPT_BESIDE and rows:
            extras[name.removesuffix(".csv")] = rows
    details = {
        "education": [
            {key: row.get(key, "") for key in ("Notes", "Activities")} for row in tables.get("education.csv", [])
        ],
        "certifications": [
            {key: row.get(key, "") for key in ("Url", "Authority", "Started On", "Finished On", "License Number")}
            for row in tables.get("certifications.csv", [])
        ],
    }
    for name, items in details.items():
        if any(value for item in items for value in item.values()):
            extras[f"{name} details"] = items
    return {"linkedin": extras} if extras else {}
