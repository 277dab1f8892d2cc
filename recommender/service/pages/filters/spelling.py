"""How a value of a facet is written on a page: as one of those writes it who have it, where it is a name."""

from __future__ import annotations

from collections.abc import Iterable

from recommender.collection import View
from recommender.errors import ProfileNotFound
from recommender.facts import company_form, folded
from recommender.privacy import masked
from recommender.profile import Profile
from recommender.service.pages import words
from recommender.service.pages.filters.facets import BY_NAME, Facet


def spelled(view: View, facet: Facet, value: str) -> str:
    """A stored value as it is written: "san jose" → "San Jose", "aws certified developer" as on a profile."""
    match facet.field:
        case "skill":
            return value
        case "location" | "language":
            return words.place(value)
        case "seniority" | "workplace":
            return value.capitalize()
    facet = BY_NAME["company_ever"] if facet.field == "company" else facet
    rows = view.rows(facet.positive((value,)))[:1]
    written = _written(view.profiles(rows)[0], facet) if len(rows) else ()
    form = company_form if facet.field == "company_ever" else folded
    return masked(next((text for text in written if form(text) == value), value))


def _written(profile: Profile, facet: Facet) -> Iterable[str]:
    match facet.field:
        case "badge":
            return profile.badges
        case "certification":
            return profile.certifications
    return (role.company for role in profile.roles if role.company)


def called(view: View, profile_id: str) -> str:
    """The name of somebody by their id; the id where there is none."""
    try:
        (name,) = view.names([view.row(profile_id)])
    except ProfileNotFound:
        return profile_id
    return masked(name) if name else profile_id
