"""One line of a role's head, in all the ways to read it: title, employer, both in either order, a place."""

from __future__ import annotations

from collections.abc import Set
from typing import Literal

import msgspec

from recommender.reading.resume.jobs.evidence import company_score, title_score
from recommender.reading.resume.jobs.parts import HeadPart, parts_of
from recommender.reading.resume.jobs.places import is_known_place, is_wide, place_score, split_city
from recommender.reading.resume.jobs.running_text.heads import read_head

#: T: a title, C: an employer, TC and CT: both in that order, P: a place alone, N: nothing of these ("Full-time").
Kind = Literal["T", "C", "TC", "CT", "P", "N"]

#: What it costs to keep a separator inside a field, and what it brings to cut there.
_INSIDE = {",": 0.5, ";": 1.5, "-": 1.0, "|": 2.0, "at": 1.5, "(": 0.3, "/": 0.2, "in": 0.2}
_CUT = {",": 0.0, ";": 0.2, "-": 0.4, "|": 0.6, "at": 2.0, "(": -0.5, "/": -1.0, "in": 0.6}
#: What it costs that nothing separates a title from an employer.
_GLUED = 1.2


class HeadReading(msgspec.Struct, frozen=True):
    """What a line says in one way of reading it, and how much speaks for that."""

    score: float
    title: str | None = None
    company: str | None = None
    place: str | None = None


class _Fields:
    """The fields that runs of a line's parts make."""

    def __init__(self, parts: list[HeadPart], known: Set[str], home: Set[str]) -> None:
        self.parts, self.known, self.home = parts, known, home

    def title(self, begin: int, end: int) -> HeadReading:
        return max((self._one(begin, cut, end, "T") for cut in range(begin + 1, end + 1)), key=lambda one: one.score)

    def company(self, begin: int, end: int) -> HeadReading:
        return max((self._one(begin, cut, end, "C") for cut in range(begin + 1, end + 1)), key=lambda one: one.score)

    def place(self, begin: int, end: int) -> float:
        parts = self.parts[begin:end]
        if all(part.label == "P" for part in parts):
            return 3.0
        if any(part.label for part in parts) or end - begin > 3:
            return -9.0
        return place_score([part.text for part in parts], self.home) - sum(part.separator != "," for part in parts[1:])

    def _one(self, begin: int, cut: int, end: int, kind: Literal["T", "C"]) -> HeadReading:
        """A field of the parts up to `cut`, and a place of those behind it."""
        score = score_of_place = self.place(cut, end) if cut < end else 0.0
        labels = {part.label for part in self.parts[begin:cut]}
        text = self.text(begin, cut)
        if labels == {None}:
            score += title_score(text, self.known) if kind == "T" else company_score(text)
        else:
            score += 4.0 if labels == {kind} else -6.0
        score -= sum(_INSIDE[part.separator] for part in self.parts[begin + 1 : cut])
        score -= (kind == "C") * sum(part.separator == "/" for part in self.parts[begin + 1 : cut])
        if kind == "T" and cut - begin > 1 and labels == {None} and is_known_place(self.parts[cut - 1].text):
            score -= 2.0  # an employer has a place behind it
        if kind == "T" and cut < end and score_of_place < 1.0:
            score -= 1.0  # behind a title alone there is rather an employer
        place = ", ".join(part.text for part in self.parts[cut:end]) or None
        return HeadReading(score, text, None, place) if kind == "T" else HeadReading(score, None, text, place)

    def text(self, begin: int, end: int) -> str:
        """The parts as one text; a separator is written as the line has it, as far as it is one sign."""
        joined = self.parts[begin].text
        for part in self.parts[begin + 1 : end]:
            joined += {",": ", ", ";": "; ", "(": ", ", "at": " at ", "/": " / ", "in": " en "}.get(
                part.separator, " - "
            ) + part.text
        return joined


def _glued(line: str, parts: list[HeadPart], known: Set[str]) -> HeadReading | None:
    """A title and an employer that nothing separates: "Pipe Welder Northgate Works Inc - Newark, NJ"."""
    if any(part.label or part.separator in ("|", "at") for part in parts) or len(parts[0].text.split()) < 2:
        return None
    head = read_head(line, 0, len(line), known)
    if head is None or not head.title or not head.company or head.at:
        return None
    place = place_score(head.location.split(", ")) if head.location else 0.0
    firm = company_score(head.company)
    score = title_score(head.title, known) + firm + place - (_GLUED if head.location or firm > 1.0 else 2 * _GLUED)
    return HeadReading(score, head.title, head.company, head.location)


def _city_apart(parts: list[HeadPart]) -> list[HeadPart]:
    """The parts with the city of a place on its own, where but a blank is before it ("Lumen Parcel Tartu, Estonia"), as
    in the text of pages that put it at the right."""
    if len(parts) != 2 or parts[1].separator != "," or not is_wide(parts[1].text) or any(part.label for part in parts):
        return parts
    name, city = split_city(parts[0].text)
    if city is None:
        return parts
    at = parts[0].at + len(name) + 1
    return [msgspec.structs.replace(parts[0], text=name), HeadPart(city, "|", at), parts[1]]


def readings_of(line: str, known: Set[str] = frozenset(), home: Set[str] = frozenset()) -> dict[Kind, HeadReading]:
    """The best reading of each kind. `known`: titles of this person, case-folded; `home`: places of the head."""
    parts = _city_apart(parts_of(line))
    if not parts:
        return {"N": HeadReading(0.0)}
    fields, size = _Fields(parts, known, home), len(parts)
    found: dict[Kind, HeadReading] = {"T": fields.title(0, size), "C": fields.company(0, size)}
    if (score := fields.place(0, size)) > 0:
        found["P"] = HeadReading(score, None, None, ", ".join(part.text for part in parts))
    if glued := _glued(line, parts, known):
        found["TC"] = glued
    for cut in range(1, size):
        bonus = _CUT[parts[cut].separator]
        at = parts[cut].separator == "at"
        pairs: tuple[tuple[Kind, HeadReading, HeadReading, float], ...] = (
            ("TC", fields.title(0, cut), fields.company(cut, size), bonus),
            ("CT", fields.title(cut, size), fields.company(0, cut), -4.0 if at else bonus),
        )
        for kind, title, company, extra in pairs:
            score = title.score + company.score + extra
            if kind not in found or score > found[kind].score:
                found[kind] = HeadReading(score, title.title, company.company, company.place or title.place)
    return found
