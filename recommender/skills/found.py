"""What is found in a text: a name, where it is, and what it takes for it to count as a skill there."""

from __future__ import annotations

from typing import NamedTuple

from recommender.skills.entries import Surface
from recommender.skills.senses.needs import Need


class Mention(NamedTuple):
    """`text[start:end]` speaks of the skill `name`."""

    start: int
    end: int
    name: str


class FoundName(NamedTuple):
    """A name that is in a text, before anybody asked what it means there.

    Attributes:
        mention: where it is, and the skill whose name it would be.
        surface: the way of writing that it is of.
        family: the kind of work that the skill belongs to, "" where it belongs to all kinds.
        need: what its context must show.
    """

    mention: Mention
    surface: Surface
    family: str
    need: Need


class Read(NamedTuple):
    """A text, the names found in it by position, and where it has words that may open a clause about others."""

    text: str
    found: list[FoundName]
    openings: list[int]


class Decision(NamedTuple):
    """Whether a found name counts as a skill where it is, and why, in words."""

    found: FoundName
    counts: bool
    reason: str
