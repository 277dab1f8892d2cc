"""The fields of matches, what the score would lose without each, and which of them are cited."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.units import Place, unit_path
from recommender.field_path import FieldPath

Points = NDArray[np.float64]
Positions = NDArray[np.int64]

#: What is listed is stated, and core skills outright; of anything else it is we who say that it shows a skill.
_STATED = np.array(
    [{Place.CORE_SKILLS: 2, Place.OTHER_SKILLS: 1, Place.ROLE_SKILLS: 1}.get(place, 0) for place in Place]
)
_IS_TITLE = np.array([place in (Place.TITLE, Place.ROLE_TITLE) for place in Place])
#: Fields of one match that are cited for core skills.
SHOWN_IN = 3


class Cited(NamedTuple):
    """A field of a match: its place, number and part as `units.Unit` has them."""

    place: int
    number: int
    part: int

    @property
    def path(self) -> FieldPath:
        """Where it is on the match's profile."""
        return _named(*self)[0]

    @property
    def field(self) -> str:
        """The same as it is written."""
        return _named(*self)[1]


@lru_cache(4_096)
def _named(place: int, number: int, part: int) -> tuple[FieldPath, str]:
    """The path of a unit, and how it is written: the same few again and again, whoever's they are."""
    path = unit_path(place, number, part)
    return path, str(path)


class Showing(NamedTuple):
    """A field of a match, and the core skills that it is cited for, by their position among the query profile's.

    `otherwise` are those of them that it shows by another than their own name.
    """

    cited: Cited
    skills: tuple[int, ...]
    otherwise: frozenset[int] = frozenset()


class Shows(NamedTuple):
    """Pairs of a unit and a core skill that it shows.

    Attributes:
        unit: by its position among the units.
        skill: by its position among the query profile's core skills.
        by_name: whether its own name is there.
    """

    unit: Positions
    skill: Positions
    by_name: NDArray[np.bool_]


@dataclass(frozen=True)
class Attributions:
    """The units of some matches, one match after another.

    Attributes:
        matches: how many there are.
        match: whose unit it is, from 0.
        place, number, part: which field, as `units.Unit` has them.
        section: the section that vanishes with it, as `Sections` has it.
        points: what the score would lose without it; below 0 where it would gain.
        shows: which core skills of the query profile they show.
    """

    matches: int
    match: Positions
    place: NDArray[np.uint8]
    number: NDArray[np.uint8]
    part: NDArray[np.uint16]
    section: Positions
    points: Points
    shows: Shows

    def cited(self, units: Positions) -> list[Cited | None]:
        """Units as they are cited; None for -1."""
        fields = zip(self.place[units].tolist(), self.number[units].tolist(), self.part[units].tolist(), strict=True)
        return [Cited(*field) if unit >= 0 else None for unit, field in zip(units.tolist(), fields, strict=True)]

    def greatest(self, among: NDArray[np.bool_]) -> Positions:
        """Of each match the one of these units whose loss is greatest, the first of equals; -1 where it has none."""
        # what is written last stays
        order = self._ascending[among[self._ascending]]
        greatest = np.full(self.matches, -1)
        greatest[self.match[order]] = order
        return greatest

    def showing(self) -> list[list[Showing]]:
        """Of each match the fewest of its units, `SHOWN_IN` at most, that show the core skills it has, each once.

        First comes the unit that shows most of those left; of equal ones one that writes a skill's own name, then the
        core skills, then another list, then one without which the score would be lower; then the one whose loss is
        greatest, then the first.
        """
        found: list[list[Showing]] = [[] for _ in range(self.matches)]
        for showing, (held, named) in zip(found, self._held(), strict=True):
            left = reduce(or_, held.values(), 0)
            while left and len(showing) < SHOWN_IN:
                unit = max(held, key=lambda unit: (held[unit] & left).bit_count())
                cited = Cited(int(self.place[unit]), int(self.number[unit]), int(self.part[unit]))
                shown = held[unit] & left
                showing.append(Showing(cited, _bits(shown), frozenset(_bits(shown & ~named[unit]))))
                left -= shown
        return found

    def _held(self) -> list[tuple[dict[int, int], dict[int, int]]]:
        """Of each match unit → the core skills that it shows, a bit each, and those that it names; the best first.

        A title that does not write a skill's name says who somebody is, not what they can do.
        """
        units, skills, by_name = self.shows
        place = self.place[units]
        titles = _IS_TITLE[place]
        stated = _STATED[place] * ~by_name
        worth = np.where(titles, 0, 1 + 8 * by_name + 2 * stated + (self.points[units] > 0))
        order = np.lexsort((skills, units, -self.points[units], -worth))
        order = order[(by_name | ~titles)[order]]
        found: list[tuple[dict[int, int], dict[int, int]]] = [({}, {}) for _ in range(self.matches)]
        shown = (column[order].tolist() for column in (self.match[units], units, skills, by_name))
        for match, unit, skill, own_name in zip(*shown, strict=True):
            held, named = found[match]
            held[unit] = held.get(unit, 0) | 1 << skill
            named[unit] = named.get(unit, 0) | own_name << skill
        return found

    @cached_property
    def _ascending(self) -> Positions:
        """Units by what is lost without them, the least first, equals from last to first."""
        return np.argsort(-self.points, kind="stable")[::-1]


@lru_cache(8_192)
def _bits(number: int) -> tuple[int, ...]:
    """The positions of the bits that are set, ascending."""
    return tuple(at for at in range(number.bit_length()) if number >> at & 1)
