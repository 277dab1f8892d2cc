"""`FirstPlaces`: where people of a pool show a skill first, remembered, as the same people answer many a request."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from typing import Final

from recommender.collection import View
from recommender.facts import first_places
from recommender.field_path import FieldPath
from recommender.profile import Profile
from recommender.skills import Vocabulary

#: Pairs of a profile and a skill that are remembered, some 200 bytes each.
_MOST: Final = 16_384

_Key = tuple[Vocabulary, object, int, str]


class FirstPlaces:
    """Fields by profile and skill, those least lately asked for forgotten first."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._places: OrderedDict[_Key, FieldPath] = OrderedDict()
        self._lock = threading.Lock()

    def of(
        self, view: View, row: int, profile: Profile, vocabulary: Vocabulary, skills: Collection[str]
    ) -> Mapping[str, FieldPath]:
        """Of those of these skills that the profile has the field of each (`first_places`).

        Args:
            row: the profile's, in this view.
        """
        if not skills:
            return {}
        keys = {skill: (vocabulary, view.numbering, row, skill) for skill in skills}
        with self._lock:
            found = {skill: self._places[key] for skill, key in keys.items() if key in self._places}
        missing = [skill for skill in skills if skill not in found]
        if missing:
            found |= first_places(profile, vocabulary, missing)
        with self._lock:
            for skill, place in found.items():
                self._places[keys[skill]] = place
                self._places.move_to_end(keys[skill])
            while len(self._places) > self._most:
                self._places.popitem(last=False)
        return found
