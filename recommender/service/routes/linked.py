"""`/v1/profiles/{id}/linked`: which profiles are linked as one person; linking more, and taking one apart again."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from recommender.messages import LinkedAnswer
from recommender.service.bodies import parse, question_body
from recommender.service.documentation import SENT, documented
from recommender.service.keeping import take_apart
from recommender.service.limits import check_linked
from recommender.service.questions import LinkRequest
from recommender.service.running import Running, running
from recommender.service.wire import reply

router = APIRouter(prefix="/v1/profiles", tags=["profiles"])


@router.get("/{profile_id:profile_id}/linked", **documented(LinkedAnswer, problems=(404, 503)))
async def get_linked(request: Request, profile_id: str) -> Response:
    """The profiles that are linked as this person: they take one place in answers, counts and listings."""
    here = running(request)
    return await here.work(request, _linked, here, request, profile_id)


def _linked(here: Running, request: Request, profile_id: str) -> Response:
    with here.view(request) as view:
        return reply(LinkedAnswer(view.same_person(profile_id), view.generation))


@router.post("/{profile_id:profile_id}/linked", **documented(LinkedAnswer, body=LinkRequest, problems=(404, 422, 503)))
async def post_linked(request: Request, profile_id: str) -> Response:
    """Link others as this person, and whoever is linked with one of them: this profile takes their place.

    Those that were taken apart before are linked again.
    """
    here, body = running(request), await question_body(request)
    return await here.work(request, _link, here, request, profile_id, body)


def _link(here: Running, request: Request, profile_id: str, body: bytes) -> Response:
    others = check_linked(parse(body, LinkRequest)).profile_ids
    here.recommender.collection.link([(profile_id, *others)])
    return _linked(here, request, profile_id)


@router.delete(
    "/{profile_id:profile_id}/linked/{other:profile_id}", **documented(None, status=204, problems=(*SENT, 404, 503))
)
async def delete_linked(request: Request, profile_id: str, other: str) -> Response:
    """Take a profile apart from this person: it takes a place of its own, and `recommender duplicates` leaves it so."""
    here = running(request)
    return await here.work(request, _unlink, here, request, profile_id, other)


def _unlink(here: Running, request: Request, profile_id: str, other: str) -> Response:
    take_apart(here, request, profile_id, other)
    return Response(status_code=204)
