"""A featured profile and any profile, with who is like it."""

from __future__ import annotations

from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Request, Response

from recommender.collection import Filter, View, canonical_filter
from recommender.insights import shown_insights
from recommender.matching import Answer, Query
from recommender.matching.shares import shares
from recommender.service.exposure import shown
from recommender.service.pages.cards import cards, lacking
from recommender.service.pages.careers.picture import picture
from recommender.service.pages.filters.asked import choices_of
from recommender.service.pages.filters.chips import chips, missed
from recommender.service.pages.filters.choices import Choices
from recommender.service.pages.filters.controls import Counting
from recommender.service.pages.filters.opened import opened
from recommender.service.pages.person import showcase, stations, until
from recommender.service.pages.points import colours
from recommender.service.pages.rendering import render
from recommender.service.pages.steering import Steering, changed
from recommender.service.paths import root_path
from recommender.service.running import Running, running

router = APIRouter(include_in_schema=False)

FEATURED_SKILLS = ("Distributed Systems", "Platform Infrastructure")
#: Matches shown at first and added by "Show more", and the most of them.
STEP, MOST_SHOWN = 10, 50
#: How many of those with the featured skills are looked through for the page to show; of others, how many.
LOOKED_THROUGH, CONSIDERED = 200, 24


@router.get("/")
async def home(request: Request) -> Response:
    """A featured profile."""
    here = running(request)
    return await here.work(request, _home, here, request)


def _home(here: Running, request: Request) -> Response:
    with here.view(request) as view:
        wanted = canonical_filter(Filter(skills_all=FEATURED_SKILLS), here.recommender.vocabulary)
        rows = view.rows(wanted)[:LOOKED_THROUGH]
        # those whose own line names the two, before those who merely have them, before anybody
        core = [
            row for row, facts in zip(rows, view.facts(rows), strict=True) if facts.core_skills[:2] == wanted.skills_all
        ]
        featured = showcase(view.profiles(core or rows[:CONSIDERED]) or view.listing(limit=CONSIDERED).profiles)
        if featured is None or featured.id is None:
            return render(request, "empty.html", section="home")
        return _person(here, request, view, featured.id, "home")


@router.get("/profiles/{profile_id:profile_id}")
async def person(request: Request, profile_id: str) -> Response:
    """A profile, and who is like it."""
    here = running(request)

    def page() -> Response:
        with here.view(request) as view:
            return _person(here, request, view, profile_id, "people")

    return await here.work(request, page)


def _person(here: Running, request: Request, view: View, profile_id: str, section: str) -> Response:
    """The page of one profile, all of whose parts are of this view."""
    choices, k = choices_of(request, here.recommender.vocabulary), _shown(request)
    row, steering = [view.row(profile_id)], Steering.of(view, choices)
    like = tuple(dict.fromkeys((profile_id, *steering.like)))
    counting = Counting(view, choices, Filter(exclude_ids=like))
    plain = Query(like=(profile_id,), k=k, where=choices.asked())
    answer = here.recommender.similar(msgspec.structs.replace(plain, like=like, unlike=steering.unlike), view)
    (profile,), (facts,) = shown(request, *view.profiles(row)), view.facts(row)
    core = facts.core_skills
    return render(
        request,
        "profile.html",
        section=section,
        path=root_path(request.scope) + (f"/profiles/{quote(profile_id)}" if section != "home" else "/"),
        profile=profile,
        same_person=view.same_person(profile_id),
        insights=shown_insights(profile, facts),
        stations=stations(profile),
        picture=picture(profile, facts, here.recommender.vocabulary),
        until=until,
        about=profile_id,
        choices=choices,
        chips=chips(view, choices),
        headline=answer.headline,
        more_of_them=_more_of_them(answer, like),
        steering=steering,
        changed=changed(here.recommender.similar(plain, view).matches, answer.matches) if steering else "",
        notice=answer.notice,
        missed=missed(counting),
        cards=cards(answer, shares(view, like, answer.matches), lacking(view, core, answer.matches), choices),
        colours=colours(answer),
        groups=counting.groups(opened(request), core),
        count=counting.count,
        more=k + STEP if k < MOST_SHOWN and counting.count > k else None,
    )


def _more_of_them(answer: Answer, own: tuple[str, ...]) -> str | None:
    """The query of the list that a headline counts."""
    if answer.headline is None:
        return None
    return Choices(skill=answer.headline.skills, hide=own).query()


def _shown(request: Request) -> int:
    asked = request.query_params.get("k", "")
    return min(max(int(asked), 1), MOST_SHOWN) if asked.isdigit() and len(asked) < 5 else STEP
