"""The filter controls of a page: what a visitor chose, as a `Filter`, and the choices with exact counts."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import msgspec
from starlette.datastructures import QueryParams

from recommender.collection import Filter, canonical_filter
from recommender.collection.filter import YearsRange
from recommender.collection.protocol import FacetField, View
from recommender.errors import FilterError
from recommender.facts import seniority_named
from recommender.privacy import masked
from recommender.service.pages import words
from recommender.skills import Vocabulary

#: Lower and upper end of each choice of years, as it is in the URL.
YEARS = ("0-4", "5-9", "10-14", "15-19", "20-")
#: Values of a control that are shown, and the most that may be chosen: each has a count of its own.
SHOWN, MOST_CHOSEN = 8, 50


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What a visitor chose. Several places or levels widen the search, several skills narrow it."""

    location: tuple[str, ...] = ()
    seniority: tuple[str, ...] = ()
    skill: tuple[str, ...] = ()
    years: str = ""
    title: str = ""

    @staticmethod
    def of(params: QueryParams, vocabulary: Vocabulary) -> Choices:
        """The choices in a URL; what is none of them is passed over.

        Raises `FilterError` where more is chosen than a page shows.
        """
        years = params.get("years", "")
        asked = Filter(
            location=_several(params, "location"),
            seniority=tuple(level for level in _several(params, "seniority") if seniority_named(level)),
            skills_all=_several(params, "skill"),
        )
        named = canonical_filter(asked, vocabulary)
        return Choices(
            location=named.location or (),
            seniority=named.seniority or (),
            skill=named.skills_all or (),
            years=years if years in YEARS else "",
            title=" ".join(params.get("title", "").split())[:100],
        )

    def where(self, leave_out: str = "") -> Filter:
        """The filter; without the part named, to count what else could be chosen there."""
        kept = self if not leave_out else msgspec.structs.replace(self, **{leave_out: type(getattr(self, leave_out))()})
        return Filter(
            location=kept.location or None,
            seniority=kept.seniority or None,
            skills_all=kept.skill or None,
            years=_range(kept.years) if kept.years else None,
            title_contains=kept.title or None,
        )

    def query(self, **more: str | int) -> str:
        """The choices as the query part of a URL."""
        pairs = [(name, value) for name in ("location", "seniority", "skill") for value in getattr(self, name)]
        pairs += [(name, getattr(self, name)) for name in ("years", "title") if getattr(self, name)]
        return urlencode(pairs + [(name, str(value)) for name, value in more.items()])

    def chosen(self) -> list[tuple[str, str]]:
        """Each thing chosen as a page says it, and the query part of the URL that takes it back."""
        chips = []
        for name in self.__struct_fields__:
            held = getattr(self, name)
            for value in held if isinstance(held, tuple) else filter(None, [held]):
                left = tuple(other for other in held if other != value) if isinstance(held, tuple) else ""
                chips.append((_label(name, value), msgspec.structs.replace(self, **{name: left}).query()))
        return chips

    def __bool__(self) -> bool:
        return self != Choices()


class Option(msgspec.Struct, frozen=True):
    """One value that can be chosen, and how many people qualify if it is."""

    value: str
    label: str
    count: int
    chosen: bool


class Group(msgspec.Struct, frozen=True):
    """The values of one control; `single` where only one can be chosen."""

    name: str
    label: str
    options: tuple[Option, ...]
    single: bool = False


def groups(view: View, choices: Choices, base: Filter, skills: Sequence[str] = ()) -> tuple[Group, ...]:
    """The controls, with exact counts among those `base` admits.

    Args:
        base: what holds whatever is chosen (who the page is about is left out).
        skills: canonical skills to offer; the commonest ones where none are given.
    """
    return (
        Group("location", "Location", _facet(view, choices, base, "location")),
        Group("years", "Years of experience", _years(view, choices, base), single=True),
        Group("seniority", "Seniority", _facet(view, choices, base, "seniority")),
        Group("skill", "Skill", _skills(view, choices, base, skills)),
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
    return tuple(Option(value, _label(field, value), count, value in chosen) for value, count in values.items())


def _years(view: View, choices: Choices, base: Filter) -> tuple[Option, ...]:
    where = within(base, choices.where(leave_out="years"))
    return tuple(
        Option(
            value,
            _label("years", value),
            view.count(msgspec.structs.replace(where, years=_range(value))),
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


def _label(name: str, value: str) -> str:
    """A value as its control and its label say it."""
    match name:
        case "location":
            return words.place(value)
        case "seniority":
            return value.capitalize()
        case "years":
            return f"{value[:-1]}+" if value.endswith("-") else value.replace("-", "–")
        case "title":
            return f"“{value}”"
        case _:
            return value


def _several(params: QueryParams, name: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in params.getlist(name) if value.strip()))
    if len(values) > MOST_CHOSEN:
        raise FilterError(f"{name}: {len(values)} values, where a page takes at most {MOST_CHOSEN}; choose fewer")
    return values


def _range(years: str) -> YearsRange:
    least, _, most = years.partition("-")
    return YearsRange(int(least), int(most) if most else None)
