"""The shortlist: the people that an address names. Without JavaScript the address is all that keeps it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from recommender.service.exposure import shown
from recommender.service.pages.keeping.chosen import address, ids_given, looked_up
from recommender.service.pages.rendering import render
from recommender.service.running import Running, running

router = APIRouter(include_in_schema=False)


@router.get("/shortlist")
async def shortlist(request: Request) -> Response:
    """The people of the address, but for those taken out, who can be put back."""
    here = running(request)
    return await here.work(request, _shortlist, here, request)


def _shortlist(here: Running, request: Request) -> Response:
    given = ids_given(request.query_params.getlist("id"))
    out = set(request.query_params.getlist("without"))
    left = tuple(one for one in given if one not in out)
    with here.view(request) as view:
        chosen, removed = looked_up(view, left), looked_up(view, [one for one in given if one in out])
        kept = shown(request, *view.profiles(chosen.rows))
        facts = view.facts(chosen.rows)
        gone = shown(request, *view.profiles(removed.rows))
    return render(
        request,
        "shortlist.html",
        section="shortlist",
        people=list(zip(kept, facts, strict=True)),
        chosen=chosen,
        removed=gone,
        positions={one: number for number, one in enumerate(given)},
        undo=address(given),
        without={one: address((*left,), without=one) for one in left},
        query=address(chosen.ids),
    )
