"""A profile as its page shows it, and the matches at its foot."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import msgspec

from recommender.matching import Answer, Match
from recommender.profile import Education, Profile, Role


class Station(msgspec.Struct, frozen=True):
    """Consecutive roles at one company; each with its position among the profile's roles."""

    company: str
    roles: tuple[tuple[int, Role], ...]


class BarSegment(msgspec.Struct, frozen=True):
    """One signal's part of a match's bar; `start` and `width` in percent of a full score."""

    signal: str
    colour: int
    start: float
    width: float


class Card(msgspec.Struct, frozen=True):
    """A match, with the bar that draws its score."""

    match: Match
    segments: tuple[BarSegment, ...]


def stations(profile: Profile) -> tuple[Station, ...]:
    """The roles by company, in their order."""
    numbered = enumerate(profile.roles)
    return tuple(
        Station(company or "", tuple(roles)) for company, roles in groupby(numbered, key=lambda pair: pair[1].company)
    )


def until(profile: Profile, entry: Role | Education) -> str | None:
    """Where an entry ends for counting its length: its end, or the month the profile is of."""
    return entry.end or profile.as_of


def colours(answer: Answer) -> dict[str, int]:
    """Signal → colour, the same on every card of an answer."""
    names = dict.fromkeys(c.signal for match in answer.matches for c in match.contributions)
    return {name: number for number, name in enumerate(names)}


def cards(answer: Answer) -> tuple[Card, ...]:
    """The matches with their bars."""
    by_signal = colours(answer)
    return tuple(Card(match, _segments(match, by_signal)) for match in answer.matches)


def _segments(match: Match, by_signal: dict[str, int]) -> tuple[BarSegment, ...]:
    segments, start = [], 0.0
    for contribution in match.contributions:
        # what counts against a match is said in its table: a bar cannot draw less than nothing
        if contribution.points > 0:
            segments.append(BarSegment(contribution.signal, by_signal[contribution.signal], start, contribution.points))
            start += contribution.points
    return tuple(segments)


def showcase(profiles: Sequence[Profile]) -> Profile | None:
    """Of these, the one whose page has most to show."""
    return max(profiles, key=_fullness, default=None)


def _fullness(profile: Profile) -> tuple[int, int, str]:
    parts = (profile.badges, profile.highlights, profile.persona, profile.core_skills, profile.about, profile.education)
    return sum(map(bool, parts)), min(len(profile.roles), 5), profile.id or ""
