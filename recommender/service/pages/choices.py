"""What a visitor chose in the filter controls of a page, as a URL, as a `Filter` and as it is said."""

from __future__ import annotations

from urllib.parse import urlencode

import msgspec
from starlette.datastructures import QueryParams

from recommender.collection import Filter, canonical_filter
from recommender.collection.filter import YearsRange
from recommender.errors import FilterError
from recommender.facts import seniority_named
from recommender.service.pages import words
from recommender.skills import Vocabulary

#: Lower and upper end of each choice of years, as it is in the URL.
YEARS = ("0-4", "5-9", "10-14", "15-19", "20-")
#: The most values of a control that may be chosen: each has a count of its own.
MOST_CHOSEN = 50


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
            years=years_range(kept.years) if kept.years else None,
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
                chips.append((label(name, value), msgspec.structs.replace(self, **{name: left}).query()))
        return chips

    def __bool__(self) -> bool:
        return self != Choices()


def label(name: str, value: str) -> str:
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


def years_range(years: str) -> YearsRange:
    """A choice of years as a filter has it."""
    least, _, most = years.partition("-")
    return YearsRange(int(least), int(most) if most else None)
