"""`/v1/profiles`: store, fetch, list and remove profiles."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response

from recommender.collection import Filter, parse_filter
from recommender.messages import Listing, StoreAnswer
from recommender.profile import Profile
from recommender.reading import Found
from recommender.service.bodies import media_type, profiles_body
from recommender.service.documentation import ONE_PROFILE, PROFILES, SENT, documented
from recommender.service.exposure import shown
from recommender.service.keeping import keep, take_out
from recommender.service.limits import admitted
from recommender.service.paths import root_path
from recommender.service.questions import ListingParameters
from recommender.service.reading import Reading, read_body, read_one, with_given_id
from recommender.service.running import Running, running
from recommender.service.wire import reply

router = APIRouter(prefix="/v1/profiles", tags=["profiles"])

#: What may be wrong with something to be stored.
REFUSALS = (422, 503)


# the address of a line's end is nobody's
@router.put(
    "/{profile_id:profile_id}", **documented(StoreAnswer, also=(201,), body=ONE_PROFILE, problems=(404, *REFUSALS))
)
async def put_profile(request: Request, profile_id: str) -> Response:
    """Store a profile under this id, replacing what is there (200) or adding it (201).

    Of who may not see contact details, a field that comes as this service shows it is left as it is stored, and
    that is said: `contact` too, unless it is sent as {}.
    """
    here, body = running(request), await profiles_body(request, ONE_PROFILE)
    return await here.work(request, _put, here, request, profile_id, body)


def _put(here: Running, request: Request, profile_id: str, body: bytes) -> Response:
    profile, notices = read_one(body, media_type(request), here.recommender)
    profile = with_given_id(profile, profile_id)
    with here.view(request) as view:
        replaced = view.count(Filter(profile_ids=(profile_id,))) > 0
    return _store(here, request, Reading((Found(profile, "", ""),), (), notices), 200 if replaced else 201)


@router.post("", **documented(StoreAnswer, status=201, also=(207,), body=PROFILES, problems=REFUSALS))
async def post_profiles(request: Request) -> Response:
    """Store one profile, an array, or NDJSON; a profile without an id gets one.

    All stored: 201. Some refused: 207, each named by its place, the others stored. None stored: 422.
    """
    here, body = running(request), await profiles_body(request, PROFILES)
    return await here.work(request, _post, here, request, body)


def _post(here: Running, request: Request, body: bytes) -> Response:
    return _store(here, request, read_body(body, media_type(request), here.recommender), 201)


def _store(here: Running, request: Request, reading: Reading, status: int) -> Response:
    """Encode and store in one transaction: all that can be, or on an error nothing."""
    done, rejected, notices = keep(here, request, reading)
    status = 207 if rejected else status
    place = f"{root_path(request.scope)}/v1/profiles/{quote(done.ids[0])}"
    headers = {"location": place} if status == 201 and len(done.ids) == 1 else None
    return reply(StoreAnswer(len(done.ids), done.ids, rejected, notices, done.generation), status, headers)


@router.get("/{profile_id:profile_id}", **documented(Profile, problems=(404, 503)))
async def get_profile(request: Request, profile_id: str) -> Response:
    """A stored profile; contact details, wherever they stand in it, only for who may see them."""
    here = running(request)

    def fetch() -> Response:
        with here.view(request) as view:
            return reply(shown(request, *view.profiles([view.row(profile_id)]))[0])

    return await here.work(request, fetch)


@router.delete("/{profile_id:profile_id}", **documented(None, status=204, problems=(*SENT, 404, 503)))
async def delete_profile(request: Request, profile_id: str) -> Response:
    """Take a profile out of the pool: no later answer has it."""
    here = running(request)
    return await here.work(request, _delete, here, request, profile_id)


def _delete(here: Running, request: Request, profile_id: str) -> Response:
    take_out(here, request, profile_id)
    return Response(status_code=204)


@router.get("", **documented(Listing, problems=(422, 503)))
async def list_profiles(request: Request, asked: Annotated[ListingParameters, Query()]) -> Response:
    """The profiles that qualify, in order, a page at a time."""
    here = running(request)

    def fetch() -> Response:
        where = admitted(parse_filter(asked.where), request)
        with here.view(request) as view:
            wanted, missed = here.recommender.resolve(view, where)
            page = view.listing(wanted, asked.sort, asked.cursor, asked.limit)
            people = shown(request, *page.profiles)
            return reply(Listing(people, view.count(wanted), view.generation, page.next_cursor, missed))

    return await here.work(request, fetch)
