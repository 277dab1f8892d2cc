"""The fields that filters and facets look at, and the values a profile has in each."""

from __future__ import annotations

from collections.abc import Mapping

from recommender.collection.filter import folded, title_words
from recommender.collection.protocol import FacetField
from recommender.facts.facts import Facts

#: Every field that is indexed; a profile has none, one or several values in each.
FIELDS = (
    "skill",
    "place",
    "years",
    "seniority",
    "company_now",
    "company_ever",
    "workplace",
    "badge",
    "certification",
    "title",
    "word",
)

#: The field behind each facet. "company" counts present employers; "title" whole titles.
FIELD_OF_FACET: Mapping[FacetField, str] = {
    "skill": "skill",
    "location": "place",
    "title": "title",
    "seniority": "seniority",
    "company": "company_now",
    "workplace": "workplace",
    "badge": "badge",
    "certification": "certification",
}


def values(facts: Facts) -> dict[str, set[str]]:
    """Field → the distinct values of one profile; text in the form in which filters compare it."""
    title = folded(facts.title)
    return {
        "skill": set(facts.skills),
        "place": _folded(facts.places),
        "years": set() if facts.years is None else {str(facts.years)},
        "seniority": set() if facts.seniority is None else {facts.seniority},
        "company_now": _folded(facts.companies_now),
        "company_ever": _folded(facts.companies_ever),
        "workplace": _folded(facts.workplaces),
        "badge": _folded(facts.badges),
        "certification": _folded(facts.certifications),
        "title": {title} if title else set(),
        "word": set(title_words(title)),
    }


def _folded(texts: tuple[str, ...]) -> set[str]:
    return {folded(text) for text in texts}
