"""The fields of a profile that can be cited for what they say: every field that can show a skill is a unit."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from itertools import islice
from typing import NamedTuple

from recommender.field_path import FieldPath
from recommender.profile import Profile


class Place(IntEnum):
    """What a unit is; the number is stored."""

    TITLE = 0
    CORE_SKILLS = 1
    OTHER_SKILLS = 2
    HIGHLIGHT = 3
    ABOUT = 4
    ROLE_TITLE = 5
    ROLE_SKILLS = 6
    BULLET = 7
    CERTIFICATIONS = 8


#: What holds each, of the profile or of a role.
_ATTRIBUTE = {
    Place.TITLE: "title", Place.CORE_SKILLS: "core_skills", Place.OTHER_SKILLS: "other_skills",
    Place.HIGHLIGHT: "highlights", Place.ABOUT: "about", Place.ROLE_TITLE: "title", Place.ROLE_SKILLS: "skills",
    Place.BULLET: "bullets", Place.CERTIFICATIONS: "certifications",
}  # fmt: skip
_IN_ROLE = frozenset((Place.ROLE_TITLE, Place.ROLE_SKILLS, Place.BULLET))
_ENTRIES = frozenset((Place.HIGHLIGHT, Place.BULLET))
#: Lists that are one unit.
_LISTS = frozenset(("core_skills", "other_skills", "skills", "certifications"))

#: Evidence comes from this many roles, the first listed, whose numbers take a byte (the last, 255, stands for all
#: sections after them), from this many bullets of a role, and from this many units in all: their numbers take two.
_ROLES, _PARTS, _UNITS = 255, 1 << 16, 1 << 16


class Unit(NamedTuple):
    """A field that can be cited.

    Attributes:
        number: a role's, 0 where there is none.
        part: a bullet's or highlight's, 0 where there is none.
        text: all that is in it.
        counted: what of that counts among the profile's words and is lost with it; may be nothing.
    """

    place: Place
    number: int
    part: int
    text: str
    counted: str

    @property
    def path(self) -> FieldPath:
        """Where it is on the profile."""
        return unit_path(self.place, self.number, self.part)


def unit_path(place: int, number: int, part: int) -> FieldPath:
    """Where a stored unit is on its profile."""
    place = Place(place)
    owner = ("roles", number) if place in _IN_ROLE else ()
    return FieldPath((*owner, _ATTRIBUTE[place], *((part,) if place in _ENTRIES else ())))


def unit_of(place: FieldPath) -> FieldPath:
    """The unit that a place of evidence lies in: of a list's entry it is the list."""
    return FieldPath(place[:-1]) if place[-2:-1] and place[-2] in _LISTS else place


def units(profile: Profile) -> Iterator[Unit]:
    """Every field of a profile that says something; of one beyond all measure those that can be numbered."""
    core, other = profile.core_skills, profile.other_skills
    everything = [
        _unit(Place.TITLE, 0, 0, profile.title),
        # what is in both lists is lost with neither
        Unit(Place.CORE_SKILLS, 0, 0, ", ".join(core), ", ".join(set(core) - set(other))),
        Unit(Place.OTHER_SKILLS, 0, 0, ", ".join(other), ", ".join(set(other) - set(core))),
        *(_unit(Place.HIGHLIGHT, 0, part, text) for part, text in enumerate(profile.highlights[:_PARTS])),
        _unit(Place.ABOUT, 0, 0, profile.about),
        Unit(Place.CERTIFICATIONS, 0, 0, ", ".join(profile.certifications), ""),
    ]
    for number, role in enumerate(profile.roles[:_ROLES]):
        title = role.title or ""
        everything += [
            # a role's title alone is not among the words that count
            Unit(Place.ROLE_TITLE, number, 0, title, title if role.bullets or role.skills else ""),
            _unit(Place.ROLE_SKILLS, number, 0, ", ".join(role.skills)),
            *(_unit(Place.BULLET, number, part, text) for part, text in enumerate(role.bullets[:_PARTS])),
        ]
    return islice((unit for unit in everything if unit.text.strip()), _UNITS)


def _unit(place: Place, number: int, part: int, text: str | None) -> Unit:
    """A field whose whole text counts."""
    return Unit(place, number, part, text or "", text or "")
