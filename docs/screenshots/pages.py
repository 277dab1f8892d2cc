"""Which pages there are pictures of, and what is done on each before it is taken."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple


class Shot(NamedTuple):
    """A page, and what is to happen there.

    Attributes:
        script: what is done once it is there.
        there: what is on the page by then, as a selector.
    """

    path: str
    script: str = ""
    there: str = "main h1"


def _ticked(*places: int) -> str:
    """Put those at these places on the shortlist."""
    return f"{list(places)}.forEach(n => document.querySelectorAll('main li [data-pick]')[n].click())"


def _given(text: str) -> str:
    """Give a text to the form of the page, as a text where it asks what it is."""
    kind = "for (const kind of document.querySelectorAll('[name=kind]')) kind.checked = kind.value === 'text'; "
    return f"{kind}const box = document.querySelector('#text'); box.value = {text!r}; box.form.requestSubmit()"


def _scrolled(selector: str) -> str:
    return f"document.querySelector({selector!r}).scrollIntoView({{behavior: 'instant', block: 'start'}});"


_NOTE: Final = (
    "document.querySelector('[data-other] button').click(); const note = document.querySelector('.note');"
    " note.value = 'Led two such moves. Call on Thursday.'; note.dispatchEvent(new Event('input', {bubbles: true}))"
)
_ADVERT: Final = (
    "Staff engineer for our streaming platform. You know Kafka and Kubernetes, have run services for ten years or more,"
    " and like to mentor. Remote in Europe."
)
_RESUME: Final = (Path(__file__).parents[1] / "examples" / "tamsin.txt").read_text(encoding="utf-8")
_THREE: Final = "id=sample-0308&id=sample-1586&id=sample-1403"

#: The name of each picture, and what is on it.
PAGES: Final = {
    "featured": Shot("/", there=".matches"),
    "matches": Shot("/", _scrolled("#similar") + _ticked(0, 2), ".tray-people li"),
    "career": Shot("/profiles/sample-0308", _scrolled("#h-career"), ".career"),
    "people": Shot("/profiles?country=united+kingdom&years_from=10", _ticked(0, 1, 3), ".tray-people li"),
    "search": Shot("/search?q=platform+engineer+in+Germany+with+Kafka,+8%2B+years"),
    "overview": Shot("/overview"),
    "map": Shot("/map", there="canvas[data-drawn]"),
    "compare": Shot(f"/compare?{_THREE}", there=".career"),
    "shortlist": Shot(f"/shortlist?{_THREE}", _NOTE, ".kept"),
    "match": Shot("/match", _given(_ADVERT), ".matches"),
    "add": Shot("/add", _given(_RESUME), ".correct"),
}
