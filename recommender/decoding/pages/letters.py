"""The letters that a page of a PDF draws, and where."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.utils import apply_matrix_pt, mult_matrix

#: Letters and lines drawn on a page, past which it is no page of a résumé (a dense one has 5,000).
MOST_MARKS = 25_000
#: What stands for a letter whose font does not say which it is.
UNKNOWN = "\ufffd"
SYMBOL = "\uf0b7"
#: Fonts of bullets and icons, whose letters are none.
_SYMBOLS = re.compile(r"wingdings|dingbats|symbol|webdings|awesome|icon|fontello|material", re.IGNORECASE)
#: How PDF says that letters are drawn without being seen.
_UNSEEN = (3, 7)
_SMALLEST = 2.0
#: How large a bullet is that is drawn as a shape, in points.
_BULLET = (1.5, 6.0)


class TooManyMarks(Exception):
    """A page draws more than `MOST_MARKS`."""


class Letter(NamedTuple):
    """A letter as it is drawn: its edges and its baseline in points, `y` from the top of the page."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


class Letters(PDFTextDevice):  # type: ignore[misc] # no types there
    """Takes the letters of a page.

    Attributes:
        seen: the letters that stand upright and can be seen.
        unseen: those that are drawn without being seen, as recognition of scanned pages does.
        turned: the text that is set at an angle.
        images: images drawn.
    """

    def __init__(self, resources: Any) -> None:
        super().__init__(resources)
        self.seen: list[Letter] = []
        self.unseen: list[Letter] = []
        self.turned: list[Letter] = []
        self.images = self._marks = 0
        self._hidden, self.width, self.height = False, 0.0, 0.0

    def begin_page(self, page: Any, ctm: Any) -> None:
        """Note the size of the page as it is shown."""
        x0, y0, x1, y1 = page.mediabox
        self.width, self.height = abs(x1 - x0), abs(y1 - y0)
        if page.rotate in (90, 270):
            self.width, self.height = self.height, self.width

    def render_image(self, name: str, stream: Any) -> None:
        """Count an image."""
        self.images += 1

    def set_ctm(self, ctm: Any) -> None:
        """Note where drawing goes on the page."""
        self.ctm = ctm

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        """Count a line; a small filled shape, as wide as high, is a bullet."""
        self._count()
        if not fill or not 2 < len(path) < 30:
            return
        points = [apply_matrix_pt(self.ctm, segment[-2:]) for segment in path if len(segment) > 2]
        (x0, x1), (y0, y1) = ((min(values), max(values)) for values in zip(*points, strict=True))
        wide, high = x1 - x0, y1 - y0
        if _BULLET[0] < min(wide, high) and max(wide, high) < min(_BULLET[1], 1.3 * min(wide, high)):
            self.seen.append(Letter(SYMBOL, x0, x1, self.height - y0 + 0.5 * high, 3 * high))

    def render_string(self, textstate: Any, *args: Any, **kwargs: Any) -> None:
        """Take the letters of a string."""
        self._hidden = textstate.render in _UNSEEN
        super().render_string(textstate, *args, **kwargs)

    def render_char(
        self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, *args: Any
    ) -> float:
        """Take a letter; the width by which the next one is further."""
        self._count()
        width: float = font.char_width(cid) * fontsize * scaling
        a, b, _, d, x, y = mult_matrix((1, 0, 0, 1, 0, rise), matrix)
        size = abs(fontsize) * ((abs(d) + abs(b)) or 1.0)
        if abs(b) > 0.2 * abs(a) or a < 0 or width * a < 0:
            self.turned.append(Letter(self._text(font, cid), x, x, self.height - y, size))
            return width
        letter = Letter(self._text(font, cid), x, x + width * a, self.height - y, abs(fontsize * d))
        if self._hidden or letter.size < _SMALLEST:
            self.unseen.append(letter)
        elif -1 <= letter.x0 <= self.width and 0 <= letter.y <= self.height + 1:
            self.seen.append(letter)
        return width

    def _text(self, font: Any, cid: int) -> str:
        try:
            text = str(font.to_unichr(cid))
        except PDFUnicodeNotDefined:
            text = UNKNOWN
        if text.strip() and (_SYMBOLS.search(str(font.fontname)) or all("\ue000" <= c <= "\uf8ff" for c in text)):
            return SYMBOL
        return "" if text and all(c < " " for c in text) else text

    def _count(self) -> None:
        self._marks += 1
        if self._marks > MOST_MARKS:
            raise TooManyMarks
