"""How a table in a text file is laid out: what separates its cells, and which row names its columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Sequence
from io import StringIO
from typing import NamedTuple

from recommender.reading.text.columns import field_of

#: Excel's own first line, which says what separates the cells.
_SEPARATOR = re.compile(r"\ufeff?\"?sep=(?P<mark>[,;\t|])\"?[^\S\n\r]*(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
_MARKS = ",;\t|"
#: Rows among which the one is looked for that names the columns, and rows that are compared in width.
_SEARCHED, _COMPARED = 20, 40
_LONGEST_NAME = 40
#: A heading of Markdown and the rule below the head of one of its tables, which tells of one person.
_MARKDOWN = re.compile(r"^#{1,4} \S[^\n]*\n(?:.*\n)*?\|[ :|-]+\|[ \t]*$", re.MULTILINE)
_HEAD = 4_000


class TableLayout(NamedTuple):
    """A table's layout.

    Attributes:
        mark: what separates the cells of a row.
        above: lines above the row that names the columns.
        known: columns whose names say what of a person they hold.
    """

    mark: str
    above: int
    known: int


def layout_of(text: str, named: Collection[str] = ()) -> TableLayout | None:
    """The layout of the table that `text` begins with, by the names of columns that are known or `named`; by the equal
    width of all its rows where no name is known. None where it is no table."""
    first = _SEPARATOR.match(text)
    if first:
        text = text[first.end() :]
    elif _MARKDOWN.search(text[:_HEAD]):
        return None
    found = []
    for mark in first["mark"] if first else _MARKS:
        rows = _rows(text, mark)
        found += [layout for index in range(min(len(rows), _SEARCHED)) if (layout := _header(rows, index, mark, named))]
    shift = 1 if first else 0
    if found:
        best = max(found, key=lambda layout: (layout.known, -layout.above))
        return best._replace(above=best.above + shift)
    if first:
        return TableLayout(first["mark"], 1, 0)
    return next((TableLayout(mark, 0, 0) for mark in _MARKS[:3] if _is_even(_rows(text, mark))), None)


def _rows(text: str, mark: str) -> list[tuple[int, list[str]]]:
    """(lines above it, cells) of the first rows."""
    rows: list[tuple[int, list[str]]] = []
    reader, above = csv.reader(StringIO(text, newline=""), delimiter=mark), 0
    try:
        for cells in reader:
            rows.append((above, cells))
            above = reader.line_num
            if len(rows) > _COMPARED:
                break
    except csv.Error:  # a field longer than a row may be: what is before it says enough
        pass
    return rows


def _header(rows: Sequence[tuple[int, list[str]]], index: int, mark: str, named: Collection[str]) -> TableLayout | None:
    """The layout where the row at `index` names the columns: two and a third of them are known. Below the first row, or
    between bars, which separate words in headings too, the next one has to be as wide."""
    above, cells = rows[index]
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) < 2 or any(len(cell) > _LONGEST_NAME for cell in filled):
        return TableLayout(mark, above, len(filled)) if named and any(cell in named for cell in filled) else None
    known = sum(cell in named or field_of(cell) is not None for cell in filled)
    texts = len(filled) == 2 and known == 1 and "text" in map(field_of, filled)
    if known < max(2, len(filled) // 3) and not texts and not any(cell in named for cell in filled):
        return None
    following = next((row for _, row in rows[index + 1 :] if any(cell.strip() for cell in row)), None)
    if (index or mark == "|" or texts) and (following is None or len(following) != len(cells)):
        return None
    return TableLayout(mark, above, known)


def _is_even(rows: Sequence[tuple[int, list[str]]]) -> bool:
    """Whether rows are as wide as one another, below one of short names: a table whose columns nobody knows."""
    cells = [row for _, row in rows if any(cell.strip() for cell in row)][:_COMPARED]
    wide = len(cells[0]) if cells else 0
    if wide < 3 or len(cells) < (2 if wide > 4 else 3) or len({len(row) for row in cells}) > 1:
        return False
    names = [cell.strip() for cell in cells[0]]
    return all(name and len(name) <= _LONGEST_NAME and not name.isdigit() for name in names) and len(
        {name.casefold() for name in names}
    ) == len(names)
