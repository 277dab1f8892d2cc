"""Those who came since places were worked out are placed by those who are like them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Share of a pool that may be without a place of its own before places are worked out for all.
UNPLACED = 0.1
#: How many of the nearest tell where somebody goes, and how much more the nearer ones do.
NEAREST, SHARPNESS = 5, 4.0


def place(places: NDArray[np.float32], closeness: NDArray[np.float32]) -> NDArray[np.float32]:
    """The place of somebody, by the places of those nearest and how close those are (0 to 1), nearest first.

    A weighted mean of the `NEAREST`; the middle of the plane where there is nobody.
    """
    if not len(places):
        return np.full(2, 0.5, np.float32)
    weights = np.maximum(closeness[:NEAREST], 1e-6) ** SHARPNESS
    return np.asarray(weights @ places[:NEAREST] / weights.sum(), np.float32)
