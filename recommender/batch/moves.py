"""`Moves`: who among the matches of a run is likely to move, for a reader who may know it."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from recommender.batch.basis.gather import among
from recommender.collection import Filter, Sight, View
from recommender.matching import Answer


class Moves:
    """Of one view, which is seen by the same sight: of those whose moves it hides nobody is likely to move."""

    def __init__(self, view: View, sight: Sight) -> None:
        self._view, self._sight = view, sight

    def of(self, answer: Answer) -> list[bool] | None:
        """Of each match whether it is likely to move; None where nobody is to be known to be."""
        if not self._sight.outlooks:
            return None
        rows = [self._view.row(match.profile_id) for match in answer.matches]
        likely: list[bool] = among(np.array(rows, np.int64), self._likely).tolist()
        return likely

    @cached_property
    def _likely(self) -> NDArray[np.int64]:
        return self._view.rows(Filter(likely_to_move=True))
