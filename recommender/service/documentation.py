"""The OpenAPI document, its schemas taken from the very structs that are sent, and `/docs`, which draws it offline."""

from __future__ import annotations

from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.staticfiles import StaticFiles

from recommender import messages
from recommender.matching import Answer
from recommender.profile import Profile
from recommender.service import examples, questions, wire
from recommender.service.access.needs import needed
from recommender.service.described import describe
from recommender.service.problems import MEDIA_TYPE

#: Everything that routes name in `documented`.
SCHEMAS: Final = (
    Answer,
    Profile,
    messages.CountAnswer,
    questions.CountRequest,
    messages.FacetsAnswer,
    questions.FacetsRequest,
    messages.InsightsAnswer,
    messages.LinkedAnswer,
    questions.LinkRequest,
    messages.Listing,
    messages.Problem,
    messages.Readiness,
    questions.SimilarRequest,
    messages.StoreAnswer,
    messages.Suggestions,
    messages.Understood,
    questions.UnderstandRequest,
)

SWAGGER = "/static/swagger"

#: Media type → what the document says of a body of it.
Contents = dict[str, dict[str, Any]]


def _ref(kind: type) -> dict[str, str]:
    return {"$ref": wire.REF + kind.__name__}


def _problem(status: int) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": _ref(messages.Problem), "example": examples.of_problem(status)}}
    return {"description": HTTPStatus(status).phrase, "content": content}


def _text(description: str = "") -> dict[str, Any]:
    return {"schema": {"type": "string", "description": description}}


_LINES, _FILE = _text("A profile a line."), {"schema": {"type": "string", "format": "binary"}}
#: Files that are known by their content, whatever they are said to be.
_FILES: Final[Contents] = {
    "text/plain": _text("A profile page or a résumé."),
    "text/markdown": _text("A résumé."),
    "text/csv": _text("A table, a profile a row."),
    "text/html": _text("A page of a person."),
    "text/vcard": _text("Cards, a person each."),
    "application/xml": _text("A Europass CV."),
    "application/yaml": _text("A JSON Resume in YAML."),
    "application/rtf": _FILE,
    "application/pdf": _FILE,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _FILE,
    "application/zip": _FILE,
    "application/vnd.apache.parquet": _FILE,
    "application/octet-stream": _FILE,
}
#: What is taken as one profile, and where several are.
ONE_PROFILE: Final[Contents] = {wire.JSON: {"schema": _ref(Profile), "example": examples.PROFILE}, **_FILES}
PROFILES: Final[Contents] = {
    wire.JSON: {
        "schema": {"anyOf": [_ref(Profile), {"type": "array", "items": _ref(Profile)}]},
        "example": [examples.PROFILE],
    },
    **dict.fromkeys(wire.NDJSON, _LINES),
    **_FILES,
}

#: What any request may be said, one that changes something or is sent as a body, and one whose body may be wrong.
ANY, SENT, WITH_BODY = (400, 414, 421, 500), (403,), (408, 413, 415)
#: What a request may be said that needs a key.
REFUSED = (401, 403, 429)
#: How a key is sent. A page's session is no matter of programs.
KEYS: Final = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A key that `recommender keys create` made."},
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same."},
}


def documented(
    answer: type | str | None,
    *,
    status: int = 200,
    also: tuple[int, ...] = (),
    body: type | Contents | None = None,
    problems: tuple[int, ...] = (),
) -> dict[str, Any]:
    """Arguments of a route's decorator that describe what it takes and gives.

    Args:
        answer: the struct that is sent as JSON, or the media type of a text.
        also: other statuses with the same answer.
        problems: beside those that any route may have.
    """
    content = _answered(answer) if answer else {}
    responses: dict[int | str, dict[str, Any]] = {
        code: {"description": HTTPStatus(code).phrase, "content": content} for code in (status, *also)
    }
    if body is None and status == 200 and not isinstance(answer, str):
        responses[304] = {"description": "The asker has it: its tag is in If-None-Match."}
    for code in sorted({*problems, *ANY, *((*SENT, *WITH_BODY) if body else ())}):
        responses[code] = _problem(code)
    described: dict[str, Any] = {"responses": responses, "status_code": status, "response_model": None}
    if body:
        if isinstance(body, type):
            body = {wire.JSON: {"schema": _ref(body), "example": examples.REQUESTS[body]}}
        described["openapi_extra"] = {"requestBody": {"required": True, "content": body}}
    return described


def _answered(answer: type | str) -> Contents:
    if isinstance(answer, str):
        return {answer: _text() | {"example": examples.of_answer(answer)}}
    return {wire.JSON: {"schema": _ref(answer), "example": examples.of_answer(answer)}}


def install(app: FastAPI) -> None:
    """Give the application its document and the files that draw it."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
            _, components = msgspec.json.schema_components(SCHEMAS, ref_template=wire.REF + "{name}")
            # in place of FastAPI's own components, which are of its own form of error
            document["components"] = {"schemas": msgspec.to_builtins(components), "securitySchemes": KEYS}
            describe(document["components"]["schemas"], SCHEMAS)
            _say_needs(document)
            _show_parameters(document)
            _drop_foreign_answers(document)
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
    # the package is taken for the Swagger UI files it carries; its own application class runs inline scripts
    app.mount(SWAGGER, StaticFiles(directory=Path(str(files("fastapi_offline") / "static"))), name="swagger")


def _say_needs(document: dict[str, Any]) -> None:
    """Which scopes each operation needs, and what is answered without them."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            need = needed(path, method.upper())
            if need is None:
                continue
            operation["security"] = [{name: sorted(need)} for name in KEYS]
            for code in REFUSED:
                operation["responses"].setdefault(str(code), _problem(code))


def _show_parameters(document: dict[str, Any]) -> None:
    """What may be asked by the parameters that are no mere number."""
    for methods in document["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                if parameter["name"] in examples.PARAMETERS:
                    parameter["example"] = examples.PARAMETERS[parameter["name"]]


def _drop_foreign_answers(document: dict[str, Any]) -> None:
    """FastAPI adds its form of a 422 to each route with parameters, and to each of a text that it may be any JSON.

    Where a route can answer so, it says it itself.
    """
    for methods in document["paths"].values():
        for operation in methods.values():
            for answer in operation["responses"].values():
                if answer.get("content", {}).get(wire.JSON) == {"schema": {}}:
                    del answer["content"][wire.JSON]
            if "HTTPValidationError" in str(operation["responses"].get("422")):
                del operation["responses"]["422"]
