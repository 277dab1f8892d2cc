"""The programs that make files of documents: those of them that are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import msgspec

from benchmarks.rendering.document import Block
from benchmarks.rendering.marked import as_html, as_markdown, as_rtf, as_text
from benchmarks.rendering.pages import by_fpdf2, by_reportlab
from benchmarks.rendering.word import by_python_docx

Document = tuple[Block, ...]
_PATIENCE = 120


class Generator(msgspec.Struct, frozen=True):
    """A way to make files: `needs` names the module or program without which it cannot be used."""

    name: str
    suffix: str
    make: Callable[[Document], bytes]
    needs: str | None = None

    @property
    def installed(self) -> bool:
        """Whether it can be used here."""
        return self.needs is None or find_spec(self.needs) is not None or shutil.which(self.needs) is not None


def _by_weasyprint(blocks: Document) -> bytes:
    import weasyprint

    return bytes(weasyprint.HTML(string=as_html(blocks).decode()).write_pdf())


def _by_chromium(blocks: Document) -> bytes:
    return _converted(
        as_html(blocks), "page.html", "page.pdf",
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf=page.pdf",
        "page.html",
    )  # fmt: skip


def _by_libreoffice(blocks: Document) -> bytes:
    return _converted(
        by_python_docx(blocks), "page.docx", "page.pdf", "soffice", "--headless", "--convert-to", "pdf", "page.docx"
    )


def _by_pandoc(blocks: Document) -> bytes:
    return _converted(
        as_markdown(blocks), "page.md", "page.docx", "pandoc", "--from", "markdown", "page.md", "-o", "page.docx"
    )


def _converted(content: bytes, source: str, target: str, *command: str) -> bytes:
    """What a program makes of a file, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, source).write_bytes(content)
        home = {**os.environ, "HOME": folder}
        subprocess.run(command, cwd=folder, env=home, check=True, capture_output=True, timeout=_PATIENCE)
        return Path(folder, target).read_bytes()


GENERATORS = (
    Generator("plain text", "txt", as_text),
    Generator("Markdown", "md", as_markdown),
    Generator("HTML", "html", as_html),
    Generator("RTF", "rtf", as_rtf),
    Generator("python-docx", "docx", by_python_docx, "docx"),
    Generator("pandoc", "docx", _by_pandoc, "pandoc"),
    Generator("ReportLab", "pdf", by_reportlab, "reportlab"),
    Generator("fpdf2", "pdf", by_fpdf2, "fpdf"),
    Generator("WeasyPrint", "pdf", _by_weasyprint, "weasyprint"),
    Generator("Chromium", "pdf", _by_chromium, "chromium"),
    Generator("LibreOffice", "pdf", _by_libreoffice, "soffice"),
)
