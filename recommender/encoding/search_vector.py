"""The search vector: what FAISS holds, an inner product that stands in for the whole score.

Blocks side by side, each scaled by its share: the overview and the career pooled, and projections of the words, the
skills and the occupations. Words and skills are projected where those of job adverts differ most (latent semantic
analysis, Deerwester et al. 1990; `training/projections.py`), and a little at random, which keeps apart what adverts
do not know (Johnson & Lindenstrauss 1984; signs by hashing as in Weinberger et al. 2009).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.sparse import OCCUPATIONS, SKILLS, WORDS, Space, Sparse

#: Each block's share of the squared length, and the projections' widths.
DENSE_SHARE, WORDS_SHARE, SKILLS_SHARE, OCCUPATIONS_SHARE = 0.45, 0.32, 0.16, 0.07
WORDS_WIDTH, SKILLS_WIDTH, OCCUPATIONS_WIDTH = 416, 128, 96
#: Length of an id's random direction; a learned one is 1 long at most.
RANDOM = 0.5

_SHARES = (WORDS_SHARE, SKILLS_SHARE, OCCUPATIONS_SHARE)


@dataclass(frozen=True, slots=True)
class Projection:
    """A linear map of the sparse vectors of one space.

    Attributes:
        space: of the ids.
        width: of what comes out.
        ids: those that have a learned direction, ascending, shape (n,).
        codes: shape (n, width); with `scales`, (n,), the learned directions.
    """

    space: Space
    width: int
    ids: NDArray[np.uint32]
    codes: NDArray[np.int8]
    scales: NDArray[np.float32]

    def of(self, own: Sparse) -> NDArray[np.float32]:
        """Unit length, shape (width,); zeros for a vector without entries."""
        if not len(own.ids):
            return np.zeros(self.width, np.float32)
        signs = np.unpackbits(_signs(self.space, self.width)[own.ids - self.space.start], axis=1)
        directions = (signs.astype(np.float32) * 2 - 1) * np.float32(RANDOM / self.width**0.5)
        if len(self.ids):
            at = np.searchsorted(self.ids, own.ids).clip(max=len(self.ids) - 1)
            learned = self.ids[at] == own.ids
            directions[learned] += self.codes[at[learned]] * self.scales[at[learned], None]
        return unit(own.weights @ directions)


@dataclass(frozen=True, slots=True)
class Projections:
    """One for each of `SPACES`, and a fingerprint of them all."""

    each: tuple[Projection, ...]
    fingerprint: str

    @staticmethod
    def shipped() -> Projections:
        """Learned from skill2vec's adverts (MIT); occupations are projected at random alone."""
        return _shipped()

    def search_vector(self, dense: NDArray[np.float32], held: Sequence[Sparse]) -> NDArray[np.float32]:
        """Unit length, the model's dimension + the three widths; zeros where nothing is known.

        Args:
            dense: a direction in the model's space.
            held: words, skills and occupations, as `SPACES` has them.
        """
        blocks = [np.sqrt(DENSE_SHARE) * unit(dense)]
        for projection, share, own in zip(self.each, _SHARES, held, strict=True):
            blocks.append(np.sqrt(share) * projection.of(own))
        return unit(np.concatenate(blocks).astype(np.float32))


def unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector at length 1; zeros stay zeros."""
    norm = float(np.sqrt(vector @ vector))
    return (vector / norm if norm else vector).astype(np.float32)


@cache
def _signs(space: Space, width: int) -> NDArray[np.uint8]:
    """Fixed random bits, eight to a byte; PCG64 gives the same ones on every machine."""
    rng = np.random.Generator(np.random.PCG64(space.start + 1))
    return rng.integers(0, 256, (space.size, width // 8), np.uint8)


@cache
def _shipped() -> Projections:
    content = files("recommender.encoding").joinpath("projections.npz").read_bytes()
    with np.load(BytesIO(content)) as stored:
        learned = {name: stored[name] for name in stored.files}
    nothing = np.empty(0, np.uint32), np.empty((0, OCCUPATIONS_WIDTH), np.int8), np.empty(0, np.float32)
    each = (
        _learned(WORDS, "word", learned),
        _learned(SKILLS, "skill", learned),
        Projection(OCCUPATIONS, OCCUPATIONS_WIDTH, *nothing),
    )
    return Projections(each, hashlib.blake2b(content, digest_size=8).hexdigest())


def _learned(space: Space, name: str, stored: Mapping[str, NDArray[Any]]) -> Projection:
    codes = stored[f"{name}_codes"]
    return Projection(space, codes.shape[1], stored[f"{name}_ids"], codes, stored[f"{name}_scales"])
