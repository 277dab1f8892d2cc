"""What the service refused, as the errors that it would raise in this process."""

from __future__ import annotations

import ast
import re
from contextlib import suppress
from typing import Final

import httpx
import msgspec

from recommender.errors import FilterError, ProfileNotFound, QueryError, ReadingError, RecommenderError
from recommender.messages import Problem

_KIND: Final = "urn:recommender:problem:"
_OWN: Final[dict[str, type[RecommenderError]]] = {
    "not-a-filter": FilterError,
    "not-a-question": QueryError,
    "not-a-profile": ReadingError,
}
#: How the service says who was not found.
_NOBODY: Final = re.compile(r"no profile with id (.+) in this pool")


class ServiceError(RecommenderError):
    """The service refused what was asked, for a reason of its own, or could not be reached.

    Attributes:
        status: of its answer; None where there was none.
        problem: what it said; None where it said nothing of the kind.
    """

    def __init__(self, message: str, status: int | None = None, problem: Problem | None = None) -> None:
        super().__init__(message)
        self.status, self.problem = status, problem


def failure(response: httpx.Response) -> RecommenderError:
    """The error that this answer stands for: `ProfileNotFound`, `FilterError` and so on, else `ServiceError`."""
    try:
        problem = msgspec.json.decode(response.content, type=Problem)
    except msgspec.DecodeError:
        said = f"{response.status_code} from {response.url}, which is no answer of this service; check the address"
        return ServiceError(said, response.status_code)
    kind = problem.type.removeprefix(_KIND)
    if kind == "profile-not-found" and (nobody := _NOBODY.search(problem.detail)):
        with suppress(ValueError, SyntaxError):  # an id that no line shows whole
            return ProfileNotFound(ast.literal_eval(nobody[1]))
    if kind in _OWN:
        return _OWN[kind](problem.detail)
    return ServiceError(problem.detail, response.status_code, problem)


def unreachable(base_url: object, error: Exception) -> ServiceError:
    """The error that no answer is."""
    reason = " ".join(str(error).split()) or type(error).__name__
    return ServiceError(f"no answer from {base_url}: {reason}; check that the service runs there")
