"""A deterministic encoder and a small fictional pool, for tests that need no model."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.collection import LocalCollection
from recommender.encoding import ProfileEncoder
from recommender.matching import Matcher
from recommender.profile import Profile, Role
from recommender.skills import Vocabulary

VOCABULARY = Vocabulary.shipped()
#: What people drawn at random say.
WORDS = (
    "night",
    "harbour",
    "invoice",
    "robot",
    "ward",
    "steel",
    "query",
    "garden",
    "audit",
    "bridge",
    "signal",
    "oven",
)


class HashEncoder:
    """A text's vector is the sum of its words' random directions: texts that share words are close."""

    fingerprint = "hash"
    dimension = 32

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._one(text) for text in texts]) if texts else np.empty((0, 32), np.float32)

    def _one(self, text: str) -> NDArray[np.float32]:
        total = np.zeros(self.dimension)
        for word in text.casefold().split():
            seed = int.from_bytes(blake2b(word.encode(), digest_size=4).digest(), "little")
            total += np.random.default_rng(seed).standard_normal(self.dimension)
        length = np.linalg.norm(total)
        return (total / length if length else total).astype(np.float32)


def encoder() -> ProfileEncoder:
    return ProfileEncoder(HashEncoder(), VOCABULARY)


def matcher_of(profiles: Sequence[Profile], folder: Path) -> Matcher:
    collection = LocalCollection(folder)
    profile_encoder = encoder()
    collection.upsert(profile_encoder.encode(profiles))
    return Matcher(collection, profile_encoder)


TRADES = {
    "nurse": ("Registered Nurse", ("Patient Care", "Triage", "Wound Care"), "cared for patients on a surgical ward"),
    "welder": ("Welder", ("Welding", "Blueprint Reading", "Fabrication"), "welded steel frames from drawings"),
    "backend": ("Backend Engineer", ("Kafka", "PostgreSQL", "Python"), "ran services that stream orders"),
}


def person(number: int, trade: str, **changes: object) -> Profile:
    """A fictional person; their texts differ by number."""
    title, skills, work = TRADES[trade]
    values: dict[str, object] = {
        "id": f"{trade}-{number}",
        "name": f"Person{number} Example",
        "title": title,
        "core_skills": skills,
        "years_of_experience": 3 + number % 9,
        "roles": (
            Role(title=title, company=f"Company {number % 5}", start="2018-01", bullets=(f"{work} in team {number}",)),
            Role(
                title=f"Junior {title}",
                company="Elsewhere",
                start="2015-01",
                end="2017-12",
                bullets=(f"learned {work}",),
            ),
        ),
        "as_of": "2026-01",
    }
    return Profile(**{**values, **changes})  # type: ignore[arg-type]


def people(each: int) -> list[Profile]:
    return [person(number, trade) for trade in TRADES for number in range(each)]
