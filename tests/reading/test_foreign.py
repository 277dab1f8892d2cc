"""Files of formats that are not read: each refused by its name, with what to do, and never stored as prose."""

from __future__ import annotations

import pytest

from tests.reading.conftest import Reader
from tests.reading.files import zipped

HEIC = b"\0\0\0\x18ftypheic" + b"\0" * 40
TAR = b"cv.txt".ljust(257, b"\0") + b"ustar\x0000" + b"\0" * 250


@pytest.mark.parametrize(
    ("content", "name", "remedy"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".doc of Word 97", "DOCX"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "PNG", "with its text"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 99, "JPEG", "with its text"),
        (HEIC, "HEIC", "with its text"),
        (TAR, "tar archive", "unpack"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "7z archive", "unpack"),
        (b"%!PS-Adobe-3.0\nshow\n", "PostScript", "PDF"),
        (b"% mine\n\\documentclass{article}\n\\begin{document}Li Wen\\end{document}", "LaTeX", "PDF"),
        (b"From: Li <li@example.org>\nSubject: CV\nMIME-Version: 1.0\n\nHello", "e-mail", "attached"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), ".odt", "DOCX"),
        (zipped({"xl/workbook.xml": "<a/>"}), ".xlsx", "CSV"),
        (zipped({"ppt/presentation.xml": "<a/>"}), ".pptx", "DOCX"),
        (zipped({"Index/Document.iwa": b"\0", "preview.jpg": b"\0"}), ".pages", "export"),
        (zipped({"META-INF/container.xml": "<a/>", "mimetype": "application/epub+zip"}), ".epub", "DOCX"),
        (zipped({"cvs/one.pdf": b"%PDF-", "cvs/two.pdf": b"%PDF-"}), "ZIP of other files", "unpack"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_format_that_is_not_read_is_refused_by_its_name(read: Reader, content: bytes, name: str, remedy: str) -> None:
    reason = read.rejected(content).reason
    assert name in reason
    assert remedy in reason.partition(";")[2]
    assert read.notices == []
