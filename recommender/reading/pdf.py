"""A résumé or a profile page as PDF."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, BinaryIO

from recommender.profile import Profile
from recommender.reading.outcome import Context, Rejected
from recommender.reading.prose import read_any_text

#: Pages that are read of one document, and bytes.
MOST_PAGES = 40
LARGEST_PDF = 32 * 1024 * 1024
#: A gap between columns, as a part of the page's width, and the part of the lines that must leave it free.
_GUTTER = 0.015


def read_pdf(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The one profile of a PDF; where pages have two columns, the left one is read first."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    if len(stream.read(LARGEST_PDF + 1)) > LARGEST_PDF:
        yield context.reject("", "", f"the PDF is larger than {LARGEST_PDF:,} bytes; give the résumé alone")
        return
    stream.seek(0)
    try:
        with pdfplumber.open(stream) as document:
            text = _text(document, context)
    except Exception as error:  # pdfminer raises anything on broken files
        causes = (error, *(error.args if isinstance(error, PdfminerException) else ()))
        encrypted = any(isinstance(cause, PDFPasswordIncorrect) for cause in causes)
        cure = (
            "is encrypted; give it without a password" if encrypted else "is broken and cannot be read; save it again"
        )
        yield context.reject("", "", f"the PDF {cure}")
        return
    if not text.strip():
        yield context.reject("", "", "no text stands in this PDF (it may be a scan); give it with its text")
        return
    yield read_any_text(text, context)


def _text(document: Any, context: Context) -> str:
    pages: list[str] = []
    for number, page in enumerate(document.pages, start=1):
        if number > MOST_PAGES:
            context.notice(f"page {number}", "", f"only the first {MOST_PAGES} pages were read")
            break
        try:
            pages.append(_page_text(page))
        except Exception as error:  # one broken page costs itself alone
            context.notice(f"page {number}", "", f"this page is broken ({type(error).__name__}) and was not read")
        page.close()
    return "\n".join(pages)


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
