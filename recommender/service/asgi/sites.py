"""Who may ask: the names this service goes by, and requests that pages of other sites have a browser send.

A page of another site reaches a service on its reader's own machine in two ways. It sends requests there, whose answers
it cannot read, but whose effect is: `Sec-Fetch-Site` and `Origin`, which no page can forge, tell them. Or it gives
its own name this machine's address (DNS rebinding), and may then read too: `Host` tells it.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final, NamedTuple

from starlette.datastructures import Headers
from starlette.types import Scope

from recommender.service.problems import ProblemError
from recommender.settings import Settings

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
#: Listening on these is listening on every address of the machine.
ANY_ADDRESS: Final = frozenset({"", "0.0.0.0", "::"})
#: Methods that change nothing; what they answer stays hidden from pages of other sites.
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_AUTHORITY = re.compile(r"(?:\[([0-9a-f:.]{2,45})\]|([^\s:/\[\]@,]{1,255}))(?::(\d{1,5}))?", re.ASCII)
_PORTS = {"http": 80, "https": 443}


class Authority(NamedTuple):
    """A host as a URL names it, without brackets or a last dot, and its port where one is there."""

    host: str
    port: int | None

    @classmethod
    def read(cls, text: str) -> Authority | None:
        """The authority in "localhost:8000" or "[::1]"; None where it is none."""
        found = _AUTHORITY.fullmatch(text.strip().lower())
        return cls((found[1] or found[2]).rstrip("."), int(found[3]) if found[3] else None) if found else None


class Sites:
    """The names of a service, and what is asked of requests for their sake."""

    def __init__(self, settings: Settings) -> None:
        given = {name.lower().strip("[]") for name in settings.allowed_hosts}
        self._any_name = "*" in given
        self._names = LOOPBACK | given | {settings.host.lower().strip("[]")}
        # no name can be rebound to an address that was asked for by its number
        self._any_address = settings.host in ANY_ADDRESS

    def check(self, scope: Scope, is_allowed: bool = False) -> None:
        """Raises `ProblemError` for a request to another host (421, 400), and for one of another site's page (403).

        Args:
            is_allowed: whether the other site may send it.
        """
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if not hosts and scope["http_version"] == "1.0":
            return  # a plain probe; browsers name the host
        host = Authority.read(hosts[0]) if len(hosts) == 1 else None
        if host is None:
            raise ProblemError(400, "no-host", "a request names one host; send it in one Host header")
        if not self._is_ours(host.host):
            raise ProblemError(
                421,
                "other-host",
                f"{host.host[:100]!r} is no name of this service; if it should be, add it to the setting allowed_hosts",
            )
        if scope["method"] not in SAFE and not is_allowed and _is_foreign(headers, host):
            raise ProblemError(
                403,
                "other-site",
                "a page of another site sent this; ask from the pages here, or from a program",
            )

    @staticmethod
    def is_from_own_page(scope: Scope) -> bool:
        """Whether a request that has passed is one of our own pages', so that a session counts.

        What changes something has to show it: a browser that says nothing of where it comes from may be led by another.
        """
        headers = Headers(scope=scope)
        host = Authority.read(headers.get("host", ""))
        says = "origin" in headers or "sec-fetch-site" in headers
        return host is not None and (says or scope["method"] in SAFE) and not _is_foreign(headers, host)

    def _is_ours(self, host: str) -> bool:
        if self._any_name or host in self._names:
            return True
        try:
            return self._any_address and bool(ipaddress.ip_address(host))
        except ValueError:
            return False


def _is_foreign(headers: Headers, host: Authority) -> bool:
    """Whether a browser sent this for a page of another origin; programs send neither header."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site.strip().lower() not in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return False
    scheme, _, authority = origin.strip().lower().partition("://")
    asking, usual = Authority.read(authority), _PORTS.get(scheme)
    return asking is None or (asking.host, asking.port or usual) != (host.host, host.port or usual)
