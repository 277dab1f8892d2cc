"""JSON Resume v1 (https://jsonresume.org/schema): reading and writing back without loss.

What a profile has no place for is kept as the changes that make the original of what we would write ourselves
(`changes.py`): in `extras["json_resume"]`, and where it is about contact in `contact.extras`. What JSON Resume has no
place for is written under `meta.recommender`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

import msgspec

from recommender.privacy import is_contact_key
from recommender.profile import Contact, Profile
from recommender.reading.changes import changed, differences
from recommender.reading.checks import admitted, checked
from recommender.reading.detect import is_json_resume
from recommender.reading.formats.jsonresume.schemas import as_json_resume, is_advert
from recommender.reading.formats.jsonresume.shape import from_document, to_document
from recommender.reading.formats.records import records
from recommender.reading.outcome import Context, Rejected

_KEY = "json_resume"
_READ = (
    "basics", "work", "education", "skills", "languages", "certificates", "projects", "volunteer", "awards",
    "publications", "interests", "references", "meta", "metadata",
)  # fmt: skip
_PRIVATE = ("email", "phone", "url", "image", "picture", "website", "profiles")


def read_json_resumes(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The profile of every JSON Resume in the stream: one object, an array, or one a line."""
    for place, value in records(stream, context):
        if isinstance(value, Rejected):
            yield value
        elif isinstance(value, dict):
            yield read_json_resume(value, context, place)
        else:
            yield context.reject(place, "", f"a JSON Resume is an object, not {type(value).__name__}")


def read_json_resume(value: dict[str, Any], context: Context, place: str = "") -> Profile | Rejected:
    """The profile of one JSON Resume, or of a résumé of another schema that can be read as one."""
    if is_advert(value):
        return context.reject(place, "", "this is an advert for a job, not a person; give a résumé")
    document = as_json_resume(value)
    original = value if is_json_resume(set(value)) and "sections" not in value else document
    if original is document:
        _tell_of_unread(document, context, place)
    try:
        profile = from_document(document, context.month, partial(context.notice, place))
    except msgspec.ValidationError as error:
        return context.reject(place, "", f"{error}; fix the value")
    if profile == Profile(as_of=profile.as_of):
        return context.reject(place, "", "nothing of a person stands in this JSON Resume; give basics or work")
    outcome = checked(profile, context, place)
    return outcome if isinstance(outcome, Rejected) else admitted(_with_rest(outcome, original), context, place)


def _tell_of_unread(document: dict[str, Any], context: Context, place: str) -> None:
    """What a schema other than JSON Resume has besides."""
    for key, held in document.items():
        if key not in _READ and isinstance(held, dict | list) and held:
            context.notice(place, key, "is nothing that is read of a résumé; kept in extras only")


def write_json_resume(profile: Profile) -> dict[str, Any]:
    """The profile as a JSON Resume v1 document; one that was read from a JSON Resume comes out as it went in."""
    document = to_document(_without_rest(profile))
    kept = profile.extras.get(_KEY)
    private = profile.contact.extras.get(_KEY) if profile.contact else None
    for changes in (private, kept):
        if isinstance(changes, list):
            document = changed(document, changes)
    return document


def _with_rest(profile: Profile, original: dict[str, Any]) -> Profile:
    """The profile with what is needed to write the original again."""
    found = differences(to_document(profile), original)
    private = [change for change in found if _is_private(change["at"])]
    public = [change for change in found if not _is_private(change["at"])]
    if public:
        profile = msgspec.structs.replace(profile, extras={**profile.extras, _KEY: public})
    if private:
        contact = profile.contact or Contact()
        contact = msgspec.structs.replace(contact, extras={**contact.extras, _KEY: private})
        profile = msgspec.structs.replace(profile, contact=contact)
    return profile


def _without_rest(profile: Profile) -> Profile:
    if _KEY in profile.extras:
        rest = {key: value for key, value in profile.extras.items() if key != _KEY}
        profile = msgspec.structs.replace(profile, extras=rest)
    contact = profile.contact
    if contact is not None and _KEY in contact.extras:
        rest = {key: value for key, value in contact.extras.items() if key != _KEY}
        contact = msgspec.structs.replace(contact, extras=rest)
        profile = msgspec.structs.replace(profile, contact=None if contact == Contact() else contact)
    return profile


def _is_private(at: list[str | int]) -> bool:
    if any(isinstance(key, str) and is_contact_key(key) for key in at):
        return True
    if at[:1] == ["basics"] and len(at) > 1:
        return at[1] in _PRIVATE or (at[1] == "location" and (len(at) < 3 or at[2] in ("address", "postalCode")))
    return False
