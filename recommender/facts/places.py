"""The levels of a place: "San Jose, CA" → san jose, california, united states."""

from __future__ import annotations

import re

from recommender.facts.gazetteer import Gazetteer, gazetteer

_SPLIT = re.compile(r"\s*[,;/|·•]\s*|\s+[-–—]\s+|\s*\(|\)\s*")
_DROP = re.compile(r"\b(?:remote|hybrid|on-?site|anywhere|worldwide|relocating to|open to relocation)\b", re.IGNORECASE)
_POSTCODE = re.compile(r"\s*\b\d{5}(?:-\d{4})?\b\s*$")
_AREA = re.compile(r"(?:the )?(?:greater )?(.+?)(?: metro(?:politan)?)?(?: (?:area|region|metroplex|metro))?\Z")


def levels(location: str | None) -> tuple[str, ...]:
    """Every level of a location, case-folded, narrowest first; () where there is none.

    What is not known of a place is left as it is written: "Springvale, Freedonia" → springvale, freedonia.
    """
    if not location:
        return ()
    names = gazetteer()
    parts = [_plain(part) for part in _SPLIT.split(location)]
    parts = [part for part in parts if part]
    if len(parts) == 1:
        parts = _parted(parts[0], names)
    found = _filled(_named(parts, names), names)
    if len(found) == 1:
        found = _widened(found[0], names)
    elif found and found[0] in names.city_of:
        found[0] = names.city_of[found[0]]
    return tuple(dict.fromkeys(found))


def _plain(part: str) -> str:
    return " ".join(_POSTCODE.sub("", _DROP.sub(" ", part)).split()).casefold().strip(" .-–")


def _parted(text: str, names: Gazetteer) -> list[str]:
    """A place without commas, cut before a country or region that ends it: "Austin TX", "San Jose California"."""
    if text in names.above or text in names.city_of or text in names.region_by_name:
        return [text]
    words = text.split()
    for size in (4, 3, 2, 1):
        tail = " ".join(words[-size:])
        if size < len(words) and (
            tail in names.country_of or tail in names.region_by_name or tail in names.region_by_code
        ):
            return [*_parted(" ".join(words[:-size]), names), tail]
    return [text]


def _named(parts: list[str], names: Gazetteer) -> list[str]:
    """The parts by their full names, with the country that a region implies."""
    country = _country(parts, names)
    made = []
    if len(parts) > 2 and parts[-1] == "ca" and names.region_by_code.get(parts[-2], ("", ""))[1] == "canada":
        parts = [*parts[:-1], "canada"]
        country = "canada"
    for i, part in enumerate(parts):
        coded = names.region_by_code.get(part) if i else None
        if (
            coded is not None
            and country in (None, coded[1])
            and not (i == len(parts) - 1 and _is_country(parts, names))
        ):
            made.append(coded[0])
            country = country or coded[1]
        elif (
            (i or len(parts) == 1)
            and part in names.country_of
            and not (part in names.region_by_name and country != part)
        ):
            made.append(names.country_of[part])
        else:
            made.append(part)
            if i and part in names.region_by_name and part not in names.above.get(parts[0], ()):
                country = country or names.region_by_name[part]
    if country is not None and country not in made:
        made.append(country)
    return made


def _filled(found: list[str], names: Gazetteer) -> list[str]:
    """A known city with the levels left out between it and what is said of it: "London, UK" → london, england, ..."""
    city = names.city_of.get(found[0], found[0]) if found else ""
    above = names.above.get(city)
    if above is not None and len(found) > 1 and set(found[1:]) <= set(above):
        return [city, *above]
    return found


def _is_country(parts: list[str], names: Gazetteer) -> bool:
    """Whether the last part, a country's code as well as a region's, is meant as the country's."""
    above = names.above.get(names.city_of.get(parts[0], parts[0]))
    country = names.country_of.get(parts[-1])
    if country is None or parts[-1] not in names.region_by_code:
        return country is not None
    return above is not None and above[-1] == country


def _country(parts: list[str], names: Gazetteer) -> str | None:
    """The country that the last part names, where it names one for certain."""
    if len(parts) < 2 or not _is_country(parts, names):
        return None
    return names.country_of[parts[-1]]


def _widened(place: str, names: Gazetteer) -> list[str]:
    """A place that stands alone, with what is above it: a known city, an area around one, a region."""
    place = names.city_of.get(place, place)
    if place in names.above:
        return [place, *names.above[place]]
    if place in names.region_by_name:
        return [place, names.region_by_name[place]]
    match = _AREA.match(place)
    core = match[1] if match else place
    city = names.city_of.get(core, core)
    if core != place and city in names.above:
        return [place, city, *names.above[city]]
    return [place]
