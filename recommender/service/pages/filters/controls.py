"""The filter controls of a page: what can be chosen, each with the exact count of those who are left if it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import Any

import msgspec

from recommender.collection import EVERYONE, FacetValue, Filter, View
from recommender.collection.keys import Admits
from recommender.privacy import masked
from recommender.service.pages.filters.choices import LIKELY, MOVES, Choices
from recommender.service.pages.filters.facets import FACETS, SHOWN, Facet
from recommender.service.pages.filters.spelling import spelled

#: Values of a control that are shown, and those looked through for some of one level.
MOST_OPTIONS, LOOKED_THROUGH = 8, 2_000


class Option(msgspec.Struct, frozen=True):
    """One value that can be chosen, and how many people qualify if it is."""

    value: str
    label: str
    count: int
    chosen: bool


class ControlGroup(msgspec.Struct, frozen=True):
    """The values of one facet.

    Attributes:
        is_open: whether it is unfolded, and all its commonest values counted; else those alone that are chosen.
    """

    name: str
    label: str
    options: tuple[Option, ...]
    is_open: bool
    is_few: bool


class Counting:
    """Counts of values among those whom a page's choices leave.

    Args:
        base: what holds whatever is chosen (who the page is about is left out).
    """

    def __init__(self, view: View, choices: Choices, base: Filter = EVERYONE) -> None:
        self.view, self.choices, self.base = view, choices, base
        self._found: dict[tuple[str, Filter], list[FacetValue]] = {}

    @cached_property
    def count(self) -> int:
        """How many qualify as it is."""
        return self.view.count(within(self.base, self.choices.where()))

    def groups(self, opened: Collection[str] = SHOWN, skills: Sequence[str] = ()) -> tuple[ControlGroup, ...]:
        """The controls.

        Args:
            opened: names of the facets whose values are counted.
            skills: canonical skills to offer; the commonest ones where none are given.
        """
        return (*(self._group(facet, opened, skills) for facet in FACETS), *self._moves())

    def if_chosen(self, facet: Facet, value: str) -> int:
        """How many are left if a value is chosen: beside those chosen already where it narrows, else by itself."""
        chosen = getattr(self.choices, facet.name)
        values = (value,) if facet.admits is Admits.ANY else tuple(dict.fromkeys((*chosen, value)))
        return self.with_choices(**{facet.name: values})

    def with_choices(self, **changed: Any) -> int:
        """How many are left with choices changed."""
        return self.view.count(within(self.base, msgspec.structs.replace(self.choices, **changed).where()))

    def commonest(self, facet: Facet, limit: int) -> list[FacetValue]:
        """The facet's commonest values among those left, whatever of it is chosen where its values widen the search."""
        leave_out = facet.name if facet.admits is Admits.ANY else ""
        where, field = within(self.base, self.choices.where(leave_out)), facet.field
        most = LOOKED_THROUGH if facet.level else limit
        if (field, where) not in self._found or len(self._found[field, where]) < limit <= most:
            self._found[field, where] = self.view.facets([field], where, most)[field]
        own = (one for one in self._found[field, where] if facet.offers(one.value))
        return [one for one in own if masked(one.value) == one.value][:limit]

    def _moves(self) -> Iterator[ControlGroup]:
        """The control of who is likely to move, for who may know."""
        if (chosen := self.choices.moves) is not None:
            options = [
                Option(value, said_move(value), self.with_choices(moves=(value,)), value in chosen) for value in LIKELY
            ]
            yield ControlGroup(MOVES, "Likely to move", tuple(options), is_open=True, is_few=True)

    def _group(self, facet: Facet, opened: Collection[str], skills: Sequence[str]) -> ControlGroup:
        chosen = getattr(self.choices, facet.name)
        is_open = facet.name in opened or bool(chosen)
        counts = dict.fromkeys(chosen)
        if is_open:
            offered = skills if facet.field == "skill" and facet.admits is not Admits.NONE else ()
            counts |= self._offered(facet, offered)
        options = tuple(self._option(facet, value, count, chosen) for value, count in counts.items())
        return ControlGroup(facet.name, facet.label, options, is_open, facet.is_few)

    def _offered(self, facet: Facet, skills: Sequence[str]) -> dict[str, int | None]:
        """Values to choose from; with how many are left where counting the facet has said it."""
        if skills:
            return dict.fromkeys(name for name in skills[:MOST_OPTIONS] if masked(name) == name)
        found = self.commonest(facet, MOST_OPTIONS)
        return {one.value: None if facet.admits is Admits.NONE else one.count for one in found}

    def _option(self, facet: Facet, value: str, count: int | None, chosen: tuple[str, ...]) -> Option:
        left = self.if_chosen(facet, value) if count is None else count
        return Option(value, spelled(self.view, facet, value), left, value in chosen)


def said_move(value: str) -> str:
    """A value of the control of who is likely to move, as it is said of people."""
    return "likely to move" if LIKELY[value] else "not likely to move"


def within(base: Filter, where: Filter) -> Filter:
    """Both filters at once."""
    return where if base == EVERYONE else base if where == EVERYONE else Filter(all_of=(base, where))
