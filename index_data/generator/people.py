"""Who a person is and where they live: names, places, schools, contact; apart from what they do."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass

from recommender.profile import Contact

from .content import Pool, pool, weighted
from .grammar import Expansion, Money


def pick(rng: random.Random, weights: dict[str, float]) -> str:
    """A key, drawn by weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


@dataclass(frozen=True, slots=True)
class Country:
    """One country of `pools/places.txt`."""

    code: str
    fields: dict[str, list[str]]

    @property
    def cities(self) -> list[str]:
        """Places as "City, Region, Country"."""
        return self.fields["cities"]

    @property
    def british(self) -> bool:
        """Whether its people write British spelling."""
        return "british" in self.fields

    @property
    def money(self) -> Money:
        """How it writes amounts."""
        symbol = self.fields["symbol"][0] + (
            " " if len(self.fields["symbol"][0]) == 3 and self.fields["symbol"][0].isalpha() else ""
        )
        return Money(symbol, float(self.fields["rate"][0]), "crore" in self.fields)


def countries() -> dict[str, Country]:
    """Every country by its code."""
    return {code: Country(code, fields) for code, fields in pool("places").sections.items()}


def country_weights() -> dict[str, float]:
    """How many people live where, for trades that do not say."""
    return {code: float(country.fields["weight"][0]) for code, country in countries().items()}


def full_name(rng: random.Random, country: Country) -> str:
    """A name of one of the country's cultures."""
    names: Pool = pool("names")
    culture = pick(rng, weighted(country.fields["cultures"][0]))
    given = rng.choice(names.get(culture, rng.choice("fm")))
    family = names.get(culture, "last")
    if culture in ("hispanic", "brazilian") and rng.random() < 0.3:
        return f"{given} {' '.join(rng.sample(family, 2))}"
    if culture == "english" and rng.random() < 0.06:
        return f"{given} {rng.choice('ABCEJLMRT')}. {rng.choice(family)}"
    return f"{given} {rng.choice(family)}"


def school(rng: random.Random, country: Country) -> str:
    """An invented place of higher education in the country."""
    slots = {"uniname": country.fields["uninames"]}
    return Expansion(rng, slots).expand(rng.choice(country.fields["uni"]))


def family_name(rng: random.Random, country: Country) -> str:
    """A family name heard in the country."""
    return rng.choice(pool("names").get(pick(rng, weighted(country.fields["cultures"][0])), "last"))


def languages(rng: random.Random, country: Country) -> tuple[str, ...]:
    """What the person speaks; empty where the profile leaves it out."""
    if rng.random() < 0.45:
        return ()
    spoken = list(country.fields["languages"])
    if rng.random() < 0.5:
        spoken.append(rng.choice(country.fields["second"]))
    return tuple(dict.fromkeys(spoken)) if len(spoken) > 1 else ()


def contact(rng: random.Random, name: str, country: Country) -> Contact:
    """Addresses that lead nowhere: example.org, and 555 numbers."""
    parts = [part for part in "".join(c for c in _ascii(name).lower() if c.isalpha() or c == " ").split() if part]
    mail = rng.choice(
        [f"{parts[0]}.{parts[-1]}", f"{parts[0][0]}{parts[-1]}", f"{parts[-1]}.{parts[0]}{rng.randint(2, 89)}"]
    )
    phone = f"+{country.fields['dial'][0]} {rng.randint(20, 99)}0 555 01{rng.randint(10, 99)}"
    links = (f"https://people.example.org/{'-'.join(parts)}",) if rng.random() < 0.5 else ()
    return Contact(emails=(f"{mail}@example.org",), phones=(phone,) if rng.random() < 0.6 else (), links=links)


def _ascii(text: str) -> str:
    plain = text.translate(str.maketrans("łŁıŞø", "lLiSo"))
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
