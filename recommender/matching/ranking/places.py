"""A place in the order of an answer, and the scored rows that places are taken from."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place.

    Attributes:
        points: of the signals, then of `ADJUSTMENTS`; they add up to the score.
        cosines: of its words and of its skills with the first query profile's, 0 for unknown.
        deduplicated: rows that share the place.
        bounds: floor and ceiling of its block (`Block`); None for one of the first places.
    """

    row: int
    points: NDArray[np.float64]
    cosines: NDArray[np.float32]
    score: float
    deduplicated: tuple[int, ...] = ()
    bounds: tuple[float | None, float | None] | None = None


@dataclass(slots=True)
class Scored:
    """Rows with their points; `order` holds positions, best first, of those that have a place of their own."""

    rows: NDArray[np.int64]
    points: NDArray[np.float64]
    cosines: NDArray[np.float32]
    scores: NDArray[np.float64]
    order: list[int]
    twins: dict[int, list[int]] = field(default_factory=dict)

    def members(self, at: int) -> list[int]:
        """Rows that share the place at a position, its own first."""
        return [int(self.rows[one]) for one in (at, *self.twins.get(at, ()))]

    def place(self, at: int, bounds: tuple[float | None, float | None] | None) -> Ranked:
        """The place at a position."""
        row, *folded_rows = self.members(at)
        return Ranked(row, self.points[at], self.cosines[at], float(self.scores[at]), tuple(folded_rows), bounds)
