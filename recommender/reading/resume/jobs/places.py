"""Whether words name a place, by the gazetteer and by their look; and the words of employers, which no place has."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache
from importlib.resources import files

from recommender.facts.gazetteer import gazetteer, place_form
from recommender.reading.text.cities import more_cities
from recommender.reading.text.titles import bare, is_noun

_LISTS = files("recommender.reading.resume.jobs").joinpath("company_words.txt").read_text(encoding="utf-8")
FORMS, UNITS = (frozenset(_LISTS.split(f"[{name}]\n", 1)[1].split("\n\n", 1)[0].split()) for name in ("forms", "units"))
WORKPLACE = re.compile(r"(?:remote|hybrid|on-?site|home ?office|télétravail|teletrabajo)\Z", re.IGNORECASE)
_POSTCODE = re.compile(r"\b\d{4,6}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_DOUBLE = re.compile(
    r"San|Santa|São|Los|Las|Le|La|El|New|Fort|Ft\.?|St\.?|Saint|Lake|Mount|North|South|East|West|Bad|Den|Port|Cape"
)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: (?:[^\W\d_a-z][\w.'’-]*|de|la|del|am|an|der|den|im|sur|upon|of)){0,3}\Z")


def place_score(parts: Sequence[str], home: Set[str] = frozenset()) -> float:
    """How much speaks for a place: `parts` are what its commas separate, `home` the places that this résumé names in
    its head, in their `place_form`."""
    if WORKPLACE.match(parts[0]):
        return 2.5
    plain = [_POSTCODE.sub("", part).strip(" .()") for part in parts]
    if any(len(part) < 2 or not _NAME.match(part) for part in plain):
        return -3.0
    words = [word for part in plain for word in part.split()]
    against = 2.0 * any(map(is_noun, words)) + 1.5 * any(bare(word) in FORMS for word in words)
    if place_form(plain[0]) in home:
        return 3.0 - against
    if is_wide(plain[-1]) and len(plain) > 1:
        return 3.0 - against
    if any(map(is_known_place, plain)):
        return 2.5 - against
    if place_form(plain[0]) in more_cities():
        return 1.5 - against
    return (0.5 if len(plain) == 2 else -0.2 if len(words) == 1 else -1.0) - against


def split_city(text: str) -> tuple[str, str | None]:
    """A name and the city behind it, where a country or a region follows: its last word, or two of some cities."""
    words = text.split()
    size = 2 if len(words) > 2 and (_DOUBLE.fullmatch(words[-2]) or is_known_place(" ".join(words[-2:]))) else 1
    name, city = words[:-size], " ".join(words[-size:])
    whole = len(name) > 1 or (name and (is_noun(name[-1]) or is_known_place(city)))
    if not whole or not city[:1].isupper() or bare(words[-1]) in FORMS or is_noun(words[-1]) or name[-1][:1].islower():
        return text, None
    return " ".join(name), city


@lru_cache(maxsize=20_000)
def is_known_place(text: str) -> bool:
    """Whether the gazetteer knows a text as a city, an area, a region or a country."""
    names, form = gazetteer(), place_form(text)
    if len(form) <= 3 and not text.isupper():
        return False
    return form in names.above or form in names.city_of or form in names.country_of or form in names.region_by_name


@lru_cache(maxsize=20_000)
def is_wide(text: str) -> bool:
    """Whether a text is a country or a region, which cities stand before."""
    names, form = gazetteer(), place_form(text)
    if len(form) <= 3 and not text.replace(".", "").isupper():
        return False
    return form in names.country_of or form in names.region_by_name or form in names.region_by_code
