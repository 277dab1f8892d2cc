"""What each route needs of its caller: one table, so that nothing new is open for want of a line."""

from __future__ import annotations

from typing import Final

from recommender.keys import Scope

#: Scopes that a caller has to have: all of them; none, but a key still; or None where anybody may ask.
Need = frozenset[Scope] | None

ANYBODY: Final[Need] = None
ANY_KEY: Final[Need] = frozenset()
READ: Final[Need] = frozenset({Scope.READ})
WRITE: Final[Need] = frozenset({Scope.WRITE})
ADMIN: Final[Need] = frozenset({Scope.ADMIN})

#: What is asked by POST and changes nothing.
_QUESTIONS: Final = frozenset(
    {"/v1/similar", "/v1/understand", "/v1/count", "/v1/facets", "/match", "/add", "/shortlist.csv", "/shortlist.json"}
)
_OTHER: Final[dict[str, Need]] = {
    "/healthz": ANYBODY,
    "/readyz": ANYBODY,
    "/sign-in": ANYBODY,
    "/sign-out": ANYBODY,
    "/docs": ANY_KEY,
    "/openapi.json": ANY_KEY,
    "/metrics": ADMIN,
    "/edit/{profile_id:profile_id}": WRITE,
    "/delete/{profile_id:profile_id}": WRITE,
    **dict.fromkeys(_QUESTIONS, READ),
}
#: The files of the pages, which are in every copy of this program.
PUBLIC_FILES: Final = "/static/"


def needed(route: str, method: str) -> Need:
    """What a request by this method to this route needs: `read` to get, `write` for anything else, but for the table.

    Args:
        route: its path as it is written in the code.
    """
    return _OTHER.get(route, READ if method in ("GET", "HEAD") else WRITE)
