"""The levels of a place: "San Jose, CA" → san jose, california, united states."""

from __future__ import annotations

import re

from recommender.facts.gazetteer import Gazetteer, gazetteer, place_form

_SPLIT = re.compile(r"\s*[,;/|·•]\s*|\s+[-–—]\s+|\s*\(|\)\s*")
_DROP = re.compile(r"\b(?:remote|hybrid|on-?site|anywhere|worldwide|relocating to|open to relocation)\b", re.IGNORECASE)
_POSTCODE = re.compile(r"\s*\b\d{5}(?:-\d{4})?\b\s*$")
_EDGES = " .-"
#: Levels that are cut off the end of a place without commas: a region and a country, and one to spare.
_TAILS = 3
_AREA = re.compile(r"(?:the )?(?:greater )?(.+?)(?: metro(?:politan)?)?(?: (?:area|region|metroplex|metro))?\Z")


def levels(location: str | None) -> tuple[str, ...]:
    """Every level of a location, in its `place_form`, narrowest first; () where there is none.

    What is not known of a place is left as it is written: "Springvale, Freedonia" → springvale, freedonia.
    """
    names = gazetteer()
    found = _stated(location, names)
    if len(found) > 1:
        found = _filled(found, names)
    elif found:
        found = _widened(found[0], names)
    return tuple(dict.fromkeys(found))


def stated_levels(location: str) -> tuple[str, ...]:
    """The levels that a location itself names, as `levels` names them: "Berlin" → berlin; "Berlin, DE" → both.

    `levels` of the same location has them all, and so has that of any other way to write the place.
    """
    return tuple(dict.fromkeys(_stated(location, gazetteer())))


def place_levels(places: tuple[str, ...]) -> dict[str, str | None]:
    """What `levels` found, by kind: "city", "region" and "country", each None where it is not known.

    A country alone is no city, and of an area around a city ("Greater Boston Area") it is the city.
    """
    names = gazetteer()
    known: dict[str, str | None] = dict.fromkeys(("city", "region", "country"))
    *inner, last = places or (None,)
    if inner or last in names.country_of:
        known["country"] = last
    elif last is not None:
        known["city"] = last
    if len(inner) == 1:
        (only,) = inner
        known["region"] = only if only in names.region_by_name else None
        known["city"] = only if only in names.above or only not in names.region_by_name else None
    elif inner:
        known["city"], known["region"] = inner[-2:]
    return known


def _stated(location: str | None, names: Gazetteer) -> list[str]:
    parts = [part for part in map(_plain, _SPLIT.split(place_form(location or ""))) if part]
    if not parts:  # no place, but what is there: "Remote"
        parts = [part for part in (part.strip(_EDGES) for part in _SPLIT.split(place_form(location or ""))) if part]
    elif len(parts) == 1:
        parts = _parted(parts[0], names)
    found = _named(parts, names) if parts else []
    return [_city(found, names), *found[1:]] if found else []


def _city(found: list[str], names: Gazetteer) -> str:
    """The first level by the name used here, unless what follows says that another place of that name is meant."""
    city = names.city_of.get(found[0], found[0])
    above = names.above.get(city, ())
    elsewhere = any(level in names.country_of and level not in above for level in found[1:])
    return found[0] if elsewhere else city


def _plain(part: str) -> str:
    return " ".join(_POSTCODE.sub("", _DROP.sub(" ", part)).split()).strip(_EDGES)


def _parted(text: str, names: Gazetteer) -> list[str]:
    """A place without commas, cut before a country or region that ends it: "Austin TX", "San Jose California USA"."""
    words, tails = text.split(), list[str]()
    while len(tails) < _TAILS and not _known(" ".join(words), names):
        ends = (" ".join(words[-size:]) for size in (4, 3, 2, 1) if size < len(words))
        tail = next((end for end in ends if _wide(end, names) or end in names.region_by_code), None)
        if tail is None:
            break
        words = words[: -len(tail.split())]
        tails.insert(0, tail)
    return [" ".join(words), *tails]


def _known(text: str, names: Gazetteer) -> bool:
    return text in names.above or text in names.city_of or _wide(text, names)


def _wide(text: str, names: Gazetteer) -> bool:
    return text in names.country_of or text in names.region_by_name


def _named(parts: list[str], names: Gazetteer) -> list[str]:
    """The parts by their full names, with the country that a region implies."""
    country = _country(parts, names)
    made = []
    if len(parts) > 1 and len(set(parts)) == 1 and parts[0] in names.region_by_code:
        parts = parts[:1]  # a code that is said twice names its region, and no place in it
    if len(parts) > 2 and parts[-1] == "ca" and names.region_by_code.get(parts[-2], ("", ""))[1] == "canada":
        parts = [*parts[:-1], "canada"]
        country = "canada"
    for i, part in enumerate(parts):
        coded = names.region_by_code.get(part) if i or _is_code(parts, country, names) else None
        if coded is not None and country in (None, coded[1]):
            made.append(coded[0])
            country = country or coded[1]
        elif (
            (i or len(parts) == 1)
            and part in names.country_of
            and not (part in names.region_by_name and country != part)
        ):
            made.append(names.country_of[part])
        else:
            made.append(names.region_of.get(part, part))
            if i and part in names.region_by_name and part not in names.above.get(parts[0], ()):
                country = country or names.region_by_name[part]
    if country is not None and country not in made:
        made.append(country)
    return made


def _filled(found: list[str], names: Gazetteer) -> list[str]:
    """A known city with the levels left out between it and what is said of it: "London, UK" → london, england, ..."""
    above = names.above.get(found[0])
    return [found[0], *above] if above is not None and set(found[1:]) <= set(above) else found


def _is_code(parts: list[str], country: str | None, names: Gazetteer) -> bool:
    """Whether the first part is a region's code: "TX", "TX, USA"; "DE" alone is a country and "LA" a city."""
    code = names.region_by_code.get(parts[0])
    if code is None or parts[0] in names.city_of:
        return False
    return parts[0] not in names.country_of if len(parts) == 1 else country == code[1]


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
    """A place that is alone, with what is above it: a known city, an area around one, a region."""
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
