"""What the pool holds: occupations, years, levels, places, skills and companies, each a list of people to be opened."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from recommender.service.pages.pool.freshness import FreshSkills
from recommender.service.pages.pool.plots import plots
from recommender.service.pages.rendering import render
from recommender.service.running import Running, running

router = APIRouter(include_in_schema=False)


@router.get("/overview")
async def overview(request: Request) -> Response:
    """The plots."""
    here = running(request)
    return await here.work(request, _overview, here, request)


def _overview(here: Running, request: Request) -> Response:
    fresh: FreshSkills = request.app.state.fresh_skills
    with here.recommender.collection.view() as view:
        if not len(view):
            return render(request, "empty.html", section="overview")
        found = plots(view, *fresh.of(view, here.recommender.vocabulary))
        return render(request, "overview.html", section="overview", plots=found, total=len(view))
