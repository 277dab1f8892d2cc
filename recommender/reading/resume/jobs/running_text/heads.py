"""The head of a role in a résumé's running text: "Title Company - City, ST" right before its dates.

What is before a head is often the end of the role above it, with nothing between: every place where the title could
begin and every place where it could end is scored, and the best pair wins.
"""

from __future__ import annotations

import re
from collections.abc import Set

import msgspec

from recommender.reading.resume.jobs.places import is_known_place
from recommender.reading.resume.jobs.running_text.headline import CITY_STATE, SHORT_CITY
from recommender.reading.resume.jobs.running_text.scores import pairs
from recommender.reading.resume.jobs.running_text.words import COMPANY, Word, WordLine, words_of
from recommender.reading.text.titles import bare, is_noun

_PLACE_TAIL = re.compile(
    r"\s+(?:[-–—|•·@]\s+|[-–](?=[A-Z]))"
    r"(?P<place>(?:[A-Z][\w.'’]*|St\.|de|of|la|del|and)(?:[ -](?:[A-Z][\w.'’]*|of|de|la|del|and))*"
    r"(?:,\s*[A-Z][\w.'’]*(?:[ ][A-Z][\w.'’]*)*)*)\s*\Z"
)
#: A city and its state that only a blank is before.
_GLUED_PLACE = re.compile(
    rf"(?<=[\w.)]) (?P<place>{SHORT_CITY.pattern}|[A-Z][\w'’-]+ (?:City|Beach|Springs|Falls|Park|Grove|Heights|Hills"
    r"|Island|Valley|Rapids|Creek|Rock|Bay|Point|Lakes?|Haven|Harbor), [A-Z]{2})\Z"
)
#: A city is one word, or begins like one: "Acme Electronics, TX" is none.
_CITY = re.compile(
    r"[A-Z][\w.'’-]+,|(?:San|Santa|Los|Las|New|Fort|Ft\.?|St\.?|Saint|El|La|Lake|Mount|North|South|East|West|Salt)\s"
)


#: What some collections of résumés put in place of the employer.
_MASKED = re.compile(r"(?:^|(?<=\n))\s*Company Name\b(?:\s*City\s*,\s*State)?[\s/|,–-]*")
_MASKED_AFTER = re.compile(r"[\s/|,–-]*(?:\bCompany Name\b)?[\s/|,–-]*(?:City\s*,\s*State)?[\s/|,–-]*\Z")
#: Words that lead in the dates ("Duration: May 2016 to ...").
_LEAD_IN = re.compile(r"(?<![^\s(])(?:from|since|dates?|duration|tenure|period|employed)\s*:?\Z", re.IGNORECASE)
_LOOSE = " \t(|,;:-–—•·"


class RunningHead(msgspec.Struct, frozen=True, kw_only=True):
    """A role's head. `at` is the offset in the text where it begins; `score` says how sure it is (good from 0 on)."""

    title: str | None
    company: str | None
    location: str | None
    at: int
    score: float


def read_head(
    text: str, floor: int, until: int, titles: Set[str] = frozenset(), companies: Set[str] = frozenset()
) -> RunningHead | None:
    """The head that ends at `until` and begins not before `floor`; `titles` and `companies` are this person's known
    from elsewhere, case-folded. None where no words stand there."""
    before = text[max(floor, until - 260) : until]
    shift = until - len(before)
    whole = shift <= floor
    before = _LEAD_IN.sub("", before.rstrip(_LOOSE)).rstrip(_LOOSE)
    location = None
    tail = _PLACE_TAIL.search(before, max(0, len(before) - 90))
    if tail and "\n" not in tail[0] and _may_be_place(tail["place"]):
        location = tail["place"]
        before = before[: tail.start()]
    elif (glued := _GLUED_PLACE.search(before)) and CITY_STATE.fullmatch(glued["place"]):
        location, before = glued["place"], before[: glued.start()]
    masked = _MASKED.search(before)
    if masked or "City" in before:
        before = _MASKED_AFTER.sub("", before)
    if masked:
        shift += masked.end()
        before = before[masked.end() :]
    words = words_of(before, shift, whole=whole)
    if not words:
        return None
    line = WordLine(words, titles, companies, location is not None)
    best = max(pairs(line), key=lambda pair: pair[0], default=None)
    if best is None:
        return None
    score, begin, cut = best
    title = _joined(text, words, begin, cut)
    company = _joined(text, words, cut, len(words))
    if location and company is None and CITY_STATE.fullmatch(", ".join(location.split(", ")[1:])):
        company, location = _without_place(location)
    elif company and location is None:
        company, location = _without_place(company)
    return RunningHead(title=title, company=company, location=location, at=words[begin].at, score=score)


def _without_place(company: str) -> tuple[str | None, str | None]:
    """A company without the place behind it ("Initech, Austin, TX"), and the place."""
    if CITY_STATE.fullmatch(company) and _CITY.match(company):
        return None, company
    parts = company.rsplit(", ", 2)
    place = ", ".join(parts[1:])
    if len(parts) == 3 and CITY_STATE.fullmatch(place):
        return parts[0], place
    return company, None


def _joined(text: str, words: list[Word], begin: int, end: int) -> str | None:
    if begin >= end:
        return None
    last = words[end - 1]
    joined = re.sub(r"\s+", " ", text[words[begin].at : last.at + len(last.text)])
    joined = joined.strip(" ,;:|•·*–—") if joined.count("(") == joined.count(")") else joined.strip(" ,;:|•·*–—()")
    return re.sub(r"^-\s*|\s*-$", "", joined) or None


def _may_be_place(text: str) -> bool:
    """Whether words behind a dash may name a place: no title, and where they are many, one that is known."""
    words = text.replace(",", " ").split()
    if any(map(is_noun, words)):
        return False
    few = len(words) < 3 and not any(COMPANY.match(bare(word)) for word in words)
    return few or CITY_STATE.fullmatch(text) is not None or any(map(is_known_place, text.split(", ")))
