"""Methods of the routes: HEAD wherever GET is, OPTIONS everywhere, and `Allow` where a method is not taken."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.routing import BaseRoute, Route
from starlette.types import Scope

from recommender.service.paths import own_path
from recommender.service.problems import ProblemError


class Methods:
    """Which methods each path takes."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._taken = [(route.path_regex, route.methods or set()) for route in routes if isinstance(route, Route)]

    def check(self, scope: Scope) -> str | None:
        """The value of `Allow` where this is a question for it (OPTIONS), else None.

        HEAD becomes GET, for whoever sends the answer to leave its body out.
        Raises `ProblemError` (405) where the path is there and does not take the method.
        """
        allow = self._allow(own_path(scope))
        if allow and scope["method"] == "OPTIONS":
            return allow
        if scope["method"] == "HEAD":
            scope["method"] = "GET"
        if allow and scope["method"] not in allow.split(", "):
            raise ProblemError(
                405, "method-not-allowed", f"not a method of this path; use {allow}", headers={"allow": allow}
            )
        return None

    def _allow(self, path: str) -> str:
        """ "GET, HEAD, OPTIONS"; "" for a path that no route has."""
        methods = {method for regex, taken in self._taken if regex.match(path) for method in taken}
        if not methods:
            return ""
        return ", ".join(sorted(methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())))
