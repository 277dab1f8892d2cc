"""A job title's own vector: titles of one occupation near to each other, titles of different ones at right angles.

The head maps the sentence embedding of a title linearly, adds a learned sum over its words and their character
n-grams (hashed; Bojanowski et al., "Enriching Word Vectors with Subword Information", 2017), and brings the result to
unit length. `training.titles` learns both from the alternate titles of ESCO's and O*NET's occupations, contrastively
(van den Oord et al., "Representation Learning with Contrastive Predictive Coding", 2018), with rank, place and terms
of work added as noise, so that "Senior Welder" is a welder.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.models.weights import Weights
from recommender.encoding.text.terms import words

#: Rows of the table that words and n-grams are hashed into, and the lengths of the n-grams.
BUCKETS, NGRAMS = 8192, (3, 4, 5)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TitleHead:
    """What makes a title's vector, for one model's embeddings.

    Attributes:
        linear: shape (dimension of the model, width of a title's vector); (0, 0) where the model has no head.
        table: shape (BUCKETS, inner width), a row to each bucket of words and n-grams.
        spread: shape (inner width, width of a title's vector), applied to a title's sum of rows.
        fingerprint: of all three.
    """

    linear: Floats
    table: Floats
    spread: Floats
    fingerprint: str

    @staticmethod
    def shipped(encoder: str) -> TitleHead:
        """The trained one where an encoder of this fingerprint has the bundled weights; else one that changes nothing.

        Another model's space is another space, also where its vectors are as long.
        """
        return _shipped() if Weights.bundled().fingerprint in encoder.split("-") else NO_HEAD

    def vectors(self, titles: Sequence[str], embeddings: Floats) -> Floats:
        """Titles' vectors, shape (len(titles), width), of unit length; zeros where the embedding is zeros.

        `embeddings`: the titles as they are written, embedded by the model, shape (len(titles), dimension). They
        come back as they are where the model has no head. A title's numbers do not depend on the others'.
        """
        if not self.linear.size:
            return embeddings
        found = np.zeros((len(titles), self.linear.shape[1]), np.float32)
        for row, (title, embedding) in enumerate(zip(titles, embeddings, strict=True)):
            if not embedding.any():
                continue  # a text without a word
            # a row at a time: a product of matrices rounds differently for another number of rows
            buckets, weights = features(title)
            vector = embedding @ self.linear + (weights @ self.table[buckets]) @ self.spread
            found[row] = vector / np.linalg.norm(vector)
        return found


def features(title: str) -> tuple[NDArray[np.int64], Floats]:
    """Buckets of a title's words and of their n-grams, and weights: a word's n-grams weigh together what it does.

    The weights are divided by the root of the number of words; both are empty for a title without a word.
    """
    buckets: list[int] = []
    weights: list[float] = []
    found = words(title)
    for word in found:
        marked = f"<{word}>"
        grams = [marked[at : at + size] for size in NGRAMS for at in range(len(marked) - size + 1)]
        buckets += [_bucket(f"word {word}"), *map(_bucket, grams)]
        weights += [1.0, *[1 / len(grams)] * len(grams)]
    return np.array(buckets, np.int64), np.array(weights, np.float32) / np.float32(max(1, len(found)) ** 0.5)


def _bucket(feature: str) -> int:
    return zlib.crc32(feature.encode()) % BUCKETS


_EMPTY = np.empty((0, 0), np.float32)
NO_HEAD = TitleHead(_EMPTY, _EMPTY, _EMPTY, "none")


@cache
def _shipped() -> TitleHead:
    return stored(files("recommender.encoding.titles").joinpath("head.npz").read_bytes())


def stored(content: bytes) -> TitleHead:
    """The head in a file: for each matrix int8 codes, and a scale to each row."""
    with np.load(BytesIO(content)) as arrays:
        linear, table, spread = (
            arrays[f"{name}_codes"].astype(np.float32) * arrays[f"{name}_scales"][:, None]
            for name in ("linear", "table", "spread")
        )
    return TitleHead(linear, table, spread, hashlib.blake2b(content, digest_size=8).hexdigest())
