"""Templates → pages. Everything is escaped: a profile's text is untrusted."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from fastapi import Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from recommender.service.pages import words
from recommender.service.paths import root_path
from recommender.service.wire import Problem

TEMPLATES = Path(__file__).parents[1] / "templates"

ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.filters.update(
    initials=words.initials,
    hue=words.hue,
    span=words.span,
    duration=words.duration,
    anchor=words.anchor,
    evidence=words.evidence,
    place=words.place,
    signal=words.signal,
    wanted=words.wanted,
)


def render(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """A template as a page, whose links start with `root`, the path that the service is shown under."""
    page = ENVIRONMENT.get_template(template).render(context, root=root_path(request.scope))
    return Response(page, status, media_type="text/html")


def problem_page(request: Request, problem: Problem) -> Response:
    """A problem as a person at a browser meets it."""
    return render(request, "problem.html", problem.status, problem=problem, section="")
