"""Whom or what do these letters mean? `GET /v1/suggest`: names, titles, companies, skills and places."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi import Query as Parameters

from recommender.messages import Suggested, Suggestions
from recommender.privacy import masked
from recommender.service.documentation import documented
from recommender.service.questions import SuggestParameters
from recommender.service.running import Running, running
from recommender.service.wire import reply

router = APIRouter(prefix="/v1", tags=["suggest"])


@router.get("/suggest", **documented(Suggestions, problems=(422, 503)))
async def suggest(request: Request, asked: Annotated[SuggestParameters, Parameters()]) -> Response:
    """The names, titles, companies, skills and places that a few letters most likely begin, with exact counts.

    Case, accents and the order of words do not count, and one typo is forgiven.
    """
    here = running(request)
    return await here.work(request, _suggest, here, request, asked)


def _suggest(here: Running, request: Request, asked: SuggestParameters) -> Response:
    with here.view(request) as view:
        found = here.recommender.suggest(asked.q, asked.kind, asked.limit, view)
        said = tuple(Suggested(one.kind, masked(one.value), one.count, one.profile_ids) for one in found)
        return reply(Suggestions(said, view.generation))
