"""What each short field of a profile holds of its words and skills: what would be lost without it.

Explaining a match has to name the field without which the score would be lower. That is worked out once, when the
profile is encoded: for every unit (a title, a list of skills, a bullet) the weights that its words and skills would
lose, and the length of the two vectors that would be left. A pair's cosine without the unit then is
(cosine − own · lost) / left, exactly. What a unit loses includes what its skills lend to related ones; which skills it
names itself is said apart, so that a reason can say no more than the field does. Every field that can show a skill
is a unit.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from recommender.encoding.features import Array
from recommender.encoding.text.passages import Kind
from recommender.encoding.text.skill_weights import SkillWeigher, skill_id
from recommender.encoding.text.terms import word_id, word_weight, word_weights
from recommender.encoding.text.word_counts import WordCounts
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


class Shown(IntEnum):
    """Whether a unit shows a skill that it takes with it, or only what lends to it; the number is stored."""

    NOT = 0
    #: By another of its names, or by who does it ("welder").
    OTHERWISE = 1
    BY_NAME = 2


_FIELD: Mapping[int, str] = {
    Place.TITLE: "title", Place.CORE_SKILLS: "core_skills", Place.OTHER_SKILLS: "other_skills",
    Place.HIGHLIGHT: "highlights[{part}]", Place.ABOUT: "about", Place.ROLE_TITLE: "roles[{number}].title",
    Place.ROLE_SKILLS: "roles[{number}].skills", Place.BULLET: "roles[{number}].bullets[{part}]",
    Place.CERTIFICATIONS: "certifications",
}  # fmt: skip

#: What holds it, of the profile or of a role.
_ATTRIBUTE = {place: field.rpartition(".")[2].partition("[")[0] for place, field in _FIELD.items()}
_IN_ROLE = (Place.ROLE_TITLE, Place.ROLE_SKILLS, Place.BULLET)

#: The passage that a unit's words are counted in; those of certificates are not.
_KIND = {
    Place.TITLE: Kind.TITLE, Place.CORE_SKILLS: Kind.SKILLS, Place.OTHER_SKILLS: Kind.SKILLS,
    Place.HIGHLIGHT: Kind.ABOUT, Place.ABOUT: Kind.ABOUT,
    Place.ROLE_TITLE: Kind.ROLE, Place.ROLE_SKILLS: Kind.ROLE, Place.BULLET: Kind.ROLE,
}  # fmt: skip

#: A share of the squared length this small is a rounding error.
_NOTHING = 1e-9
#: Evidence comes from this many roles, the first listed, whose numbers take a byte (the last, 255, is for all
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
    def field(self) -> str:
        """Its name on the profile ("roles[2].bullets[0]")."""
        return unit_field(self.place, self.number, self.part)


def unit_field(place: int, number: int, part: int) -> str:
    """The field of a stored unit."""
    return _FIELD[place].format(number=number, part=part)


def unit_texts(profile: Profile, place: int, number: int, part: int) -> tuple[str, ...]:
    """What is in the field of a stored unit: the entries of a list, else its one text."""
    whole: Any = profile.roles[number] if place in _IN_ROLE else profile
    value = getattr(whole, _ATTRIBUTE[place])
    if place in (Place.HIGHLIGHT, Place.BULLET):
        return (value[part],)
    return value if isinstance(value, tuple) else (value or "",)


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


class _Whole(NamedTuple):
    """A profile's weights of one kind by id, and the length of that vector."""

    weights: Mapping[int, float]
    length: float

    @staticmethod
    def of(weights: Mapping[int, float]) -> _Whole:
        return _Whole(weights, math.sqrt(math.fsum(weight**2 for weight in weights.values())))

    def left(self, lost: Mapping[int, float]) -> float:
        """Length of what is left without these weights, as a share of the whole; 0 where nothing is."""
        if not self.length:
            return 0.0
        held = [(self.weights.get(key, 0.0), loss) for key, loss in lost.items()]
        gone = math.fsum(weight**2 - (weight - loss) ** 2 for weight, loss in held)
        share = 1 - gone / self.length**2
        return math.sqrt(share) if share > _NOTHING else 0.0


def evidence(blind: Profile, words: WordCounts, weigher: SkillWeigher) -> dict[str, Array]:
    """The columns of the groups "units" and "losses" for one blinded profile, by its words and its skills."""
    found = list(units(blind))
    wholes = _Whole.of(word_weights(words.whole)), _Whole.of(weigher.weights())
    named = _skills_by_field(weigher.places)
    left: list[tuple[float, float]] = []
    losses: list[tuple[int, int, float, Shown]] = []
    for number, unit in enumerate(found):
        names = named.get(unit.field, {})
        shown = _shown(unit, names)
        skills = weigher.lent({name: weigher.lost(name, places) for name, places in names.items()})
        lost = (_words_lost(unit, words), skills)
        left.append((wholes[0].left(lost[0]), wholes[1].left(lost[1])))
        for whole, gone in zip(wholes, lost, strict=True):
            losses += [
                (number, key, loss / whole.length if whole.length else 0.0, shown.get(key, Shown.NOT))
                for key, loss in sorted(gone.items())
                if loss or key in shown
            ]
    return {
        "unit_place": np.array([unit.place for unit in found], np.uint8),
        "unit_number": np.array([unit.number for unit in found], np.uint8),
        "unit_part": np.array([unit.part for unit in found], np.uint16),
        "unit_words": np.array([words for words, _ in left], np.float32),
        "unit_skills": np.array([skills for _, skills in left], np.float32),
        "loss_unit": np.array([number for number, *_ in losses], np.uint16),
        "loss_id": np.array([key for _, key, *_ in losses], np.uint32),
        "loss_weight": np.array([loss for _, _, loss, _ in losses], np.float32),
        "loss_shown": np.array([shown for *_, shown in losses], np.uint8),
    }


def _words_lost(unit: Unit, words: WordCounts) -> dict[int, float]:
    """Id → weight that the profile's words lose without this unit."""
    lost: dict[int, float] = defaultdict(float)
    if not unit.counted.strip():
        return lost
    for word, count in sorted(words.of(_KIND[unit.place], unit.counted).items()):
        held = words.whole.get(word, 0.0)
        lost[word_id(word)] += word_weight(word, held) - word_weight(word, max(0.0, held - count))
    return lost


def _shown(unit: Unit, names: Iterable[str]) -> dict[int, Shown]:
    """Id → how the unit shows each skill of these names."""
    text = unit.text.casefold()
    return {skill_id(name): Shown.BY_NAME if name.casefold() in text else Shown.OTHERWISE for name in names}


def _skills_by_field(places: Mapping[str, Sequence[str]]) -> dict[str, dict[str, list[str]]]:
    """The field of a unit → the skills that it shows, each with its places there."""
    named: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for name, shown in places.items():
        for place in shown:
            named[_unit_of(place)].setdefault(name, []).append(place)
    return named


def _unit_of(place: str) -> str:
    """The field of the unit that a place of evidence lies in: of a list's entry it is the list."""
    head = place.rpartition("[")[0]
    return head if head.endswith(("skills", "certifications")) else place
