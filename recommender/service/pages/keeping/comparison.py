"""People side by side: which skills they share, which one alone has, and how close the others are to the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from recommender.facts import Facts
from recommender.matching import Match
from recommender.matching.scoring_config import ScoringConfig
from recommender.privacy import masked
from recommender.profile import Profile
from recommender.service.pages.careers.picture import Picture

#: How many people stand side by side.
FEWEST, MOST_COMPARED = 2, 4


class Beside(msgspec.Struct, frozen=True):
    """One of those compared.

    Attributes:
        match: what the matcher says of them and the first; None of the first itself.
        most: signal → the most it could have given the two.
    """

    profile: Profile
    facts: Facts
    picture: Picture | None
    match: Match | None
    most: Mapping[str, float] = {}


class SharedSkill(msgspec.Struct, frozen=True):
    """A skill that several have but not all; whether each does."""

    name: str
    has: tuple[bool, ...]


class Skills(msgspec.Struct, frozen=True):
    """The skills of several people, by canonical name: of all, of several, and of one alone (in their order)."""

    by_all: tuple[str, ...]
    by_several: tuple[SharedSkill, ...]
    by_one: tuple[tuple[str, ...], ...]


class Points(NamedTuple):
    """What a signal gave a pair, and the most it could have given; 0 of 0 where it says nothing of the two."""

    given: float
    most: float


class PointsRow(msgspec.Struct, frozen=True):
    """The points of one signal, of each person but the first; None where they are not compared."""

    signal: str
    points: tuple[Points | None, ...]


def skills_compared(facts: Sequence[Facts]) -> Skills:
    """Who has what, by the facts; core skills first, the first person's before the next one's."""
    order = dict.fromkeys(name for one in facts for name in one.core_skills)
    order |= dict.fromkeys(sorted({name for one in facts for name in one.skills}, key=str.casefold))
    held = [frozenset(one.skills) for one in facts]
    has = {name: tuple(name in own for own in held) for name in order if masked(name) == name}
    return Skills(
        tuple(name for name, who in has.items() if all(who)),
        tuple(SharedSkill(name, who) for name, who in has.items() if 1 < sum(who) < len(who)),
        tuple(tuple(name for name, who in has.items() if who[at] and sum(who) == 1) for at in range(len(facts))),
    )


def points_compared(people: Sequence[Beside]) -> tuple[PointsRow, ...]:
    """What each signal gave, and could have given, of the first person and each other; in their usual order."""
    rows = []
    for signal in ScoringConfig.shipped().signals:
        pairs = tuple(_points(one, signal) for one in people[1:])
        if any(map(any, filter(None, pairs))):
            rows.append(PointsRow(signal, pairs))
    return tuple(rows)


def _points(one: Beside, signal: str) -> Points | None:
    if one.match is None:
        return None
    given = next((part.points for part in one.match.contributions if part.signal == signal), 0.0)
    return Points(given, one.most.get(signal, 0.0))
