"""A profile as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import msgspec

from recommender.profile import Education, Profile, Role


class Station(msgspec.Struct, frozen=True):
    """Consecutive roles at one company; each with its position among the profile's roles."""

    company: str
    roles: tuple[tuple[int, Role], ...]


def stations(profile: Profile) -> tuple[Station, ...]:
    """The roles by company, in their order."""
    numbered = enumerate(profile.roles)
    return tuple(
        Station(company or "", tuple(roles)) for company, roles in groupby(numbered, key=lambda pair: pair[1].company)
    )


def until(profile: Profile, entry: Role | Education) -> str | None:
    """Where an entry ends for counting its length: its end, or the month the profile is of."""
    return entry.end or profile.as_of


def showcase(profiles: Sequence[Profile]) -> Profile | None:
    """Of these, the one whose page has most to show."""
    return max(profiles, key=_fullness, default=None)


def _fullness(profile: Profile) -> tuple[int, int, str]:
    parts = (profile.badges, profile.highlights, profile.persona, profile.core_skills, profile.about, profile.education)
    return sum(map(bool, parts)), min(len(profile.roles), 5), profile.id or ""
