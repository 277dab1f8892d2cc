"""The page where a text is pasted: a profile page or a search text, and matches for it. Nothing of it is stored."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from recommender.errors import QueryError, ReadingError
from recommender.matching import Query
from recommender.service.bodies import FORM, question_body
from recommender.service.pages.cards import cards
from recommender.service.pages.points import colours
from recommender.service.pages.rendering import render
from recommender.service.paths import root_path
from recommender.service.problems import ProblemError
from recommender.service.reading import read_one
from recommender.service.running import Running, running

router = APIRouter(include_in_schema=False)

#: Matches shown.
SHOWN = 10
#: Characters of a text that an address has room for, many times over: its page has filters and can be come back to.
SHORT = 2_000
#: Fields of a form that are taken apart; ours has two.
MOST_FIELDS = 8

NOTHING_ASKED: dict[str, Any] = {
    "section": "match",
    "text": "",
    "kind": "page",
    "profile": None,
    "notices": (),
    "answer": None,
    "error": None,
}


@router.get("/match")
async def match_form(request: Request) -> Response:
    """Where a text is pasted."""
    return render(request, "match.html", **NOTHING_ASKED)


@router.post("/match")
async def match_text(request: Request) -> Response:
    """Matches for a pasted text. Nothing of it is stored."""
    here, body = running(request), await question_body(request, FORM)
    return await here.work(request, _match, here, request, body)


def _match(here: Running, request: Request, body: bytes) -> Response:
    text, kind = _form(body)
    if kind == "text" and text.strip() and len(text) <= SHORT:
        asked = urlencode({"q": text.strip()})
        return RedirectResponse(f"{root_path(request.scope)}/search?{asked}", 303)
    shown = NOTHING_ASKED | {"text": text, "kind": kind}
    try:
        if not text.strip():
            raise ReadingError("there is no text to match; paste some")
        query = Query(text=text, k=SHOWN)
        if kind == "page":
            profile, notices = read_one(text.encode(), "text/plain", here.recommender)
            shown |= {"profile": profile, "notices": notices}
            query = Query(profile=profile, k=SHOWN)
        with here.view(request) as view:
            answer = here.recommender.similar(query, view)
    except (ReadingError, QueryError) as error:
        return render(request, "match.html", 422, **shown | {"error": str(error)})
    return render(
        request, "match.html", **shown | {"answer": answer, "cards": cards(answer), "colours": colours(answer)}
    )


def _form(body: bytes) -> tuple[str, str]:
    """The text of a form, and what it is said to be."""
    try:
        form = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise ProblemError(
            400, "not-a-form", f"a form has at most {MOST_FIELDS} fields; send the one that the page shows"
        ) from error
    return form.get("text", [""])[0], form.get("kind", ["page"])[0]
