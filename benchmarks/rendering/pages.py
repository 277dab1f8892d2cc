"""Documents as PDF, by libraries that place boxes of text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.rendering.document import Block, Bullets, Columns, Row

_FONTS = Path("/usr/share/fonts/truetype/dejavu")
_SIZES = {"name": 18, "heading": 13, "strong": 10, "plain": 10}
_WIDTH = 500.0


def by_reportlab(blocks: tuple[Block, ...]) -> bytes:
    """ReportLab's flowables; rows and columns are tables."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import SimpleDocTemplate

    for font, file in (("Body", "DejaVuSans.ttf"), ("Body-Bold", "DejaVuSans-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(font, _FONTS / file))
    pdfmetrics.registerFontFamily("Body", normal="Body", bold="Body-Bold")
    made = BytesIO()
    SimpleDocTemplate(made, margin=40, leftMargin=45, rightMargin=45).build(_flowables(blocks, _WIDTH))
    return made.getvalue()


def _flowables(blocks: tuple[Block, ...], width: float) -> list[Any]:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Table

    made: list[Any] = []
    for block in blocks:
        if isinstance(block, Columns):
            left, right = block.share * width, (1 - block.share) * width
            cells = [[_flowables(block.left, left - 12), _flowables(block.right, right - 12)]]
            made.append(Table(cells, [left, right], style=[("VALIGN", (0, 0), (-1, -1), "TOP")]))
        elif isinstance(block, Bullets):
            style = ParagraphStyle("list", fontName="Body", fontSize=9, leading=12, leftIndent=14, bulletIndent=3)
            made += [Paragraph(escape(item), style, bulletText="•") for item in block.items]
        elif isinstance(block, Row):
            font = "Body-Bold" if block.strong else "Body"
            row = [[block.left, block.right]]
            ends = [
                ("ALIGN", (1, 0), (1, 0), "RIGHT"),
                ("LEFTPADDING", (0, 0), (0, 0), 0),
                ("FONT", (0, 0), (0, 0), font),
            ]
            made.append(Table(row, [0.62 * width, 0.38 * width], style=[("FONT", (1, 0), (1, 0), "Body"), *ends]))
        else:
            size = _SIZES[block.style]
            style = ParagraphStyle(block.style, fontName="Body", fontSize=size, leading=1.3 * size)
            text = escape(block.text)
            made.append(Paragraph(text if block.style == "plain" else f"<b>{text}</b>", style))
    return made


def by_fpdf2(blocks: tuple[Block, ...]) -> bytes:
    """fpdf2's cells, placed from above to below; a column goes back up to where the other one began."""
    from fpdf import FPDF

    pdf: Any = FPDF(unit="pt", format="A4")
    pdf.add_font("Body", "", _FONTS / "DejaVuSans.ttf")
    pdf.add_font("Body", "B", _FONTS / "DejaVuSans-Bold.ttf")
    pdf.set_auto_page_break(False)
    pdf.add_page()
    _place(pdf, blocks, 45, _WIDTH)
    return bytes(pdf.output())


def _place(pdf: Any, blocks: tuple[Block, ...], at: float, width: float) -> None:
    for block in blocks:
        pdf.set_x(at)
        pdf.set_font("Body", "", 9)
        if isinstance(block, Columns):
            top, left = pdf.get_y(), block.share * width
            _place(pdf, block.left, at, left - 12)
            reached = pdf.get_y()
            pdf.set_y(top)
            _place(pdf, block.right, at + left, width - left)
            pdf.set_y(max(reached, pdf.get_y()))
        elif isinstance(block, Bullets):
            for item in block.items:
                pdf.set_x(at + 8)
                pdf.multi_cell(width - 8, 12, f"• {item}", align="L", new_x="LMARGIN", new_y="NEXT")
        elif isinstance(block, Row):
            pdf.cell(0.6 * width, 13, block.left)
            pdf.cell(0.4 * width, 13, block.right, align="R", new_x="LMARGIN", new_y="NEXT")
        else:
            size = _SIZES[block.style]
            pdf.set_y(pdf.get_y() + (8 if block.style == "heading" else 0))
            pdf.set_x(at)
            pdf.set_font("Body", "" if block.style == "plain" else "B", size)
            pdf.multi_cell(width, 1.35 * size, block.text, align="L", new_x="LMARGIN", new_y="NEXT")
