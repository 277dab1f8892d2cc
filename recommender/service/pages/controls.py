"""The filter controls of a page: what can be chosen, each with the exact count of those who are left if it is."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recommender.collection import Filter
from recommender.collection.protocol import FacetField, View
from recommender.privacy import masked
from recommender.service.pages.choices import YEARS, Choices, label, years_range

#: Values of a control that are shown.
SHOWN = 8


class Option(msgspec.Struct, frozen=True):
    """One value that can be chosen, and how many people qualify if it is."""

    value: str
    label: str
    count: int
    chosen: bool


class ControlGroup(msgspec.Struct, frozen=True):
    """The values of one control; `single` where only one can be chosen."""

    name: str
    label: str
    options: tuple[Option, ...]
    single: bool = False


def groups(view: View, choices: Choices, base: Filter, skills: Sequence[str] = ()) -> tuple[ControlGroup, ...]:
    """The controls, with exact counts among those `base` admits.

    Args:
        base: what holds whatever is chosen (who the page is about is left out).
        skills: canonical skills to offer; the commonest ones where none are given.
    """
    return (
        ControlGroup("location", "Location", _facet(view, choices, base, "location")),
        ControlGroup("years", "Years of experience", _years(view, choices, base), single=True),
        ControlGroup("seniority", "Seniority", _facet(view, choices, base, "seniority")),
        ControlGroup("skill", "Skill", _skills(view, choices, base, skills)),
    )


def within(base: Filter, where: Filter) -> Filter:
    """Both filters at once; what `where` asks is above what `base` does."""
    asked = {name: value for name in where.__struct_fields__ if (value := getattr(where, name)) is not None}
    return msgspec.structs.replace(base, **asked)


def _facet(view: View, choices: Choices, base: Filter, field: FacetField) -> tuple[Option, ...]:
    where = within(base, choices.where(leave_out=field))
    chosen = set(getattr(choices, field))
    found = view.facets([field], where, SHOWN)[field]
    values = {value.value: value.count for value in found if masked(value.value) == value.value}
    for value in sorted(chosen - values.keys()):
        values[value] = view.count(msgspec.structs.replace(where, **{field: (value,)}))
    return tuple(Option(value, label(field, value), count, value in chosen) for value, count in values.items())


def _years(view: View, choices: Choices, base: Filter) -> tuple[Option, ...]:
    where = within(base, choices.where(leave_out="years"))
    return tuple(
        Option(
            value,
            label("years", value),
            view.count(msgspec.structs.replace(where, years=years_range(value))),
            value == choices.years,
        )
        for value in YEARS
    )


def _skills(view: View, choices: Choices, base: Filter, offered: Sequence[str]) -> tuple[Option, ...]:
    """Choosing one more skill narrows: its count is of those who have it beside the ones chosen."""
    where = within(base, choices.where())
    if offered:
        names = list(dict.fromkeys((*choices.skill, *offered)))[: SHOWN + len(choices.skill)]
    else:
        names = list(dict.fromkeys((*choices.skill, *(v.value for v in view.facets(["skill"], where, SHOWN)["skill"]))))
    return tuple(
        Option(
            name,
            name,
            view.count(msgspec.structs.replace(where, skills_all=tuple(dict.fromkeys((*choices.skill, name))))),
            name in choices.skill,
        )
        for name in names
        if masked(name) == name
    )
