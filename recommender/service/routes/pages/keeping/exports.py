"""People as tables to take along. Each table that leaves is written down, and says where it does not hold everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import parse_qs, quote

import numpy as np
from fastapi import APIRouter, Request, Response
from numpy.typing import NDArray

from recommender.audit import Deed
from recommender.collection import View
from recommender.service.access.caller import caller_of
from recommender.service.bodies import FORM, question_body
from recommender.service.exposure import sees_contact, shown, write_down
from recommender.service.pages.keeping import columns
from recommender.service.pages.keeping.chosen import MOST_KEPT, ids_given, looked_up
from recommender.service.pages.keeping.columns import Cells, Table
from recommender.service.pages.keeping.tables import as_csv, as_json
from recommender.service.problems import ProblemError
from recommender.service.running import Running, running

Rows = Sequence[int] | NDArray[np.int64]

router = APIRouter(include_in_schema=False)

#: Characters of a note that are kept.
LONGEST_NOTE: Final = 10_000
_FORMATS: Final = {"csv": (as_csv, "text/csv; charset=utf-8; header=present"), "json": (as_json, "application/json")}


@router.get("/shortlist.csv")
@router.get("/shortlist.json")
async def shortlist_file(request: Request) -> Response:
    """The people of the address as a table."""
    here = running(request)
    return await here.work(request, _shortlist, here, request, request.query_params.getlist("id"), {})


@router.post("/shortlist.csv")
@router.post("/shortlist.json")
async def shortlist_file_with_notes(request: Request) -> Response:
    """The people of a form as a table, each with the note beside them. Nothing of it is stored."""
    here, body = running(request), await question_body(request, FORM)
    return await here.work(request, _shortlist, here, request, *_form(body))


def _form(body: bytes) -> tuple[list[str], dict[str, str]]:
    """The ids of a form, and the note of each: as many notes as ids, in their order."""
    try:
        form = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=2 * MOST_KEPT)
    except ValueError as error:
        raise ProblemError(400, "not-a-form", f"a shortlist holds at most {MOST_KEPT} people; send fewer") from error
    ids, notes = form.get("id", []), form.get("note", [])
    return ids, {one: note.strip()[:LONGEST_NOTE] for one, note in zip(ids, notes, strict=False)}


def _shortlist(here: Running, request: Request, given: Sequence[str], notes: Mapping[str, str]) -> Response:
    with here.view(request) as view:
        rows = exported(request, view, looked_up(view, ids_given(given)).rows, notes)
    return sent(request, Table("shortlist", table_columns(request), rows, len(rows)))


def exported(request: Request, view: View, rows: Rows, notes: Mapping[str, str] | None = None) -> tuple[Cells, ...]:
    """The cells of these people; that they leave is written down first."""
    profiles, facts, ids = map(columns.needed, view.profiles(rows)), view.facts(rows), view.ids(rows)
    write_down(request, Deed.EXPORTED, ids)
    pages, rights = f"{str(request.base_url).rstrip('/')}/profiles/", _rights(request)
    return tuple(
        columns.person(profile, of, pages + quote(one), (notes or {}).get(one, ""), **rights)
        for profile, of, one in zip(shown(request, *profiles), facts, ids, strict=True)
    )


def _rights(request: Request) -> dict[str, bool]:
    return {"with_contact": sees_contact(request), "with_moves": caller_of(request).sight.outlooks}


def table_columns(request: Request) -> tuple[str, ...]:
    """The columns of people that whoever asks may see."""
    return columns.of_people(**_rights(request))


def sent(request: Request, table: Table) -> Response:
    """A table as the file that the path of the request asks for. Its name says so where it does not hold everybody."""
    kind = request.scope["path"].rpartition(".")[2]
    written, media_type = _FORMATS[kind]
    part = "" if table.is_whole else f"-first-{len(table.rows)}-of-{table.total}"
    headers = {"content-disposition": f'attachment; filename="{table.name}{part}.{kind}"'}
    return Response(written(table), media_type=media_type, headers=headers)
