"""Parts of a request as conditions: each a filter, exact for the whole pool, with how it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from recommender.asking.request import KINDS, Part, Request, Stance
from recommender.collection.filter import Filter, YearsRange


@dataclass(frozen=True, slots=True)
class Condition:
    """What a person does or does not meet.

    Attributes:
        kind: of the part ("skill").
        label: how it is said ("Python or Java", "3 to 6 years").
        where: who meets it; of an exclusion, who has what is excluded.
    """

    kind: str
    label: str
    stance: Stance
    strict: bool
    where: Filter


def conditions(request: Request) -> tuple[Condition, ...]:
    """The conditions of a request, musts first, then in the order of its fields."""
    found = sorted(_conditions(request), key=lambda one: ("must", "nice", "not").index(one.stance))
    return tuple(found)


def _conditions(request: Request) -> Iterator[Condition]:
    for field, part in request.parts():
        if field == "titles" and part.stance != "not" and not part.strict:
            continue  # an occupation goes by many titles: it is weighed, and no title is demanded
        where = _FILTERS[field](part)
        yield Condition(KINDS[field], " or ".join(part.values), part.stance, part.strict or field == "names", where)
    if request.years is not None:
        years = request.years
        yield Condition(
            "years", _said(years.min, years.max), "must", years.strict, Filter(years=YearsRange(years.min, years.max))
        )


def _said(low: int | None, high: int | None) -> str:
    if high is None:
        return f"{low or 0}+ years"
    return f"up to {high} years" if not low else f"{low} to {high} years" if low != high else f"{low} years"


def _titles(part: Part) -> Filter:
    # "no consultants" shuts out who is a consultant
    ones = (value[:-1] for value in part.values if value.endswith("s") and not value.endswith("ss"))
    return _any([Filter(title_contains=value) for value in dict.fromkeys((*part.values, *ones))])


def _any(filters: list[Filter]) -> Filter:
    return filters[0] if len(filters) == 1 else Filter(any_of=tuple(filters))


_FILTERS: dict[str, Callable[[Part], Filter]] = {
    "titles": _titles,
    "skills": lambda part: Filter(skills_any=part.values),
    "seniority": lambda part: Filter(seniority=part.values),
    "places": lambda part: Filter(location=part.values),
    "workplaces": lambda part: Filter(workplace=part.values),
    "languages": lambda part: _any([Filter(languages=part.values), Filter(skills_any=part.values)]),
    "certifications": lambda part: _any([Filter(certifications=part.values), Filter(skills_any=part.values)]),
    "names": lambda part: _any([Filter(name=value) for value in part.values]),
    "companies": lambda part: Filter(company_ever=part.values),
}
