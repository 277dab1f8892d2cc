"""Names of places: countries, regions and the cities people most often leave alone. Small on purpose."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple


class Gazetteer(NamedTuple):
    """Look-up tables; every name is case-folded.

    Attributes:
        country_of: country or one of its other names → country.
        region_of: (code, country) and (name, "") → region with its country.
        above: city or area → the levels above it, narrowest first.
        city_of: another name of a city → the name used here.
    """

    country_of: dict[str, str]
    region_by_code: dict[str, tuple[str, str]]
    region_by_name: dict[str, str]
    above: dict[str, tuple[str, ...]]
    city_of: dict[str, str]


def _rows(name: str) -> list[list[str]]:
    text = (files("recommender.facts") / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _listed(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(";") if item.strip()]


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The tables that come with the package; read once a process."""
    country_of: dict[str, str] = {}
    for country, others in _rows("places.tsv"):
        country_of |= dict.fromkeys([country, *_listed(others)], country)
    regions = _rows("regions.tsv")
    above: dict[str, tuple[str, ...]] = {}
    city_of: dict[str, str] = {}
    for city, levels, others in _rows("cities.tsv"):
        above[city] = tuple(_listed(levels))
        city_of |= dict.fromkeys(_listed(others), city)
    return Gazetteer(
        country_of,
        {code: (region, country) for region, code, country in regions if code},
        {region: country for region, _, country in regions},
        above,
        city_of,
    )
