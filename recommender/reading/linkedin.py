"""LinkedIn's data export: a ZIP of CSV files, one for each section of a profile."""

from __future__ import annotations

import csv
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import StringIO
from typing import Any, BinaryIO

from recommender.profile import Contact, Education, Profile, Role
from recommender.reading.archives import fault_of, read_member
from recommender.reading.checks import checked
from recommender.reading.dates import parse_date
from recommender.reading.outcome import Context, Rejected
from recommender.reading.resume_text import bullets_of
from recommender.reading.text import clean, decode
from recommender.validity import possible_date

Row = dict[str, str]

#: Files that make the profile; the header of each begins with this column.
_KNOWN = {
    "profile.csv": "First Name", "positions.csv": "Company Name", "education.csv": "School Name", "skills.csv": "Name",
    "languages.csv": "Name", "certifications.csv": "Name", "email addresses.csv": "Email Address",
    "phonenumbers.csv": "Extension",
}  # fmt: skip
#: Files about the person that a profile has no place for: kept in extras.
_KEPT = {
    "projects.csv", "honors.csv", "publications.csv", "courses.csv", "volunteering.csv", "patents.csv",
    "organizations.csv", "test scores.csv", "profile summary.csv",
}  # fmt: skip
_CONTACT_COLUMNS = (
    "Address", "Zip Code", "Birth Date", "Twitter Handles", "Websites", "Instant Messengers", "Maiden Name",
)  # fmt: skip


def read_linkedin(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The one profile of an export."""
    try:
        with zipfile.ZipFile(stream) as archive:
            fault = fault_of(archive)
            if fault:
                yield context.reject("", "", fault)
                return
            tables = _tables(archive, context)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield context.reject("", "", f"the archive is broken ({error}); download the export again")
        return
    yield _profile(tables, context)


def _tables(archive: zipfile.ZipFile, context: Context) -> dict[str, list[Row]]:
    """The rows of every file about the person, by the file's name in lower case."""
    tables: dict[str, list[Row]] = {}
    unread: list[str] = []
    for name in archive.namelist():
        base = name.rsplit("/", 1)[-1].lower()
        if base not in _KNOWN and base not in _KEPT:
            unread += [] if name.endswith("/") else [name]
            continue
        try:
            content = read_member(archive, name)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            context.notice(name, "", f"this file is broken ({error}) and was not read; download the export again")
            continue
        tables.setdefault(base, []).extend(_rows(decode(content, context, name), _KNOWN.get(base), name, context))
    if unread:
        shown = ", ".join(unread[:5]) + (", …" if len(unread) > 5 else "")
        context.notice(
            "", "", f"{len(unread)} files of the export are not about the profile and were not read: {shown}"
        )
    return tables


def _rows(text: str, first: str | None, name: str, context: Context) -> list[Row]:
    """The rows of one CSV; notes that stand above its header are passed over."""
    text = clean(text, context, name)
    if first is not None:
        at = next((at for at in (text.find(first), text.find(f'"{first}"')) if at >= 0), 0)
        text = text[text.rfind("\n", 0, at) + 1 :]
    csv.field_size_limit(16 * 1024 * 1024)
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
        start=_date(row, "Started On", f"roles[{index}].start", context),
        end=_date(row, "Finished On", f"roles[{index}].end", context),
        bullets=tuple(bullets_of(row.get("Description", ""))),
    )  # fmt: skip


def _course(row: Row, index: int, context: Context) -> Education:
    degree, _, field = row.get("Degree Name", "").partition(", ")
    return Education(
        school=row.get("School Name") or None, degree=degree or None, field=field or None,
        start=_date(row, "Start Date", f"education[{index}].start", context),
        end=_date(row, "End Date", f"education[{index}].end", context),
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
        if name in _KEPT and rows:
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
