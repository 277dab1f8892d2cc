"""Files made in memory for the tests: PDF, DOCX, ZIP."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO


def pdf(pages: Sequence[Sequence[tuple[float, float, str]]], *, encrypted: bool = False) -> bytes:
    """A PDF whose pages hold (x, y from the top, text) in Helvetica 10 on Letter paper."""
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids: list[str] = []
    for page in pages:
        number = len(bodies) + 1
        kids.append(f"{number} 0 R")
        drawn = "\n".join(f"BT /F1 10 Tf {x} {792 - y} Td ({_escaped(text)}) Tj ET" for x, y, text in page)
        stream = drawn.encode("latin-1")
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>".encode()
        )
        bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    bodies[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    extra = b""
    if encrypted:
        extra = b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (len(bodies) + 1, b"00" * 16, b"00" * 16)
        bodies.append(
            b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32)
        )
    return _with_table(bodies, extra)


def _with_table(bodies: list[bytes], extra: bytes) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, extra, start)
    return bytes(out)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def lines_pdf(lines: Sequence[str]) -> bytes:
    """A PDF of one column of lines, 50 to a page."""
    pages = [lines[at : at + 50] for at in range(0, len(lines), 50)]
    return pdf([[(72, 60 + 14 * row, line) for row, line in enumerate(page) if line] for page in pages])


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A ZIP of these members."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(paragraphs: Sequence[str | tuple[str, ...]], header: str = "") -> bytes:
    """A DOCX of paragraphs ("• x" becomes a list item) and of tables' rows (tuples of cells)."""
    import docx as package

    document = package.Document()
    if header:
        document.sections[0].header.paragraphs[0].text = header
    for paragraph in paragraphs:
        if isinstance(paragraph, tuple):
            table = document.add_table(rows=1, cols=len(paragraph))
            for cell, text in zip(table.rows[0].cells, paragraph, strict=True):
                cell.text = text
        elif paragraph.startswith("• "):
            document.add_paragraph(paragraph[2:], style="List Bullet")
        else:
            document.add_paragraph(paragraph)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
