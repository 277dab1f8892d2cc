"""One search box: a name, a value or a sentence; what it means is a page of its own, or matches for what it asks."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from recommender.collection import EVERYONE, SUGGESTED, Filter, View
from recommender.errors import FilterError, QueryError
from recommender.matching import Answer, Query
from recommender.matching.asked.held import held, narrowed
from recommender.matching.shares import shares_of_words
from recommender.privacy import masked
from recommender.service.pages.cards import cards
from recommender.service.pages.filters.asked import choices_of
from recommender.service.pages.filters.chips import chips, missed
from recommender.service.pages.filters.choices import Choices
from recommender.service.pages.filters.controls import Counting, within
from recommender.service.pages.filters.opened import opened
from recommender.service.pages.points import colours
from recommender.service.pages.rendering import render
from recommender.service.pages.searching.meant import meant, named_path, value_path
from recommender.service.pages.searching.understood import DROP, STRICT, edited, part_chips
from recommender.service.pages.steering import Steering, changed
from recommender.service.paths import root_path
from recommender.service.running import Running, running

router = APIRouter(include_in_schema=False)

#: Matches shown at first and added by "Show more", and the most of them; values that may be meant instead.
STEP, MOST_SHOWN, MOST_MEANT = 10, 50, 6
#: What the address says beside the filters.
KEPT: Final = ("q", DROP, STRICT)


@router.get("/search")
async def search(request: Request) -> Response:
    """The person or the people that a text names, or who matches what it asks."""
    here = running(request)
    return await here.work(request, _search, here, request)


def _search(here: Running, request: Request) -> Response:
    text = request.query_params.get("q", "").strip()  # the lines of an advert say what belongs together
    with here.view(request) as view:
        if not text:
            return _redirect(request, "/profiles")
        kind = request.query_params.get("kind", "")
        if kind in SUGGESTED:
            return _redirect(request, value_path(kind, text))
        if set(request.query_params) == {"q"} and (path := meant(view, text, here.recommender.vocabulary)):
            return _redirect(request, path)
        choices = choices_of(request, here.recommender.vocabulary, KEPT)
        path = root_path(request.scope) + "/search"
        shown: dict[str, Any] = {"section": "search", "path": path, "q": text, "choices": choices, "error": None}
        shown["instead"] = _instead(here, view, text)
        try:
            return render(request, "search.html", **shown | _answered(here, request, view, text, choices))
        except (QueryError, FilterError) as error:
            return render(request, "search.html", 422, **shown | {"error": str(error)})


def _answered(here: Running, request: Request, view: View, text: str, choices: Choices) -> dict[str, Any]:
    """What was understood, and who matches it."""
    params = request.query_params
    asked = edited(here.recommender.understand(view, text), params.getlist(DROP), params.getlist(STRICT)).check()
    steering, k = Steering.of(view, choices), _shown(params.get("k", ""))
    plain = Query(request=asked, k=k, where=choices.asked())
    answer = here.recommender.similar(msgspec.structs.replace(plain, like=steering.like, unlike=steering.unlike), view)
    base = narrowed(EVERYONE, held(view, asked, here.recommender.vocabulary))
    counting = Counting(view, choices, within(base, Filter(exclude_ids=steering.like)) if steering.like else base)
    return {
        "parts": part_chips(asked, choices),
        "counts": answer.counts,
        "notice": answer.notice,
        "headline": answer.headline,
        "more_of_them": Choices(skill=answer.headline.skills, hide=steering.like).query() if answer.headline else None,
        "chips": chips(view, choices),
        "steering": steering,
        "changed": changed(here.recommender.similar(plain, view).matches, answer.matches) if steering else "",
        "missed": missed(counting),
        "groups": counting.groups(opened(request)),
        "count": counting.count,
        "total": len(view),
        "cards": cards(answer, shares_of_words(answer.matches), choices=choices),
        "colours": colours(answer),
        "more": k + STEP if k < MOST_SHOWN and _goes_on(answer, k) else None,
        "about": "",
    }


def _goes_on(answer: Answer, k: int) -> bool:
    return len(answer.matches) == k and answer.next_cursor is not None


def _instead(here: Running, view: View, text: str) -> list[tuple[str, str, int, str]]:
    """Names and values that may be meant by a few words: kind, what it is, how many have it, and the path."""
    if len(text.split()) > MOST_MEANT:
        return []
    found = here.recommender.suggest(text, limit=MOST_MEANT, view=view)
    return [
        (one.kind, one.value, one.count, named_path(one) if one.kind == "name" else value_path(one.kind, one.value))
        for one in found
        if masked(one.value) == one.value
    ]


def _redirect(request: Request, path: str) -> Response:
    return RedirectResponse(root_path(request.scope) + path, 303)


def _shown(asked: str) -> int:
    return min(max(int(asked), 1), MOST_SHOWN) if asked.isascii() and asked.isdigit() and len(asked) < 5 else STEP
