"""What a page lists, as a table to take along: everybody whom its filters leave, and a profile's matches."""

from __future__ import annotations

from typing import Final, get_args

from anyio.from_thread import check_cancelled
from fastapi import APIRouter, Request, Response

from recommender.collection import Filter, Sort, View
from recommender.errors import QueryError
from recommender.matching import Query
from recommender.service.pages.filters.asked import choices_of
from recommender.service.pages.filters.controls import Counting
from recommender.service.pages.keeping import columns
from recommender.service.pages.keeping.columns import Table
from recommender.service.pages.keeping.views import MOST_MATCHES, MOST_PEOPLE
from recommender.service.pages.steering import Steering
from recommender.service.routes.pages.keeping.exports import exported, sent, table_columns
from recommender.service.running import Running, running

router = APIRouter(include_in_schema=False)

#: People that a listing gives at a time.
AT_ONCE: Final = 1_000
_BEFORE: Final = ("rank", "score", "band")


@router.get("/profiles.csv")
@router.get("/profiles.json")
async def people_file(request: Request) -> Response:
    """Those whom the filters of the address leave, in its order."""
    here = running(request)
    return await here.work(request, _people, here, request)


def _people(here: Running, request: Request) -> Response:
    choices = choices_of(request, here.recommender.vocabulary)
    asked = request.query_params.get("sort", "name")
    sort: Sort = asked if asked in get_args(Sort) else "name"  # type: ignore[assignment]
    with here.view(request) as view:
        total = view.count(choices.where())
        rows = exported(request, view, _listed(view, choices.where(), sort))
    return sent(request, Table("people", table_columns(request), rows, total))


def _listed(view: View, where: Filter, sort: Sort) -> list[int]:
    """The first `MOST_PEOPLE` rows that qualify, in this order."""
    rows, cursor = list[int](), None
    while len(rows) < MOST_PEOPLE:
        check_cancelled()  # of a client that has gone
        page = view.listing(where, sort, cursor, min(AT_ONCE, MOST_PEOPLE - len(rows)))
        rows += [view.row(profile.id or "") for profile in page.profiles]
        cursor = page.next_cursor
        if cursor is None:
            break
    return rows


@router.get("/matches.csv")
@router.get("/matches.json")
async def matches_file(request: Request) -> Response:
    """The matches of the person that the address names (`of`), with their scores, under its filters."""
    here = running(request)
    return await here.work(request, _matches, here, request)


def _matches(here: Running, request: Request) -> Response:
    of = request.query_params.get("of", "")
    if not of:
        raise QueryError("of: nobody is named; give the id of the person whose matches are asked for")
    choices = choices_of(request, here.recommender.vocabulary)
    with here.view(request) as view:
        steering = Steering.of(view, choices)
        like = tuple(dict.fromkeys((of, *steering.like)))
        total = Counting(view, choices, Filter(exclude_ids=like)).count
        query = Query(like=like, unlike=steering.unlike, k=MOST_MATCHES, where=choices.where())
        matches = here.recommender.similar(query, view).matches
        people = exported(request, view, [view.row(match.profile_id) for match in matches])
    signals = columns.signals(matches)
    rows = tuple(one | columns.match(match, signals) for one, match in zip(people, matches, strict=True))
    after = (*(f"points_{signal}" for signal in signals), "shared_skills")
    ordered = (*_BEFORE, *table_columns(request), *after)
    return sent(request, Table("matches", ordered, rows, total))
