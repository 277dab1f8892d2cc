"""The search vector: what FAISS holds, an inner product that stands in for the whole score.

Blocks side by side, each scaled by its share: the overview and the career pooled, and three sketches, of the words,
the skills and the occupations. A sketch is a fixed random projection of a sparse unit vector; it keeps inner products
(Johnson & Lindenstrauss 1984; signs by hashing as in Weinberger et al. 2009).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.sparse import SPACES, Space, Sparse

#: Each block's share of the squared length, and the sketches' widths.
DENSE_SHARE, WORDS_SHARE, SKILLS_SHARE, OCCUPATIONS_SHARE = 0.45, 0.27, 0.18, 0.1
WORDS_WIDTH, SKILLS_WIDTH, OCCUPATIONS_WIDTH = 256, 128, 128

_WIDTHS = (WORDS_WIDTH, SKILLS_WIDTH, OCCUPATIONS_WIDTH)
_SHARES = (WORDS_SHARE, SKILLS_SHARE, OCCUPATIONS_SHARE)


def search_vector(dense: NDArray[np.float32], held: Sequence[Sparse]) -> NDArray[np.float32]:
    """Unit length, the model's dimension + the three widths; zeros where nothing is known.

    Args:
        dense: a direction in the model's space.
        held: words, skills and occupations, as `SPACES` has them.
    """
    blocks = [np.sqrt(DENSE_SHARE) * unit(dense)]
    for space, width, share, own in zip(SPACES, _WIDTHS, _SHARES, held, strict=True):
        blocks.append(np.sqrt(share) * _sketch(space, width, own))
    return unit(np.concatenate(blocks).astype(np.float32))


def unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector at length 1; zeros stay zeros."""
    norm = float(np.linalg.norm(vector))
    return (vector / norm if norm else vector).astype(np.float32)


def _sketch(space: Space, width: int, own: Sparse) -> NDArray[np.float32]:
    if not len(own.ids):
        return np.zeros(width, np.float32)
    rows = np.unpackbits(_signs(space, width)[own.ids - space.start], axis=1).astype(np.float32) * 2 - 1
    return unit(own.weights @ rows)


@cache
def _signs(space: Space, width: int) -> NDArray[np.uint8]:
    """Fixed random bits, eight to a byte; PCG64 gives the same ones on every machine."""
    rng = np.random.Generator(np.random.PCG64(space.start + 1))
    return rng.integers(0, 256, (space.size, width // 8), np.uint8)
