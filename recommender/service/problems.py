"""Errors as RFC 9457 `application/problem+json`; as a page where a browser asked for a page."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import NamedTuple

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from recommender import errors
from recommender.messages import Problem, RejectedRecord
from recommender.service.paths import own_path, request_id, route_of

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


#: An id as messages quote it, which the log need not know.
_PERSON = re.compile(r"(profile |id )(?:'[^']*'|\"[^\"]*\")…?")
#: Servers, which are for the log alone; the folders of an absolute path, whose last part says enough.
_SERVERS = re.compile(r"(?:the (?:pool|database|server|disk) (?:at|of) )?postgres(?:ql)?://\S+")
_FOLDERS = re.compile(r"(?<![\w./:-])/(?:[^\s/:;,'\"]+/)*")


class ProblemError(errors.RecommenderError):
    """A problem that only the HTTP side knows of, with the status that it has there."""

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        rejected: tuple[RejectedRecord, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.kind, self.rejected, self.headers = status, kind, rejected, headers


class _Kind(NamedTuple):
    status: int
    name: str


#: The nearest class in an error's family decides.
KINDS: dict[type[Exception], _Kind] = {
    errors.ProfileNotFound: _Kind(404, "profile-not-found"),
    errors.ReadingError: _Kind(422, "not-a-profile"),
    errors.FilterError: _Kind(422, "not-a-filter"),
    errors.QueryError: _Kind(422, "not-a-question"),
    errors.AccessError: _Kind(503, "access-unavailable"),
    errors.EncoderError: _Kind(503, "model-unavailable"),
    errors.VocabularyError: _Kind(503, "vocabulary-unavailable"),
    errors.PoolNotFound: _Kind(503, "no-pool"),
    errors.FingerprintMismatch: _Kind(503, "other-encoder"),
    errors.CollectionReadOnly: _Kind(503, "pool-read-only"),
    errors.CollectionUnreachable: _Kind(503, "pool-unreachable"),
    errors.CollectionCorrupt: _Kind(503, "pool-damaged"),
    errors.RecommenderError: _Kind(500, "internal-error"),
}


def problem_of(error: Exception) -> Problem:
    """The problem that an error is."""
    match error:
        case ProblemError():
            return _problem(error.status, error.kind, str(error), error.rejected)
        case errors.RecommenderError():
            kind = next(KINDS[parent] for parent in type(error).__mro__ if parent in KINDS)
            # where files lie on the server is for its log
            message = (
                str(error) if kind.status < 500 else _FOLDERS.sub("", _SERVERS.sub("the pool's server", str(error)))
            )
            return _problem(kind.status, kind.name, message)
        case RequestValidationError():
            return _problem(422, "not-a-question", _message(error))
        case HTTPException():
            phrase = HTTPStatus(error.status_code).phrase
            return _problem(error.status_code, phrase.lower().replace(" ", "-"), str(error.detail))
        case _:
            return _problem(500, "internal-error", "something went wrong here; the server's log says what")


def _message(error: RequestValidationError) -> str:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"][1:]) or "request"
    return f"unknown parameter {name!r}" if first["type"] == "extra_forbidden" else f"{name}: {first['msg']}"


def _problem(status: int, kind: str, detail: str, rejected: tuple[RejectedRecord, ...] = ()) -> Problem:
    return Problem(
        type=f"urn:recommender:problem:{kind}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=" ".join(detail.split()),
        rejected=rejected,
    )


def problem_reply(problem: Problem, instance: str | None = None, headers: Mapping[str, str] | None = None) -> Response:
    """The problem as `application/problem+json`."""
    body = msgspec.json.encode(msgspec.structs.replace(problem, instance=instance))
    return Response(body, problem.status, headers, media_type=MEDIA_TYPE)


def responder(page: Callable[[Request, Problem], Response]) -> Callable[[Request, Exception], Response]:
    """What answers an error and logs it once; `page` draws those that a person at a browser meets."""

    def respond(request: Request, error: Exception) -> Response:
        try:
            return reply_to(request, error)
        finally:
            _let_go(error)

    def reply_to(request: Request, error: Exception) -> Response:
        problem = problem_of(error)
        if problem.status >= 500:
            said = _unforeseen(error) if problem.status == 500 else _PERSON.sub(r"\1…", str(error))
            place = request.method, route_of(request.scope), request_id(request.scope)
            log.error("%s %s (request %s): %s", *place, said)
        headers = dict(getattr(error, "headers", None) or {})
        if problem.status == 503:
            headers["retry-after"] = "30"
        if "text/html" in request.headers.get("accept", "") and not own_path(request.scope).startswith("/v1/"):
            response = page(request, problem)
            response.headers.update(headers)
            return response
        return problem_reply(problem, request.scope["path"], headers)

    return respond


def _let_go(error: BaseException | None) -> None:
    """Forget where an error arose: frames hold the generation that was asked, and futures in frames the error."""
    while error is not None and error.__traceback__ is not None:
        error.__traceback__ = None
        error = error.__cause__ or error.__context__


def _unforeseen(error: BaseException) -> str:
    """Where what nobody thought of arose, in lines of code; what it says might be of a person."""
    parts = [f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"]
    cause = error.__cause__ or error.__context__
    return "\nbecause of ".join([*parts, *([_unforeseen(cause)] if cause else [])]).rstrip()


def install(app: FastAPI, respond: Callable[[Request, Exception], Response]) -> None:
    """Answer the framework's own errors this way too."""

    async def on_error(request: Request, error: Exception) -> Response:
        return respond(request, error)

    for family in (RequestValidationError, HTTPException):
        app.add_exception_handler(family, on_error)
