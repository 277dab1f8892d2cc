"""Editing somebody, and taking them out: which is asked once, and undone from the page that says it is done.

And taking a profile apart from those that it is linked with.
"""

from __future__ import annotations

from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Request, Response

from recommender.collection import Filter, View
from recommender.errors import ReadingError
from recommender.profile import Profile, profile_from_json, profile_to_json
from recommender.reading import Found
from recommender.service.exposure import shown
from recommender.service.forms import saved_form
from recommender.service.keeping import keep, take_apart, take_out
from recommender.service.pages.adding.form import changed
from recommender.service.pages.adding.shown_form import ShownForm, sent_again, shown_form, version_of
from recommender.service.pages.rendering import render
from recommender.service.problems import ProblemError, problem_of
from recommender.service.reading import Reading, read_given
from recommender.service.routes.pages.add import gone_to
from recommender.service.running import Running, running

router = APIRouter(include_in_schema=False)

_CHANGED_MEANWHILE = (
    "somebody changed this profile meanwhile; look at it as it is now, and save again to keep what is below"
)


@router.get("/edit/{profile_id:profile_id}")
async def edit_form(request: Request, profile_id: str) -> Response:
    """The form of a stored profile."""
    here = running(request)

    def page() -> Response:
        with here.view(request) as view:
            _, seen = _stored(request, view, profile_id)
            return _edit_page(request, seen, shown_form(seen))

    return await here.work(request, page)


@router.post("/edit/{profile_id:profile_id}")
async def edit_save(request: Request, profile_id: str) -> Response:
    """Store a profile with what was changed in its form."""
    here, sent = running(request), await saved_form(request)
    return await here.work(request, _save, here, request, profile_id, sent.fields)


def _save(here: Running, request: Request, profile_id: str, fields: dict[str, str]) -> Response:
    with here.view(request) as view:
        stored, seen = _stored(request, view, profile_id)
    again = sent_again(shown_form(seen), fields)
    if fields.get("version") != version_of(seen):
        return _edit_page(request, seen, again, _CHANGED_MEANWHILE, 409)
    try:
        profile = read_given(msgspec.to_builtins(changed(stored, seen, fields)), here.recommender, "")
        keep(here, request, Reading((Found(profile, "", ""),), (), ()))
    except (ReadingError, ProblemError) as error:
        return _edit_page(request, seen, again, str(error), problem_of(error).status)
    return gone_to(request, f"/profiles/{quote(profile_id)}")


@router.get("/delete/{profile_id:profile_id}")
async def delete_form(request: Request, profile_id: str) -> Response:
    """Asks whether somebody is to be taken out."""
    here = running(request)

    def page() -> Response:
        with here.view(request) as view:
            stored, seen = _stored(request, view, profile_id)
            return render(
                request, "delete.html", section="people", profile=seen, done=False, hides=stored != seen, copy=""
            )

    return await here.work(request, page)


@router.post("/delete/{profile_id:profile_id}")
async def delete(request: Request, profile_id: str) -> Response:
    """Take somebody out; the page that says so carries the only copy there is of them."""
    here = running(request)

    def page() -> Response:
        with here.view(request) as view:
            stored, seen = _stored(request, view, profile_id)
        take_out(here, request, profile_id)
        copy = profile_to_json(seen).decode()
        return render(
            request, "delete.html", section="people", profile=seen, done=True, hides=stored != seen, copy=copy
        )

    return await here.work(request, page)


@router.post("/restore")
async def restore(request: Request) -> Response:
    """Store anew whom the page of a deletion carries a copy of."""
    here, sent = running(request), await saved_form(request)
    return await here.work(request, _restore, here, request, sent.fields.get("profile", ""))


def _restore(here: Running, request: Request, copy: str) -> Response:
    try:
        profile = profile_from_json(copy)
    except msgspec.MsgspecError as error:
        raise ProblemError(400, "not-a-form", "the form holds no profile; send the one of the page") from error
    with here.view(request) as view:
        if profile.id and view.count(Filter(profile_ids=(profile.id,))):
            detail = f"somebody is stored as {profile.id!r} again; delete them first, or leave it as it is"
            raise ProblemError(409, "there-already", detail)
    done, *_ = keep(here, request, Reading((Found(profile, "", ""),), (), ()))
    return gone_to(request, f"/profiles/{quote(done.ids[0])}")


@router.post("/unlink/{profile_id:profile_id}")
async def unlink(request: Request, profile_id: str) -> Response:
    """Take the profile that the form names apart from this person."""
    here, sent = running(request), await saved_form(request)

    def done() -> Response:
        take_apart(here, request, profile_id, sent.fields.get("profile", ""))
        return gone_to(request, f"/profiles/{quote(profile_id)}")

    return await here.work(request, done)


def _stored(request: Request, view: View, profile_id: str) -> tuple[Profile, Profile]:
    """A profile as it is stored, and as whoever asks may see it."""
    (stored,) = view.profiles([view.row(profile_id)])
    (seen,) = shown(request, stored)
    return stored, seen


def _edit_page(
    request: Request, profile: Profile, form: ShownForm, error: str | None = None, status: int = 200
) -> Response:
    return render(request, "edit.html", status, section="people", profile=profile, form=form, error=error)
