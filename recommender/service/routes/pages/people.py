"""Everybody, with filters; and the values of a filter by a few letters of them."""

from __future__ import annotations

from typing import Final, get_args

from fastapi import APIRouter, Request, Response

from recommender.collection import EVERYONE, Filter, Sort
from recommender.service.exposure import shown
from recommender.service.pages.filters.asked import choices_of
from recommender.service.pages.filters.chips import chips, missed
from recommender.service.pages.filters.controls import Counting
from recommender.service.pages.filters.facets import BY_NAME
from recommender.service.pages.filters.opened import opened
from recommender.service.pages.filters.parameters import MOST_CHARS
from recommender.service.pages.filters.values import matching, titles
from recommender.service.pages.paging import Paging
from recommender.service.pages.rendering import render
from recommender.service.paths import root_path
from recommender.service.problems import ProblemError
from recommender.service.running import Running, running
from recommender.service.wire import reply

router = APIRouter(include_in_schema=False)

#: People on a page of the listing.
LISTED = 24
#: Orders of the listing, as they are said.
ORDERS: Final[dict[Sort, str]] = {
    "name": "Name",
    "-years": "Most years first",
    "years": "Fewest years first",
    "-updated": "Changed last first",
    "updated": "Changed longest ago first",
}


@router.get("/profiles")
async def people(request: Request) -> Response:
    """Everybody, with filters."""
    here = running(request)
    return await here.work(request, _people, here, request)


def _people(here: Running, request: Request) -> Response:
    choices = choices_of(request, here.recommender.vocabulary, ("sort",))
    asked = request.query_params.get("sort", "name")
    sort: Sort = asked if asked in ORDERS and asked in get_args(Sort) else "name"
    with here.view(request) as view:
        counting = Counting(view, choices)
        paging = Paging.of(request.query_params.get("page", ""), counting.count, LISTED)
        page = view.listing(choices.where(), sort, limit=LISTED, skip=paging.before)
        return render(
            request,
            "people.html",
            section="people",
            path=root_path(request.scope) + "/profiles",
            choices=choices,
            chips=chips(view, choices),
            profiles=shown(request, *page.profiles),
            groups=counting.groups(opened(request)),
            count=counting.count,
            missed=missed(counting),
            total=len(view),
            paging=paging,
            orders=ORDERS,
            sort=sort,
            about="",
        )


@router.get("/values")
async def values(request: Request) -> Response:
    """The values of a facet that a few letters mean, with the counts of those left under the page's choices."""
    here = running(request)
    return await here.work_in(here.brief, request, lambda: _values(here, request))


def _values(here: Running, request: Request) -> Response:
    params, vocabulary = request.query_params, here.recommender.vocabulary
    facet, of_titles = BY_NAME.get(params.get("of", "")), params.get("of") == "title"
    if facet is None and not of_titles:
        raise ProblemError(422, "no-facet", f"of: {params.get('of', '')!r} is none; give one of {', '.join(BY_NAME)}")
    about = params.get("about", "")
    with here.view(request) as view:
        base = Filter(exclude_ids=(about,)) if about else EVERYONE
        counting = Counting(view, choices_of(request, vocabulary), base)
        text = params.get("q", "")[:MOST_CHARS]
        return reply(matching(counting, facet, text, vocabulary) if facet else titles(counting, text))
