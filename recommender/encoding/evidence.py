"""What each short field of a profile holds of its words and skills: what would be lost without it.

Explaining a match has to name the field without which the score would be lower. That is worked out once, when the
profile is encoded: for every unit (a title, a list of skills, a bullet) the weights that its words and skills would
lose, and the length of the two vectors that would be left. A pair's cosine without the unit then is
(cosine − own · lost) / left, exactly.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from recommender.encoding.features import Array
from recommender.encoding.passages import Kind
from recommender.encoding.skill_weights import SkillWeigher
from recommender.encoding.terms import word_id, word_weight, word_weights
from recommender.encoding.word_counts import WordCounts
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


_FIELD: Mapping[int, str] = {
    Place.TITLE: "title", Place.CORE_SKILLS: "core_skills", Place.OTHER_SKILLS: "other_skills",
    Place.HIGHLIGHT: "highlights[{part}]", Place.ABOUT: "about", Place.ROLE_TITLE: "roles[{number}].title",
    Place.ROLE_SKILLS: "roles[{number}].skills", Place.BULLET: "roles[{number}].bullets[{part}]",
}  # fmt: skip

#: The passage that a unit's words are counted in.
_KIND = {
    Place.TITLE: Kind.TITLE, Place.CORE_SKILLS: Kind.SKILLS, Place.OTHER_SKILLS: Kind.SKILLS,
    Place.HIGHLIGHT: Kind.ABOUT, Place.ABOUT: Kind.ABOUT,
    Place.ROLE_TITLE: Kind.ROLE, Place.ROLE_SKILLS: Kind.ROLE, Place.BULLET: Kind.ROLE,
}  # fmt: skip

#: A share of the squared length this small is a rounding error.
_NOTHING = 1e-9
#: Roles after this many, and bullets after this many of one role, are no units.
_ROLES, _PARTS = 256, 1 << 16


class Unit(NamedTuple):
    """A field that can be cited. `number` is a role's, `part` a bullet's or highlight's; 0 where there is none."""

    place: Place
    number: int
    part: int
    text: str

    @property
    def field(self) -> str:
        """Its name on the profile ("roles[2].bullets[0]")."""
        return unit_field(self.place, self.number, self.part)


def unit_field(place: int, number: int, part: int) -> str:
    """The field of a stored unit."""
    return _FIELD[place].format(number=number, part=part)


def units(profile: Profile) -> Iterator[Unit]:
    """Every unit of a profile that has a text."""
    everything = [
        Unit(Place.TITLE, 0, 0, profile.title or ""),
        Unit(Place.CORE_SKILLS, 0, 0, ", ".join(set(profile.core_skills) - set(profile.other_skills))),
        Unit(Place.OTHER_SKILLS, 0, 0, ", ".join(set(profile.other_skills) - set(profile.core_skills))),
        *(Unit(Place.HIGHLIGHT, 0, part, text) for part, text in enumerate(profile.highlights[:_PARTS])),
        Unit(Place.ABOUT, 0, 0, profile.about or ""),
    ]
    for number, role in enumerate(profile.roles[:_ROLES]):
        everything += [
            # a role's title alone is not among the words that count
            Unit(Place.ROLE_TITLE, number, 0, (role.title or "") if role.bullets or role.skills else ""),
            Unit(Place.ROLE_SKILLS, number, 0, ", ".join(role.skills)),
            *(Unit(Place.BULLET, number, part, text) for part, text in enumerate(role.bullets[:_PARTS])),
        ]
    return (unit for unit in everything if unit.text.strip())


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
    losses: list[tuple[int, int, float]] = []
    for number, unit in enumerate(found):
        lost = (
            _words_lost(unit, words),
            _skills_lost(unit.field, named.get(unit.field, ()), weigher),
        )
        left.append((wholes[0].left(lost[0]), wholes[1].left(lost[1])))
        for whole, gone in zip(wholes, lost, strict=True):
            losses += [(number, key, loss / whole.length) for key, loss in sorted(gone.items()) if loss]
    return {
        "unit_place": np.array([unit.place for unit in found], np.uint8),
        "unit_number": np.array([unit.number for unit in found], np.uint8),
        "unit_part": np.array([unit.part for unit in found], np.uint16),
        "unit_words": np.array([words for words, _ in left], np.float32),
        "unit_skills": np.array([skills for _, skills in left], np.float32),
        "loss_unit": np.array([number for number, _, _ in losses], np.uint16),
        "loss_id": np.array([key for _, key, _ in losses], np.uint32),
        "loss_weight": np.array([loss for _, _, loss in losses], np.float32),
    }


def _words_lost(unit: Unit, words: WordCounts) -> dict[int, float]:
    """Id → weight that the profile's words lose without this unit."""
    lost: dict[int, float] = defaultdict(float)
    for word, count in sorted(words.of(_KIND[unit.place], unit.text).items()):
        held = words.whole.get(word, 0.0)
        lost[word_id(word)] += word_weight(word, held) - word_weight(word, max(0.0, held - count))
    return lost


def _skills_lost(field: str, names: Iterable[str], weigher: SkillWeigher) -> dict[int, float]:
    """Id → weight that the profile's skills lose without this field, which shows the skills of these names."""
    lost = {}
    for name in names:
        places = weigher.places[name]
        elsewhere = [place for place in places if _unit_of(place) != field]
        lost[name] = weigher.own(name, places) - weigher.own(name, elsewhere)
    return weigher.lent(lost)


def _skills_by_field(places: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """The field of a unit → the skills that it shows."""
    named: dict[str, set[str]] = defaultdict(set)
    for name, shown in places.items():
        for place in shown:
            named[_unit_of(place)].add(name)
    return named


def _unit_of(place: str) -> str:
    """The field of the unit that a place of evidence lies in: of a list's entry it is the list."""
    head = place.rpartition("[")[0]
    return head if head.endswith("skills") else place
