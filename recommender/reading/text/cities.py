"""Names of some 9,000 cities of the world, beyond those of the gazetteer of facts."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def more_cities() -> frozenset[str]:
    """The names, in the form in which places are compared."""
    lines = files("recommender.reading.text").joinpath("cities.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
