"""Templates → pages. Everything is escaped: a profile's text is untrusted."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from fastapi import Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from recommender.keys import Scope
from recommender.messages import Problem
from recommender.service.access.caller import CALLER, Caller
from recommender.service.pages import words
from recommender.service.pages.assets import asset
from recommender.service.pages.keeping.chosen import MOST_KEPT
from recommender.service.pages.keeping.views import MOST_MATCHES, MOST_PEOPLE, taken
from recommender.service.paths import root_path

TEMPLATES = Path(__file__).parents[1] / "templates"

ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,  # they come with this program, and stay as they are while it runs
)
ENVIRONMENT.globals.update(
    asset=asset, between=words.between, most_kept=MOST_KEPT, most_people=MOST_PEOPLE, most_matches=MOST_MATCHES
)
ENVIRONMENT.filters.update(
    initials=words.initials,
    hue=words.hue,
    span=words.span,
    duration=words.duration,
    lasting=words.lasting,
    taken=taken,
    anchor=words.anchor,
    evidence=words.evidence,
    place=words.place,
    signal=words.signal,
)


def render(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """A template as a page, whose links start with `root`, the path that the service is shown under.

    What the browser keeps is the `owner`'s, so that who signs in next at the same machine does not see it.
    """
    caller: Caller | None = request.scope.get(CALLER)
    given = {
        "root": root_path(request.scope),
        "signed_in": bool(caller and caller.signed_in),
        "may_write": bool(caller and caller.may(Scope.WRITE)),
        "owner": caller.key if caller else "",
    }
    page = ENVIRONMENT.get_template(template).render(context | given)
    return Response(page, status, media_type="text/html")


def problem_page(request: Request, problem: Problem) -> Response:
    """A problem as a person at a browser meets it."""
    if problem.status == HTTPStatus.UNAUTHORIZED:
        asked = request.scope["path"] + (f"?{request.url.query}" if request.url.query else "")
        return sign_in_page(request, asked, problem.detail, problem.status)
    return render(request, "problem.html", problem.status, problem=problem, section="")


def sign_in_page(request: Request, after: str, detail: str = "", status: int = 200) -> Response:
    """Where a key is given, to go to the page `after` then."""
    return render(request, "sign_in.html", status, detail=detail, after=after, section="")
