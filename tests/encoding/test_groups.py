"""The major group of occupations that somebody works in."""

from __future__ import annotations

import numpy as np

from recommender.encoding.features import COLUMNS, Features
from recommender.encoding.models.weights import Weights
from recommender.encoding.sparse import OCCUPATIONS
from recommender.encoding.titles.groups import GROUPS, groups_of
from recommender.encoding.titles.occupations import Occupations


def features(*people: dict[str, float]) -> Features:
    """People who have one word, one skill and these occupations, by their O*NET titles."""
    titles = Occupations.shipped(Weights.bundled().fingerprint).titles
    columns = {column.name: np.zeros(0, column.dtype) for column in COLUMNS}
    entries = [
        [(7, 0.9), (1 << 18, 0.9), *sorted((OCCUPATIONS.start + titles.index(name), w) for name, w in one.items())]
        for one in people
    ]
    columns["sparse_id"] = np.array([number for one in entries for number, _ in one], "u4")
    columns["sparse_weight"] = np.array([weight for one in entries for _, weight in one], "f4")
    columns["sparse_count"] = np.array([[1, 1, len(one) - 2] for one in entries], "u2")
    lengths = np.array([len(one) for one in entries])
    offsets = {"sparse": np.concatenate([[0], np.cumsum(lengths)]), "one": np.arange(len(people) + 1)}
    return Features(offsets, columns)


def test_the_group_whose_occupations_weigh_most_together_is_theirs() -> None:
    """Two nurses' occupations of .6 each (.72 squared together) outweigh one chief executive's of .8 (.64)."""
    found = groups_of(
        features(
            {"Registered Nurses": 0.6, "Nurse Practitioners": 0.6, "Chief Executives": 0.8},
            {"Chief Executives": 0.8, "Registered Nurses": 0.6},
            {},
        )
    )
    assert [GROUPS[number] for number in found] == ["Healthcare", "Management", "Not known"]
