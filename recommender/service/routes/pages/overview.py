"""What the pool holds: occupations, years, levels, places, skills and companies, each a list of people to be opened."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from recommender.service.pages.pool.overview import Overview
from recommender.service.pages.rendering import render
from recommender.service.running import Running, running

router = APIRouter(include_in_schema=False)


@router.get("/overview")
async def overview(request: Request) -> Response:
    """The plots."""
    here = running(request)
    return await here.work(request, _overview, here, request)


def _overview(here: Running, request: Request) -> Response:
    kept: Overview = request.app.state.overview
    shown = kept.of(here.recommender)
    if not shown.people:
        return render(request, "empty.html", section="overview")
    return render(request, "overview.html", section="overview", plots=shown.plots, total=shown.people)
