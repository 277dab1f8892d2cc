"""Storing what a body or a form holds, with what its sender could not see left as it is; taking out, and apart."""

from __future__ import annotations

from anyio.from_thread import check_cancelled
from fastapi import Request

from recommender.audit import Deed
from recommender.errors import ProfileNotFound
from recommender.messages import ReadNotice, RejectedRecord
from recommender.service.access.caller import caller_of
from recommender.service.exposure import sees_contact, with_hidden_badges, with_what_was_hidden, write_down
from recommender.service.problems import ProblemError
from recommender.service.reading import Reading, message, rejected_records, with_id
from recommender.service.running import Running
from recommender.storing import Outcome

Kept = tuple[Outcome, tuple[RejectedRecord, ...], tuple[ReadNotice, ...]]


def keep(here: Running, request: Request, reading: Reading) -> Kept:
    """Encode and store in one transaction: all that can be, or on an error nothing; with what was refused and is said.

    Raises `ProblemError` (422) where nothing could be stored.
    """
    here.recommender.assert_made_alike()
    found, notices = [with_id(found) for found in reading.found], reading.notices
    with here.recommender.collection.view() as view:
        found = with_hidden_badges(view, found, caller_of(request).sight)
        if not sees_contact(request):
            found, kept = with_what_was_hidden(view, found)
            notices += kept
    # given up where the client goes away meanwhile
    done = here.recommender.store(found, before_each=check_cancelled)
    rejected = rejected_records([*reading.rejected, *done.rejected])
    if not done.ids:
        raise ProblemError(422, "not-a-profile", message(rejected[0]), rejected)
    return done, rejected, notices


def take_out(here: Running, request: Request, profile_id: str) -> None:
    """Take a profile out of the pool, which is written down before; raises `ProfileNotFound`."""
    with here.recommender.collection.view() as view:
        view.row(profile_id)  # of who is not there, nothing is written down
    write_down(request, Deed.DELETED, [profile_id])
    if not here.recommender.collection.delete([profile_id]):
        raise ProfileNotFound(profile_id)


def take_apart(here: Running, request: Request, profile_id: str, other: str) -> None:
    """Have a profile take a place of its own, apart from those it is linked with.

    Raises `ProfileNotFound` for the one asked about, `ProblemError` (404) where the other is not linked with it.
    """
    with here.view(request) as view:
        person = view.same_person(profile_id)
    if len(person) == 1 or other not in person or not here.recommender.collection.unlink([other]):
        raise ProblemError(404, "not-linked", f"{other!r} is not linked with {profile_id!r}; look at who is")
