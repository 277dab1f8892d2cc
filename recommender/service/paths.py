"""What a request's scope says: its path in two parts (where the service is shown, and what is asked of it), its id."""

from __future__ import annotations

from typing import Final

from starlette.types import Scope

#: Where a request's scope holds its id, and the route that its path is of.
REQUEST_ID: Final = "recommender.request_id"
ROUTE: Final = "recommender.route"


def root_path(scope: Scope) -> str:
    """The path that the service is shown under; "" at the top."""
    # within mounted files, "root_path" is theirs
    root: str = scope.get("app_root_path", scope.get("root_path", ""))
    return root


def own_path(scope: Scope) -> str:
    """The path of a request without that."""
    path: str = scope["path"]
    return path.removeprefix(root_path(scope))


def request_id(scope: Scope) -> str | None:
    """The id that a request came with or was given."""
    number: str | None = scope.get(REQUEST_ID)
    return number


def route_of(scope: Scope) -> str:
    """The route of a request as it is written in the code, which stands for its path: ids would be a series each."""
    route: str = scope.get(ROUTE) or "unmatched"
    return route
