"""PDF → its text, page by page."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, BinaryIO

from recommender.decoding.pages.columns import in_order
from recommender.decoding.pages.edges import PageLines, without_edges
from recommender.decoding.pages.letters import MOST_MARKS, UNKNOWN, Letters, TooManyMarks
from recommender.decoding.pages.lines import PageLine, lines_of
from recommender.decoding.parts import More, Part, PartNotice, Refused, Text
from recommender.limits import Limits

#: Processor time that a page may take beside what the document as a whole may: several times that of a dense one.
SECONDS_A_PAGE = 0.3
#: Letters that are drawn without being seen, or at an angle, from which on they are said to be passed over.
_WORTH_SAYING = 12
#: The share of letters that fonts do not name, beyond which the document cannot be read.
_UNREADABLE = 0.3


def decode_pdf(stream: BinaryIO, limits: Limits) -> Iterator[Part | More]:
    """The text of a PDF: columns one after the other, without what pages repeat."""
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        document = PDFDocument(PDFParser(stream))
        pages: list[PageLines] = []
        for part in _pages(PDFPage.create_pages(document), limits):
            if isinstance(part, PageLines):
                pages.append(part)
            else:
                yield part
    except Exception as error:  # pdfminer raises anything on broken files
        _raise_memory(error)
        encrypted = isinstance(error, PDFPasswordIncorrect)
        cure = (
            "is encrypted; give it without a password" if encrypted else "is broken and cannot be read; save it again"
        )
        yield Refused(f"the PDF {cure}")
        return
    yield from _text(pages)


def _text(pages: list[PageLines]) -> Iterator[Part]:
    kept, once = without_edges(pages)
    texts = [text for lines in kept for text in in_order(lines)]
    first = next((index + 1 for index, text in enumerate(texts) if text.strip()), 0)
    text = "\n".join([*texts[:first], *once, *texts[first:]])
    unknown, letters = text.count(UNKNOWN), sum(not letter.isspace() for letter in text)
    if unknown > _UNREADABLE * letters:
        yield Refused("the fonts of this PDF do not say which letters they draw; export it anew, or save it as DOCX")
        return
    if unknown:
        message = f"{unknown} letters of fonts that do not say which they are cannot be read; export the PDF anew"
        yield PartNotice("", message)
    yield Text(text.replace(UNKNOWN, ""))


def _pages(pages: Iterator[Any], limits: Limits) -> Iterator[PageLines | PartNotice | More]:
    """The lines of every page, and what could not be read."""
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager

    resources = PDFResourceManager()
    for number, page in enumerate(pages, start=1):
        place = f"page {number}"
        if number > limits.pdf_pages:
            yield PartNotice(place, f"only the first {limits.pdf_pages} pages were read (limits.pdf_pages)")
            return
        yield More(SECONDS_A_PAGE)
        device = Letters(resources)
        try:
            PDFPageInterpreter(resources, device).process_page(page)
            lines = _lines(device)
        except Exception as error:  # one broken page costs itself alone
            yield PartNotice(place, _fault(error))
            continue
        yield from (PartNotice(place, message) for message in _passed_over(device, lines))
        yield PageLines(lines, device.height)


def _lines(device: Letters) -> list[PageLine]:
    """The lines that are seen; of a page that was scanned those that were recognised on it."""
    scanned = len(device.seen) < 0.1 * len(device.unseen)
    return lines_of(device.seen + device.unseen if scanned else device.seen)


def _passed_over(device: Letters, lines: list[PageLine]) -> Iterator[str]:
    if not lines and device.images:
        yield "no text stands on this page, but an image (it may be a scan); it was not read: give it with its text"
    elif lines and len(device.seen) >= 0.1 * len(device.unseen) and len(device.unseen) >= _WORTH_SAYING:
        yield f"{len(device.unseen):,} letters that are not seen were not read"
    if len(device.turned) >= _WORTH_SAYING:
        turned = "".join(letter.text for letter in device.turned).strip()
        yield f"text that is set at an angle was not read: {turned[:60]!r}"


def _raise_memory(error: Exception) -> None:
    """Raise on what says that memory ran out."""
    for cause in (error, error.__cause__, error.__context__, *error.args):
        if isinstance(cause, MemoryError):
            raise cause


def _fault(error: Exception) -> str:
    """Why a page was not read."""
    _raise_memory(error)
    if isinstance(error, TooManyMarks):
        return f"this page draws more than {MOST_MARKS:,} letters and lines; it was not read"
    return f"this page is broken ({type(error).__name__}) and was not read"
