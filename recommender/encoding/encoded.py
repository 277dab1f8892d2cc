"""`EncodedProfile`: a profile with everything that search and reranking need of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Features
from recommender.insights import Derived
from recommender.profile import Profile


@dataclass(frozen=True, slots=True)
class EncodedProfile:
    """What a pool stores for one person.

    Attributes:
        profile: as read; its `id` is set.
        facts: the derived values that filters and counts use, and the insights.
        vector: the search vector, float32, of unit length but for rounding; its dimension is the profile encoder's, not
            the model's.
        features: the columns of this one profile (`len(features) == 1`).
        fingerprint: of everything that made the rest (`ProfileEncoder.fingerprint`).
    """

    profile: Profile
    facts: Derived
    vector: NDArray[np.float32]
    features: Features
    fingerprint: str

    @property
    def profile_id(self) -> str:
        """The profile's id."""
        assert self.profile.id is not None, "an encoded profile has an id"
        return self.profile.id
