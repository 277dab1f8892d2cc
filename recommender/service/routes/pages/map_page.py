"""The whole pool as a picture, and what its points are."""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np
from fastapi import APIRouter, Request, Response
from numpy.typing import NDArray

from recommender.collection import View
from recommender.errors import ProfileNotFound
from recommender.privacy import masked
from recommender.service.pages.filters.asked import choices_of
from recommender.service.pages.filters.chips import chips, missed
from recommender.service.pages.filters.choices import Choices
from recommender.service.pages.filters.controls import Counting
from recommender.service.pages.filters.opened import opened
from recommender.service.pages.filters.spelling import called
from recommender.service.pages.pool.described import NEAR, areas, legend, neighbours
from recommender.service.pages.pool.picture import ADMITTED, Picture
from recommender.service.pages.pool.pictures import Pictures
from recommender.service.pages.rendering import render
from recommender.service.paths import root_path
from recommender.service.problems import ProblemError
from recommender.service.running import Running, running
from recommender.service.wire import reply

router = APIRouter(include_in_schema=False)

#: What points may be coloured by.
COLOURED: Final = {"occupation": "Occupation", "seniority": "Seniority"}
NOBODY: Final = np.empty(0, np.int64)


class Point(msgspec.Struct, frozen=True):
    """Who a point of the picture is."""

    id: str
    name: str
    title: str
    location: str


@router.get("/map")
async def map_page(request: Request) -> Response:
    """The page around the picture, which says in words what the picture shows."""
    here = running(request)
    return await here.work(request, _page, here, request)


def _page(here: Running, request: Request) -> Response:
    choices, by = _choices(here, request)
    with here.view(request) as view:
        if not len(view):
            return render(request, "empty.html", section="map")
        counting, found = Counting(view, choices), _pictures(request).of(here.recommender, view)
        near, nearest = _near(view, request)
        shown = _flags(view, found, choices, near, nearest) & ADMITTED > 0 if found else np.empty(0, np.bool_)
        return render(
            request,
            "map.html",
            section="map",
            path=root_path(request.scope) + "/map",
            choices=choices,
            chips=chips(view, choices),
            groups=counting.groups(opened(request)),
            missed=missed(counting),
            count=counting.count,
            total=len(view),
            drawn=found is not None,
            by=by,
            coloured=COLOURED,
            legend=legend(found, by, shown) if found else (),
            areas=areas(found, shown) if found else (),
            near=near,
            near_name=called(view, near) if near else "",
            neighbours=neighbours(view, nearest[:NEAR]) if near else (),
        )


@router.get("/map/points")
async def points(request: Request) -> Response:
    """The picture in bytes, as `Picture.sent` has it; 202 while it is worked out."""
    here = running(request)

    def answer() -> Response:
        choices, _ = _choices(here, request)
        with here.view(request) as view:
            found = _pictures(request).of(here.recommender, view)
            if found is None:
                return Response(status_code=202, headers={"retry-after": "1"})
            flags = _flags(view, found, choices, *_near(view, request))
        return Response(found.sent(flags), media_type="application/octet-stream")

    return await here.work(request, answer)


@router.get("/map/person")
async def person(request: Request) -> Response:
    """Who a point is, by its number in the picture of a generation."""
    here = running(request)

    def answer() -> Response:
        number = _number(request, "n")
        with here.view(request) as view:
            found = _same(request, here, view)
            if number >= len(found.rows):
                raise ProblemError(404, "no-point", "the picture has no point of this number; give a smaller one")
            (one,) = view.profiles(found.rows[number : number + 1])
        said = [masked(text or "") for text in (one.name or "Unnamed profile", one.title, one.location)]
        return reply(Point(one.id or "", *said))

    return await here.work(request, answer)


@router.get("/map/where")
async def where(request: Request) -> Response:
    """The numbers of the points that these ids are, in the picture of a generation; who is not there has none."""
    here = running(request)

    def answer() -> Response:
        with here.view(request) as view:
            found = _same(request, here, view)
            numbers = {}
            for profile_id in request.query_params.getlist("id"):
                try:
                    numbers[profile_id] = int(found.at(np.array([view.row(profile_id)]))[0])
                except (ProfileNotFound, IndexError):
                    continue
        return reply(numbers)

    return await here.work(request, answer)


def _choices(here: Running, request: Request) -> tuple[Choices, str]:
    by = request.query_params.get("by", "")
    choices = choices_of(request, here.recommender.vocabulary, ("near", "by"))
    return choices, by if by in COLOURED else "occupation"


def _pictures(request: Request) -> Pictures:
    pictures: Pictures = request.app.state.pictures
    return pictures


def _near(view: View, request: Request) -> tuple[str, NDArray[np.int64]]:
    """Who is asked for, "" where nobody is or they are not there; and the rows of those nearest, nearest first."""
    asked = request.query_params.get("near", "")
    try:
        row = view.row(asked) if asked else None
    except ProfileNotFound:
        row = None
    if row is None:
        return "", NOBODY
    found = view.search(view.vectors([row])[0], 2 * NEAR + 1).rows
    return asked, found[found != row]


def _flags(view: View, found: Picture, choices: Choices, near: str, nearest: NDArray[np.int64]) -> NDArray[np.uint8]:
    return found.flags(view.rows(choices.where()), nearest, [view.row(near)] if near else [])


def _same(request: Request, here: Running, view: View) -> Picture:
    """The picture of this view. Raises `ProblemError` (409) where the pool is no longer of the generation `g`."""
    found = _pictures(request).of(here.recommender, view)
    if found is None or found.generation & 0xFFFFFFFF != _number(request, "g"):
        raise ProblemError(409, "other-generation", "the pool has changed since; get the points again")
    return found


def _number(request: Request, name: str) -> int:
    text = request.query_params.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 11):
        raise ProblemError(422, "no-number", f"{name}: {text[:40]!r} is no number; give one of 0 and more")
    return int(text)
