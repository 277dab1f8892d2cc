"""Profiles with what reaches a person set apart (as they are read) or masked (as they are shown)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from recommender.privacy.keys import is_contact_key
from recommender.privacy.patterns import masked
from recommender.profile import Contact, Education, Profile, Role

_Text = TypeVar("_Text", str, str | None)

#: What readers put into `extras` under a format's name: looked through, not taken for an account's.
_FORMATS = ("json_resume", "linkedin")
#: Levels of `extras` that are shown.
_DEEPEST = 50


def contact_apart(profile: Profile) -> Profile:
    """The profile with what is about contact in its `extras` moved to `contact.extras`, under the same keys."""
    private = {key: value for key, value in profile.extras.items() if _is_private(key, value)}
    if not private:
        return profile
    contact = profile.contact or Contact()
    return msgspec.structs.replace(
        profile,
        contact=msgspec.structs.replace(contact, extras={**private, **contact.extras}),
        extras={key: value for key, value in profile.extras.items() if key not in private},
    )


def masked_profile(profile: Profile) -> Profile:
    """The profile as who may not see contact details sees it: without `contact`, its texts masked, `extras` scrubbed.

    Its id and its dates are left as they are.
    """
    return msgspec.structs.replace(
        profile,
        name=_one(profile.name),
        title=_one(profile.title),
        location=_one(profile.location),
        badges=_all(profile.badges),
        highlights=_all(profile.highlights),
        persona=_one(profile.persona),
        core_skills=_all(profile.core_skills),
        other_skills=_all(profile.other_skills),
        about=_one(profile.about),
        roles=tuple(map(_role, profile.roles)),
        education=tuple(map(_education, profile.education)),
        languages=_all(profile.languages),
        certifications=_all(profile.certifications),
        contact=None,
        extras=scrubbed(profile.extras),
    )


def scrubbed(value: Any, depth: int = 0) -> Any:
    """A JSON value without members whose key is about contact, at any depth, and with its texts masked."""
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, dict | list) and depth >= _DEEPEST:
        return "[nested too deep to be shown]"
    if isinstance(value, list):
        return [scrubbed(item, depth + 1) for item in value if not _is_private_change(item)]
    if isinstance(value, dict):
        members = value.items()
        return {masked(key): scrubbed(held, depth + 1) for key, held in members if not _is_private(key, held, depth)}
    # a number that long is a telephone's; a count that long is no part of anybody's profile
    return "[phone]" if isinstance(value, int) and abs(value) >= 10**8 else value


def _is_private(key: str, value: Any, depth: int = 0) -> bool:
    if not depth and key in _FORMATS and isinstance(value, dict | list):
        return False
    return is_contact_key(key)


def _is_private_change(item: Any) -> bool:
    """Whether a change that makes a document again (`reading.changes`) is about contact, by its place."""
    at = item.get("at") if isinstance(item, dict) else None
    return isinstance(at, list) and any(isinstance(key, str) and is_contact_key(key) for key in at)


def _role(role: Role) -> Role:
    return msgspec.structs.replace(
        role,
        company=_one(role.company),
        title=_one(role.title),
        location=_one(role.location),
        bullets=_all(role.bullets),
        skills=_all(role.skills),
    )


def _education(course: Education) -> Education:
    return msgspec.structs.replace(
        course, school=_one(course.school), degree=_one(course.degree), field=_one(course.field)
    )


def _one(text: _Text) -> _Text:
    return masked(text) if text else text


def _all(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(masked, texts))
