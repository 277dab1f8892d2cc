"""Everybody, with filters."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from recommender.collection import Filter, unmatched
from recommender.service.exposure import shown
from recommender.service.pages.choices import Choices
from recommender.service.pages.controls import groups
from recommender.service.pages.rendering import render
from recommender.service.paths import root_path
from recommender.service.running import Running, running

router = APIRouter(include_in_schema=False)

#: People on a page of the listing.
LISTED = 24


@router.get("/profiles")
async def people(request: Request) -> Response:
    """Everybody, with filters."""
    here = running(request)
    return await here.work(request, _people, here, request)


def _people(here: Running, request: Request) -> Response:
    choices = Choices.of(request.query_params, here.recommender.vocabulary)
    where = choices.where()
    with here.recommender.collection.view() as view:
        page = view.listing(where, "name", request.query_params.get("cursor"), LISTED)
        return render(
            request,
            "people.html",
            section="people",
            path=root_path(request.scope) + "/profiles",
            choices=choices,
            profiles=shown(request, *page.profiles),
            groups=groups(view, choices, Filter()),
            count=view.count(where),
            unmatched=unmatched(view, where, {}),  # the choices go by their names already
            total=len(view),
            first=not request.query_params.get("cursor"),
            next_page=choices.query(cursor=page.next_cursor) if page.next_cursor else None,
        )
