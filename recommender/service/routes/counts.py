"""How many? `POST /v1/count` and `POST /v1/facets`: exact, of one generation."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from recommender.errors import QueryError
from recommender.messages import CountAnswer, FacetCount, FacetsAnswer
from recommender.privacy import masked
from recommender.service.bodies import parse, question_body
from recommender.service.documentation import documented
from recommender.service.limits import admitted, assert_sees_moves
from recommender.service.questions import CountRequest, FacetsRequest
from recommender.service.running import Running, running
from recommender.service.wire import reply

router = APIRouter(prefix="/v1", tags=["counts"])

#: The most values of a field that are said at once.
MOST_VALUES = 1000


@router.post("/count", **documented(CountAnswer, body=CountRequest, problems=(422, 503)))
async def count(request: Request) -> Response:
    """The exact number of profiles that qualify."""
    here, body = running(request), await question_body(request)
    return await here.work(request, _count, here, request, body)


def _count(here: Running, request: Request, body: bytes) -> Response:
    where = admitted(parse(body, CountRequest).where, request)
    with here.view(request) as view:
        wanted, missed = here.recommender.resolve(view, where)
        return reply(CountAnswer(view.count(wanted), view.generation, missed))


@router.post("/facets", **documented(FacetsAnswer, body=FacetsRequest, problems=(422, 503)))
async def facets(request: Request) -> Response:
    """The commonest values of each field among the profiles that qualify, with exact counts."""
    here, body = running(request), await question_body(request)
    return await here.work(request, _facets, here, request, body)


def _facets(here: Running, request: Request, body: bytes) -> Response:
    asked = parse(body, FacetsRequest)
    if not 1 <= asked.limit <= MOST_VALUES:
        raise QueryError(f"limit: {asked.limit} is out of range; give 1 to {MOST_VALUES}")
    where = admitted(asked.where, request)
    if "likely_to_move" in asked.fields:
        assert_sees_moves(request)
    with here.view(request) as view:
        wanted, missed = here.recommender.resolve(view, where)
        found = view.facets(asked.fields, wanted, asked.limit)
        # whose a contact detail among values is, nobody could say: they are masked for everybody
        values = {str(field): [FacetCount(masked(v.value), v.count) for v in found[field]] for field in asked.fields}
        return reply(FacetsAnswer(values, view.count(wanted), view.generation, missed))
