"""The facets of the filter controls, one row each: what the address calls them, what they count, whom they admit."""

from __future__ import annotations

from typing import Final, NamedTuple

import msgspec

from recommender.collection import FacetField, Filter, SuggestionKind
from recommender.collection.keys import KEYS, Admits, Form, place_name
from recommender.facts import PlaceLevel, gazetteer
from recommender.skills import Vocabulary


class Facet(NamedTuple):
    """One facet.

    Attributes:
        name: in an address, and of the field of `Choices`.
        said: of one value, before it, where it is said without its control ("never at").
        field: whose values it offers.
        key: of a filter.
        level: of which its values are, where they are places.
        kind: of suggestions that its values are found among; None where they are few enough to look through.
        is_few: whether its values are a handful, all of which are shown.
    """

    name: str
    label: str
    field: FacetField
    key: str
    said: str = ""
    level: PlaceLevel | None = None
    kind: SuggestionKind | None = None
    is_few: bool = False

    @property
    def admits(self) -> Admits:
        """Whom it admits: those who have all of the values chosen, any or none."""
        return KEYS[self.key].admits if self.key in KEYS else Admits.ANY

    def form(self, vocabulary: Vocabulary) -> Form:
        """What gives a value, as people write it, the name that stored ones have."""
        return KEYS[self.key].form_by(vocabulary) if self.key in KEYS else place_name

    def offers(self, value: str) -> bool:
        """Whether a value of its field is one of its own."""
        return self.level is None or self.level in gazetteer().levels_named(value)

    def positive(self, values: tuple[str, ...]) -> Filter:
        """Who has any of these values, whomever the facet admits."""
        key = {"skill": "skills_any", "company_ever": "company_ever"}.get(self.field, self.key)
        return msgspec.structs.replace(Filter(), **{key: values})


FACETS: Final = (
    Facet("country", "Country", "location", "location", level="country", kind="place"),
    Facet("region", "Region", "location", "location", level="region", kind="place"),
    Facet("city", "City", "location", "location", level="city", kind="place"),
    Facet("seniority", "Seniority", "seniority", "seniority", is_few=True),
    Facet("skill", "Skills: all of these", "skill", "skills_all", kind="skill"),
    Facet("skill_any", "Skills: any of these", "skill", "skills_any", "any:", kind="skill"),
    Facet("skill_none", "Skills: none of these", "skill", "skills_none", "without", kind="skill"),
    Facet("company", "Company now", "company", "company_now", "now at", kind="company"),
    Facet("company_ever", "Company ever", "company_ever", "company_ever", "ever at", kind="company"),
    Facet("company_none", "Company never", "company_ever", "company_none", "never at", kind="company"),
    Facet("workplace", "Workplace", "workplace", "workplace", is_few=True),
    Facet("certification", "Certification", "certification", "certifications"),
    Facet("badge", "Badge", "badge", "badges"),
    Facet("language", "Language", "language", "languages"),
    Facet("persona", "Persona", "persona", "persona"),
)
#: A place at any level, as addresses had it before levels were kept apart; it is chosen by them alone.
LOCATION: Final = Facet("location", "Place", "location", "location", kind="place")
BY_NAME: Final = {facet.name: facet for facet in (LOCATION, *FACETS)}
#: Those whose values are counted whether or not somebody opens them.
SHOWN: Final = frozenset(("country", "seniority", "skill"))
