"""What somebody works as, told as closeness to each of O*NET's occupations.

An embedding of a job text is compared with one prototype per occupation (O*NET 29.2, CC BY 4.0: title, description and
alternate titles, embedded by the same model); the softmax of the closenesses is a distribution over occupations. A
title is compared by its own vector too (`title_head`) and with the titles that are known to name an occupation
(`known_titles`), and counts as the mean of the three. Two people do the same kind of work as far as the square roots
of their distributions point the same way (the Bhattacharyya coefficient).
Explicit semantic analysis (Gabrilovich & Markovitch 2007) does the same with words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.models.weights import Weights
from recommender.encoding.quantisation import dequantise
from recommender.encoding.sparse import OCCUPATIONS, Sparse, sparse
from recommender.encoding.titles.known import NO_KNOWN_TITLES, KnownTitles

#: Softmax temperatures of a cosine of embeddings and of titles' vectors; how many occupations of a profile are kept.
TEMPERATURE, TITLE_TEMPERATURE, KEPT = 0.03, 0.08, 64
#: Titles whose shares are kept at hand, 4 kB each.
_REMEMBERED = 4096

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Occupations:
    """Prototypes of occupations, in the space of one model.

    Attributes:
        titles: of the occupations, n.
        prototypes: shape (n, dimension), rows of unit length; (n, 0) where the model has none.
        known: tells titles by known ones, and has the head that makes titles' vectors.
        among_known: of each occupation its number in `known`, shape (n,).
        title_prototypes: shape (n, width of the head), rows of unit length.
        fingerprint: of all of it.
    """

    titles: tuple[str, ...]
    prototypes: NDArray[np.float32]
    known: KnownTitles
    among_known: NDArray[np.int64]
    title_prototypes: NDArray[np.float32]
    fingerprint: str
    _met: dict[tuple[str, bytes], tuple[Floats, float]] = field(default_factory=dict, compare=False, repr=False)

    @staticmethod
    def shipped(encoder: str) -> Occupations:
        """O*NET's where an encoder of this fingerprint has the bundled weights; else ones that tell nothing.

        Another model's space is another space, also where its vectors are as long.
        """
        return _shipped() if Weights.bundled().fingerprint in encoder.split("-") else NO_OCCUPATIONS

    def mixture(
        self,
        texts: Sequence[str],
        titles: NDArray[np.bool_],
        vectors: NDArray[np.float32],
        weights: NDArray[np.float32],
    ) -> Sparse:
        """Occupations of one profile; empty where no passage has any weight, or there is no prototype.

        Args:
            texts: its passages, p.
            titles: which of them are titles.
            vectors: their embeddings, shape (p, dimension).
            weights: shape (p,).
        """
        weights = np.where(np.einsum("ij,ij->i", vectors, vectors) > 0, weights, 0)
        if not len(self.titles) or not weights.sum() > 0:
            return sparse({})
        shares = _softmax(vectors @ self.prototypes.T / TEMPERATURE)
        for row in np.flatnonzero(titles).tolist():
            shares[row] = self._of_title(texts[row], vectors[row], shares[row])
        mixed = np.sqrt(weights @ shares)
        kept = np.sort(np.argsort(-mixed, kind="stable")[:KEPT])
        return sparse(dict(zip((kept + OCCUPATIONS.start).tolist(), mixed[kept].tolist(), strict=True)))

    def _of_title(self, title: str, vector: Floats, by_texts: Floats) -> Floats:
        """The mean of what the model has told, what the head tells and what known titles do, shape (n,).

        Those count by how much of a title they give to these occupations: some name only one of another taxonomy.
        """
        # titles come again and again; the embedding is part of the key, for encoders differ in their last bits
        key = title, vector.tobytes()
        if key not in self._met:
            if len(self._met) >= _REMEMBERED:
                self._met.clear()
            own = self.known.head.vectors([title], vector[None])
            by_head = _softmax(own @ self.title_prototypes.T / TITLE_TEMPERATURE)[0]
            by_known = self.known.shares(vector[None], own)[0, self.among_known]
            self._met[key] = by_head + by_known, 1 + float(by_known.sum())
        by_titles, weight = self._met[key]
        return np.asarray((by_texts + by_titles) / (1 + weight), np.float32)


def _softmax(closeness: NDArray[np.float32]) -> NDArray[np.float32]:
    shares = np.exp(closeness - closeness.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float32)


_NONE = np.empty((0, 0), np.float32)
NO_OCCUPATIONS = Occupations((), _NONE, NO_KNOWN_TITLES, np.empty(0, np.int64), _NONE, "none")


@cache
def _shipped() -> Occupations:
    content = files("recommender.encoding.titles").joinpath("occupations.npz").read_bytes()
    known = KnownTitles.shipped(Weights.bundled().fingerprint)
    with np.load(BytesIO(content)) as stored:
        prototypes = dequantise(stored["codes"], stored["scales"])
        title_prototypes = dequantise(stored["title_codes"], stored["title_scales"])
        titles = tuple(stored["titles"].tobytes().decode().split("\n"))
        ids = stored["ids"].tobytes().decode().split("\n")
    number = {name: at for at, name in enumerate(known.ids)}
    among_known = np.array([number[name] for name in ids])
    fingerprint = hashlib.blake2b(content + known.fingerprint.encode(), digest_size=8).hexdigest()
    return Occupations(titles, prototypes, known, among_known, title_prototypes, fingerprint)
