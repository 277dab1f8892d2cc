"""What somebody works as, told as closeness to each of O*NET's occupations.

An embedding of a job text is compared with one prototype per occupation (O*NET 29.2, CC BY 4.0: title, description and
alternate titles, embedded by the same model); the softmax of the closenesses is a distribution over occupations,
and two people do the same kind of work as far as the square roots of theirs point the same way (the
Bhattacharyya coefficient). Explicit semantic analysis (Gabrilovich & Markovitch 2007) does the same with words.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.quantisation import dequantise
from recommender.encoding.sparse import OCCUPATIONS, Sparse, sparse
from recommender.encoding.weights import Weights

#: Softmax temperature of a cosine, and how many occupations of a profile are kept.
TEMPERATURE, KEPT = 0.03, 64


@dataclass(frozen=True, slots=True)
class Occupations:
    """Prototypes of occupations, in the space of one model.

    Attributes:
        titles: of the occupations, n.
        prototypes: shape (n, dimension), rows of unit length; (n, 0) where the model has none.
        fingerprint: of both.
    """

    titles: tuple[str, ...]
    prototypes: NDArray[np.float32]
    fingerprint: str

    @staticmethod
    def shipped(encoder: str) -> Occupations:
        """O*NET's where an encoder of this fingerprint has the bundled weights; else ones that tell nothing.

        Another model's space is another space, also where its vectors are as long.
        """
        return _shipped() if Weights.bundled().fingerprint in encoder.split("-") else NO_OCCUPATIONS

    def mixture(self, vectors: NDArray[np.float32], weights: NDArray[np.float32]) -> Sparse:
        """Occupations of one profile, by its weighted passages.

        Empty where there is no passage of any weight, or no prototype.
        """
        words = np.einsum("ij,ij->i", vectors, vectors) > 0
        vectors, weights = vectors[words], weights[words]
        if not len(self.titles) or not weights.sum() > 0:
            return sparse({})
        closeness = vectors @ self.prototypes.T / TEMPERATURE
        shares = np.exp(closeness - closeness.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        mixed = np.sqrt(weights @ shares)
        kept = np.sort(np.argsort(-mixed, kind="stable")[:KEPT])
        return sparse(dict(zip((kept + OCCUPATIONS.start).tolist(), mixed[kept].tolist(), strict=True)))


NO_OCCUPATIONS = Occupations((), np.empty((0, 0), np.float32), "none")


@cache
def _shipped() -> Occupations:
    content = files("recommender.encoding").joinpath("occupations.npz").read_bytes()
    with np.load(BytesIO(content)) as stored:
        prototypes = dequantise(stored["codes"], stored["scales"])
        titles = tuple(stored["titles"].tobytes().decode().split("\n"))
    return Occupations(titles, prototypes, hashlib.blake2b(content, digest_size=8).hexdigest())
