"""LinkedIn's data export: a ZIP of CSV files, one for each section of a profile."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import partial
from io import StringIO
from typing import Any

from recommender.decoding.archives import KEPT_BESIDE
from recommender.field_path import FieldPath
from recommender.profile import Contact, Education, Profile, Role
from recommender.reading.checks import checked
from recommender.reading.formats.dates import Dates, read_dates
from recommender.reading.outcome import Context, Rejected
from recommender.reading.resume.bullets import bullets_of
from recommender.reading.text.delimited import TableLayout, layout_of
from recommender.reading.text.lines import clean, decode

Row = dict[str, str]

#: Columns by which the row that names them is known.
_COLUMNS = frozenset((
    "First Name", "Last Name", "Headline", "Company Name", "Title", "Started On", "School Name", "Degree Name", "Name",
    "Email Address", "Extension", "Number",
))  # fmt: skip
#: Bullets that a description has on one line.
_BULLETS = re.compile(r"(?<=\S)\s+(?=[•●▪‣◦]\s)")

_CONTACT_COLUMNS = (
    "Address", "Zip Code", "Birth Date", "Twitter Handles", "Websites", "Instant Messengers", "Maiden Name",
)  # fmt: skip


def read_export(members: Sequence[tuple[str, bytes]], context: Context) -> Profile | Rejected:
    """The one profile of an export, from the names and contents of its files about the person."""
    tables: dict[str, list[Row]] = {}
    for name, content in members:
        base = name.rsplit("/", 1)[-1].lower()
        if not base.startswith("._"):  # what a Mac packs beside each file
            text = decode(content, context, name)
            context.trace.text = "\n\n".join(filter(None, (context.trace.text, f"{name}\n{text}")))
            tables.setdefault(base, []).extend(_rows(text, name, context))
    return _profile(tables, context)


def _rows(text: str, name: str, context: Context) -> list[Row]:
    """The rows of one CSV; notes that stand above its header are passed over, and so is Excel's line on separators."""
    csv.field_size_limit(context.limits.record_bytes)
    text = clean(text, context, name)
    layout = layout_of(text, _COLUMNS) or TableLayout(",", 0, 0)
    lines = StringIO(text)
    for _ in range(layout.above):
        lines.readline()
    rows: list[Row] = []
    try:
        for row in csv.DictReader(lines, delimiter=layout.mark):
            if extra := [cell for cell in row.pop(None, None) or () if cell]:
                context.notice(f"{name} row {len(rows) + 1}", "", f"more cells than columns; not read: {extra}")
            cells = {key.strip(): (value or "").strip() for key, value in row.items() if key}
            if any(cells.values()):
                rows.append(cells)
    except csv.Error as error:
        context.notice(f"{name} row {len(rows) + 1}", "", f"broken CSV ({error}); the rows from here on were not read")
    known = name.rsplit("/", 1)[-1].lower() in ("profile.csv", "positions.csv", "education.csv", "skills.csv")
    if known and rows and not rows[0].keys() & _COLUMNS:
        context.notice(name, "", "no column has the name that LinkedIn gives it; export with English as your language")
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


def _role(row: Row, index: int, context: Context) -> Role:
    start, end = _dates(row, ("Started On", "Finished On"), FieldPath.of("roles", index), context)
    return Role(
        company=row.get("Company Name") or None, title=row.get("Title") or None, location=row.get("Location") or None,
        start=start, end=end, bullets=tuple(bullets_of(_BULLETS.sub("\n", row.get("Description", "")))),
    )  # fmt: skip


def _dates(row: Row, columns: tuple[str, str], place: FieldPath, context: Context) -> Dates:
    fields = (f"{place}.start", f"{place}.end")
    return read_dates(row.get(columns[0]), row.get(columns[1]), fields, partial(context.notice, ""))


def _course(row: Row, index: int, context: Context) -> Education:
    degree, _, field = row.get("Degree Name", "").partition(", ")
    start, end = _dates(row, ("Start Date", "End Date"), FieldPath.of("education", index), context)
    return Education(
        school=row.get("School Name") or None, degree=degree or None, field=field or None, start=start, end=end
    )


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
