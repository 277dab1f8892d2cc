"""Names of places: countries, regions and the cities people most often leave alone. Small on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from recommender.facts.comparing import folded, unaccented

PlaceLevel = Literal["country", "region", "city"]


class Gazetteer(NamedTuple):
    """Look-up tables; every name is in its `place_form`.

    Attributes:
        country_of: country or one of its other names → country.
        region_by_code: code → region and country.
        region_by_name: region or one of its other names → country.
        region_of: another name of a region → the name used here.
        above: city or area → the levels above it, narrowest first.
        city_of: another name of a city → the name used here.
    """

    country_of: dict[str, str]
    region_by_code: dict[str, tuple[str, str]]
    region_by_name: dict[str, str]
    region_of: dict[str, str]
    above: dict[str, tuple[str, ...]]
    city_of: dict[str, str]

    def levels_named(self, name: str) -> tuple[PlaceLevel, ...]:
        """What a level of a place, by its name here, is: what is known as neither country nor region is a city.

        "new york" is a city and a region.
        """
        if name in self.country_of:
            return ("country",)
        if name not in self.region_by_name:
            return ("city",)
        return ("region", "city") if name in self.above else ("region",)


_INITIALS = re.compile(r"\.(?=\w\w)")


def place_form(name: str) -> str:
    """The form in which names of places are compared: "São Paulo" → "sao paulo", "U.S.A." → "usa"."""
    return " ".join(unaccented(_INITIALS.sub(" ", folded(name)).replace(".", "")).split())


def _rows(name: str) -> Iterator[list[str]]:
    text = (files("recommender.facts") / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _listed(cell: str) -> list[str]:
    return [place_form(item.strip()) for item in cell.split(";") if item.strip()]


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The tables that come with the package; read once a process."""
    country_of: dict[str, str] = {}
    for country, others in _rows("places.tsv"):
        country_of |= dict.fromkeys([country, *_listed(others)], country)
    by_code: dict[str, tuple[str, str]] = {}
    by_name: dict[str, str] = {}
    region_of: dict[str, str] = {}
    for region, code, country, others in _rows("regions.tsv"):
        by_code |= {code: (region, country)} if code else {}
        by_name |= dict.fromkeys([region, *_listed(others)], country)
        region_of |= dict.fromkeys(_listed(others), region)
    above: dict[str, tuple[str, ...]] = {}
    city_of: dict[str, str] = {}
    for city, levels, others in _rows("cities.tsv"):
        above[city] = tuple(_listed(levels))
        city_of |= dict.fromkeys(_listed(others), city)
    return Gazetteer(country_of, by_code, by_name, region_of, above, city_of)
