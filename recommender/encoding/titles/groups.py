"""Which major group of occupations somebody works in: the first two digits of O*NET-SOC codes (SOC 2018)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Features
from recommender.encoding.sparse import OCCUPATIONS

#: Major groups, by the first two digits of their codes.
_NAMES: Final = {
    "11": "Management", "13": "Business and finance", "15": "Computing and mathematics",
    "17": "Architecture and engineering", "19": "Science", "21": "Community and social service", "23": "Law",
    "25": "Education and libraries", "27": "Arts, design and media", "29": "Healthcare", "31": "Healthcare support",
    "33": "Protective service", "35": "Food", "37": "Cleaning and grounds", "39": "Personal care", "41": "Sales",
    "43": "Office and administration", "45": "Farming, fishing and forestry", "47": "Construction",
    "49": "Installation and repair", "51": "Production", "53": "Transport", "55": "Military",
}  # fmt: skip
#: What groups are called, by their number; the first is of those of whom nothing is known.
GROUPS: Final = ("Not known", *_NAMES.values())


def groups_of(features: Features) -> NDArray[np.uint8]:
    """The number among `GROUPS` of each profile, shape (n,): the group whose occupations weigh most in it together."""
    found = np.zeros(len(features), np.uint8)
    offsets, group = features.offsets["sparse"], _group_of_occupation()
    counts = features.columns["sparse_count"]
    for number in range(len(features)):
        ids = features.columns["sparse_id"][offsets[number] : offsets[number + 1]]
        weights = features.columns["sparse_weight"][offsets[number] : offsets[number + 1]]
        occupations = slice(int(counts[number, :2].sum()), None)
        told = group[np.asarray(ids[occupations], np.int64) - OCCUPATIONS.start]
        shares = np.bincount(told, np.asarray(weights[occupations], np.float64) ** 2, minlength=1)
        found[number] = shares.argmax() if shares.any() else 0
    return found


@cache
def _group_of_occupation() -> NDArray[np.int64]:
    content = files("recommender.encoding.titles").joinpath("occupations.npz").read_bytes()
    with np.load(BytesIO(content)) as stored:
        codes = stored["ids"].tobytes().decode().split("\n")
    return np.array([list(_NAMES).index(code[:2]) + 1 for code in codes], np.int64)
