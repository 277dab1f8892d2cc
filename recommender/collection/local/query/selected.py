"""`Selected`: the rows that a filter admits in one state, and what searches among them ask for again and again."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from recommender.collection.filter import Filter
from recommender.collection.local.generation.state import State, as_rows
from recommender.collection.local.sealed.signs import Signs
from recommender.collection.local.sealed.vectors import Vectors

#: Filters of which it is remembered what searches ask for: those that were asked with last.
MOST_REMEMBERED = 16
#: The most rows whose vectors, and whose signs, are kept side by side: some megabytes a filter.
_MOST_VECTORS, _MOST_SIGNS = 4_096, 16_384

_REMEMBERING = threading.Lock()


class Selected:
    """What a filter admits.

    Attributes:
        rows: a bitmap; not to be changed.
        sealed: how many of them are in the segment.
        is_usual: whether somebody asked with the filter before, so that it is worth keeping more of it.
    """

    def __init__(self, state: State, rows: Any) -> None:
        self._base, self._tail = state.base, state.tail
        self._several = len(rows)
        self.rows = rows
        self.sealed: int = rows.range_cardinality(0, len(state.base)) if state.base else 0
        self.is_usual = False

    def __len__(self) -> int:
        return self._several

    @cached_property
    def in_segment(self) -> NDArray[np.int64]:
        """Those in the segment, ascending."""
        base = len(self._base) if self._base else 0
        return as_rows(self.rows if self.sealed == len(self) else self.rows & BitMap(range(base)))

    @cached_property
    def in_tail(self) -> NDArray[np.int64]:
        """Those who came since, ascending."""
        if self.sealed == len(self):
            return np.empty(0, np.int64)
        return as_rows(self.rows & BitMap(range(self._tail.start, self._tail.end)))

    def vectors(self) -> Vectors | None:
        """Those of the rows in the segment side by side, where they are few and asked for again and again."""
        return self._vectors if self.is_usual and 0 < self.sealed <= _MOST_VECTORS else None

    def signs(self) -> Signs | None:
        """The same of their signs, of which more are kept."""
        return self._signs if self.is_usual and 0 < self.sealed <= _MOST_SIGNS else None

    @cached_property
    def _vectors(self) -> Vectors:
        assert self._base is not None
        return self._base.vectors.only(self.in_segment)

    @cached_property
    def _signs(self) -> Signs:
        assert self._base is not None
        assert self._base.signs is not None
        return self._base.signs.only(self.in_segment)


def remembered(state: State, where: Filter, rows: Any, known: dict[Filter, Selected]) -> Selected:
    """What this filter admits, which are these rows, with what earlier searches found out; it is added to the known."""
    with _REMEMBERING:
        try:
            selected = known.pop(where, None)
        except TypeError:  # lists in it, which nothing is known by
            return Selected(state, rows)
        if selected is None or selected.rows is not rows:
            selected = Selected(state, rows)
            if len(known) >= MOST_REMEMBERED:
                del known[next(iter(known))]
        else:
            selected.is_usual = True
        known[where] = selected
    return selected
