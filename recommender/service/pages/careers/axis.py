"""The axis of time that careers are drawn on: months as `month_number` counts them, places in percent of a width."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from recommender.facts import Tenure

#: Years between two labels, and the most labels that a telephone's width has room for.
_STEPS: Final = (1, 2, 5, 10, 20)
MOST_LABELS: Final = 8
#: How near the ends a label begins or ends at its line instead of being centred on it.
_EDGE: Final = 4.0


class Stretch(msgspec.Struct, frozen=True):
    """Some time on the axis; `start` and `width` in percent."""

    start: float
    width: float
    months: int
    first: int


class Label(msgspec.Struct, frozen=True):
    """A year's beginning; `anchor` as SVG's `text-anchor` has it."""

    year: int
    at: float
    anchor: str


class Axis(msgspec.Struct, frozen=True):
    """From the first of these months to the beginning of the last."""

    first: int
    after: int

    @staticmethod
    def over(tenures: Iterable[Tenure]) -> Axis | None:
        """The axis that all of these fit on; None for none."""
        spans = list(tenures)
        return Axis(min(one.first for one in spans), max(one.after for one in spans)) if spans else None

    def at(self, month: int) -> float:
        """Where a month begins."""
        return round(100 * (month - self.first) / (self.after - self.first), 3)

    def stretch(self, first: int, after: int) -> Stretch:
        """The time from one month to the beginning of another."""
        return Stretch(self.at(first), round(self.at(after) - self.at(first), 3), after - first, first)

    def labels(self) -> tuple[Label, ...]:
        """The years to be said, as many as have room."""
        years = range(-(-self.first // 12), self.after // 12 + 1)
        step = next((step for step in _STEPS if len(years) <= step * MOST_LABELS), _STEPS[-1])
        shown = [Label(year, at := self.at(12 * year), _anchor(at)) for year in years if year % step == 0]
        return tuple(shown) or (Label(self.first // 12, 0.0, "start"),)


def _anchor(at: float) -> str:
    return "start" if at < _EDGE else "end" if at > 100 - _EDGE else "middle"
