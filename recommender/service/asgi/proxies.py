"""Behind a proxy: the path and the name that its clients know the service by."""

from __future__ import annotations

import ipaddress
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Scope

from recommender.errors import SettingsError
from recommender.settings import Settings

_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]+)*/?")


class Proxies:
    """What the settings say of proxies, applied to requests."""

    def __init__(self, settings: Settings) -> None:
        """Raises `SettingsError` where a trusted proxy is no address."""
        self._root = settings.root_path
        self._anybody = "*" in settings.trusted_proxies
        self._trusted = [_network(text) for text in settings.trusted_proxies if text != "*"]

    def apply(self, scope: Scope) -> None:
        """Set root path and host of a request to what its client knows.

        The proxy may take the root path away before it passes a request on, or leave it.
        """
        root = self._root
        if self._anybody or (self._trusted and self._is_trusted(scope)):
            headers = Headers(scope=scope)
            prefix, host = headers.get("x-forwarded-prefix", ""), headers.get("x-forwarded-host")
            if prefix and _PREFIX.fullmatch(prefix):
                root = prefix.rstrip("/")
            if host:
                MutableHeaders(scope=scope)["host"] = host.rpartition(",")[2].strip()
        if root:
            _set_root(scope, root)

    def _is_trusted(self, scope: Scope) -> bool:
        try:
            address = ipaddress.ip_address((scope.get("client") or ("",))[0])
        except ValueError:
            return False
        return any(address in network for network in self._trusted)


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        raise SettingsError(
            f"setting trusted_proxies: {text!r} is no address or network; give some as 10.0.0.0/8 is one"
        ) from error


def _set_root(scope: Scope, root: str) -> None:
    scope["root_path"] = root
    if not scope["path"].startswith(root + "/"):
        rest = "/" if scope["path"] == root else scope["path"]
        scope["path"] = root + rest
