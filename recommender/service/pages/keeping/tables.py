"""A table of people as a file: CSV that spreadsheets open as it is (RFC 4180, its encoding marked), and JSON."""

from __future__ import annotations

import csv
import io
from typing import Final

import msgspec

from recommender.service.pages.keeping.columns import Cell, Table, heading

#: What spreadsheets take for the beginning of a formula, in any width they are written in.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: By this, spreadsheets know that what follows is UTF-8.
_MARK: Final = "\ufeff"


def as_csv(table: Table) -> bytes:
    """The table with a line of headings, lines ended as RFC 4180 has it."""
    file = io.StringIO(newline="")
    lines = csv.writer(file, lineterminator="\r\n")
    lines.writerow(map(heading, table.columns))
    lines.writerows([_cell(row.get(column)) for column in table.columns] for row in table.rows)
    return (_MARK + file.getvalue()).encode("utf-8", "replace")


def as_json(table: Table) -> bytes:
    """The same for programs: lists stay lists, numbers numbers, and how many there are stands beside the people."""
    people = [{column: row.get(column) for column in table.columns} for row in table.rows]
    return msgspec.json.encode({"total": table.total, "exported": len(people), "people": people})


def inert(text: str) -> str:
    """A text that no spreadsheet works out: one that would be a formula begins with an apostrophe."""
    return "'" + text if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def _cell(value: Cell) -> str | int | float:
    match value:
        case None:
            return ""
        case tuple():
            return inert("; ".join(value))
        case str():
            return inert(value)
    return value
