"""`People`: profiles and facts of a pool's rows, decoded once for as long as they are asked for again and again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from recommender.collection import View
from recommender.insights import Derived, persona_of
from recommender.privacy import masked_again
from recommender.profile import Profile

#: Characters of profiles that are remembered: some 60 MB, as what is decoded takes several times its text.
_MOST: Final = 12_000_000
#: What a profile weighs without a text, in characters.
_AT_LEAST: Final = 1_500


class Person(NamedTuple):
    """Somebody in a pool.

    Attributes:
        name, title, location, persona: as they are shown.
        held: all skills.
        weight: of what is remembered, in characters.
    """

    profile: Profile
    facts: Derived
    name: str | None
    title: str | None
    location: str | None
    persona: str | None
    held: frozenset[str]
    weight: int

    @classmethod
    def of(cls, profile: Profile, facts: Derived) -> Self:
        """Somebody, by profile and facts."""
        own = (profile.name, profile.title, profile.location, persona_of(profile, facts))
        name, title, location, persona = (text and masked_again(text) for text in own)
        return cls(profile, facts, name, title, location, persona, frozenset(facts.skills), _weight(profile, facts))


class People:
    """People by row, those least lately asked for forgotten first."""

    def __init__(self, most: int = _MOST) -> None:
        self._most, self._weight = most, 0
        self._known: OrderedDict[tuple[object, int], Person] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, view: View, rows: Sequence[int] | NDArray[np.int64]) -> list[Person]:
        """Those of these rows of a view, in order; raises `CollectionCorrupt` where a document is damaged."""
        keys = [(view.numbering, row) for row in np.asarray(rows, np.int64).tolist()]
        with self._lock:
            found = {key: self._known[key] for key in keys if key in self._known}
            for key in found:
                self._known.move_to_end(key)
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        if missing:
            found |= self._read(view, missing)
        return [found[key] for key in keys]

    def _read(self, view: View, keys: list[tuple[object, int]]) -> dict[tuple[object, int], Person]:
        rows = [row for _, row in keys]
        read = dict(zip(keys, map(Person.of, view.profiles(rows), view.facts(rows)), strict=True))
        with self._lock:
            for key, person in read.items():
                before = self._known.pop(key, None)
                self._known[key] = person
                self._weight += person.weight - (before.weight if before else 0)
            while self._weight > self._most:
                self._weight -= self._known.popitem(last=False)[1].weight
        return read


def _weight(profile: Profile, facts: Derived) -> int:
    texts = [*profile.highlights, profile.about or "", *(bullet for role in profile.roles for bullet in role.bullets)]
    return _AT_LEAST + sum(map(len, texts)) + 16 * len(facts.skills) + 200 * len(profile.roles)


#: What one process remembers, whoever asks.
PEOPLE: Final = People()
