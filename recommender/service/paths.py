"""A request's path in its two parts: where the service is shown, and what is asked of it."""

from __future__ import annotations

from starlette.types import Scope


def root_path(scope: Scope) -> str:
    """The path that the service is shown under; "" at the top."""
    # within mounted files, "root_path" is theirs
    root: str = scope.get("app_root_path", scope.get("root_path", ""))
    return root


def own_path(scope: Scope) -> str:
    """The path of a request without that."""
    path: str = scope["path"]
    return path.removeprefix(root_path(scope))
