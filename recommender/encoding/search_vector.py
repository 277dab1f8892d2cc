"""The search vector: what FAISS holds, an inner product that stands in for the whole score.

Blocks side by side, each scaled by its share: the overview and the career pooled, and two sketches, of the words
and of the occupations. A sketch is a fixed random projection of a sparse unit vector, which keeps inner products
(Johnson & Lindenstrauss 1984; signs by hashing as in Weinberger et al. 2009).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Features
from recommender.encoding.quantisation import dequantise
from recommender.encoding.terms import BUCKETS

#: Widths of the sketches, and each block's share of the squared length.
WORDS_WIDTH, OCCUPATIONS_WIDTH = 256, 128
DENSE_SHARE, WORDS_SHARE, OCCUPATIONS_SHARE = 0.5, 0.25, 0.25


def search_vector(features: Features) -> NDArray[np.float32]:
    """Of one profile: unit length, the model's dimension + WORDS_WIDTH + OCCUPATIONS_WIDTH; zeros without a word."""
    dense = dequantise(features.of(0, "overview_code"), features.of(0, "overview_scale"))
    dense = dense + dequantise(features.of(0, "career_code"), features.of(0, "career_scale"))
    words = _sketch(features.of(0, "term_id"), features.of(0, "term_weight"), _signs(BUCKETS, WORDS_WIDTH, 1))
    mixture = features.of(0, "occupation_id"), features.of(0, "occupation_weight")
    occupations = _sketch(*mixture, _signs(1 << 12, OCCUPATIONS_WIDTH, 2))
    blocks = [
        np.sqrt(DENSE_SHARE) * unit(dense[0]),
        np.sqrt(WORDS_SHARE) * words,
        np.sqrt(OCCUPATIONS_SHARE) * occupations,
    ]
    return unit(np.concatenate(blocks).astype(np.float32))


def unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector at length 1; zeros stay zeros."""
    norm = float(np.linalg.norm(vector))
    return (vector / norm if norm else vector).astype(np.float32)


def _sketch(ids: NDArray[np.uint32], weights: NDArray[np.float32], signs: NDArray[np.uint8]) -> NDArray[np.float32]:
    rows = np.unpackbits(signs[ids], axis=1).astype(np.float32) * 2 - 1
    return unit(weights @ rows) if len(ids) else np.zeros(signs.shape[1] * 8, np.float32)


@cache
def _signs(rows: int, width: int, seed: int) -> NDArray[np.uint8]:
    """Fixed random bits, eight to a byte; PCG64 gives the same ones on every machine."""
    return np.random.Generator(np.random.PCG64(seed)).integers(0, 256, (rows, width // 8), np.uint8)
