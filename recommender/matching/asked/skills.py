"""How central the skills that are asked for are to somebody's work.

Having a skill is not all: who uses it in every role answers better than who lists it among forty. A profile's sparse
vector tells: a skill weighs in it by where and how lately it is shown, beside everything else that the profile has,
and lends to the skills that can replace it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Features
from recommender.encoding.text.skill_weights import skill_id
from recommender.matching.asked.held import Held
from recommender.matching.asked.ids import numbered

#: Weight among a profile's skills at which one counts half of what it can.
HALF = 0.1


def skill_ids(one: Held) -> tuple[int, ...]:
    """Ids of the skills any of which meets a condition on skills; none for another one."""
    return tuple(map(skill_id, one.where.skills_any or ())) if one.condition.kind == "skill" else ()


def centrality(pool: Features, wanted: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """How central the best of these ids is to each profile, 0 to 1, shape (len(wanted), len(pool))."""
    ids = sorted({one for those in wanted for one in those})
    weights = np.zeros((len(ids), len(pool)))
    number, whose, weight = numbered(pool, [(one,) for one in ids])
    weights[number, whose] = weight
    row = {one: at for at, one in enumerate(ids)}
    best = [weights[[row[one] for one in those]].max(axis=0, initial=0.0) for those in wanted]
    return np.array([one / (one + HALF) for one in best])
