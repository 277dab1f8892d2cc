"""JSON Resume v1 (https://jsonresume.org/schema): reading and writing."""

from __future__ import annotations

from typing import Any

from recommender.profile import Profile
from recommender.reading.outcome import Context, Rejected


def read_json_resume(value: dict[str, Any], context: Context, place: str = "") -> Profile | Rejected:
    """The profile of one JSON Resume."""
    return context.reject(place, "", "JSON Resume is not read yet")
