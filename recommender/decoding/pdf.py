"""PDF → its text, page by page."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, BinaryIO

from recommender.decoding.parts import More, Part, PartNotice, Refused, Text
from recommender.limits import Limits

#: Letters and lines drawn on a page, past which it is no page of a résumé (a dense one has 5,000).
MOST_MARKS = 25_000
#: Processor time that a page may take beside what the document as a whole may: several times that of a dense one.
SECONDS_A_PAGE = 0.3
#: A gap between columns, as a part of the page's width, and the part of the lines that must leave it free.
_GUTTER = 0.015


class _TooManyMarks(Exception):
    """A page draws more than `MOST_MARKS`."""


def decode_pdf(stream: BinaryIO, limits: Limits) -> Iterator[Part | More]:
    """The text of a PDF; where pages have two columns, the left one is read first."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    _bound_pages()
    try:
        with pdfplumber.open(stream, pages=list(range(1, limits.pdf_pages + 2))) as document:
            yield More(SECONDS_A_PAGE * len(document.pages))
            pages: list[str] = []
            for part in _pages(document, limits):
                if isinstance(part, str):
                    pages.append(part)
                else:
                    yield part
    except Exception as error:  # pdfminer raises anything on broken files
        encrypted = any(isinstance(cause, PDFPasswordIncorrect) for cause in _causes(error))
        cure = (
            "is encrypted; give it without a password" if encrypted else "is broken and cannot be read; save it again"
        )
        yield Refused(f"the PDF {cure}")
        return
    yield Text("\n".join(pages))


def _pages(document: Any, limits: Limits) -> Iterator[str | PartNotice]:
    """The text of every page, and what could not be read."""
    for number, page in enumerate(document.pages, start=1):
        if number > limits.pdf_pages:
            yield PartNotice(f"page {number}", f"only the first {limits.pdf_pages} pages were read (limits.pdf_pages)")
            return
        try:
            yield _page_text(page)
        except Exception as error:  # one broken page costs itself alone
            yield PartNotice(f"page {number}", _fault(_causes(error)))
        page.close()


def _causes(error: Exception) -> tuple[Any, ...]:
    """An error with what pdfplumber wraps in it; running out of memory is raised on."""
    causes = (error, *error.args)
    if memory := next((cause for cause in causes if isinstance(cause, MemoryError)), None):
        raise memory
    return causes


def _fault(causes: tuple[Any, ...]) -> str:
    """Why a page was not read."""
    if any(isinstance(cause, _TooManyMarks) for cause in causes):
        return f"this page draws more than {MOST_MARKS:,} letters and lines; it was not read"
    return f"this page is broken ({type(causes[0]).__name__}) and was not read"


def _bound_pages() -> None:
    """Have pdfplumber stop at a page that draws without end; it takes no such limit itself."""
    from pdfplumber import page as plumbing

    class Bounded(plumbing.PDFPageAggregatorWithMarkedContent):  # type: ignore[misc] # no types there
        """Lays out a page of so many marks at most."""

        marks = 0

        def render_char(self, *args: Any, **kwargs: Any) -> Any:
            self._count()
            return super().render_char(*args, **kwargs)

        def paint_path(self, *args: Any, **kwargs: Any) -> Any:
            self._count()
            return super().paint_path(*args, **kwargs)

        def _count(self) -> None:
            self.marks += 1
            if self.marks > MOST_MARKS:
                raise _TooManyMarks

    if not hasattr(plumbing.PDFPageAggregatorWithMarkedContent, "marks"):
        plumbing.PDFPageAggregatorWithMarkedContent = Bounded


def _page_text(page: Any) -> str:
    words = page.extract_words(keep_blank_chars=False, use_text_flow=False)
    gutter = find_gutter([(word["x0"], word["x1"], word["top"]) for word in words], float(page.width))
    if gutter is None:
        return str(page.extract_text(layout=False) or "")
    left, right = page.crop((0, 0, gutter, page.height)), page.crop((gutter, 0, page.width, page.height))
    return "\n".join(str(part.extract_text() or "") for part in (left, right))


def find_gutter(words: list[tuple[float, float, float]], width: float) -> float | None:
    """Where a page of words (left, right, top) is parted into two columns; None where it is not.

    A gutter is an upright strip in the middle of the page that no word touches, with many lines on both its sides.
    """
    if len(words) < 40:
        return None
    for step in range(25, 76):
        x = width * step / 100
        if any(left < x + width * _GUTTER and right > x - width * _GUTTER for left, right, _ in words):
            continue
        on_left = {round(top) for left, _, top in words if left < x}
        on_right = {round(top) for left, _, top in words if left >= x}
        if min(len(on_left), len(on_right)) >= 8 and len(on_left & on_right) >= 0.25 * min(len(on_left), len(on_right)):
            return x
    return None
