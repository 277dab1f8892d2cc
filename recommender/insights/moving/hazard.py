"""`HazardTable`: the frozen numbers by which signals become a probability; made by `recommender.training.moving`.

A discrete-time hazard model: the logarithm of the odds that a job which goes on is left within the next three months
is a weighted sum of signals (Singer and Willett 1993). Four such periods are a year.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from math import exp
from typing import Final, Self

import msgspec

from recommender.insights.moving.career import Career
from recommender.insights.moving.signals import Band, Job, of_any_month, of_month

#: Months of a period, and periods of what is asked for.
PERIOD, PERIODS = 3, 4
TABLE: Final = "hazard.json"


class HazardTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ships.

    Attributes:
        version: of these numbers.
        made: by what, of what, when.
        badge_from: the ratio to people of the same occupation and level from which on a badge is given.
        intercept, weights: of the sum; a signal that is not named weighs nothing.
        usual: group of occupations → band of levels → the probability that its people have in the mean; a group or
            band of too few people to say is not there.
    """

    version: str
    made: dict[str, str]
    badge_from: float
    intercept: float
    weights: dict[str, float]
    usual: dict[str, dict[Band, float]]

    @classmethod
    @cache
    def shipped(cls) -> Self:
        """The table beside this code."""
        content = (files("recommender.insights.moving") / TABLE).read_bytes()
        return msgspec.json.decode(content, type=cls)

    def probability(self, career: Career, job: Job) -> float:
        """That the present employer is left within twelve months."""
        stays, lasting = 1.0, of_any_month(career, job)
        weighed = self._weighed(lasting)
        for period in range(PERIODS):
            total = self._weighed(of_month(lasting, job, career.months + PERIOD * period), weighed)
            stays *= 1 - _probability(self.intercept + total)
        return 1 - stays

    def _weighed(self, found: dict[str, float], more: float = 0.0) -> float:
        """The weighted sum of some signals, and of more before them."""
        weights = self.weights.get
        return sum([weights(name, 0.0) * number for name, number in found.items()], more)


def _probability(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds))
