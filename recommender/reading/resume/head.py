"""The top of a free-form résumé: name, title, location, before the first heading or role."""

from __future__ import annotations

import re

import msgspec

from recommender.reading.text.contact import without_contact
from recommender.reading.text.titles import is_noun, is_title

_STATE = (
    "A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|PR|RI|S[CD]|T[NX]|UT|V[TA]"
    "|W[AVIY]"
)
CITY_STATE = re.compile(rf"(?<![\w,])(?:[A-Z][a-zA-Z.'’-]+)(?: [A-Z][a-zA-Z.'’-]+){{0,2}}, (?:{_STATE})\b(?: \d{{5}})?")
_PLACE = re.compile(
    r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}, [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}(?:, [A-Z][\w. ]+)?\Z"
)
_SHORT_CITY = re.compile(
    r"(?:(?:San|Santa|Los|Las|New|Fort|St\.|Saint|El|La|Lake|Mount|North|South|East|West|Salt)\s)?"
    r"[A-Z][\w.'’-]+, [A-Z]{2}\b"
)
_PART = r"(?:[A-Z][\w.'’-]*|de|van|von|der|da|dos|del|la|bin|al)"
_NAME = re.compile(rf"{_PART}(?: {_PART}){{1,4}}(?:,? (?:PhD|MBA|RN|CPA|PMP|MD|Jr\.?|Sr\.?|II|III))*\Z")


class Top(msgspec.Struct, frozen=True, kw_only=True):
    """What the top of a résumé says; `rest` is what remains as prose."""

    name: str | None = None
    title: str | None = None
    location: str | None = None
    rest: str = ""


def read_top(text: str) -> Top:
    """The top of a résumé. A name is taken only from a line of its own; a headline may run on into prose."""
    lines = [line.strip() for line in text.split("\n")]
    kept = [line for line in lines if line]
    if not kept:
        return Top()
    name = kept[0] if _is_name(kept[0]) and len(kept) > 1 else None
    body = kept[1:] if name else kept
    title = location = None
    rest: list[str] = []
    for index, line in enumerate(body):
        if index < 5 and title is None and len(line) <= 80 and is_title(line) and not line.endswith("."):
            title = line
        elif index < 5 and location is None and (place := _location(line)):
            location, left = place
            if left:
                rest.append(left)
        else:
            rest.append(line)
    if title is None and location is None and body:
        title, location, first = split_headline(body[0])
        rest = [first, *rest[1:]] if rest else []
    return Top(name=name, title=title, location=location, rest="\n".join(line for line in rest if line))


def _is_name(line: str) -> bool:
    if len(line) > 50 or not _NAME.match(line) or any(letter.isdigit() for letter in line):
        return False
    return not any(is_noun(word) for word in line.split()) and not _PLACE.match(line)


def _location(line: str) -> tuple[str, str] | None:
    """The place on a short line that may also hold contact details, and what else is on the line."""
    if len(line) > 160:
        return None
    without = without_contact(line, "|")
    parts = [part.strip(" ,") for part in re.split(r"\s*[|•·\t]\s*|\s{3,}|\s[-–—]\s", without) if part.strip(" ,")]
    place = next((part for part in parts if _PLACE.match(part) or CITY_STATE.fullmatch(part)), None)
    if place is None:
        return None
    rest = [part for part in parts if part is not place]
    return place, " | ".join(rest)


def split_headline(line: str) -> tuple[str | None, str | None, str]:
    """(title, location, what remains) of a line like "Web Developer - Akeneo Boston, MA Seeking a career ..."."""
    place = CITY_STATE.search(line[:160])
    if place is None:
        return None, None, line
    begin = place.start()
    words = list(re.finditer(r"\S+", line[begin : place.end()]))
    for word in words[1:]:  # a title runs on into the city: "Line Welder Elmsford, NY"
        if is_noun(line[begin + words[0].start() : begin + word.start()].split()[-1]) and word.end() <= place.end():
            begin += word.start()
            break
    if " - " in line[:begin]:  # after a company the city is one word, or two that begin like a city
        short = _SHORT_CITY.search(line[begin : place.end()])
        begin += short.start() if short else 0
    before = line[:begin].strip(" ,-–|")
    if before and (len(before.split()) > 10 or not is_title(before)):
        return None, None, line
    title = before.split(" - ")[0].strip() if before else None
    # where a company is between, the line is kept whole
    rest = line if title != (before or None) else line[place.end() :].strip(" ,-–|")
    return title or None, line[begin : place.end()], rest
