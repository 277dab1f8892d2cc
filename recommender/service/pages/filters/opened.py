"""Which facets of a page are unfolded."""

from __future__ import annotations

from fastapi import Request

from recommender.service.pages.filters.facets import BY_NAME, SHOWN


def opened(request: Request) -> frozenset[str]:
    """Those shown anyway, and those that the address says are open."""
    return SHOWN | (BY_NAME.keys() & set(request.query_params.getlist("open")))
