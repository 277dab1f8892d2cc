"""Skills of a profile as a weighted vector, in which skills that stand in for one another overlap.

A skill weighs by where it is shown (a list counts once, a role by how recent and long it was), by how rare it is in
job adverts (inverse document frequency, Spärck Jones 1972) and by whether its field tells of a
profession. Then each lends part of its weight to related skills, so that Kafka and Pulsar are nearer than Kafka
and payroll (query expansion in both directions; Qiu & Frei, SIGIR 1993).
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.passages import list_share, reference_month, role_weight
from recommender.encoding.search_vector import unit
from recommender.facts import distinction, held_skills
from recommender.profile import Profile
from recommender.skills import Vocabulary

#: Part of its weight that a skill lends to one as close as can be.
LENT = 0.15
#: Of a skill's mentions in one role this many count, each this much more than the role itself does.
MENTIONS, MENTION = 2, 0.5
#: Fields that list skills and show none at work.
_LISTS = ("core_skills[", "other_skills[")
#: Showing a skill this much counts half of all that it can (saturation as in BM25, Robertson et al., TREC-3, 1994).
HALF = 0.5
#: Adverts that a skill nobody counted is taken to stand in.
_UNCOUNTED = 3


@dataclass(frozen=True, slots=True)
class SkillRarity:
    """In how many job adverts each skill stands.

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
        """Counted in skill2vec's 40,895 adverts (MIT); `encoding/training/skill_rarity.py` made the file."""
        return _shipped()

    def of(self, name: str) -> float:
        """0 for a skill that every advert asks for, to 1 for one that none of these does."""
        adverts = max(self.counts.get(name, 0), _UNCOUNTED)
        most = math.log(self.adverts / (1 + _UNCOUNTED))
        return max(0.0, math.log(self.adverts / (1 + adverts))) / most


def skill_weights(
    blind: Profile, vocabulary: Vocabulary, rarity: SkillRarity
) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Ids of skills, ascending, and their weights, of unit length; empty for a profile without a skill."""
    now = reference_month(blind)
    roles = [MENTION + role_weight(role, now) for role in blind.roles]
    held = held_skills(blind, vocabulary)
    bare = {name for name, places in held.items() if all(place.startswith(_LISTS) for place in places)}
    share = list_share(len(bare))
    own = {
        name: _weight(places, roles) * (share if name in bare else 1) * rarity.of(name) * distinction(name, vocabulary)
        for name, places in held.items()
    }
    weights: dict[int, float] = defaultdict(float)
    for name, weight in sorted(own.items()):
        weights[skill_id(name)] += weight
        for other, closeness in vocabulary.related(name):
            weights[skill_id(other)] += LENT * closeness * weight
    ids = sorted(weights)
    return np.array(ids, np.uint32), unit(np.array([weights[i] for i in ids], np.float32))


def skill_id(name: str) -> int:
    """A stable 32-bit number of a canonical skill name."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "little")


def _weight(places: Sequence[str], roles: Sequence[float]) -> float:
    """How much the places that show a skill count together: below 1, and the first counts most."""
    mentions: dict[int, int] = defaultdict(int)
    total = 0.0
    for place in places:
        if place.startswith("roles["):
            mentions[int(place[6 : place.index("]")])] += 1
        else:
            total += 1
    # in an order of their own: roles permuted add up to the same
    total += math.fsum(roles[number] * min(count, MENTIONS) for number, count in mentions.items())
    return total / (total + HALF)


@cache
def _shipped() -> SkillRarity:
    content = files("recommender.encoding").joinpath("skill_rarity.tsv").read_bytes()
    rows = [line.split("\t") for line in content.decode().splitlines() if not line.startswith("#")]
    counts = {name: int(count) for name, count in rows}
    return SkillRarity(counts, counts.pop("*"), hashlib.blake2b(content, digest_size=8).hexdigest())
