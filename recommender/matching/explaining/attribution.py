"""What matches would lose of their scores without one of their fields: what makes it evidence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.attribution import Shown
from recommender.encoding.sparse import SKILLS
from recommender.encoding.text.passages import PassageKind
from recommender.encoding.text.skill_weights import skill_id
from recommender.encoding.units import Place
from recommender.matching.compared.pairs import Pairs
from recommender.matching.explaining.cited import Attributions, Points, Positions, Shows
from recommender.matching.explaining.sections import Sections
from recommender.matching.query_profile import QueryProfile
from recommender.matching.scoring import Scorer
from recommender.matching.signals import weights_by_id

Floats = NDArray[np.float32]

#: The section that vanishes with a unit; a bullet or the like only shortens one.
_SECTION = {
    Place.TITLE: PassageKind.TITLE, Place.CORE_SKILLS: PassageKind.SKILLS, Place.OTHER_SKILLS: PassageKind.SKILLS,
    Place.ROLE_TITLE: PassageKind.ROLE_TITLE,
}  # fmt: skip
_SECTION_OF = np.array([_SECTION.get(place, len(PassageKind)) for place in Place], np.int64)
_LISTS = int(PassageKind.SKILLS)


def attributions(
    query_profiles: Sequence[QueryProfile], pairs: Pairs, cosines: Floats, sections: Sections, scorer: Scorer
) -> Attributions:
    """The losses of every unit.

    Args:
        pairs: query profiles and their matches.
        cosines: of each match's words and of its skills with its query profile's, a row a match, 0 for unknown.
    """
    offsets, columns = pairs.pool.offsets["units"], pairs.pool.columns
    match = np.repeat(np.arange(len(pairs.pool)), np.diff(offsets))
    place, number, part = (columns[f"unit_{name}"] for name in ("place", "number", "part"))
    section = sections.find(match, _SECTION_OF[place], number)
    # for each loss, the position of its unit among all units
    unit_of = np.repeat(offsets[:-1], np.diff(pairs.pool.offsets["losses"])) + columns["loss_unit"]
    points = _sparse_points(pairs, cosines[match], scorer, unit_of)
    points += scorer.points_of("career") * _career_losses(sections, section, match, place)
    shows = _shows(query_profiles, pairs.whose[match], columns["loss_id"], columns["loss_shown"], unit_of)
    return Attributions(len(pairs.pool), match, place, number, part, section, points, shows)


def _shows(
    query_profiles: Sequence[QueryProfile],
    whose: Positions,
    ids: NDArray[np.uint32],
    shown: NDArray[np.uint8],
    unit_of: Positions,
) -> Shows:
    """What is shown of the query profiles' core skills, by all losses; `whose` is of each unit its query profile."""
    core = [one.facts.core_skills for one in query_profiles]
    starts = np.cumsum([0, *map(len, core)])
    # one number a query profile and skill
    skills = np.array([at << 32 | skill_id(name) for at, names in enumerate(core) for name in names], np.int64)
    order, all_shown = np.argsort(skills, kind="stable"), np.flatnonzero(shown)
    if not len(skills):
        return Shows(all_shown[:0], all_shown[:0], np.zeros(0, bool))
    mine = whose[unit_of[all_shown]]
    wanted = mine << 32 | ids[all_shown]
    found = np.searchsorted(skills, wanted, sorter=order)
    skill = order[np.minimum(found, len(order) - 1)]
    asked = skills[skill] == wanted
    vanishing = all_shown[asked]
    return Shows(unit_of[vanishing], (skill - starts[mine])[asked], shown[vanishing] == int(Shown.BY_NAME))


def _sparse_points(pairs: Pairs, cosines: Floats, scorer: Scorer, unit_of: Positions) -> Points:
    """What of words and skills is lost without each unit: exact, but for the ends of the calibrated range."""
    columns, ids, units = pairs.pool.columns, pairs.pool.columns["loss_id"], len(cosines)
    shared = np.empty(len(ids), np.float32)
    for own, part in pairs.parts("losses"):
        with weights_by_id(own) as weights:
            weights.take(ids[part], out=shared[part], mode="clip")  # as in `dot_sparse`
    shared *= columns["loss_weight"]
    attributed = np.bincount(unit_of + units * (ids >= SKILLS.start), shared, minlength=2 * units).reshape(2, units)
    points = np.zeros(units)
    for name, before, gone in zip(("words", "skills"), cosines.T, attributed, strict=True):
        left = np.where(columns[f"unit_{name}"] > 0, columns[f"unit_{name}"], np.inf)
        points += scorer.points_of(name) * (before - (before - gone) / left)
    return points


def _career_losses(sections: Sections, section: Positions, match: Positions, place: NDArray[np.uint8]) -> Points:
    """What the cosine of careers loses without the section that vanishes with a unit; two lists share one."""
    is_list = _SECTION_OF[place] == _LISTS
    lists = np.bincount(match, is_list)[match]
    return np.asarray(sections.career_losses()[section] / np.where(is_list, lists, 1))
