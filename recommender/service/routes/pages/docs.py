"""The API, drawn from its OpenAPI document."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from recommender.service.pages.rendering import render

router = APIRouter(include_in_schema=False)


@router.get("/docs")
async def docs(request: Request) -> Response:
    """The API, drawn from its OpenAPI document."""
    return render(request, "docs.html", section="docs")
