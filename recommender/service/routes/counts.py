"""How many? `POST /v1/count` and `POST /v1/facets`: exact, of one generation."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from recommender.collection import canonical_filter
from recommender.errors import QueryError
from recommender.service.bodies import parse
from recommender.service.documentation import documented
from recommender.service.running import Running, running
from recommender.service.wire import CountAnswer, CountRequest, FacetCount, FacetsAnswer, FacetsRequest, reply

router = APIRouter(prefix="/v1", tags=["counts"])

#: The most values of a field that are told at once.
MOST_VALUES = 1000


@router.post("/count", **documented(CountAnswer, body=CountRequest, problems=(400, 422)))
async def count(request: Request) -> Response:
    """The exact number of profiles that qualify."""
    here, body = running(request), await request.body()
    return reply(await here.work(_count, here, body))


def _count(here: Running, body: bytes) -> CountAnswer:
    where = canonical_filter(parse(body, CountRequest).where, here.recommender.vocabulary)
    with here.recommender.collection.view() as view:
        return CountAnswer(view.count(where), view.generation)


@router.post("/facets", **documented(FacetsAnswer, body=FacetsRequest, problems=(400, 422)))
async def facets(request: Request) -> Response:
    """The commonest values of each field among the profiles that qualify, with exact counts."""
    here, body = running(request), await request.body()
    return reply(await here.work(_facets, here, body))


def _facets(here: Running, body: bytes) -> FacetsAnswer:
    asked = parse(body, FacetsRequest)
    if not 1 <= asked.limit <= MOST_VALUES:
        raise QueryError(f"limit: {asked.limit} is not from 1 to {MOST_VALUES}")
    where = canonical_filter(asked.where, here.recommender.vocabulary)
    with here.recommender.collection.view() as view:
        found = view.facets(asked.fields, where, asked.limit)
        values = {str(field): [FacetCount(v.value, v.count) for v in found[field]] for field in asked.fields}
        return FacetsAnswer(values, view.count(where), view.generation)
