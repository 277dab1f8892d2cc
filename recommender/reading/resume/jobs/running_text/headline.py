"""A headline of one line, as job boards write it: "Web Developer Boston, MA Seeking a career ..."."""

from __future__ import annotations

import re

from recommender.reading.text.titles import is_noun, is_title

_STATE = (
    "A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|PR|RI|S[CD]|T[NX]|UT|V[TA]"
    "|W[AVIY]"
)
CITY_STATE = re.compile(rf"(?<![\w,])(?:[A-Z][a-zA-Z.'’-]+)(?: [A-Z][a-zA-Z.'’-]+){{0,2}}, (?:{_STATE})\b(?: \d{{5}})?")
SHORT_CITY = re.compile(
    r"(?:(?:San|Santa|Los|Las|New|Fort|St\.|Saint|El|La|Lake|Mount|North|South|East|West|Salt)\s)?"
    r"[A-Z][\w.'’-]+, [A-Z]{2}\b"
)


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
        short = SHORT_CITY.search(line[begin : place.end()])
        begin += short.start() if short else 0
    before = line[:begin].strip(" ,-–|")
    if before and (len(before.split()) > 10 or not is_title(before)):
        return None, None, line
    title = before.split(" - ")[0].strip() if before else None
    # where a company is between, the line is kept whole
    rest = line if title != (before or None) else line[place.end() :].strip(" ,-–|")
    return title or None, line[begin : place.end()], rest
