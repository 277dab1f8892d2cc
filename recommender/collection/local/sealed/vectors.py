"""`Vectors`: the search vectors of rows as they are stored, and the one place where a row's exact score is worked out.

Whoever found a row, and whatever the way it is stored, it is scored here: so its score is the same to the bit from
every plan, and what is stored can change without a plan knowing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Which rows: ascending or not, or a run of them.
Rows = NDArray[np.int64] | slice


class Vectors:
    """Those of the rows of a segment or a tail, numbered from 0.

    Args:
        stored: float32, shape (rows, dimension).
    """

    def __init__(self, stored: NDArray[np.float32]) -> None:
        self._stored = stored

    def __len__(self) -> int:
        return len(self._stored)

    def take(self, rows: Rows) -> NDArray[np.float32]:
        """The vectors of rows, in order, shape (len(rows), dimension); not to be changed."""
        return self._stored[rows] if isinstance(rows, slice) else self._stored.take(rows, axis=0)

    def scores(self, rows: Rows, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Inner products with the vector, a row at a time: a score does not depend on what else is scored with it."""
        scores: NDArray[np.float32] = np.vecdot(self.take(rows), vector)
        return scores

    def encoded(self, row: int) -> bytes:
        """A row's vector as the database holds it."""
        encoded: bytes = self._stored[row].tobytes()
        return encoded
