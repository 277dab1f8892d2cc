"""What matches would lose of their scores without one of their fields: what makes it evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.evidence import Place, unit_field
from recommender.encoding.features import Features
from recommender.encoding.passages import Kind
from recommender.encoding.skill_weights import skill_id
from recommender.encoding.sparse import SKILLS
from recommender.matching.scoring import Scorer
from recommender.matching.sections import Sections
from recommender.matching.signals import weights_by_id
from recommender.matching.subject import Subject

Floats = NDArray[np.float32]
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


@dataclass(frozen=True)
class Losses:
    """The units of some matches, one match after another.

    Attributes:
        matches: how many there are.
        match: whose unit it is, from 0.
        place, number, part: which field, as `evidence.Unit` has them.
        section: the section that vanishes with it, as `Sections` has it.
        points: what the score would lose without it; below 0 where it would gain.
        shown: how many of the skills that were asked about would weigh less without it.
    """

    matches: int
    match: Positions
    place: NDArray[np.uint8]
    number: NDArray[np.uint8]
    part: NDArray[np.uint16]
    section: Positions
    points: Points
    shown: Positions

    def cited(self, units: Positions) -> list[Cited | None]:
        """Units as they are cited; None for -1."""
        fields = zip(self.place[units].tolist(), self.number[units].tolist(), self.part[units].tolist(), strict=True)
        return [Cited(*field) if unit >= 0 else None for unit, field in zip(units.tolist(), fields, strict=True)]

    def greatest(self, among: NDArray[np.bool_]) -> Positions:
        """Of each match the one of these units whose loss is greatest, the first of equals; -1 where it has none."""
        # what is written last stays
        order = self._ascending[among[self._ascending]]
        greatest = np.full(self.matches, -1)
        greatest[self.match[order]] = order
        return greatest

    @cached_property
    def _ascending(self) -> Positions:
        """Units by what is lost without them, the least first, equals from last to first."""
        return np.argsort(-self.points, kind="stable")[::-1]


def losses(subject: Subject, matches: Features, cosines: Floats, sections: Sections, scorer: Scorer) -> Losses:
    """The losses of every unit; `cosines` of words and of skills with the subject's, a row a match, 0 for unknown."""
    offsets, columns = matches.offsets["units"], matches.columns
    match = np.repeat(np.arange(len(matches)), np.diff(offsets))
    place, number, part = (columns[f"unit_{name}"] for name in ("place", "number", "part"))
    section = sections.find(match, _SECTION_OF[place], number)
    # for each loss, the position of its unit among all units
    unit_of = np.repeat(offsets[:-1], np.diff(matches.offsets["losses"])) + columns["loss_unit"]
    points = _sparse_points(subject.features, matches, cosines[match], scorer, unit_of)
    points += scorer.points_of("career") * _career_losses(sections, section, match, place)
    skills = np.array([skill_id(name) for name in subject.facts.core_skills], np.uint32)
    asked = (columns["loss_id"] == skills[:, None]).any(axis=0)
    shown = np.bincount(unit_of[asked], minlength=len(match))
    return Losses(len(matches), match, place, number, part, section, points, shown)


def _sparse_points(subject: Features, matches: Features, cosines: Floats, scorer: Scorer, unit_of: Positions) -> Points:
    """What of words and skills is lost without each unit: exact, but for the ends of the calibrated range."""
    columns, ids, units = matches.columns, matches.columns["loss_id"], len(cosines)
    with weights_by_id(subject) as weights:
        shared = weights.take(ids) * columns["loss_weight"]
    lost = np.bincount(unit_of + units * (ids >= SKILLS.start), shared, minlength=2 * units).reshape(2, units)
    points = np.zeros(units)
    for name, before, gone in zip(("words", "skills"), cosines.T, lost, strict=True):
        left = np.where(columns[f"unit_{name}"] > 0, columns[f"unit_{name}"], np.inf)
        points += scorer.points_of(name) * (before - (before - gone) / left)
    return points


def _career_losses(sections: Sections, section: Positions, match: Positions, place: NDArray[np.uint8]) -> Points:
    """What the cosine of careers loses without the section that vanishes with a unit; two lists share one."""
    is_list = _SECTION_OF[place] == _LISTS
    lists = np.bincount(match, is_list)[match]
    return np.asarray(sections.career_losses()[section] / np.where(is_list, lists, 1))
