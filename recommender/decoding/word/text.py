"""The text of a Word document as it is seen, from the elements of its body, headers and footers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from recommender.decoding.word.styles import Styles, attribute

#: Elements that are not seen: deleted or moved away, or instructions.
_UNSEEN = frozenset((
    "del", "moveFrom", "delText", "instrText", "delInstrText", "sectPr", "pPr", "rPr", "tblPr", "tblGrid", "trPr",
    "tcPr", "sdtPr", "sdtEndPr", "commentReference", "footnoteReference", "endnoteReference", "altChunk", "docPr",
))  # fmt: skip
_LETTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": "•"}
_BULLET = re.compile(r"\s*[•●▪■◦‣⁃∙·►➢✓✔❖*\uf0b7\uf0a7–—-]\s")
#: A cell that says when: its row's other cells say what then.
_WHEN = re.compile(r"(?=.*\d{4}|.*\d\d[/.]\d)[\w\s.,/'’–—-]{4,40}")


def name_of(node: Any) -> str:
    """An element's name without its namespace, "" of what is no element."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def block_lines(holder: Any, styles: Styles) -> list[str]:
    """The lines of what holds paragraphs and tables: a body, a cell, a text box, whatever is wrapped around them."""
    lines: list[str] = []
    for node in holder:
        name = name_of(node)
        if name == "p":
            lines += _paragraph(node, styles)
        elif name == "tbl":
            lines += _table(node, styles)
        elif name == "AlternateContent":
            lines += block_lines(_choice(node), styles)
        elif name not in _UNSEEN:
            lines += block_lines(node, styles)
    return lines


def _choice(node: Any) -> Any:
    """One of several forms of the same content."""
    return next((inner for kind in ("Choice", "Fallback") for inner in node if name_of(inner) == kind), ())


def _paragraph(paragraph: Any, styles: Styles) -> list[str]:
    """The lines of a paragraph, with those of text boxes that are anchored in it; list items get a bullet."""
    pieces: list[str] = []
    boxes: list[str] = []
    _collect(paragraph, pieces, boxes, styles)
    text = "".join(pieces)
    if text.strip() and styles.is_bullet(paragraph) and not _BULLET.match(text):
        text = f"• {text.lstrip()}"
    lines = text.split("\n")
    return [*lines, *boxes] if text.strip() or not boxes else boxes


def _collect(node: Any, pieces: list[str], boxes: list[str], styles: Styles) -> None:
    """Add what is seen within a node to the pieces of a paragraph's text, or to the lines of its text boxes."""
    for inner in node:
        name = name_of(inner)
        if name == "t":
            pieces.append(inner.text or "")
        elif name in _LETTERS:
            pieces.append(_LETTERS[name])
        elif name == "txbxContent":
            boxes += [line for line in block_lines(inner, styles) if line.strip()]
        elif name == "AlternateContent":
            _collect(_choice(inner), pieces, boxes, styles)
        elif name and name not in _UNSEEN and not (name == "r" and _is_hidden(inner)):
            _collect(inner, pieces, boxes, styles)


def _is_hidden(run: Any) -> bool:
    properties = next((node for node in run if name_of(node) == "rPr"), ())
    return any(name_of(node) == "vanish" and attribute(node, "val") not in ("0", "false", "off") for node in properties)


def _inside(holder: Any, kind: str) -> Iterable[Any]:
    """The rows of a table or the cells of a row, whatever is wrapped around them."""
    for node in holder:
        name = name_of(node)
        if name == kind:
            if not _is_deleted(node):
                yield node
        elif name and name not in _UNSEEN and name != "tbl":
            yield from _inside(node, kind)


def _is_deleted(row: Any) -> bool:
    properties = next((node for node in row if name_of(node) == "trPr"), ())
    return any(name_of(node) == "del" for node in properties)


def _table(table: Any, styles: Styles) -> list[str]:
    """The lines of a table. A row of short cells is one line ("Nurse<tab>2016 - 2019"), and so is a cell that says when
    with the first line of the next; longer cells, and those beside an e-mail address, stand one after the other, in the
    first row that with the largest letters first."""
    lines: list[str] = []
    for row in _inside(table, "tr"):
        nodes = list(_inside(row, "tc"))
        cells = [[line for line in block_lines(cell, styles) if line.strip()] for cell in nodes]
        filled = [cell for cell in cells if cell]
        if all(len(cell) == 1 for cell in filled) and not any("@" in cell[0] for cell in filled):
            lines.append("\t".join(cell[0] for cell in filled))
        elif len(filled) == 2 and len(filled[0]) == 1 and _WHEN.fullmatch(filled[0][0].strip()):
            lines += [f"{filled[1][0]}\t{filled[0][0].strip()}", *filled[1][1:]]
        else:
            sizes = [max((styles.size_of(node) for node in cell.iter("{*}p")), default=0) for cell in nodes]
            if not lines and len(sizes) > 1 and max(sizes) > sizes[0]:
                cells.insert(0, cells.pop(sizes.index(max(sizes))))
            lines += [line for cell in cells for line in cell]
    return lines
