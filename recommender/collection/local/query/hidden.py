"""`Hidden`: the rows of which nothing is to say that they may move, for one sight of one generation."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from pyroaring import BitMap

from recommender.collection.fields import MOVE
from recommender.collection.local.generation.state import State
from recommender.collection.protocol import FacetValue
from recommender.collection.sight import EVERYTHING, Sight
from recommender.insights.moving.badges import Kind, kind_of

_Rows = Any  # BitMap or FrozenBitMap: pyroaring ships no types


class Hidden:
    """Bitmaps as they may be seen.

    Args:
        state: may be left out where everything is seen.
    """

    def __init__(self, sight: Sight, state: State | None = None) -> None:
        self._sight, self._state = sight, state

    def without(self, state: State, field: str, value: str) -> _Rows:
        """The rows with a value, but for those whom it says more of than may be seen; not to be changed."""
        rows, kind = state.bitmap(field, value), _kind(field, value)
        if kind is None or self._sight == EVERYTHING:
            return rows
        return rows - (state.live if kind is Kind.INFERRED and not self._sight.outlooks else self._own)

    def counts(self, state: State, field: str, selected: _Rows, found: list[FacetValue]) -> list[FacetValue]:
        """Counts of values of a field among selected rows, as they may be seen."""
        seen = [
            FacetValue(one.value, self.without(state, field, one.value).intersection_cardinality(selected))
            if _kind(field, one.value)
            else one
            for one in found
        ]
        return sorted((one for one in seen if one.count), key=lambda one: (-one.count, one.value))

    def touches(self, field: str) -> bool:
        """Whether values of this field may say more than may be seen."""
        return field in (MOVE, "badge") and self._sight != EVERYTHING

    @cached_property
    def _own(self) -> _Rows:
        """The rows of whom a present employer may be the viewer's."""
        state = self._state
        if state is None or not self._sight.companies:
            return BitMap()
        having = (state.bitmap("employer", one) for one in state.values("employer") if self._sight.is_own((one,)))
        return BitMap.union(BitMap(), *having)


def _kind(field: str, value: str) -> Kind | None:
    if field == MOVE:
        return Kind.INFERRED
    return kind_of(value) if field == "badge" else None


NOTHING_HIDDEN = Hidden(EVERYTHING)
