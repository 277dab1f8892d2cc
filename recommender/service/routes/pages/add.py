"""Where a file or a text becomes somebody in the pool: read, looked at beside the original, corrected, saved."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Request, Response

from recommender.collection import Filter
from recommender.errors import ReadingError
from recommender.messages import ReadNotice
from recommender.profile import Profile, profile_from_json
from recommender.reading import Found
from recommender.service.forms import Sent, saved_form
from recommender.service.keeping import keep
from recommender.service.pages.adding.form import changed
from recommender.service.pages.adding.preview import Preview, is_request, preview, text_of
from recommender.service.pages.adding.shown_form import sent_again, shown_form
from recommender.service.pages.rendering import render
from recommender.service.paths import root_path
from recommender.service.problems import ProblemError, problem_of
from recommender.service.reading import Reading, message, read_file, read_given, rejected_records
from recommender.service.running import Running, running

router = APIRouter(include_in_schema=False)

#: People of a file that are named before all of them are saved.
NAMED = 20


@router.get("/add")
async def add_form(request: Request) -> Response:
    """Where a file is dropped or a text pasted."""
    return _page(request)


@router.post("/add")
async def add_read(request: Request) -> Response:
    """What a file or a text is read as. Nothing is stored."""
    here = running(request)
    try:
        sent = await saved_form(request)
    except ProblemError as problem:
        return _page(request, problem.status, error=str(problem))
    return await here.work(request, _read, here, request, sent)


def _read(here: Running, request: Request, sent: Sent) -> Response:
    text = sent.fields.get("text", "")
    content, source = (text.encode(), "text") if sent.file is None else (sent.file, sent.file_name or "file")
    try:
        if not content.strip():
            raise ReadingError("there is nothing to read; choose a file or paste a text")
        reading, trace = read_file(content, source, here.recommender)
        if not reading.found:
            raise ReadingError(message(rejected_records(reading.rejected)[0]))
    except (ReadingError, ProblemError) as error:
        return _page(request, problem_of(error).status, text=text, error=str(error))
    profile = reading.found[0].profile
    notices = reading.notices + tuple(
        ReadNotice(r.place, r.field, r.reason) for r in rejected_records(reading.rejected)
    )
    if len(reading.found) > 1:
        people = [found.profile for found in reading.found]
        packed = msgspec.json.encode(people).decode()
        return _page(request, text=text, people=people, packed=packed, notices=notices)
    if "person" not in sent.fields and is_request(profile, trace):
        return _page(request, text=text_of(trace, content) or text, asks=True)
    most = here.settings.limits.text_characters
    shown = preview(profile, notices, trace, content, most, _holder(here, request, profile.id))
    return _page(request, text=text, read=shown)


def _holder(here: Running, request: Request, profile_id: str | None) -> str | None:
    """Who has this id already; None where nobody has."""
    with here.view(request) as view:
        rows = view.rows(Filter(profile_ids=(profile_id,))) if profile_id else ()
        return (view.names(rows)[0] or "somebody without a name") if len(rows) else None


@router.post("/add/save")
async def add_save(request: Request) -> Response:
    """Store what was read with its corrections, and show who is like that."""
    here, sent = running(request), await saved_form(request)
    return await here.work(request, _save, here, request, sent.fields)


def _save(here: Running, request: Request, fields: dict[str, str]) -> Response:
    base = _base(fields)
    try:
        profile = read_given(msgspec.to_builtins(changed(base, base, fields)), here.recommender, "")
        done, *_ = keep(here, request, Reading((Found(profile, "", ""),), (), ()))
    except (ReadingError, ProblemError) as error:
        form = sent_again(shown_form(base, base=base), fields)
        shown = Preview(profile=base, format="you corrected it", form=form)
        return _page(request, problem_of(error).status, read=shown, error=str(error))
    return gone_to(request, f"/profiles/{quote(done.ids[0])}#similar")


@router.post("/add/all")
async def add_all(request: Request) -> Response:
    """Store everybody of a file."""
    here, sent = running(request), await saved_form(request)

    def store() -> Response:
        try:
            people = msgspec.json.decode(sent.fields.get("people", ""), type=list[Profile])
        except msgspec.MsgspecError as error:
            raise ProblemError(400, "not-a-form", "the form holds no profiles; send the one of the page") from error
        found = tuple(Found(person, "", f"record {number}") for number, person in enumerate(people, start=1))
        keep(here, request, Reading(found, (), ()))
        return gone_to(request, "/profiles")

    return await here.work(request, store)


def _base(fields: dict[str, str]) -> Profile:
    try:
        return profile_from_json(fields.get("base", ""))
    except msgspec.MsgspecError as error:
        raise ProblemError(400, "not-a-form", "the form holds no profile; send the one of the page") from error


def gone_to(request: Request, place: str) -> Response:
    """The answer that leads to another page of the service."""
    return Response(status_code=303, headers={"location": root_path(request.scope) + place})


def _page(request: Request, status: int = 200, **shown: Any) -> Response:
    nothing = {
        "text": "", "read": None, "error": None, "asks": False, "people": (), "packed": "", "notices": (),
        "named": NAMED, "most": running(request).settings.max_body_bytes,
    }  # fmt: skip
    return render(request, "add.html", status, section="add", **nothing | shown)
