"""`ScoringConfig`: the frozen numbers of scoring, a versioned value with a fingerprint.

Shipped beside this file; nothing here is ever learned from a pool, so a score means the same in every pool.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Self

import msgspec

from recommender.errors import ScoringConfigError


class Signal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one signal enters the score.

    Attributes:
        low, high: raw values that count as 0 and as 1; between them it is linear, beyond them clipped.
        weight: share of the score before renormalising over the signals that a pair has.
        level: whether it tells how far along two people are rather than what they do. Being as senior as
            somebody of another trade is no similarity, so these count in proportion to what the others give.
    """

    low: float
    high: float
    weight: float
    level: bool = False


class ScoringConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The frozen numbers.

    Attributes:
        version: of the file.
        signals: name → calibration and weight, in the order in which contributions are shown.
        very_close, close, related: lowest scores of the three upper bands, from which on a pair is more likely than not
            one to look at at once, worth a look, or alike in something (`benchmarks/bands.py`).
    """

    version: str
    signals: dict[str, Signal]
    very_close: float
    close: float
    related: float = 0.0

    def check(self, names: Collection[str]) -> Self:
        """This configuration; raises `ScoringConfigError` where its signals are not those of these names."""
        missing, unknown = set(names) - set(self.signals), set(self.signals) - set(names)
        for problem, those in (("lacks", missing), ("has an unknown", unknown)):
            if those:
                raise ScoringConfigError(
                    f"the scoring configuration {self.version!r} {problem} signal {min(those)!r}; "
                    "give it a range and a weight for each signal of recommender.matching.signals"
                )
        return self

    @classmethod
    def shipped(cls) -> Self:
        """The statistics that come with the package."""
        return _shipped()  # type: ignore[return-value]

    @classmethod
    def for_requests(cls) -> Self:
        """Those for what is asked in words alone: their signals are weighed by other frozen numbers."""
        return _shipped("asked.json")  # type: ignore[return-value]

    @property
    def fingerprint(self) -> str:
        """Of every number."""
        return hashlib.blake2b(msgspec.json.encode(self), digest_size=8).hexdigest()


@cache
def _shipped(name: str = "scoring.json") -> ScoringConfig:
    content = files("recommender.matching").joinpath(name).read_bytes()
    return msgspec.json.decode(content, type=ScoringConfig)
