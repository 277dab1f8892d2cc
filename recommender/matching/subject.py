"""What a question is about, as the matcher compares it: stored profiles, a given one, or a text."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection.protocol import View
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import Features
from recommender.encoding.profile_encoder import ProfileEncoder
from recommender.encoding.search_vector import unit
from recommender.facts.facts import Facts
from recommender.matching.query import Query
from recommender.profile import Profile


@dataclass(frozen=True, slots=True)
class Subject:
    """One profile that matches should resemble, or should not."""

    profile: Profile
    facts: Facts
    vector: NDArray[np.float32]
    features: Features


def stored(view: View, ids: Sequence[str]) -> list[Subject]:
    """Profiles of the pool, as stored: nothing is encoded again. Raises `ProfileNotFound`."""
    subjects = []
    for profile_id in ids:
        row = [view.row(profile_id)]
        subjects.append(Subject(view.profiles(row)[0], view.facts(row)[0], view.vectors(row)[0], view.features(row)))
    return subjects


def liked(view: View, query: Query, encoder: ProfileEncoder) -> list[Subject]:
    """Everything that the query asks to resemble."""
    subjects = stored(view, query.like)
    if query.profile is not None:
        subjects.append(_given(encoder.encode([query.profile])[0]))
    if query.text and query.text.strip():
        subjects.append(_told(query.text, encoder))
    return subjects


def core_skills(subjects: Sequence[Subject]) -> tuple[str, ...]:
    """Core skills that all subjects share, in the first one's order."""
    first, *others = (subject.facts.core_skills for subject in subjects)
    return tuple(skill for skill in first if all(skill in other for other in others))


def direction(subjects: Sequence[Subject]) -> NDArray[np.float32]:
    """The search vector of several subjects, counting alike."""
    first, *others = (subject.vector for subject in subjects)
    return unit(sum(others, first))


def _told(text: str, encoder: ProfileEncoder) -> Subject:
    """A search text; its core skills are those it names, in its order."""
    encoded, vocabulary = encoder.encode_text(text), encoder.vocabulary
    if encoded.profile.core_skills:
        named = tuple(filter(vocabulary.skill, encoded.facts.core_skills))
    else:
        named = tuple(dict.fromkeys(mention.name for mention in vocabulary.mentions(text)))
    return _given(dataclasses.replace(encoded, facts=msgspec.structs.replace(encoded.facts, core_skills=named)))


def _given(encoded: EncodedProfile) -> Subject:
    return Subject(encoded.profile, encoded.facts, encoded.vector, encoded.features)
