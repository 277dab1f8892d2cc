"""Made-up people, and further profiles of them as people make those."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import msgspec

from index_data.generator.build import build
from recommender.profile import Contact, Profile, Role
from recommender.reading import read_bytes, write_json_resume
from recommender.skills import Vocabulary

WITHOUT = {"name": None, "contact": None}


@cache
def people(size: int = 60) -> tuple[Profile, ...]:
    """Everybody another person; without names and contact details, so that work alone speaks."""
    made = (profile for profile, _ in build(41, size))
    return tuple(changed(one, f"p{at}", **WITHOUT) for at, one in enumerate(made))


def changed(profile: Profile, profile_id: str, **given: Any) -> Profile:
    return msgspec.structs.replace(profile, id=profile_id, **given)


def in_another_format(profile: Profile, profile_id: str) -> Profile:
    """Written as JSON Resume, and read again."""
    content = msgspec.json.encode(write_json_resume(profile))
    outcomes = read_bytes(content, source="r.json", vocabulary=Vocabulary.shipped(), on_notice=lambda _: None)
    (read,) = (one for one in outcomes if isinstance(one, Profile))
    return changed(read, profile_id, **WITHOUT)


def reordered(profile: Profile, profile_id: str) -> Profile:
    """Jobs and sentences in another order."""
    roles = [msgspec.structs.replace(role, bullets=role.bullets[::-1]) for role in profile.roles[::-1]]
    return changed(profile, profile_id, roles=tuple(roles), education=profile.education[::-1])


def shortened(profile: Profile, profile_id: str) -> Profile:
    """Without its last job, and without a third of the sentences of the others."""
    draw = random.Random(profile_id)
    roles = [
        msgspec.structs.replace(role, bullets=tuple(one for one in role.bullets if draw.random() < 0.67))
        for role in profile.roles[: max(1, len(profile.roles) - 1)]
    ]
    return changed(profile, profile_id, roles=tuple(roles), about=None)


def with_a_job(profile: Profile, profile_id: str) -> Profile:
    """A newer version: another job first, and what went on has ended."""
    before = [msgspec.structs.replace(role, end=role.end or "2026-05") for role in profile.roles]
    job = Role(title="Ferry Captain", company="Blue Lagoon Ferries", start="2026-06", bullets=("Sails at seven.",))
    return changed(profile, profile_id, roles=(job, *before), as_of="2026-12")


def elsewhere(profile: Profile, profile_id: str) -> Profile:
    """Somebody else, who copied the résumé and put in other employers and dates."""
    roles = [
        msgspec.structs.replace(
            role, company=f"{word} {profile.id} Works", start=later(role.start), end=later(role.end)
        )
        for role, word in zip(profile.roles, ("Zephyr", "Quartz", "Onyx", "Umber", "Cobalt", "Sepia") * 3, strict=False)
    ]
    return changed(profile, profile_id, roles=tuple(roles), education=())


def later(date: str | None) -> str | None:
    """Five months on."""
    if date is None:
        return None
    year, month = int(date[:4]), int(date[5:] or 1) + 4
    return f"{year + month // 12}-{month % 12 + 1:02}"


def contact(email: str) -> Contact:
    return Contact(emails=(email,))
