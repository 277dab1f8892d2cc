"""`Hidden`: of whom nothing is to say that they may move, for one sight of one snapshot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from recommender.collection.fields import MOVE
from recommender.collection.sight import EVERYTHING, Sight
from recommender.insights.moving.badges import Kind, kind_of


class Hidden:
    """Which values say more than may be seen, and of whom.

    Args:
        employers: gives everybody who employs somebody in the pool; asked at most once.
    """

    def __init__(self, sight: Sight, employers: Callable[[], Sequence[str]] = tuple) -> None:
        self._sight, self._employers = sight, employers

    def touches(self, field: str) -> bool:
        """Whether values of this field may say more than may be seen."""
        return field in (MOVE, "badge") and self._sight != EVERYTHING

    def is_hidden_of_all(self, field: str, value: str) -> bool:
        """Whether it is to be seen of nobody that they have this value."""
        return self._sight != EVERYTHING and kind(field, value) is Kind.INFERRED and not self._sight.outlooks

    def own_of(self, field: str, value: str) -> Sequence[str]:
        """The employers whose people are not to be seen to have this value."""
        return () if self._sight == EVERYTHING or kind(field, value) is None else self._own

    @cached_property
    def _own(self) -> Sequence[str]:
        if not self._sight.companies:
            return ()
        return [one for one in self._employers() if self._sight.is_own((one,))]


def kind(field: str, value: str) -> Kind | None:
    """What a value says of whether somebody may move."""
    if field == MOVE:
        return Kind.INFERRED
    return kind_of(value) if field == "badge" else None


NOTHING_HIDDEN = Hidden(EVERYTHING)
