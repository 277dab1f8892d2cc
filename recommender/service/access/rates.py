"""`Rates`: how many requests a key and an address may send; every answer says how many are left.

Its headers are those of draft-ietf-httpapi-ratelimit-headers-10.
"""

from __future__ import annotations

import ipaddress
import time
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import Scope

from recommender.service.access.admission import is_loopback
from recommender.service.access.buckets import WINDOW, Buckets, Taken
from recommender.service.access.caller import CALLER, Caller
from recommender.service.paths import own_path
from recommender.service.problems import ProblemError
from recommender.settings import Settings

#: Requests a minute where the settings do not say, and other machines may ask.
USUAL: Final = 6_000
#: What watches a service is not to be turned away.
_FREE: Final = frozenset({"/healthz", "/readyz"})
_TAKEN: Final = "recommender.rates"


class Rates:
    """The quotas of one application."""

    def __init__(self, settings: Settings, buckets: Buckets) -> None:
        usual = 0 if is_loopback(settings.host) else USUAL
        given = {"address": settings.rate_per_address, "key": settings.rate_per_key}
        self._quotas = {name: usual if quota is None else quota for name, quota in given.items()}
        self._buckets = buckets
        self._policy = ", ".join(f'"{name}";q={q};w={WINDOW:.0f}' for name, q in self._quotas.items() if q)

    def count_address(self, scope: Scope) -> None:
        """Raises `ProblemError` (429) where the address of a request has sent too many."""
        if self._quotas["address"] and own_path(scope) not in _FREE:
            self._count(scope, "address", _network((scope.get("client") or ("",))[0]))

    def count_key(self, scope: Scope) -> None:
        """Raises `ProblemError` (429) where too many were sent with the key of a request."""
        caller: Caller | None = scope.get(CALLER)
        if self._quotas["key"] and caller and caller.key and own_path(scope) not in _FREE:
            self._count(scope, "key", caller.key)

    def _count(self, scope: Scope, policy: str, name: str) -> None:
        quota = self._quotas[policy]
        taken = self._buckets.take(f"{policy} {name}", quota, time.monotonic())
        scope.setdefault(_TAKEN, {})[policy] = taken
        if taken.retry_in:
            seconds = f"{WINDOW:.0f} seconds"
            detail = f"more than {quota} requests of one {policy} in {seconds}; ask again in {taken.retry_in} seconds"
            raise ProblemError(429, "too-many-requests", detail, headers={"retry-after": str(taken.retry_in)})

    def say(self, scope: Scope, headers: MutableHeaders) -> None:
        """Add what is left of the quotas to an answer."""
        found: dict[str, Taken] | None = scope.get(_TAKEN)
        if found:
            headers["ratelimit-policy"] = self._policy
            headers["ratelimit"] = ", ".join(f'"{n}";r={t.remaining};t={t.whole_in}' for n, t in found.items())


def _network(client: str) -> str:
    """Whom an address stands for: itself, or of IPv6 the network, of which one machine has every address."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    if isinstance(address, ipaddress.IPv4Address) or address.ipv4_mapped:
        return str(getattr(address, "ipv4_mapped", None) or address)
    return str(ipaddress.ip_network((address, 64), strict=False))
