"""What pages repeat at their top and bottom: read once, and page numbers not at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from recommender.decoding.pages.lines import PageLine

#: The part of a page's height that its edges are, and lines of each.
_EDGE, _LINES = 0.11, 2
_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p[aá]gina|pagina|p\.|pg\.?|blad)\W*)?\d{1,3}(?:\W*(?:of|von|de|sur|di|van|/|\|)\W*\d{1,3})?\W*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?P<rest>.*?)\W*\b(?:page|seite|p[aá]gina|pagina|p\.|pg\.?)\W*\d{1,3}(?:\W*(?:of|von|de|sur|di|van|/)\W*\d{1,3})?\W*",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"\W*(?:curriculum vit(?:ae|æ)|r[eé]sum[eé]|cv|lebenslauf)\W*")
_REACH = re.compile(r"@|https?:|www\.|linkedin|(?:\d[ .()/-]?){7}", re.IGNORECASE)


class PageLines(NamedTuple):
    """The lines of a page and its height in points."""

    lines: list[PageLine]
    height: float


def without_edges(pages: Sequence[PageLines]) -> tuple[list[list[PageLine]], list[str]]:
    """The lines of every page without page numbers and what is repeated; and what of that is worth reading once: all
    that says how somebody is reached, and what the first page has at its top."""
    often = Counter(key for page in pages for key in {_key(line.text) for line in _edge(page)})
    once: dict[str, str] = {}
    kept: list[list[PageLine]] = []
    for number, page in enumerate(pages):
        edge = set(_edge(page)) if len(page.lines) > 2 * _LINES else set[PageLine]()
        rest: list[PageLine] = []
        for line in page.lines:
            text = line.text
            repeated = often[_key(text)] > 1 or (number > 0 and _NUMBERED.fullmatch(text) is not None)
            if line not in edge or not (_NUMBER.fullmatch(text) or _NUMBERED.fullmatch(text) or repeated):
                rest.append(line)
            elif not _NUMBER.fullmatch(text):
                _keep(text, line.y < page.height / 2, number == 0, rest, line, once)
        kept.append(rest)
    if kept and kept[0] and often[_key(kept[0][0].text)] > 1 and _says_nothing_new(kept[0]):
        kept[0].pop(0)
    return kept, list(once.values())


def _keep(text: str, top: bool, first: bool, rest: list[PageLine], line: PageLine, once: dict[str, str]) -> None:
    """Keep what an edge says beside a page number where nothing else says it."""
    said = match["rest"].strip() if (match := _NUMBERED.fullmatch(text)) else text
    if first and top and said == text:
        rest.append(line)
    elif said and (_REACH.search(said) or (first and top)):
        once.setdefault(_key(said), said)


def _says_nothing_new(lines: Sequence[PageLine]) -> bool:
    """Whether the first line says what one of the next few does ("Ines Halvorsen – Curriculum Vitae")."""
    first = lines[0].text.casefold()
    return _DOCUMENT.fullmatch(first) is not None or any(line.text.casefold() in first for line in lines[1:5])


def _edge(page: PageLines) -> list[PageLine]:
    top = [line for line in page.lines if line.y < _EDGE * page.height][:_LINES]
    bottom = [line for line in page.lines if line.y > (1 - _EDGE) * page.height][-_LINES:]
    return [*top, *(line for line in bottom if line not in top)]


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", re.sub(r"\d+", "#", text)).strip().casefold()
