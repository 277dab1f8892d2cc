"""What a form of a page sends: fields, and the file that was chosen, taken out of its body."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import parse_qsl

from fastapi import Request

from recommender.service.bodies import FORM, media_type, whole_body
from recommender.service.problems import ProblemError
from recommender.service.running import running

#: What a form with a file is sent as.
WITH_FILE: Final = ("multipart/form-data", *FORM)
#: Fields of a form: the longest career has some thousands.
MOST_FIELDS: Final = 20_000
_BOUNDARY = re.compile(r'boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))', re.IGNORECASE)
_PARAMETER = re.compile(rb'\b(name|filename)="((?:[^"\\]|\\.)*)"', re.IGNORECASE)


class Sent(NamedTuple):
    """A form's fields, the last of each name; the content of the file chosen, None where none was, and its name."""

    fields: dict[str, str]
    file: bytes | None = None
    file_name: str = ""


async def sent_form(request: Request, *, most: int, setting: str) -> Sent:
    """The form in a body of at most that many bytes, a limit that the setting of that name sets.

    Raises `ProblemError` as `whole_body` does, and 400 for what is no form.
    """
    body = await whole_body(request, WITH_FILE, most, setting)
    if media_type(request) != WITH_FILE[0]:
        return Sent(_fields(body))
    found = _BOUNDARY.search(request.headers["content-type"])
    if not found:
        raise ProblemError(400, "not-a-form", "the form does not say where its parts end; send the one of the page")
    return _parts(body, (found[1] or found[2]).encode())


async def saved_form(request: Request) -> Sent:
    """The form of something to be stored."""
    most = running(request).settings.max_body_bytes
    return await sent_form(request, most=most, setting="max_body_bytes")


def _fields(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise ProblemError(
            400, "not-a-form", f"a form has at most {MOST_FIELDS:,} fields; send the one that the page shows"
        ) from error


def _parts(body: bytes, boundary: bytes) -> Sent:
    fields, file, file_name = dict[str, str](), None, ""
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        said = {name.lower(): value.decode("utf-8", "replace") for name, value in _PARAMETER.findall(head)}
        if b"filename" not in said:
            fields[said.get(b"name", "")] = content.decode("utf-8", "replace")
        elif said[b"filename"] or content:
            file, file_name = content, said[b"filename"]
    return Sent(fields, file, file_name)
