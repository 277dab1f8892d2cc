"""A table under some lines, as text and as HTML for notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

#: Characters of a cell of text.
_WIDEST: Final = 36


def as_text(said: Sequence[str], columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The lines, then a line a row in columns of one width."""
    cells = [columns, *([_short(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cells]
    return "\n".join([*said, *(lines if rows else [])])


def as_html(said: Sequence[str], columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The same as HTML; whatever stands in it is escaped."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in said)
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"{lines}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
