"""`Expected`: vectors that will be searched for, multiplied with every sealed row at once, by one matrix product.

Its last bits are others than those of a product by itself, so nothing is scored by it: it tells who cannot be among the
nearest, and only who can is scored.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.collection.local.sealed.vectors import Vectors

Floats = NDArray[np.float32]

#: What rounding a number to float32 changes of it at most, as a share.
_UNIT = float(np.finfo(np.float32).eps) / 2
#: Numbers of one block of products.
_AT_ONCE = 16_384


class Expected:
    """Products of some vectors with the rows of a segment, worked out when one of them is first asked for."""

    def __init__(self, sealed: Vectors, vectors: NDArray[np.float32]) -> None:
        self._sealed, self._vectors = sealed, vectors
        self._at = {vector.tobytes(): at for at, vector in enumerate(vectors)}
        self._products: Floats | None = None
        self._off = np.empty(0)

    def near(self, vector: Floats) -> tuple[Floats, float] | None:
        """The products of a vector and by how much each can be off; None where it was not expected."""
        at = self._at.get(vector.tobytes())
        if at is None or len(self._at) < 2:
            return None
        if self._products is None:
            self._multiply()
        assert self._products is not None
        return self._products[at], float(self._off[at])

    def _multiply(self) -> None:
        products = np.empty((len(self._vectors), len(self._sealed)), np.float32)
        longest = 0.0
        for start in range(0, len(self._sealed), _AT_ONCE):
            block = self._sealed.take(slice(start, min(start + _AT_ONCE, len(self._sealed))))
            np.matmul(self._vectors, block.T, out=products[:, start : start + _AT_ONCE])
            longest = max(longest, float(np.vecdot(block, block).max()) ** 0.5)
        lengths = np.sqrt(np.vecdot(self._vectors, self._vectors).astype(np.float64))
        # n products summed in any order are off by n roundings of their magnitudes' sum (Higham 2002, 3.1), which
        # is the product of the lengths at most; that of a score as much again, and room for the lengths' own
        self._off = 4 * self._vectors.shape[1] * _UNIT * lengths * longest
        self._products = products


def can_be_among(products: Floats, off: float, k: int) -> NDArray[np.bool_]:
    """Which of these can be among the k greatest, or tie with the last, each being `off` at most."""
    if len(products) <= k:
        return np.ones(len(products), np.bool_)
    threshold = float(np.partition(products, len(products) - k)[len(products) - k])
    return np.asarray(products >= threshold - 2 * off, np.bool_)
