"""What leaves the service of a profile, and what a client that never saw the rest leaves as it is."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from fastapi import Request

from recommender.audit import Deed
from recommender.collection import Sight, View
from recommender.errors import ProfileNotFound
from recommender.insights.moving import employers
from recommender.keys import Scope
from recommender.messages import ReadNotice
from recommender.privacy import masked_profile
from recommender.profile import Profile
from recommender.reading import Found
from recommender.service.access.caller import caller_of
from recommender.service.paths import request_id
from recommender.service.running import running


def shown(request: Request, *profiles: Profile) -> tuple[Profile, ...]:
    """The profiles as an answer to this request may show them.

    Contact details only to whom has a right to them, and not before it is written down whose they saw.
    """
    masked = tuple(map(masked_profile, profiles))
    if not sees_contact(request):
        return masked
    seen = [whole.id or "" for whole, hidden in zip(profiles, masked, strict=True) if whole != hidden]
    write_down(request, Deed.READ_CONTACT, seen)
    return profiles


def write_down(request: Request, did: Deed, ids: Sequence[str]) -> None:
    """Add to the audit log that who asks this does so with these people."""
    running(request).audit.record(caller_of(request).name, did, ids, request_id(request.scope))


def sees_contact(request: Request) -> bool:
    """Whether whoever asks may see contact details."""
    return caller_of(request).may(Scope.CONTACT)


def with_hidden_badges(view: View, sent: Sequence[Found], sight: Sight) -> list[Found]:
    """Records to be stored, with the badges that their sender may not see left as they are stored.

    Nothing is said of it, and what is sent in their place is not heeded: either would say whether there are any.

    Args:
        view: of everything.
    """
    return [msgspec.structs.replace(record, profile=_with_hidden(view, record.profile, sight)) for record in sent]


def _with_hidden(view: View, sent: Profile, sight: Sight) -> Profile:
    stored = _stored(view, sent.id)
    if stored is None:
        return sent
    seen = sight.profile(stored, employers(stored))
    if not sight.is_own(employers(sent)) and sight.is_own(employers(stored)):
        return sight.profile(sent, employers(stored))  # to write another employer is no way to see them
    hidden = tuple(badge for badge in stored.badges if badge not in seen.badges)
    own = sight.profile(sent, employers(stored))
    badges = stored.badges if own.badges == seen.badges else (*own.badges, *hidden)
    extras = stored.extras if own.extras == seen.extras else own.extras
    return msgspec.structs.replace(sent, badges=badges, extras=extras)


def with_what_was_hidden(view: View, sent: Sequence[Found]) -> tuple[list[Found], tuple[ReadNotice, ...]]:
    """Records to be stored where contact details are hidden, and what is said of them.

    A field that comes as the service shows it is left as it is stored: who changes a title must not wipe out a
    telephone number unseen. `"contact": {}` takes stored contact details out.
    """
    records, notices = [], []
    for record in sent:
        hidden = _hidden(view, record.profile)
        for name in hidden:
            message = "left as stored, for it came as it is shown, without contact details"
            how = message + ("; send {} to take them out" if name == "contact" else "")
            notices.append(ReadNotice(record.place, name, how))
        profile = msgspec.structs.replace(record.profile, **hidden) if hidden else record.profile
        records.append(msgspec.structs.replace(record, profile=profile))
    return records, tuple(notices)


def _hidden(view: View, sent: Profile) -> dict[str, object]:
    """Of the stored profile with this id, the fields that were sent as they are shown, and are more than that."""
    stored = _stored(view, sent.id)
    if stored is None:
        return {}
    known = masked_profile(stored)
    fields = [name for name in sent.__struct_fields__ if getattr(sent, name) == getattr(known, name)]
    return {name: getattr(stored, name) for name in fields if getattr(stored, name) != getattr(known, name)}


def _stored(view: View, profile_id: str | None) -> Profile | None:
    try:
        return view.profiles([view.row(profile_id or "")])[0]
    except ProfileNotFound:
        return None
