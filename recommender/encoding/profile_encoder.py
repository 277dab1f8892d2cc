"""`ProfileEncoder`: profiles → encoded profiles, many at once, each phrase of a call encoded once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.encoder import Encoder
from recommender.encoding.features import GROUPS, Array, Features
from recommender.encoding.passages import Kind, Passage, passages
from recommender.encoding.quantisation import dequantise, quantise
from recommender.encoding.statistics import Statistics
from recommender.encoding.terms import weigh
from recommender.facts import derive, held_skills
from recommender.facts.facts import SENIORITIES, Facts
from recommender.profile import Profile
from recommender.skills import Vocabulary

#: Raised whenever the code below makes other vectors or columns of the same profile.
REPRESENTATION = 1

#: How often each kind's words count.
_TERM_WEIGHT = {
    Kind.TITLE: 3.0, Kind.SKILLS: 2.0, Kind.ABOUT: 1.0, Kind.ROLE_TITLE: 0.0, Kind.ROLE: 2.0, Kind.EDUCATION: 0.3
}  # fmt: skip


class ProfileEncoder:
    """Turns profiles into what a pool stores; the same profile always gives the same numbers."""

    def __init__(self, encoder: Encoder, vocabulary: Vocabulary, statistics: Statistics | None = None) -> None:
        self.encoder = encoder
        self.vocabulary = vocabulary
        self.statistics = statistics or Statistics.shipped()

    @property
    def fingerprint(self) -> str:
        """Of everything that changes a vector or a column."""
        parts = (
            str(REPRESENTATION),
            self.encoder.fingerprint,
            self.vocabulary.fingerprint,
            self.statistics.fingerprint,
        )
        return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()

    def encode(self, profiles: Sequence[Profile]) -> list[EncodedProfile]:
        """One encoded profile each, in order; a profile's numbers do not depend on the others'."""
        facts = [derive(profile, self.vocabulary) for profile in profiles]
        sections = [passages(profile, fact.skills) for profile, fact in zip(profiles, facts, strict=True)]
        texts = sorted({passage.text for section in sections for passage in section})
        # pooled from what is stored, so that embeddings read back from a file give the same numbers to the bit
        vectors = dequantise(*quantise(self.encoder.encode(texts)))
        row = {text: number for number, text in enumerate(texts)}
        encoded = []
        for profile, fact, section in zip(profiles, facts, sections, strict=True):
            own = vectors[[row[passage.text] for passage in section]] if section else vectors[:0]
            encoded.append(self._assemble(profile, fact, section, own))
        return encoded

    def encode_text(self, text: str) -> EncodedProfile:
        """A search text or job description as a profile that has nothing but this text; its id is ""."""
        return self.encode([Profile(id="", about=text)])[0]

    def _assemble(
        self, profile: Profile, facts: Facts, section: list[Passage], vectors: NDArray[np.float32]
    ) -> EncodedProfile:
        weights = np.array([passage.weight for passage in section], np.float32)
        columns = {
            **_sections(section, weights, vectors, self.encoder.dimension),
            **_terms(section),
            **self._skills(profile),
            "years": np.array([-1 if facts.years is None else facts.years], np.float32),
            "seniority": np.array([-1 if facts.seniority is None else SENIORITIES.index(facts.seniority)], np.int8),
        }
        vector = unit(weights @ vectors) if section else np.zeros(self.encoder.dimension, np.float32)
        return EncodedProfile(profile, facts, vector, _features(columns), self.fingerprint)

    def _skills(self, profile: Profile) -> dict[str, Array]:
        held = held_skills(profile, self.vocabulary)
        weights = {skill_id(name): _strength(where) for name, where in held.items()}
        ids = sorted(weights)
        return {
            "skill_id": np.array(ids, np.uint32),
            "skill_weight": np.array([weights[i] for i in ids], np.float32),
        }


def skill_id(name: str) -> int:
    """A stable 32-bit number of a canonical skill name."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "little")


def unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector at length 1; zeros stay zeros."""
    norm = float(np.linalg.norm(vector))
    return (vector / norm if norm else vector).astype(np.float32)


def _strength(where: Sequence[str]) -> float:
    """How much a skill counts by the fields that show it: used in a role above listed, core above other."""
    used = any(field.startswith("roles") for field in where)
    core = any(field.startswith("core_skills") for field in where)
    return 0.5 + 0.3 * used + 0.2 * core


def _sections(
    section: list[Passage], weights: NDArray[np.float32], vectors: NDArray[np.float32], dimension: int
) -> dict[str, Array]:
    codes, scales = quantise(vectors)
    return {
        "section_kind": np.array([passage.kind for passage in section], np.uint8),
        "section_weight": weights,
        "section_scale": scales,
        "section_code": codes.reshape(-1, dimension),
    }


def _terms(section: list[Passage]) -> dict[str, Array]:
    ids, weights = weigh((passage.text, _TERM_WEIGHT[passage.kind]) for passage in section)
    return {"term_id": ids, "term_weight": weights}


def _features(columns: Mapping[str, Array]) -> Features:
    first = {"sections": "section_kind", "terms": "term_id", "skills": "skill_id", "one": "years"}
    offsets = {group: np.array([0, len(columns[first[group]])], np.int64) for group in GROUPS}
    return Features(offsets, columns)
