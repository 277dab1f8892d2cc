"""What each short field of a profile holds of its words and skills: what would be lost without it.

Explaining a match has to name the field without which the score would be lower. That is worked out once, when the
profile is encoded: for every unit (a title, a list of skills, a bullet) the weights that its words and skills would
lose, and the length of the two vectors that would be left. A pair's cosine without the unit then is
(cosine − own · lost) / left, exactly. What a unit loses includes what its skills lend to related ones; which skills it
names itself is told apart, so that a reason can say no more than the field does.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from recommender.encoding.features import Array
from recommender.encoding.text.passages import PassageKind
from recommender.encoding.text.skill_weights import SkillWeigher, skill_id
from recommender.encoding.text.terms import word_id, word_weight, word_weights
from recommender.encoding.text.word_counts import WordCounts
from recommender.encoding.units import Place, Unit, unit_of, units
from recommender.field_path import FieldPath
from recommender.profile import Profile


class Shown(IntEnum):
    """Whether a unit shows a skill that it takes with it, or only what lends to it; the number is stored."""

    NOT = 0
    #: By another of its names, or by who does it ("welder").
    OTHERWISE = 1
    BY_NAME = 2


#: The passage that a unit's words are counted in; those of certificates are not.
_KIND = {
    Place.TITLE: PassageKind.TITLE, Place.CORE_SKILLS: PassageKind.SKILLS, Place.OTHER_SKILLS: PassageKind.SKILLS,
    Place.HIGHLIGHT: PassageKind.ABOUT, Place.ABOUT: PassageKind.ABOUT,
    Place.ROLE_TITLE: PassageKind.ROLE, Place.ROLE_SKILLS: PassageKind.ROLE, Place.BULLET: PassageKind.ROLE,
}  # fmt: skip

#: A share of the squared length this small is a rounding error.
_NOTHING = 1e-9


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
        names = named.get(unit.path, {})
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


def _skills_by_field(places: Mapping[str, Sequence[FieldPath]]) -> dict[FieldPath, dict[str, list[FieldPath]]]:
    """The field of a unit → the skills that it shows, each with its places there."""
    named: dict[FieldPath, dict[str, list[FieldPath]]] = defaultdict(dict)
    for name, shown in places.items():
        for place in shown:
            named[unit_of(place)].setdefault(name, []).append(place)
    return named
