"""`Encoder`: text in, unit vectors out. The one seam behind which a model lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """Turns texts into embeddings.

    A text of any length is taken whole: one longer than the model's window is cut on sentence
    boundaries into pieces that fit, and the pieces' embeddings are pooled by their token counts.
    The vector of a text does not depend on the other texts of the call.
    """

    @property
    def fingerprint(self) -> str:
        """Names the weights and everything else that changes a vector; known without loading them."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (len(texts), dimension), rows of unit length; a text without a word gives a row of zeros."""
        ...


class EncoderFront:
    """What is before an encoder and gives its vectors: named as the encoder is, and of its dimension."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @property
    def fingerprint(self) -> str:
        """The encoder's."""
        return self._encoder.fingerprint

    @property
    def dimension(self) -> int:
        """The encoder's."""
        return self._encoder.dimension
