"""A career with all that its picture needs: how far down each part is, in pixels, from the top.

Across, everything is in percent, so that a picture is as wide as its page and its letters keep their size.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from recommender.facts import Facts
from recommender.profile import Profile
from recommender.service.pages.careers.axis import Axis
from recommender.service.pages.careers.career import Bar, Career, Step, career, tenures
from recommender.service.pages.careers.strips import Strip, Strips, strips
from recommender.skills import Vocabulary

#: Pixels of the line of years, a level's name, a lane with a bar, a skill, and the line that says what is pointed at.
YEARS: Final = 22
LEVEL: Final = 18
LANE: Final = 40
STRIP: Final = 27
SAID: Final = 44


class Picture(msgspec.Struct, frozen=True):
    """A career, its parts each with where it begins.

    Attributes:
        floor: where the roles end and the skills begin.
        height: of it all, without the line that says what is pointed at.
    """

    career: Career
    steps: tuple[tuple[int, Step], ...]
    bars: tuple[tuple[int, Bar], ...]
    strips: tuple[tuple[int, Strip], ...]
    nowhere: tuple[str, ...]
    floor: int
    height: int


def picture(profile: Profile, facts: Facts, vocabulary: Vocabulary, axis: Axis | None = None) -> Picture | None:
    """The picture of a career on this axis, or on one of its own; None where no role has dates."""
    drawn = career(profile, axis)
    return laid_out(drawn, strips(profile, facts.core_skills, vocabulary, drawn.axis)) if drawn else None


def common_axis(profiles: Sequence[Profile]) -> Axis | None:
    """One axis for several careers."""
    return Axis.over(span for profile in profiles for span in tenures(profile).values())


def laid_out(drawn: Career, skills: Strips) -> Picture:
    """Levels below each other, the highest at the top, then the skills."""
    steps, bars, y = [], [], YEARS
    for step in drawn.steps:
        steps.append((y, step))
        bars += [(y + LEVEL + bar.lane * LANE, bar) for bar in step.bars]
        y += LEVEL + step.lanes * LANE
    placed = tuple((y + number * STRIP, strip) for number, strip in enumerate(skills.drawn))
    return Picture(drawn, tuple(steps), tuple(bars), placed, skills.nowhere, y, y + len(placed) * STRIP)
