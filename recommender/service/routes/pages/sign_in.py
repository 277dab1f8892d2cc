"""Signing in to the pages with a key, and out again: the browser keeps a session, never the key."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qs

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response

from recommender.service.access.admission import COOKIE, Admission, token_of
from recommender.service.bodies import FORM, question_body
from recommender.service.pages.rendering import sign_in_page
from recommender.service.paths import root_path
from recommender.service.running import running

router = APIRouter(include_in_schema=False)

#: How long a session lasts.
SESSION: Final = timedelta(hours=12)
#: Fields of a form that are taken apart; ours has two.
MOST_FIELDS: Final = 8


@router.get("/sign-in")
async def sign_in_form(request: Request) -> Response:
    """Where a key is given."""
    return sign_in_page(request, _home(request))


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Open a session for whoever has a key, and go to the page that was asked for."""
    form = _fields(await question_body(request, FORM))
    after, admission = _within(request, form.get("after", [""])[0]), _admission(request)
    key = admission.known.by_secret(form.get("key", [""])[0].strip())
    if key is None:
        detail = "The key is not known, was revoked or has expired; give another."
        return sign_in_page(request, after, detail, 401)
    token, now = secrets.token_urlsafe(32), datetime.now(UTC)
    until = min(now + SESSION, key.expires or now + SESSION)
    await run_sync(admission.file.open_session, key.id, token, until, now, limiter=running(request).watch)
    return _gone_to(request, after, token, int((until - now).total_seconds()))


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End the session."""
    if token := token_of(request.headers):
        await run_sync(_admission(request).file.close_session, token, limiter=running(request).watch)
    return _gone_to(request, root_path(request.scope) + "/sign-in", "", 0)


def _admission(request: Request) -> Admission:
    admission: Admission = request.app.state.admission
    return admission


def _fields(body: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(body.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}


def _home(request: Request) -> str:
    return root_path(request.scope) + "/"


def _within(request: Request, after: str) -> str:
    """A path of this service, whatever a form says."""
    ours = after.startswith(_home(request)) and not after.startswith(("//", "/\\")) and after.isprintable()
    return after if ours and after.isascii() else _home(request)


def _gone_to(request: Request, place: str, token: str, seconds: int) -> Response:
    answer = Response(status_code=303, headers={"location": place})
    answer.set_cookie(
        COOKIE,
        token,
        max_age=seconds,
        path=_home(request),
        secure=request.scope["scheme"] == "https",
        httponly=True,
        samesite="strict",
    )
    return answer
