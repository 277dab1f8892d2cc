"""The search vector: what FAISS holds, an inner product that stands in for the whole score.

Blocks side by side, each scaled by its share: the overview and the career pooled, and three sketches, of the words,
the skills and the occupations. A sketch is a fixed random projection of a sparse unit vector; it keeps inner products
(Johnson & Lindenstrauss 1984; signs by hashing as in Weinberger et al. 2009).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Features
from recommender.encoding.quantisation import dequantise
from recommender.encoding.terms import BUCKETS

#: Each block's share of the squared length, and the sketches' widths.
DENSE_SHARE, WORDS_SHARE, SKILLS_SHARE, OCCUPATIONS_SHARE = 0.45, 0.27, 0.18, 0.1
WORDS_WIDTH, SKILLS_WIDTH, OCCUPATIONS_WIDTH = 256, 128, 128

#: Ids of skills and of occupations are taken modulo these.
_SKILLS, _OCCUPATIONS = 1 << 16, 1 << 12


def search_vector(features: Features) -> NDArray[np.float32]:
    """Of one profile: unit length, the model's dimension + the three widths; zeros without a word."""
    dense = dequantise(features.of(0, "overview_code"), features.of(0, "overview_scale"))
    dense = dense + dequantise(features.of(0, "career_code"), features.of(0, "career_scale"))
    blocks = [
        np.sqrt(DENSE_SHARE) * unit(dense[0]),
        np.sqrt(WORDS_SHARE) * _sketch(features, "term", _signs(BUCKETS, WORDS_WIDTH, 1)),
        np.sqrt(SKILLS_SHARE) * _sketch(features, "skill", _signs(_SKILLS, SKILLS_WIDTH, 3)),
        np.sqrt(OCCUPATIONS_SHARE) * _sketch(features, "occupation", _signs(_OCCUPATIONS, OCCUPATIONS_WIDTH, 2)),
    ]
    return unit(np.concatenate(blocks).astype(np.float32))


def unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector at length 1; zeros stay zeros."""
    norm = float(np.linalg.norm(vector))
    return (vector / norm if norm else vector).astype(np.float32)


def _sketch(features: Features, name: str, signs: NDArray[np.uint8]) -> NDArray[np.float32]:
    ids, weights = features.of(0, f"{name}_id"), features.of(0, f"{name}_weight")
    if not len(ids):
        return np.zeros(signs.shape[1] * 8, np.float32)
    rows = np.unpackbits(signs[ids % len(signs)], axis=1).astype(np.float32) * 2 - 1
    return unit(weights @ rows)


@cache
def _signs(rows: int, width: int, seed: int) -> NDArray[np.uint8]:
    """Fixed random bits, eight to a byte; PCG64 gives the same ones on every machine."""
    return np.random.Generator(np.random.PCG64(seed)).integers(0, 256, (rows, width // 8), np.uint8)
