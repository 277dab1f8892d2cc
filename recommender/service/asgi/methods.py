"""Methods of the routes: HEAD wherever GET is, OPTIONS everywhere, `Allow` where one is not taken; what each needs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from starlette.routing import BaseRoute, Route
from starlette.types import Scope

from recommender.service.access.needs import ANY_KEY, ANYBODY, PUBLIC_FILES, Need, needed
from recommender.service.paths import own_path
from recommender.service.problems import ProblemError

#: Paths whose routes are remembered.
REMEMBERED = 4096
#: What a path takes: method → the route, as it is written in the code.
Taken = dict[str, str]


class Methods:
    """Which methods each path takes."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._routes = [
            (route.path_regex, dict.fromkeys(route.methods or (), route.path))
            for route in routes
            if isinstance(route, Route)
        ]

        self._at = lru_cache(REMEMBERED)(self._find)

    def taken(self, scope: Scope) -> Taken:
        """The methods of this request's path; none where no route has it."""
        return self._at(own_path(scope))

    def _find(self, path: str) -> Taken:
        found: Taken = {}
        for regex, methods in self._routes:
            if regex.match(path):
                found = methods | found
        return found


def route(scope: Scope, taken: Taken) -> str | None:
    """The route that answers a request; that of another method where its own is not taken."""
    method = "GET" if scope["method"] == "HEAD" else scope["method"]
    return taken.get(method) or next(iter(taken.values()), None)


def need(scope: Scope, taken: Taken) -> Need:
    """What a request needs of its caller: a key at least, also where there is nothing at its path."""
    method = "GET" if scope["method"] == "HEAD" else scope["method"]
    if own_path(scope).startswith(PUBLIC_FILES) or any(needed(route, method) is ANYBODY for route in taken.values()):
        return ANYBODY
    return needed(taken[method], method) if method in taken else ANY_KEY


def check(scope: Scope, taken: Taken) -> str | None:
    """The value of `Allow` where this is a question for it (OPTIONS), else None.

    HEAD becomes GET, for whoever sends the answer to leave its body out.
    Raises `ProblemError` (405) where the path is there and does not take the method.
    """
    if taken and scope["method"] == "OPTIONS":
        return allowed(taken)
    if scope["method"] == "HEAD":
        scope["method"] = "GET"
    if taken and scope["method"] not in taken:
        allow = allowed(taken)
        raise ProblemError(
            405, "method-not-allowed", f"not a method of this path; use {allow}", headers={"allow": allow}
        )
    return None


def allowed(taken: Taken) -> str:
    """ "GET, HEAD, OPTIONS"; "" for a path that no route has."""
    more = {"OPTIONS", *(["HEAD"] if "GET" in taken else [])} if taken else set()
    return ", ".join(sorted({*taken, *more}))
