"""People side by side: which skills they share, which one alone has, and how close the others are to the first."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recommender.facts import Facts
from recommender.matching import Answer, Match
from recommender.matching.scoring_config import ScoringConfig
from recommender.privacy import masked
from recommender.profile import Profile
from recommender.service.pages.careers.picture import Picture

#: How many people stand side by side.
FEWEST, MOST_COMPARED = 2, 4


class Beside(msgspec.Struct, frozen=True):
    """One of those compared; `match` is what the matcher says of them and the first, None of the first itself."""

    profile: Profile
    facts: Facts
    picture: Picture | None
    match: Match | None


class SharedSkill(msgspec.Struct, frozen=True):
    """A skill that several have but not all; whether each does."""

    name: str
    has: tuple[bool, ...]


class Skills(msgspec.Struct, frozen=True):
    """The skills of several people, by canonical name: of all, of several, and of one alone (in their order)."""

    by_all: tuple[str, ...]
    by_several: tuple[SharedSkill, ...]
    by_one: tuple[tuple[str, ...], ...]


class PointsRow(msgspec.Struct, frozen=True):
    """The points of one signal: one number for each person but the first, None where it says nothing of that pair."""

    signal: str
    points: tuple[float | None, ...]


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
    """The points that each signal gave of the first person and each other, in the order they are shown in elsewhere."""
    given = [{c.signal: c.points for c in one.match.contributions} if one.match else {} for one in people[1:]]
    order = list(ScoringConfig.shipped().signals)
    signals = sorted({signal for points in given for signal in points}, key=order.index)
    return tuple(PointsRow(signal, tuple(points.get(signal) for points in given)) for signal in signals)


def matches_of(answer: Answer) -> dict[str, Match]:
    """The matches of an answer by whose they are."""
    return {match.profile_id: match for match in answer.matches}
