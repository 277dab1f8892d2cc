"""Bodies of requests: taken whole within their limits, then bytes → the struct asked for; or one clear problem."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

import anyio
import msgspec
from fastapi import Request

from recommender.errors import FilterError, QueryError
from recommender.service.problems import ProblemError
from recommender.service.running import running
from recommender.service.wire import JSON

T = TypeVar("T")

#: What a question is sent as.
QUESTION = (JSON,)
#: What a page's form is sent as.
FORM = ("application/x-www-form-urlencoded",)


def media_type(request: Request) -> str:
    """The media type of the body, without parameters; "" where none is stated."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def question_body(request: Request, kinds: Collection[str] = QUESTION) -> bytes:
    """The whole body of something that is asked and not stored."""
    return await whole_body(request, kinds, running(request).settings.max_question_bytes, "max_question_bytes")


async def profiles_body(request: Request, kinds: Collection[str]) -> bytes:
    """The whole body of something to be stored."""
    return await whole_body(request, kinds, running(request).settings.max_body_bytes, "max_body_bytes")


async def whole_body(request: Request, kinds: Collection[str], most: int, setting: str) -> bytes:
    """The body, once it is here.

    Raises `ProblemError`: 415 for another media type than these (none stated is taken), 413 for more than `most`
    bytes, 408 where it takes too long to arrive.
    """
    _check_kind(request, kinds)
    too_large = ProblemError(
        413, "body-too-large", f"a body here may have {most} bytes; send it in parts, or raise the setting {setting}"
    )
    if _announced(request) > most:
        raise too_large
    parts, seconds = bytearray(), running(request).settings.body_seconds
    try:
        with anyio.fail_after(seconds):
            async for part in request.stream():
                parts += part
                if len(parts) > most:
                    raise too_large
    except TimeoutError as error:
        detail = f"the body did not arrive within {seconds:g} seconds; send less, or raise the setting body_seconds"
        raise ProblemError(408, "body-too-slow", detail, headers={"connection": "close"}) from error
    return bytes(parts)


def _check_kind(request: Request, kinds: Collection[str]) -> None:
    kind, coding = media_type(request), request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", ""):
        raise ProblemError(
            415, "compressed", "the body is compressed; send it as it is, so that its size can be limited"
        )
    if kind and kind not in kinds:
        wanted = ", ".join(kinds)
        detail = f"content-type {kind[:100]!r} is not taken here; send one of {wanted}, and say which"
        raise ProblemError(415, "other-media-type", detail)


def _announced(request: Request) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0


def parse(body: bytes, kind: type[T]) -> T:
    """The body as a struct; null is "not given".

    Malformed JSON is a 400; a wrong or unknown key a 422 that names it.
    """
    try:
        given = msgspec.json.decode(body or b"{}")
        if isinstance(given, dict):
            given = {key: value for key, value in given.items() if value is not None or key not in _keys(kind)}
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        raise (FilterError if "$.where" in str(error) else QueryError)(_plain(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ProblemError(400, "malformed-json", f"the body is not JSON: {error}; send JSON") from error


def _keys(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in msgspec.structs.fields(kind))


def _plain(error: msgspec.ValidationError) -> str:
    """`Object contains unknown field `colour` - at `$.where`` as a user would say it."""
    reason, _, place = str(error).partition(" - at ")
    place = place.strip("`").removeprefix("$").lstrip(".")
    reason = reason.replace("Object contains unknown field", "unknown key").replace("`", "'")
    return f"{place}: {reason}" if place else reason
