"""Embeddings made beforehand: a file of text digests and vectors, so that shipped profiles need no encoding.

The sample pool carries one. A text that is not in the file is encoded as ever; a file made by another
encoder is refused. Nothing else of what makes a stored vector is in the file or its fingerprint: neither vocabulary
nor scoring numbers, title head or the cutting of profiles into passages. Where they change, the file stays good for the
texts that are still asked for.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from recommender import private
from recommender.encoding.encoder import Encoder, EncoderFront
from recommender.encoding.quantisation import dequantise, quantise
from recommender.errors import EncoderError


def digest(text: str) -> int:
    """64 bits of BLAKE2b of the text."""
    return int.from_bytes(blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest(), "little")


class VectorFile:
    """Precomputed vectors, one byte a number.

    Attributes:
        fingerprint: of the encoder that made them: its weights, its arithmetic, how it cuts and pools long texts.
    """

    def __init__(self, fingerprint: str, digests: NDArray[np.uint64], codes: NDArray[np.int8]) -> None:
        self.fingerprint = fingerprint
        self._row = {int(key): row for row, key in enumerate(digests)}
        self._digests, self._codes = digests, codes

    def __len__(self) -> int:
        return len(self._row)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a file; raises `EncoderError` where it is missing or not such a file."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                return cls(str(stored["fingerprint"]), stored["digests"], stored["codes"])
        except (OSError, EOFError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
            raise EncoderError(
                f"{path} is not a file of vectors ({error}); write it with `recommender encode`"
            ) from error

    def save(self, path: Path) -> None:
        """Write the file; the same vectors give the same bytes."""
        with private.create(path) as file:
            np.savez_compressed(file, fingerprint=np.array(self.fingerprint), digests=self._digests, codes=self._codes)

    def find(self, texts: Sequence[str]) -> tuple[list[int], NDArray[np.float32]]:
        """Positions of the texts that are in the file, and their vectors."""
        rows = [self._row.get(digest(text)) for text in texts]
        found = [row for row in rows if row is not None]
        # the rows are of unit length, or zeros: codes alone say what they are
        vectors = dequantise(self._codes[found], np.ones(len(found), np.float32))
        return [position for position, row in enumerate(rows) if row is not None], vectors


class PrecomputedEncoder(EncoderFront):
    """An encoder that looks into a file first."""

    def __init__(self, encoder: Encoder, vectors: VectorFile) -> None:
        if vectors.fingerprint != encoder.fingerprint:
            raise EncoderError(
                f"the precomputed vectors are of encoder {vectors.fingerprint}, this one is {encoder.fingerprint}; "
                "make them again with `recommender encode`, or ingest without them"
            )
        super().__init__(encoder)
        self._vectors = vectors

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As `Encoder.encode`."""
        found, known = self._vectors.find(texts)
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        vectors[found] = known
        missing = sorted(set(range(len(texts))) - set(found))
        if missing:
            vectors[missing] = self._encoder.encode([texts[position] for position in missing])
        return vectors


class RecordingEncoder(EncoderFront):
    """An encoder that remembers, quantised, everything it has encoded."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self._seen: dict[int, NDArray[np.int8]] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As `Encoder.encode`."""
        vectors = self._encoder.encode(texts)
        codes, _ = quantise(vectors)
        self._seen.update(zip(map(digest, texts), codes, strict=True))
        return vectors

    def recorded(self) -> VectorFile:
        """All of it, ordered by digest, so that the same texts make the same file."""
        ordered = sorted(self._seen.items())
        codes = np.array([code for _, code in ordered], np.int8).reshape(-1, self.dimension)
        return VectorFile(self.fingerprint, np.array([key for key, _ in ordered], np.uint64), codes)
