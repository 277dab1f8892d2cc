"""Two to four people side by side. The address holds who they are; the first is the one the others are measured by."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from recommender.collection import Filter, View
from recommender.matching import Query
from recommender.matching.shares import shares
from recommender.service.exposure import shown
from recommender.service.pages.careers.picture import common_axis, picture
from recommender.service.pages.keeping.chosen import Chosen, address, ids_given, looked_up
from recommender.service.pages.keeping.comparison import (
    FEWEST,
    MOST_COMPARED,
    Beside,
    points_compared,
    skills_compared,
)
from recommender.service.pages.rendering import render
from recommender.service.running import Running, running

router = APIRouter(include_in_schema=False)

#: People offered to be compared with somebody who is alone.
OFFERED = 8


@router.get("/compare")
async def compare(request: Request) -> Response:
    """The people of the address side by side, or a choice of whom to compare where they are too few or too many."""
    here = running(request)
    return await here.work(request, _compare, here, request)


def _compare(here: Running, request: Request) -> Response:
    ids = ids_given(request.query_params.getlist("id"))
    with here.view(request) as view:
        chosen = looked_up(view, ids)
        if not FEWEST <= len(chosen.ids) <= MOST_COMPARED:
            return _choice(here, request, view, chosen)
        people = _people(here, request, view, chosen)
    return render(
        request,
        "compare.html",
        section="compare",
        people=people,
        skills=skills_compared([one.facts for one in people]),
        points=points_compared(people),
        missing=chosen.missing,
        without={one: address(left for left in chosen.ids if left != one) for one in chosen.ids},
        first_of={one: address(dict.fromkeys((one, *chosen.ids))) for one in chosen.ids},
        query=address(chosen.ids),
    )


def _people(here: Running, request: Request, view: View, chosen: Chosen) -> list[Beside]:
    first, *others = chosen.ids
    profiles, facts = shown(request, *view.profiles(chosen.rows)), view.facts(chosen.rows)
    asked = Query(like=(first,), k=len(others), where=Filter(profile_ids=tuple(others)))
    matches, axis = here.recommender.similar(asked, view).matches, common_axis(profiles)
    measured = {m.profile_id: (m, most) for m, most in zip(matches, shares(view, (first,), matches), strict=True)}
    vocabulary = here.recommender.vocabulary
    return [
        Beside(profile, of, picture(profile, of, vocabulary, axis), *measured.get(one, (None,)))
        for one, profile, of in zip(chosen.ids, profiles, facts, strict=True)
    ]


def _choice(here: Running, request: Request, view: View, chosen: Chosen) -> Response:
    """Whom to compare: with one person those closest to them, of too many who is to stay."""
    rows = list(chosen.rows)
    if len(chosen.ids) == 1:
        closest = here.recommender.similar(Query(like=chosen.ids, k=OFFERED), view).matches
        rows += [view.row(match.profile_id) for match in closest]
    too_many = len(chosen.ids) > MOST_COMPARED
    return render(
        request,
        "compare_choice.html",
        422 if too_many else 200,
        section="compare",
        people=shown(request, *view.profiles(rows)),
        given=len(chosen.ids),
        missing=chosen.missing,
        most=MOST_COMPARED,
        too_many=too_many,
    )
