"""`Origins`: pages of other sites that may call this one from a browser: those that the settings name, and no other.

What they call is called with a key: browsers are not told that they may send a session along (CORS, Fetch standard).
"""

from __future__ import annotations

import re
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import Scope

from recommender.errors import SettingsError
from recommender.service.asgi.methods import Taken, allowed
from recommender.settings import Settings

_ORIGIN = re.compile(r"https?://(?:\[[0-9a-f:.]+\]|[^\s/:\[\]@,*?#]+)(?::\d{1,5})?", re.ASCII)
#: What a page may send beside what any may, what it may read, and how long a browser remembers that, in seconds.
SENT: Final = "authorization, content-type, if-none-match, x-api-key, x-request-id"
READ: Final = "etag, location, ratelimit, ratelimit-policy, retry-after, x-request-id"
REMEMBERED: Final = "600"


class Origins:
    """The sites that the settings name; none is the usual."""

    def __init__(self, settings: Settings) -> None:
        """Raises `SettingsError` where one is no origin; `*` is none."""
        self._allowed = frozenset(_origin(text) for text in settings.allowed_origins)

    def allows(self, scope: Scope) -> bool:
        """Whether a request is from a page of one of them."""
        return bool(self._allowed) and Headers(scope=scope).get("origin", "").strip().lower() in self._allowed

    def preflight(self, scope: Scope, taken: Taken) -> Response | None:
        """The answer to a browser that asks whether a page of theirs may send something; None where this is no such."""
        asks = scope["method"] == "OPTIONS" and "access-control-request-method" in Headers(scope=scope)
        if not asks or not self.allows(scope):
            return None
        says = {"methods": allowed(taken), "headers": SENT}
        headers = {f"access-control-allow-{name}": value for name, value in says.items()}
        return Response(status_code=204, headers=headers | {"access-control-max-age": REMEMBERED})

    def add(self, scope: Scope, headers: MutableHeaders) -> None:
        """Let a page of theirs read an answer."""
        if not self._allowed:
            return
        headers.add_vary_header("origin")
        if self.allows(scope):
            headers["access-control-allow-origin"] = Headers(scope=scope)["origin"]
            headers["access-control-expose-headers"] = READ


def _origin(text: str) -> str:
    if not _ORIGIN.fullmatch(text.lower()):
        example = "give some as https://talent.example or http://localhost:3000"
        raise SettingsError(f"setting allowed_origins: {text!r} is no origin; {example}")
    return text.lower()
