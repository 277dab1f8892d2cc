"""The points of a match, signal by signal: a bar of them, and each against the most it could be."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from recommender.matching import Answer, Match


class BarSegment(msgspec.Struct, frozen=True):
    """One signal's part of a match's bar; `start` and `width` in percent of a full score."""

    signal: str
    colour: int
    start: float
    width: float


class Points(msgspec.Struct, frozen=True):
    """What one signal gave, and the most it could have; None where that is nothing one could say."""

    signal: str
    colour: int
    points: float
    most: float | None


def colours(answer: Answer) -> dict[str, int]:
    """Signal → colour, the same on every card of an answer."""
    names = dict.fromkeys(c.signal for match in answer.matches for c in match.contributions)
    return {name: number for number, name in enumerate(names)}


def points_of(match: Match, by_signal: dict[str, int], most: Mapping[str, float]) -> tuple[Points, ...]:
    """What each signal gave a match, of the most that it could."""
    given = {one.signal: one.points for one in match.contributions}
    # a signal that could have given something and gave nothing is part of the why, too
    could = {name for name, part in most.items() if part} & by_signal.keys()
    found = []
    for name in sorted(given.keys() | could, key=by_signal.__getitem__):
        points = given.get(name, 0.0)
        found.append(Points(name, by_signal[name], points, max(most[name], points) if name in could else None))
    return tuple(found)


def segments_of(match: Match, by_signal: dict[str, int]) -> tuple[BarSegment, ...]:
    """The bar of a match: its segments end to end, as long as its points."""
    segments, start = [], 0.0
    for contribution in match.contributions:
        # what counts against a match is said in its table: a bar cannot draw less than nothing
        if contribution.points > 0:
            segments.append(BarSegment(contribution.signal, by_signal[contribution.signal], start, contribution.points))
            start += contribution.points
    return tuple(segments)
