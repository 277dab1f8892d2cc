"""`CachedEncoder`: phrases that repeat across a pool (titles, short skill lists) are encoded once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.encoder import Encoder, EncoderFront

#: Characters of the longest text that is taken for a phrase.
LONGEST = 64


class CachedEncoder(EncoderFront):
    """An encoder that remembers the vectors of the short texts it met last.

    It returns what the encoder behind it returns, to the bit: a text's vector does not depend on its company.
    """

    def __init__(self, encoder: Encoder, *, phrases: int = 16_384, longest: int = LONGEST) -> None:
        """`phrases`: how many to remember (1.5 kB each at 384 numbers); `longest`: in characters."""
        super().__init__(encoder)
        self._phrases, self._longest = phrases, longest
        self._vectors: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As `Encoder.encode`."""
        known = self._recall(texts)
        unknown = list(dict.fromkeys(text for text in texts if text not in known))
        if unknown:
            known |= zip(unknown, self._encoder.encode(unknown), strict=True)
            self._remember({text: known[text] for text in unknown if len(text) <= self._longest})
        return np.array([known[text] for text in texts], np.float32).reshape(len(texts), self.dimension)

    def _recall(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        with self._lock:
            known = {text: self._vectors[text] for text in texts if text in self._vectors}
            for text in known:
                self._vectors.move_to_end(text)
        return known

    def _remember(self, met: dict[str, NDArray[np.float32]]) -> None:
        with self._lock:
            # copies: a row of a large array would keep all of it
            self._vectors |= {text: vector.copy() for text, vector in met.items()}
            while len(self._vectors) > self._phrases:
                self._vectors.popitem(last=False)
