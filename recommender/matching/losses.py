"""What matches would lose of their scores without one of their fields: what makes it evidence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.evidence import Place, unit_field
from recommender.encoding.features import Features
from recommender.encoding.passages import Kind
from recommender.encoding.skill_weights import skill_id
from recommender.encoding.sparse import END, SKILLS
from recommender.matching.scoring import Scorer
from recommender.matching.sections import Sections
from recommender.matching.signals import dot_sparse

Points = NDArray[np.float64]
Positions = NDArray[np.int64]

#: The section that vanishes with a unit; a bullet or the like only shortens one.
_SECTION = {
    Place.TITLE: Kind.TITLE, Place.CORE_SKILLS: Kind.SKILLS, Place.OTHER_SKILLS: Kind.SKILLS,
    Place.ROLE_TITLE: Kind.ROLE_TITLE,
}  # fmt: skip
_SECTION_OF = np.array([_SECTION.get(place, len(Kind)) for place in Place], np.int64)
_LISTS = int(Kind.SKILLS)


class Cited(NamedTuple):
    """A field of a match: its place, number and part as `evidence.Unit` has them."""

    place: int
    number: int
    part: int

    @property
    def field(self) -> str:
        """Its name on the profile ("roles[2].bullets[0]")."""
        return unit_field(self.place, self.number, self.part)


@dataclass(frozen=True, slots=True)
class Losses:
    """The units of some matches, one match after another.

    Attributes:
        match: whose unit it is, from 0.
        place, number, part: which field, as `evidence.Unit` has them.
        section: the section that vanishes with it, as `Sections` has it.
        points: what the score would lose without it; below 0 where it would gain.
        shown: how many of the skills that were asked about would weigh less without it.
    """

    match: Positions
    place: NDArray[np.uint8]
    number: NDArray[np.uint8]
    part: NDArray[np.uint16]
    section: Positions
    points: Points
    shown: Positions

    def cited(self, unit: int | None) -> Cited | None:
        """A unit as it is cited; None for None."""
        if unit is None:
            return None
        return Cited(int(self.place[unit]), int(self.number[unit]), int(self.part[unit]))

    def greatest(self, among: NDArray[np.bool_], least: float = -np.inf) -> dict[int, int]:
        """Match → of these units of it the one whose loss is greatest, and at least so many points, if there is one."""
        there = np.flatnonzero(among & (self.points >= least))
        # the greatest comes last, and the first of those that are equal
        order = there[np.argsort(-self.points[there], kind="stable")[::-1]]
        return dict(zip(self.match[order].tolist(), order.tolist(), strict=True))


def losses(subject: Features, matches: Features, sections: Sections, scorer: Scorer, skills: Collection[str]) -> Losses:
    """The losses of every unit; `skills` are the canonical names that `shown` counts."""
    offsets, columns = matches.offsets["units"], matches.columns
    match = np.repeat(np.arange(len(matches)), np.diff(offsets))
    place, number, part = (columns[f"unit_{name}"] for name in ("place", "number", "part"))
    section = sections.find(match, _SECTION_OF[place], number)
    # for each loss, the position of its unit among all units
    unit_of = np.repeat(offsets[:-1], np.diff(matches.offsets["losses"])) + columns["loss_unit"]
    points = _sparse_points(subject, matches, scorer, match, unit_of)
    points += scorer.points_of("career") * _career_losses(sections, section, match, place)
    asked = np.zeros(END, np.bool_)
    asked[[skill_id(name) for name in skills]] = True
    shown = np.bincount(unit_of[asked.take(columns["loss_id"])], minlength=len(match))
    return Losses(match, place, number, part, section, points, shown)


def _sparse_points(
    subject: Features, matches: Features, scorer: Scorer, match: Positions, unit_of: Positions
) -> Points:
    """What of words and skills is lost without each unit: exact, but for the ends of the calibrated range."""
    ids, worth = matches.columns["loss_id"], [scorer.points_of("words"), scorer.points_of("skills")]
    shared = subject.weights_by_id.take(ids) * matches.columns["loss_weight"]
    lost = np.bincount(2 * unit_of + (ids >= SKILLS.start), shared, minlength=2 * len(match)).reshape(-1, 2)
    before = np.nan_to_num(dot_sparse(subject, matches)[:2]).T[match]
    left = np.stack([matches.columns["unit_words"], matches.columns["unit_skills"]], axis=1)
    left[left == 0] = np.inf
    return np.asarray((before - (before - lost) / left) @ worth)


def _career_losses(sections: Sections, section: Positions, match: Positions, place: NDArray[np.uint8]) -> Points:
    """What the cosine of careers loses without the section that vanishes with a unit; two lists share one."""
    is_list = _SECTION_OF[place] == _LISTS
    lists = np.bincount(match, is_list)[match]
    return np.asarray(sections.career_losses()[section] / np.where(is_list, lists, 1))
