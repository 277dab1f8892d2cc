"""Skills of a profile as a weighted vector, in which skills that can replace one another overlap.

A skill weighs by where it is shown (a list counts once, a role by how recent and long it was), by how rare it is in
job adverts (inverse document frequency, Spärck Jones 1972) and by whether its field says anything of a
profession. Then each lends part of its weight to related skills, so that Kafka and Pulsar are nearer than Kafka
and payroll (query expansion in both directions; Qiu & Frei, SIGIR 1993).

A bare list of skills asks for what it names: nothing is lent, and every field of work counts alike.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from recommender.encoding.sparse import SKILLS
from recommender.encoding.text.passages import list_share, role_weight
from recommender.facts import distinction, held_skills, names_in, present
from recommender.field_path import FieldPath
from recommender.profile import Profile
from recommender.skills import Vocabulary

#: Part of its weight that a skill lends to one as close as can be.
LENT = 0.3
#: Of a skill's mentions in one role this many count, each this much more than the role itself does.
MENTIONS, MENTION = 2, 0.5
#: Fields that list skills and show none at work.
_LISTS = ("core_skills", "other_skills")
#: Adverts that a skill nobody counted is taken to be in.
_UNCOUNTED = 3


@dataclass(frozen=True, slots=True)
class SkillRarity:
    """In how many job adverts each skill is.

    Attributes:
        counts: canonical name → adverts.
        adverts: all of them.
        fingerprint: of both.
    """

    counts: Mapping[str, int]
    adverts: int
    fingerprint: str

    @staticmethod
    def shipped() -> SkillRarity:
        """Counted in skill2vec's 40,895 adverts (MIT); `training/skill_rarity.py` made the file."""
        return _shipped()

    def of(self, name: str) -> float:
        """0 for a skill that every advert asks for, to 1 for one that none of these does."""
        adverts = max(self.counts.get(name, 0), _UNCOUNTED)
        most = math.log(self.adverts / (1 + _UNCOUNTED))
        return max(0.0, math.log(self.adverts / (1 + adverts))) / most


class SkillWeigher:
    """Weighs the skills of one blinded profile, and says what a skill would weigh were it shown in fewer places.

    Args:
        places: what `held_skills` says of the profile, where that is known.
        requirements: whether the profile is a bare list of skills, which asks for what it names.
    """

    def __init__(
        self,
        blind: Profile,
        vocabulary: Vocabulary,
        rarity: SkillRarity,
        places: Mapping[str, tuple[FieldPath, ...]] | None = None,
        *,
        requirements: bool = False,
    ) -> None:
        as_of = present(blind)
        self._roles = [MENTION + role_weight(role, as_of) for role in blind.roles]
        self._vocabulary, self._rarity = vocabulary, rarity
        self.places = held_skills(blind, vocabulary) if places is None else places
        self._shown = {name: _Shown.of(places) for name, places in self.places.items()}
        self._bare = {name for name, places in self.places.items() if all(place[0] in _LISTS for place in places)}
        self._share = list_share(len(self._bare))
        self.requirements = requirements

    def weights(self) -> dict[int, float]:
        """Id → weight, what is lent to related skills included."""
        return self.lent({name: self._own(name, self._shown[name]) for name in self.places})

    def lost(self, name: str, places: Sequence[FieldPath]) -> float:
        """What a skill weighs less, before any is lent, were it not shown in these of its places."""
        shown, gone = self._shown[name], _Shown.of(places)
        roles = {number: shown.roles[number] - count for number, count in gone.roles.items()}
        left = _Shown(shown.lists - gone.lists, {**shown.roles, **roles})
        return self._own(name, shown) - self._own(name, left)

    def _own(self, name: str, shown: _Shown) -> float:
        share = self._share if name in self._bare else 1.0
        field = 1.0 if self.requirements else distinction(name, self._vocabulary)
        return math.log1p(self._count(shown)) * share * self._rarity.of(name) * field

    def asked(self, entry: str) -> float:
        """How much the words of one entry of a bare list count: the rarity of its rarest skill, squared, 0 to 1.

        Nothing but the list says what its words are worth, and English at large takes all names of tools for rare.
        """
        return max(map(self._rarity.of, names_in(entry, self._vocabulary)), default=1.0) ** 2

    def lent(self, own: Mapping[str, float]) -> dict[int, float]:
        """Id → weight: each skill's own, and what it lends to related ones."""
        weights: dict[int, float] = defaultdict(float)
        for name, weight in sorted(own.items()):
            weights[skill_id(name)] += weight
            if self.requirements:
                continue
            for other, closeness in self._vocabulary.related(name):
                weights[skill_id(other)] += LENT * closeness * weight
        return weights

    def _count(self, shown: _Shown) -> float:
        """How much the places that show a skill count together."""
        # a sum that does not depend on the order of the roles
        counts = (self._roles[number] * min(count, MENTIONS) for number, count in shown.roles.items())
        return shown.lists + math.fsum(counts)


class _Shown(NamedTuple):
    """In how many places a skill is shown: outside roles, and in the role of each number."""

    lists: int
    roles: Mapping[int, int]

    @staticmethod
    def of(places: Sequence[FieldPath]) -> _Shown:
        numbers = [role for place in places if (role := place.role) is not None]
        return _Shown(len(places) - len(numbers), Counter(numbers))


@lru_cache(maxsize=1 << 15)
def skill_id(name: str) -> int:
    """The id of a canonical skill name among sparse vectors' ids."""
    return SKILLS.hashed(name)


@cache
def _shipped() -> SkillRarity:
    content = files("recommender.encoding.text").joinpath("skill_rarity.tsv").read_bytes()
    rows = [line.split("\t") for line in content.decode().splitlines() if not line.startswith("#")]
    counts = {name: int(count) for name, count in rows}
    return SkillRarity(counts, counts.pop("*"), hashlib.blake2b(content, digest_size=8).hexdigest())
