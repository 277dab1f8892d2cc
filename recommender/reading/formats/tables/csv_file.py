"""CSV files of people: exports of applicant systems and spreadsheets, LinkedIn's connections."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from typing import BinaryIO, Self, TextIO

from recommender.profile import Profile
from recommender.reading.detect import HEAD
from recommender.reading.formats.tables.rows import column_mapping, read_row
from recommender.reading.outcome import Context, Rejected
from recommender.reading.text.delimited import TableLayout, layout_of

#: Names of columns that a rejection lists.
_NAMED = 12


def read_csv(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The profile of every row of a CSV (comma, semicolon, tab or bar), below the row that names the columns."""
    largest = context.limits.record_bytes
    csv.field_size_limit(largest)
    text = TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    try:
        layout = _layout(text, context)
        stream.seek(0)
        text.seek(0)
        lines = _BoundedLines(text, largest)
        for _ in range(layout.above):
            next(lines)
        yield from _rows_below(lines, layout, context)
    finally:
        text.detach()


def _layout(text: TextIO, context: Context) -> TableLayout:
    """The layout by the beginning of a table, its whole first line with it."""
    head = text.read(HEAD)
    if len(head) == HEAD:
        cut = max(head.rfind("\n"), head.rfind("\r"))
        head = head[: cut + 1] if cut >= 0 else head + text.readline(context.limits.record_bytes)
    found = layout_of(head, frozenset(context.mapping.values()))
    return found or TableLayout(max(",;\t", key=head.partition("\n")[0].count), 0, 0)


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


def _rows_below(lines: _BoundedLines, layout: TableLayout, context: Context) -> Iterator[Profile | Rejected]:
    """The profile of every row below the one that names the columns."""
    reader = csv.reader(lines, delimiter=layout.mark)
    place = f"line {layout.above + 1}"
    try:
        columns = _told_apart(next(reader, []))
    except csv.Error as error:
        yield context.reject(place, "", f"broken CSV ({error}); fix the row")
        return
    most = context.limits.table_columns
    if len(columns) > most:
        reason = f"the table has {len(columns):,} columns; more than {most:,} (limits.table_columns) are not read"
        yield context.reject(place, "", f"{reason}: leave out those that say nothing of a person")
        return
    mapping = column_mapping(columns, context)
    if mapping is None:
        named = ", ".join(repr(column) for column in columns[:_NAMED]) + (", …" if len(columns) > _NAMED else "")
        reason = f"no column of a profile was recognised among {named}; give a mapping field=column"
        yield context.reject(place, "", reason)
        return
    yield from _profiles(reader, lines, layout, columns, mapping, context)


def _told_apart(names: Sequence[str]) -> list[str]:
    """The columns' names, each once: a second of the same name, or one without, is known by its number."""
    columns: list[str] = []
    for number, name in enumerate(names, start=1):
        bare = name.strip() or f"column {number}"
        columns.append(f"{bare} ({number})" if bare in columns else bare)
    return columns


def _profiles(
    reader: Iterator[list[str]],
    lines: _BoundedLines,
    layout: TableLayout,
    columns: list[str],
    mapping: dict[str, str],
    context: Context,
) -> Iterator[Profile | Rejected]:
    while True:
        lines.taken = 0
        place = f"line {layout.above + reader.line_num + 1}"  # type: ignore[attr-defined] # of csv's reader
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield context.reject(place, "", f"broken CSV ({error}); fix the row")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(columns) :]):
            reason = f"{len(cells)} cells under {len(columns)} columns; quote the commas in text"
            yield context.reject(place, "", reason)
            continue
        if any("\ufffd" in cell for cell in cells):
            context.notice(place, "", "bytes that are no UTF-8 stand as \ufffd; save the file as UTF-8")
        yield read_row(dict(zip(columns, map(_without_formula, cells), strict=False)), mapping, context, place)


def _without_formula(cell: str) -> str:
    """A cell that was written as a formula so that a spreadsheet keeps it as text (="0041…")."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 2 else cell
