"""The pool as a dict, and every answer by looking at every profile: slow, and obviously right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from recommender.collection import FacetField, FacetValue, Filter, Sort
from recommender.encoding.encoded import EncodedProfile
from recommender.facts.facts import Facts


class Model:
    """What a pool ought to hold: profiles in the order in which they were last written."""

    def __init__(self) -> None:
        self.held: dict[str, EncodedProfile] = {}

    def upsert(self, profiles: Iterable[EncodedProfile]) -> None:
        for profile in {p.profile_id: p for p in profiles}.values():
            self.held.pop(profile.profile_id, None)
            self.held[profile.profile_id] = profile

    def delete(self, profile_ids: Iterable[str]) -> list[str]:
        return [i for i in dict.fromkeys(profile_ids) if self.held.pop(i, None)]

    def ids(self, where: Filter = Filter()) -> list[str]:  # noqa: B008
        return [i for i, p in self.held.items() if qualifies(i, p.facts, where)]

    def facets(self, field: FacetField, where: Filter, limit: int) -> list[FacetValue]:
        counts = Counter(v for i in self.ids(where) for v in facet_values(self.held[i].facts, field))
        return [FacetValue(v, n) for v, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]]

    def listing(self, where: Filter, sort: Sort) -> list[str]:
        age = {i: n for n, i in enumerate(self.held)}

        def key(i: str) -> tuple[Any, ...]:
            name, years = self.held[i].profile.name, self.held[i].facts.years
            return {
                "id": (i,),
                "name": (name is None, (name or "").casefold(), i),
                "years": (years is None, years or 0, i),
                "-years": (years is None, -(years or 0), i),
                "updated": (age[i],),
                "-updated": (-age[i],),
            }[sort]

        return sorted(self.ids(where), key=key)


def facet_values(facts: Facts, field: FacetField) -> set[str]:
    return {
        "skill": set(facts.skills),
        "location": set(facts.places),
        "title": {facts.title} - {""},
        "seniority": {facts.seniority} - {None},
        "company": set(facts.companies_now),
        "workplace": set(facts.workplaces),
        "badge": set(facts.badges),
        "certification": set(facts.certifications),
    }[field]  # type: ignore[return-value]


def qualifies(profile_id: str, facts: Facts, where: Filter) -> bool:
    return all(
        (
            where.profile_ids is None or profile_id in where.profile_ids,
            profile_id not in (where.exclude_ids or ()),
            set(where.skills_all or ()) <= set(facts.skills),
            _any(where.skills_any, facts.skills),
            not set(where.skills_none or ()) & set(facts.skills),
            _any(_fold(where.location), facts.places),
            _in_years(facts.years, where),
            _any(where.seniority, (facts.seniority,)),
            _any(_fold(where.company_now), facts.companies_now),
            _any(_fold(where.company_ever), facts.companies_ever),
            not set(_fold(where.company_none) or ()) & set(facts.companies_ever),
            _any(_fold(where.workplace), facts.workplaces),
            _any(_fold(where.badges), facts.badges),
            _any(_fold(where.certifications), facts.certifications),
            _title(facts.title, where.title_contains),
            where.any_of is None or any(qualifies(profile_id, facts, part) for part in where.any_of),
            all(qualifies(profile_id, facts, part) for part in where.all_of or ()),
            where.not_ is None or not qualifies(profile_id, facts, where.not_),
        )
    )


def _any(wanted: Iterable[str] | None, have: Iterable[str | None]) -> bool:
    return wanted is None or bool(set(wanted) & set(have))


def _fold(values: Iterable[str] | None) -> list[str] | None:
    return None if values is None else [" ".join(v.split()).casefold() for v in values]


def _in_years(years: int | None, where: Filter) -> bool:
    if where.years is None:
        return True
    low, high = where.years.min, where.years.max
    return years is not None and (low is None or low <= years) and (high is None or years <= high)


def _title(title: str, contains: str | None) -> bool:
    if contains is None:
        return True
    words, wanted = (re.findall(r"[\w+#]+", text.casefold()) for text in (title, contains))
    return any(words[i : i + len(wanted)] == wanted for i in range(len(words) - len(wanted) + 1))
