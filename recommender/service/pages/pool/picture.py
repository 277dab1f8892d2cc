"""`Picture`: everybody of one view on a plane, and what they are coloured by."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.collection import Filter, View
from recommender.collection.plane import place
from recommender.collection.protocol import Plane
from recommender.encoding.titles.groups import GROUPS, groups_of
from recommender.facts import SENIORITIES

#: Groups that have a colour of their own; the others share one.
COLOURS: Final = 11
OTHERS: Final = "Others"
#: Whom a filter admits, who is near the person asked for, and that person: bits of a flag.
ADMITTED, NEAR, ASKED = 1, 2, 4
#: What a picture begins with when it is sent: b"MAP1", how many people, and the pool's generation.
HEAD: Final = struct.Struct("<4sII")
#: Neighbours asked for to place somebody: some of them may have no place either.
LOOKED_AT: Final = 12


class Picture(NamedTuple):
    """Everybody of one view.

    Attributes:
        rows: int64, ascending.
        places: float32 of shape (n, 2), within the unit square.
        kinds: uint8, of each which of `names` it works as, the commonest first.
        levels: uint8, 0 where no level is known, else 1 + the position among `SENIORITIES`.
        names: what `kinds` are called.
    """

    generation: int
    rows: NDArray[np.int64]
    places: NDArray[np.float32]
    kinds: NDArray[np.uint8]
    levels: NDArray[np.uint8]
    names: tuple[str, ...]

    def at(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers within the picture of those of these rows that are in it."""
        at = np.minimum(np.searchsorted(self.rows, rows), max(len(self.rows) - 1, 0))
        found: NDArray[np.int64] = at[self.rows[at] == rows] if len(self.rows) else at[:0]
        return found

    def flags(self, admitted: NDArray[np.int64], near: NDArray[np.int64], asked: Sequence[int]) -> NDArray[np.uint8]:
        """A flag for everybody, from rows."""
        flags = np.zeros(len(self.rows), np.uint8)
        for rows, bit in ((admitted, ADMITTED), (near, NEAR), (np.asarray(asked, np.int64), ASKED)):
            flags[self.at(rows)] |= bit
        return flags

    def sent(self, flags: NDArray[np.uint8]) -> bytes:
        """The picture as it is sent: the head, x and y as two bytes each, then a byte each of kind, level and flag."""
        places = np.asarray(np.clip(self.places, 0, 1) * 65_535, "<u2")
        head = HEAD.pack(b"MAP1", len(self.rows), self.generation & 0xFFFFFFFF)
        return b"".join((head, places.tobytes(), self.kinds.tobytes(), self.levels.tobytes(), flags.tobytes()))


def picture(view: View, plane: Plane, known: dict[int, tuple[NDArray[np.float32], int]]) -> Picture:
    """The picture of a view whose plane this is; who came since is placed by those nearest.

    Args:
        known: row → place and group of those placed so before, in views of the same numbering; added to.
    """
    places, groups = plane.places.copy(), plane.groups.copy()
    for number in np.flatnonzero(np.isnan(places[:, 0])).tolist():
        row = int(plane.rows[number])
        if row not in known:
            known[row] = _placed(view, plane, row)
        places[number], groups[number] = known[row]
    order = np.argsort(-np.bincount(groups, minlength=len(GROUPS)), kind="stable")
    chosen = [int(group) for group in order if group and (groups == group).any()][:COLOURS]
    kind_of = np.full(len(GROUPS), len(chosen), np.uint8)
    kind_of[chosen] = np.arange(len(chosen), dtype=np.uint8)
    names = (*(GROUPS[group] for group in chosen), OTHERS)
    return Picture(view.generation, plane.rows, places, kind_of[groups], _levels(view, plane.rows), names)


def _placed(view: View, plane: Plane, row: int) -> tuple[NDArray[np.float32], int]:
    found = view.search(view.vectors([row])[0], LOOKED_AT)
    at = np.searchsorted(plane.rows, found.rows)
    has_place = ~np.isnan(plane.places[at, 0])
    group = int(groups_of(view.features([row]))[0])
    return place(plane.places[at[has_place]], found.scores[has_place]), group


def _levels(view: View, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
    levels = np.zeros(len(rows), np.uint8)
    for number, level in enumerate(SENIORITIES, start=1):
        levels[np.searchsorted(rows, view.rows(Filter(seniority=(level,))))] = number
    return levels
