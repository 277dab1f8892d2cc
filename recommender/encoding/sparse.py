"""Sparse vectors: what a profile holds of words, skills and occupations, as ids and weights.

The ids of all kinds lie side by side in one range, so that a pair's products are one look-up, whatever the kind.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Space(NamedTuple):
    """The ids of one kind: `size` of them from `start` on."""

    start: int
    size: int

    def hashed(self, text: str) -> int:
        """A stable id of a text (feature hashing, Weinberger et al. 2009)."""
        return self.start + int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "little") % self.size


WORDS, SKILLS, OCCUPATIONS = Space(0, 1 << 18), Space(1 << 18, 1 << 18), Space(1 << 19, 1 << 12)

#: In the order in which a profile's entries are stored; every id is below `END`.
SPACES: tuple[Space, ...] = (WORDS, SKILLS, OCCUPATIONS)
END = OCCUPATIONS.start + OCCUPATIONS.size


class Sparse(NamedTuple):
    """A sparse vector of unit length, or of no entry: ids ascending, uint32; weights float32."""

    ids: NDArray[np.uint32]
    weights: NDArray[np.float32]


def sparse(weights: Mapping[int, float]) -> Sparse:
    """The vector of these weights by id, at unit length; those of 0 are left out."""
    ids = sorted(key for key, weight in weights.items() if weight)
    length = math.sqrt(math.fsum(weights[key] ** 2 for key in ids)) or 1.0
    return Sparse(np.array(ids, np.uint32), np.array([weights[key] / length for key in ids], np.float32))
