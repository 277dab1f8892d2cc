"""Conditions as asked of one view: who meets each, and how many meet them together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.asking import Condition, Request, conditions
from recommender.collection import Filter, View, possible
from recommender.collection.keys import place_name
from recommender.matching.answer import Counts, WithoutOne
from recommender.skills import Vocabulary


@dataclass(frozen=True, slots=True)
class Held:
    """A condition, and the rows of those who meet it, ascending."""

    condition: Condition
    where: Filter
    rows: NDArray[np.int64]

    def among(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of these rows meet it."""
        at = np.searchsorted(self.rows, rows)
        inside = at < len(self.rows)
        inside[inside] = self.rows[at[inside]] == rows[inside]
        return np.asarray(inside, np.bool_)


def lives_there(view: View) -> Callable[[str], bool]:
    """Whether anybody lives in a place of a name."""
    return lambda name: view.count(Filter(location=(place_name(name),))) > 0


def held(view: View, request: Request, vocabulary: Vocabulary) -> tuple[Held, ...]:
    """The conditions of a request, asked of a view. Raises `FilterError` for a level or workplace there is not."""
    found = []
    for condition in conditions(request):
        where = possible(condition.where, vocabulary)
        found.append(Held(condition, where, view.rows(where)))
    return tuple(found)


def narrowed(where: Filter, asked: Sequence[Held]) -> Filter:
    """The filter, which only those pass who have what is strict and nothing that is excluded."""
    strict = [one.where for one in asked if one.condition.strict and one.condition.stance == "must"]
    return _all([where, *strict, *_excluding(asked)])


def counts(view: View, where: Filter, asked: Sequence[Held]) -> Counts | None:
    """How many meet all that must be, within a filter; None where nothing must be."""
    musts = [one for one in asked if one.condition.stance == "must"]
    if not musts:
        return None
    others = [where, *_excluding(asked)]
    every = view.count(_all([*others, *(one.where for one in musts)]))
    without = tuple(
        WithoutOne(left.condition.label, view.count(_all([*others, *(one.where for one in musts if one is not left)])))
        for left in musts
    )
    return Counts(every, without)


def _excluding(asked: Sequence[Held]) -> list[Filter]:
    return [Filter(not_=one.where) for one in asked if one.condition.stance == "not"]


def _all(filters: Sequence[Filter]) -> Filter:
    given = [one for one in filters if one != Filter()]
    return Filter(all_of=tuple(given)) if len(given) > 1 else given[0] if given else Filter()
