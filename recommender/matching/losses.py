"""What matches would lose of their scores without one of their fields: what makes it evidence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.evidence import Place, unit_field
from recommender.encoding.features import Features
from recommender.encoding.passages import Kind
from recommender.encoding.skill_weights import skill_id
from recommender.encoding.sparse import SKILLS
from recommender.matching.scoring import Scorer
from recommender.matching.signals import dot_sparse

Points = NDArray[np.float64]
Positions = NDArray[np.int64]

#: The section that vanishes with a unit; a bullet or the like only shortens one.
_SECTION = {
    Place.TITLE: Kind.TITLE, Place.CORE_SKILLS: Kind.SKILLS, Place.OTHER_SKILLS: Kind.SKILLS,
    Place.ROLE_TITLE: Kind.ROLE_TITLE,
}  # fmt: skip
_NO_SECTION = len(Kind)
_SECTION_OF = np.array([_SECTION.get(place, _NO_SECTION) for place in Place], np.int64)
_LISTS, _OVERVIEW = int(Kind.SKILLS), int(Kind.OVERVIEW)

#: A share of the squared length this small is a rounding error.
_NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class Losses:
    """The units of one match.

    Attributes:
        place, number, part: which fields, as `evidence.Unit` has them.
        points: what the score would lose without each; below 0 where it would gain.
        shown: how many of the skills that were asked about would weigh less without each.
    """

    place: NDArray[np.uint8]
    number: NDArray[np.uint8]
    part: NDArray[np.uint16]
    points: Points
    shown: Positions

    def field(self, unit: int) -> str:
        """The name of a unit's field."""
        return unit_field(int(self.place[unit]), int(self.number[unit]), int(self.part[unit]))

    def ranked(self, places: Collection[Place], least: float) -> list[int]:
        """The units at these places that are worth at least so many points, the greatest loss first."""
        there = np.flatnonzero(self.points >= least).tolist()
        return sorted((at for at in there if int(self.place[at]) in places), key=lambda at: -self.points[at])

    def greatest(self, places: Collection[Place], least: float) -> int | None:
        """The first of these; None where there is none."""
        return next(iter(self.ranked(places, least)), None)

    def greatest_showing(self) -> int | None:
        """The unit whose loss is greatest among those that show a skill that was asked about; None where none does."""
        showing = np.flatnonzero(self.shown)
        return int(showing[self.points[showing].argmax()]) if len(showing) else None


def losses(subject: Features, matches: Features, scorer: Scorer, skills: Collection[str]) -> list[Losses]:
    """Of each match, the losses of its units; `skills` are the canonical names that `shown` counts."""
    offsets = matches.offsets["units"]
    match_of = np.repeat(np.arange(len(matches)), np.diff(offsets))
    # for each loss, the position of its unit among all units
    unit_of = np.repeat(offsets[:-1], np.diff(matches.offsets["losses"])) + matches.columns["loss_unit"]
    points = _sparse_points(subject, matches, scorer, match_of, unit_of)
    points += scorer.points_of("career") * _career_losses(subject, matches, match_of)
    asked = np.isin(matches.columns["loss_id"], [skill_id(name) for name in skills])
    shown = np.bincount(unit_of[asked], minlength=len(match_of))
    place, number, part = (matches.columns[f"unit_{name}"] for name in ("place", "number", "part"))
    slices = [slice(start, end) for start, end in pairwise(offsets.tolist())]
    return [Losses(place[own], number[own], part[own], points[own], shown[own]) for own in slices]


def _sparse_points(
    subject: Features, matches: Features, scorer: Scorer, match_of: Positions, unit_of: Positions
) -> Points:
    """What of words and skills is lost without each unit: exact, but for the ends of the calibrated range."""
    ids = matches.columns["loss_id"]
    shared = subject.weights_by_id.take(ids) * matches.columns["loss_weight"]
    lost = np.bincount(2 * unit_of + (ids >= SKILLS.start), shared, minlength=2 * len(match_of)).reshape(-1, 2)
    before = dot_sparse(subject, matches)[:2].T[match_of]
    left = np.stack([matches.columns["unit_words"], matches.columns["unit_skills"]], axis=1)
    after = np.where(left > 0, before - lost, 0) / np.where(left > 0, left, 1)
    return np.asarray(np.nan_to_num(before - after) @ [scorer.points_of("words"), scorer.points_of("skills")])


def _career_losses(subject: Features, matches: Features, match_of: Positions) -> Points:
    """What the cosine of careers loses without the section that vanishes with a unit; 0 where none does."""
    columns = matches.columns
    section_match = np.repeat(np.arange(len(matches)), np.diff(matches.offsets["sections"]))
    lost = np.zeros((len(matches), _NO_SECTION + 1, 256))
    lost[section_match, columns["section_kind"], columns["section_number"]] = _without_section(
        subject, matches, section_match
    )
    kind = _SECTION_OF[columns["unit_place"]]
    found = lost[match_of, kind, columns["unit_number"]]
    # two lists share one section
    lists = np.bincount(match_of, kind == _LISTS, minlength=len(matches))[match_of]
    return np.where(kind == _LISTS, found / np.maximum(lists, 1), found)


def _without_section(subject: Features, matches: Features, section_match: Positions) -> Points:
    """What the cosine of careers loses without each section, by products of its vector with the whole and the own."""
    columns = matches.columns
    codes = columns["section_code"].astype(np.float32)
    weights = columns["section_scale"] * np.where(columns["section_kind"] == _OVERVIEW, 0, columns["section_weight"])
    own = subject.columns["career_code"][0] * subject.columns["career_scale"][0]
    slices = [slice(start, end) for start, end in pairwise(matches.offsets["sections"].tolist())]
    wholes = np.stack([weights[one] @ codes[one] for one in slices])
    alike, length = (wholes @ own)[section_match], np.vecdot(wholes, wholes)[section_match]
    part = weights * (codes @ own)
    left = length - 2 * weights * np.vecdot(codes, wholes[section_match]) + weights**2 * np.vecdot(codes, codes)
    before = alike / np.sqrt(np.where(length > 0, length, np.inf))
    return np.asarray(before - (alike - part) / np.sqrt(np.where(left > _NOTHING * length, left, np.inf)))
