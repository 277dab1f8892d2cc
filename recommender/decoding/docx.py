"""DOCX → its text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from recommender.decoding.archives import fault_of
from recommender.decoding.parts import Part, Refused, Text
from recommender.limits import Limits

_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def decode_docx(stream: BinaryIO, limits: Limits) -> Iterator[Part]:
    """The text of a DOCX: paragraphs and tables in order, page headers before, footers after."""
    import docx

    try:
        with zipfile.ZipFile(stream) as archive:
            fault = fault_of(archive, limits)
        if fault:
            yield Refused(fault)
            return
        stream.seek(0)
        document = docx.Document(stream)
        body = document.element.body
        many = sum(1 for _ in body.iter(f"{_NAMESPACE}p", f"{_NAMESPACE}tc"))
        if many > limits.docx_paragraphs:
            yield Refused(
                f"the DOCX has {many:,} paragraphs and cells; more than {limits.docx_paragraphs:,} "
                "(limits.docx_paragraphs) are not read: give the résumé alone"
            )
            return
        text = _text(document)
    except MemoryError:
        raise
    except Exception as error:  # python-docx and lxml raise anything on broken files
        yield Refused(f"the DOCX is broken and cannot be read ({type(error).__name__}); save it again")
        return
    yield Text(text)


def _text(document: Any) -> str:
    lines: list[str] = []
    for section in document.sections:
        lines += [paragraph.text for paragraph in section.header.paragraphs if paragraph.text.strip()]
    lines += _blocks(document)
    for section in document.sections:
        lines += [paragraph.text for paragraph in section.footer.paragraphs if paragraph.text.strip()]
    return "\n".join(lines)


def _blocks(holder: Any) -> list[str]:
    from docx.table import Table

    lines: list[str] = []
    for block in holder.iter_inner_content():
        if isinstance(block, Table):
            lines += _rows(block)
        else:
            lines.append(_line(block))
    return lines


def _rows(table: Any) -> list[str]:
    """A row of short cells is one line ("Nurse<tab>2016 - 2019"); longer cells stand one after the other."""
    lines: list[str] = []
    for row in table.rows:
        cells: list[list[str]] = []
        seen: set[int] = set()
        for cell in row.cells:
            if id(cell._tc) not in seen:  # a merged cell comes once for each column it spans
                seen.add(id(cell._tc))
                cells.append([line for line in _blocks(cell) if line.strip()])
        if all(len(cell) <= 1 for cell in cells):
            lines.append("\t".join(cell[0] for cell in cells if cell))
        else:
            lines += [line for cell in cells for line in cell]
    return lines


def _line(paragraph: Any) -> str:
    """A paragraph's text, with its drawn text boxes; list items get a bullet."""
    text = str(paragraph.text)
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    numbered = paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None
    boxes = [
        "".join(part.text or "" for part in box.iter(f"{_NAMESPACE}t"))
        for box in paragraph._p.iter(f"{_NAMESPACE}txbxContent")
    ]
    if text.strip() and (numbered or style.startswith("List")):
        text = f"• {text}"
    return "\n".join([text, *dict.fromkeys(box for box in boxes if box.strip())]) if boxes else text
