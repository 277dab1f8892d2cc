"""`canonical_filter`: a filter as people write it → as the pool names skills, places, companies and levels."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from recommender.collection.filter import Filter
from recommender.errors import FilterError
from recommender.facts import (
    SENIORITIES,
    WORKPLACES,
    company_form,
    folded,
    seniority_named,
    stated_levels,
    workplace_named,
)
from recommender.skills import Vocabulary

#: Key of a filter → value as it is asked for → its name.
Names = Mapping[str, Mapping[str, str]]


def canonical_filter(where: Filter, vocabulary: Vocabulary) -> Filter:
    """The same filter with every value by the name that stored ones go by; a canonical one comes out as it is.

    "k8s" → "Kubernetes", "München" → "munich", "Berlin, DE" → "berlin, germany", "ACME, Inc." → "acme",
    "Sr." → "senior", "WFH" → "remote". Raises `FilterError` for a level or workplace that there is not.
    """
    return renamed(where, canonical_names(where, vocabulary))


def canonical_names(where: Filter, vocabulary: Vocabulary) -> Names:
    """The names that stored values have of those asked for; raises `FilterError` as `canonical_filter` does."""
    forms = {**dict.fromkeys(("skills_all", "skills_any", "skills_none"), vocabulary.canonical), **_FORMS}
    return {
        key: {value: form(value) for value in values} for key, form in forms.items() if (values := getattr(where, key))
    }


def renamed(where: Filter, names: Names) -> Filter:
    """The filter by these names, each once."""
    values = {key: tuple(dict.fromkeys(of_key.values())) for key, of_key in names.items()}
    return msgspec.structs.replace(where, **values) if values else where


def _place(name: str) -> str:
    return ", ".join(stated_levels(name)) or folded(name)


def _seniority(name: str) -> str:
    return seniority_named(name) or _refuse("seniority", name, SENIORITIES)


def _workplace(name: str) -> str:
    return workplace_named(name) or _refuse("workplace", name, WORKPLACES)


def _refuse(key: str, name: str, known: tuple[str, ...]) -> str:
    raise FilterError(f"{key}: {name!r} is not known; give one of {', '.join(known)}")


_FORMS: dict[str, Callable[[str], str]] = {
    "location": _place,
    "seniority": _seniority,
    "company_now": company_form,
    "company_ever": company_form,
    "company_none": company_form,
    "workplace": _workplace,
    "badges": folded,
    "certifications": folded,
}
