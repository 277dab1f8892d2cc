"""`/v1/profiles/{id}/linked`: which profiles are linked as one person."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from recommender.messages import LinkedAnswer
from recommender.service.documentation import documented
from recommender.service.running import running
from recommender.service.wire import reply

router = APIRouter(prefix="/v1/profiles", tags=["profiles"])


@router.get("/{profile_id:profile_id}/linked", **documented(LinkedAnswer, problems=(404, 503)))
async def get_linked(request: Request, profile_id: str) -> Response:
    """The profiles that are linked as this person: they take one place in answers, counts and listings."""
    here = running(request)

    def fetch() -> Response:
        with here.view(request) as view:
            return reply(LinkedAnswer(view.same_person(profile_id), view.generation))

    return await here.work(request, fetch)
