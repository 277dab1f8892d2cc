"""The layout of a résumé's heads: where, around the dates, titles stand and where employers do.

One person lays out all jobs alike. Every layout that the lines allow is tried on all entries together; the one with
the best sum of evidence is taken, and an entry that it does not fit at all keeps its own best.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

import msgspec

from recommender.reading.resume.jobs.entries import JobEntry
from recommender.reading.resume.jobs.evidence import is_written_large
from recommender.reading.resume.jobs.heads import HeadReading, Kind, readings_of
from recommender.reading.resume.jobs.lines import JobLine

#: How much better an entry's own best layout must be than the common one.
_OWN = 3.0
_BOTH, _NO_TITLE, _NO_COMPANY, _UNREAD, _LEFT_OUT = 1.5, -1.5, -0.5, -1.5, -0.8
#: From here on a title is one beyond doubt.
_SURE_TITLE = 2.2
#: A place or a known note beside the head is taken from this score on.
_SURE_PLACE = 1.5


class HeadLayout(msgspec.Struct, frozen=True):
    """Places of title and employer among an entry's lines; `order` where they share one, "" else."""

    title: int | None
    company: int | None
    order: str = ""


class Head(msgspec.Struct, frozen=True):
    """A head as one layout reads it; `first` and `last` are the places of the lines it takes up."""

    score: float
    title: str | None
    company: str | None
    location: str | None
    first: int
    last: int


def read_heads(entries: Sequence[JobEntry], known: Set[str], home: Set[str]) -> tuple[HeadLayout, list[Head]]:
    """The common layout, and every entry's head. `known`: titles of this person, case-folded; `home`: places of the
    résumé's head."""
    readings = [
        {place: readings_of(line.text, known, home) for place, line in entry.lines.items()} for entry in entries
    ]
    scored = [
        (sum(head.score for head in heads), layout, heads)
        for layout in _layouts(readings)
        for heads in [[_head(entry, read, layout) for entry, read in zip(entries, readings, strict=True)]]
    ]
    _, common, heads = max(scored, key=lambda one: one[0])
    best = [max((other[index] for _, _, other in scored), key=lambda head: head.score) for index in range(len(entries))]
    chosen = list(heads)
    for index, (head, own) in enumerate(zip(heads, best, strict=True)):
        beside = [
            place
            for at in (index - 1, index + 1)
            if 0 <= at < len(entries)
            for place in _begins(entries[at], heads[at])
        ]
        if own.score > head.score + _OWN and not set(beside) & set(_begins(entries[index], own)):
            chosen[index] = own
    return common, chosen


def _begins(entry: JobEntry, head: Head) -> list[int]:
    """Where the lines begin that a head takes up."""
    return [line.begin for place, line in entry.lines.items() if place and head.first <= place <= head.last]


def _layouts(readings: Sequence[dict[int, dict[Kind, HeadReading]]]) -> Iterator[HeadLayout]:
    places = sorted({place for read in readings for place in read}, key=lambda place: (abs(place), place))
    titled = [
        place for place in places
        if any(max((read[place][kind].score for kind in ("T", "TC", "CT") if kind in read[place]), default=-9.0) > 0
               for read in readings if place in read)
    ]  # fmt: skip
    every = (reading for read in readings for one in read.values() for reading in one.values())
    if not any(reading.title and reading.score > _SURE_TITLE for reading in every):
        titled = list(dict.fromkeys([*titled, *places[:3]]))
    for title in titled or places[:2]:
        yield HeadLayout(title, title, "TC")
        yield HeadLayout(title, title, "CT")
        yield from (HeadLayout(title, company) for company in places if company != title and abs(company - title) <= 2)
        yield HeadLayout(title, None)
    yield from (HeadLayout(None, place) for place in places)
    yield HeadLayout(None, None)


def _head(entry: JobEntry, readings: dict[int, dict[Kind, HeadReading]], layout: HeadLayout) -> Head:
    taken = _taken(readings, layout)
    score = sum(reading.score for reading in taken.values())
    title = next((reading.title for reading in taken.values() if reading.title), None)
    company = next((reading.company for reading in taken.values() if reading.company), None)
    score += _BOTH * (title is not None and company is not None) + _NO_TITLE * (title is None)
    score += _NO_COMPANY * (company is None and layout.company is not None)
    first, last = min([0, *taken]), max([0, *taken])
    places = [reading.place for reading in taken.values() if reading.place]
    for place in range(first, last + 1):
        if place in readings and place not in taken:
            beside = readings[place].get("P")
            score += beside.score if beside else _UNREAD
            places += [beside.place] if beside and beside.place else []
    for step, edge in ((-1, first), (1, last)):
        line = entry.lines.get(edge + step)
        beside = readings[edge + step].get("P") if line else None
        if beside and beside.place and beside.score >= _SURE_PLACE and not places:
            score += beside.score / 2
            places.append(beside.place)
            first, last = min(first, edge + step), max(last, edge + step)
        elif line and _looks_like_a_head(line):
            score += _LEFT_OUT
    return Head(score, title, company, places[0] if places else None, first, last)


def _looks_like_a_head(line: JobLine) -> bool:
    return not line.bullet and is_written_large(line.text)


def _taken(readings: dict[int, dict[Kind, HeadReading]], layout: HeadLayout) -> dict[int, HeadReading]:
    """The reading of every line in which a layout has the title or the employer."""
    taken: dict[int, HeadReading] = {}
    if layout.order:
        line = readings.get(layout.title if layout.title is not None else 0)
        if line is None:
            return taken
        pair: Kind = "TC" if layout.order == "TC" else "CT"
        alone = [line[kind] for kind in ("T", "C") if kind in line]
        found = [line[pair]] if pair in line else []
        if found or alone:
            taken[layout.title or 0] = max(found or alone, key=lambda reading: reading.score)
        return taken
    if layout.company is None and layout.title in readings:
        line = readings[layout.title]
        alone = [line[kind] for kind in ("T", "C") if kind in line]  # an employer, where the line is no title at all
        return {layout.title: max(alone, key=lambda reading: reading.score)} if alone else {}
    kinds: tuple[tuple[int | None, Kind], ...] = ((layout.title, "T"), (layout.company, "C"))
    for place, kind in kinds:
        if place is not None and place in readings and kind in readings[place]:
            taken[place] = readings[place][kind]
    return taken
