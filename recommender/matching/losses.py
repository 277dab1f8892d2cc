"""What matches would lose of their scores without one of their fields: what makes it evidence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.evidence import Place, unit_field
from recommender.encoding.features import Features
from recommender.encoding.passages import Kind
from recommender.encoding.skill_weights import skill_id
from recommender.encoding.sparse import END, SKILLS
from recommender.matching.scoring import Scorer
from recommender.matching.signals import dot_sparse, weights_by_id

Points = NDArray[np.float64]
Positions = NDArray[np.int64]

#: The section that vanishes with a unit; a bullet or the like only shortens one.
_SECTION = {
    Place.TITLE: Kind.TITLE, Place.CORE_SKILLS: Kind.SKILLS, Place.OTHER_SKILLS: Kind.SKILLS,
    Place.ROLE_TITLE: Kind.ROLE_TITLE,
}  # fmt: skip
_SECTION_OF = np.array([_SECTION.get(place, 255) for place in Place], np.int64)


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
    shown: Points

    def field(self, unit: int) -> str:
        """The name of a unit's field."""
        return unit_field(int(self.place[unit]), int(self.number[unit]), int(self.part[unit]))

    def greatest(self, places: Collection[Place], least: float) -> int | None:
        """The unit at these places whose loss is greatest, and at least so many points; None where there is none."""
        there = np.flatnonzero(np.isin(self.place, list(places)) & (self.points >= least))
        return int(there[self.points[there].argmax()]) if len(there) else None

    def greatest_showing(self) -> int | None:
        """The unit whose loss is greatest among those that show a skill that was asked about; None where none does."""
        showing = np.flatnonzero(self.shown)
        return int(showing[self.points[showing].argmax()]) if len(showing) else None


def losses(subject: Features, matches: Features, scorer: Scorer, skills: Collection[str]) -> list[Losses]:
    """Of each match, the losses of its units; `skills` are the canonical names that `shown` counts."""
    offsets = matches.offsets["units"]
    match_of = np.repeat(np.arange(len(matches)), np.diff(offsets))
    points = _sparse_points(subject, matches, scorer, match_of)
    points += scorer.points_of("career") * _career_losses(subject, matches, match_of)
    asked = np.zeros(END)
    asked[[skill_id(name) for name in skills]] = 1
    counted = asked.take(matches.columns["loss_id"])
    shown: Points = np.zeros(len(match_of))
    np.add.at(shown, _unit_of(matches), counted)
    place, number, part = (matches.columns[f"unit_{name}"] for name in ("place", "number", "part"))
    slices = [slice(start, end) for start, end in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)]
    return [Losses(place[own], number[own], part[own], points[own], shown[own]) for own in slices]


def _unit_of(matches: Features) -> Positions:
    """For each loss, the position of its unit among all units."""
    first = np.repeat(matches.offsets["units"][:-1], np.diff(matches.offsets["losses"]))
    return np.asarray(first + matches.columns["loss_unit"])


def _sparse_points(subject: Features, matches: Features, scorer: Scorer, match_of: Positions) -> Points:
    """What of words and skills is lost without each unit: exact, but for the ends of the calibrated range."""
    ids = matches.columns["loss_id"]
    shared = weights_by_id(subject).take(ids) * matches.columns["loss_weight"]
    kind = ids >= SKILLS.start
    lost = np.bincount(2 * _unit_of(matches) + kind, shared, minlength=2 * len(match_of)).reshape(-1, 2)
    before = dot_sparse(subject, matches)[:2].T[match_of]
    left = np.stack([matches.columns["unit_words"], matches.columns["unit_skills"]], axis=1)
    after = np.where(left > 0, (before - lost) / np.where(left > 0, left, 1), 0)
    return np.asarray(np.nan_to_num(before - after) @ [scorer.points_of("words"), scorer.points_of("skills")])


def _career_losses(subject: Features, matches: Features, match_of: Positions) -> Points:
    """What the cosine of careers loses without the section that vanishes with a unit; 0 where none does."""
    columns = matches.columns
    section_match = np.repeat(np.arange(len(matches)), np.diff(matches.offsets["sections"]))
    section_loss = _without_section(subject, matches, section_match)
    keys = _key(section_match, columns["section_kind"], columns["section_number"])
    order = np.argsort(keys, kind="stable")
    kind = _SECTION_OF[columns["unit_place"]]
    wanted = _key(match_of, kind, columns["unit_number"])
    at = np.minimum(np.searchsorted(keys, wanted, sorter=order), max(len(keys) - 1, 0))
    if not len(keys):
        return np.zeros(len(match_of))
    found = np.where(keys[order][at] == wanted, section_loss[order][at], 0)
    # two lists share one section
    lists = np.bincount(match_of, kind == Kind.SKILLS, minlength=len(matches))[match_of]
    return np.where(kind == Kind.SKILLS, found / np.maximum(lists, 1), found)


def _without_section(subject: Features, matches: Features, section_match: Positions) -> Points:
    """What the cosine of careers loses without each section."""
    columns = matches.columns
    vectors = columns["section_code"].astype(np.float32) * columns["section_scale"][:, None]
    weights = np.where(columns["section_kind"] == Kind.OVERVIEW, 0, columns["section_weight"])[:, None]
    parts = (weights * vectors).astype(np.float64)
    own = subject.columns["career_code"][0] * subject.columns["career_scale"][0]
    wholes = np.zeros((len(matches), vectors.shape[1]))
    np.add.at(wholes, section_match, parts)
    whole = wholes[section_match]
    return np.asarray(_cosine(whole, own) - _cosine(whole - parts, own))


def _cosine(vectors: Points, own: NDArray[np.float32]) -> Points:
    lengths = np.sqrt(np.vecdot(vectors, vectors))
    return np.asarray(vectors @ own / np.where(lengths > 1e-9, lengths, np.inf))


def _key(match: Positions, kind: NDArray[np.int64], number: NDArray[np.uint8]) -> Positions:
    return np.asarray((match << 16) + (kind.astype(np.int64) << 8) + number)
