"""A job title told by the titles that are known to name an occupation: ESCO's, O*NET's, and their alternates.

A title's embedding and its vector by the title head are compared with centres of the known titles of each occupation;
the softmax of the closenesses, summed by occupation, says what share of the title each occupation has. It knows names
that share no word ("RN" and "Registered Nurse"), and so sees two titles as alike that have the same neighbours. Its
square roots (the Bhattacharyya coefficient) stand beside embedding and head in one vector: neighbours tell best what
is known, the other two what is not. `training.known_titles` makes the centres.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.models.weights import Weights
from recommender.encoding.quantisation import dequantise
from recommender.encoding.titles.head import NO_HEAD, TitleHead

#: Softmax temperature of a cosine to a centre, and how many centres count.
TEMPERATURE, NEIGHBOURS = 0.035, 50

#: What the cosines of embedding, of head and of shares weigh in the cosine of two titles.
EMBEDDING, HEAD, SHARES = 0.3, 0.7, 0.2

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class KnownTitles:
    """Centres of known titles, in the space of one model.

    Attributes:
        head: makes a title's own vector.
        projection: shape (dimension of the model + width of the head, width of a centre).
        centres: shape (n, width of a centre), rows of unit length.
        occupation: of each centre, shape (n,), a number from 0.
        ids: of the occupations, in the order of their numbers.
        fingerprint: of all of it.
    """

    head: TitleHead
    projection: Floats
    centres: Floats
    occupation: NDArray[np.int64]
    ids: tuple[str, ...]
    fingerprint: str

    @staticmethod
    def shipped(encoder: str) -> KnownTitles:
        """The ones made for the bundled weights where an encoder of this fingerprint has them; else none at all."""
        return _shipped() if Weights.bundled().fingerprint in encoder.split("-") else NO_KNOWN_TITLES

    def vectors(self, titles: Sequence[str], embeddings: Floats) -> Floats:
        """Titles' vectors, shape (len(titles), dimension + width of the head + occupations), of unit length.

        `embeddings`: the titles as they are written, embedded by the model, shape (len(titles), dimension). Zeros
        where the embedding is zeros. A title's numbers do not depend on the others'.
        """
        own = self.head.vectors(titles, embeddings)
        weights = np.sqrt(np.array([EMBEDDING, HEAD, SHARES], np.float32) / (EMBEDDING + HEAD + SHARES))
        parts = embeddings, own, np.sqrt(self.shares(embeddings, own))
        return np.hstack([weight * part for weight, part in zip(weights, parts, strict=True)])

    def shares(self, embeddings: Floats, own: Floats) -> Floats:
        """What share of each title each occupation has, shape (titles, occupations), rows adding up to 1.

        `own`: the titles' vectors by the head. Rows of zeros where the embedding is zeros.
        """
        found = np.zeros((len(embeddings), len(self.ids)), np.float32)
        for row, (embedding, vector) in enumerate(zip(embeddings, own, strict=True)):
            if not embedding.any():
                continue
            # a row at a time: a product of matrices rounds differently for another number of rows
            asked = np.concatenate([embedding, vector]) @ self.projection
            closeness = self.centres @ (asked / np.linalg.norm(asked)) / np.float32(TEMPERATURE)
            near = np.argpartition(closeness, max(0, len(closeness) - NEIGHBOURS))[-NEIGHBOURS:]
            weights = np.exp(closeness[near] - closeness.max())
            np.add.at(found[row], self.occupation[near], weights / weights.sum())
        return found


_NONE = np.empty((0, 0), np.float32)
NO_KNOWN_TITLES = KnownTitles(NO_HEAD, _NONE, _NONE, np.empty(0, np.int64), (), "none")


@cache
def _shipped() -> KnownTitles:
    content = files("recommender.encoding.titles").joinpath("known.npz").read_bytes()
    return stored(content, TitleHead.shipped(Weights.bundled().fingerprint))


def packed(codes: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Numbers from -7 to 7, shape (n, d), two to a byte, shape (n, d / 2)."""
    raised = (codes + 8).astype(np.uint8)
    return np.asarray(raised[:, ::2] << 4 | raised[:, 1::2], np.uint8)


def unpacked(pairs: NDArray[np.uint8]) -> NDArray[np.int8]:
    """What `packed` was given."""
    return np.stack([pairs >> 4, pairs & 15], axis=2).reshape(len(pairs), -1).astype(np.int8) - np.int8(8)


def stored(content: bytes, head: TitleHead) -> KnownTitles:
    """The centres in a file: half a byte a number, by occupation, with how many each occupation has."""
    with np.load(BytesIO(content)) as arrays:
        projection = arrays["projection_codes"].astype(np.float32) * arrays["projection_scales"][:, None]
        codes = unpacked(arrays["centres"])
        occupation = np.repeat(np.arange(len(arrays["counts"])), arrays["counts"])
        ids = tuple(arrays["ids"].tobytes().decode().split("\n"))
    centres = dequantise(codes, np.ones(len(codes), np.float32))
    fingerprint = hashlib.blake2b(content + head.fingerprint.encode(), digest_size=8).hexdigest()
    return KnownTitles(head, projection, centres, occupation, ids, fingerprint)
