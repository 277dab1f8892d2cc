"""Bodies of requests: bytes → the struct asked for, or one clear problem."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from recommender.errors import FilterError, QueryError
from recommender.service.problems import ProblemError

T = TypeVar("T")


def parse(body: bytes, kind: type[T]) -> T:
    """The body as a struct. Malformed JSON is a 400; a wrong or unknown key a 422 that names it."""
    try:
        return msgspec.json.decode(body or b"{}", type=kind)
    except msgspec.ValidationError as error:
        raise (FilterError if "$.where" in str(error) else QueryError)(_plain(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ProblemError(400, "malformed-json", f"the body is not JSON: {error}") from error


def _plain(error: msgspec.ValidationError) -> str:
    """`Object contains unknown field `colour` - at `$.where`` as a user would say it."""
    reason, _, place = str(error).partition(" - at ")
    place = place.strip("`").removeprefix("$").lstrip(".")
    reason = reason.replace("Object contains unknown field", "unknown key").replace("`", "'")
    return f"{place}: {reason}" if place else reason
