"""How central asked skills are, of vectors whose weights are given."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.encoding.features import GROUPS, Features
from recommender.matching.asked.skills import HALF, centrality


def features(*vectors: dict[int, float]) -> Features:
    """Profiles that have these sparse entries and nothing else."""
    ends = np.cumsum([0, *map(len, vectors)])
    ids = np.array([one for vector in vectors for one in sorted(vector)], np.uint32)
    weights = np.array([vector[one] for vector in vectors for one in sorted(vector)], np.float32)
    offsets = {group: np.zeros(len(vectors) + 1, np.int64) for group in GROUPS} | {"sparse": ends}
    return Features(offsets, {"sparse_id": ids, "sparse_weight": weights})


def test_the_best_of_the_skills_counts_and_grows_with_its_weight() -> None:
    pool = features({3: HALF, 9: 0.5}, {}, {5: 3 * HALF})
    found = centrality(pool, [(3, 5), (9,), (5,)])
    assert found == pytest.approx(np.array([[0.5, 0.0, 0.75], [0.5 / (0.5 + HALF), 0.0, 0.0], [0.0, 0.0, 0.75]]))


def test_a_condition_without_a_skill_is_central_to_nobody() -> None:
    assert centrality(features({3: 1.0}), [(), (3,)])[0].tolist() == [0.0]
