"""Documents as DOCX, by python-docx: rows with a tab stop, columns as tables without borders."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from benchmarks.rendering.document import Block, Bullets, Columns, Row


def by_python_docx(blocks: tuple[Block, ...]) -> bytes:
    """A document with Word's own styles."""
    import docx
    from docx.shared import Pt

    document = docx.Document()
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Normal"].paragraph_format.space_after = Pt(2)
    _add(document, document, blocks)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _add(document: Any, into: Any, blocks: tuple[Block, ...]) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Inches

    for block in blocks:
        if isinstance(block, Columns):
            left, right = document.add_table(1, 2).rows[0].cells
            left.width, right.width = Inches(6 * block.share), Inches(6 * (1 - block.share))
            for cell, inside in ((left, block.left), (right, block.right)):
                _add(document, cell, inside)
                empty = cell.paragraphs[0]._p
                empty.getparent().remove(empty)
        elif isinstance(block, Bullets):
            for item in block.items:
                into.add_paragraph(item, style="List Bullet")
        elif isinstance(block, Row):
            line = into.add_paragraph()
            line.paragraph_format.tab_stops.add_tab_stop(Inches(6), WD_TAB_ALIGNMENT.RIGHT)
            line.add_run(block.left).bold = block.strong
            line.add_run(f"\t{block.right}")
        else:
            style = {"name": "Title", "heading": "Heading 1", "strong": None, "plain": None}[block.style]
            into.add_paragraph(style=style).add_run(block.text).bold = True if block.style == "strong" else None
