"""`OnceEncoder`: what some questions ask of an encoder, each text once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.encoder import Encoder, EncoderFront


class OnceEncoder(EncoderFront):
    """An encoder that remembers every text it was asked for, for as long as it lives; for one thread.

    It returns what the encoder behind it returns, to the bit: a text's vector does not depend on its company.
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As `Encoder.encode`."""
        unknown = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if unknown:
            self._vectors |= zip(unknown, self._encoder.encode(unknown), strict=True)
        return np.array([self._vectors[text] for text in texts], np.float32).reshape(len(texts), self.dimension)
