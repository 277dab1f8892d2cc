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
        """Set root path, host, scheme and client of a request to what its client knows.

        The proxy may take the root path away before it passes a request on, or leave it.
        """
        root = self._root
        if self._anybody or (self._trusted and self._is_trusted(scope)):
            headers = Headers(scope=scope)
            prefix, host = headers.get("x-forwarded-prefix", ""), headers.get("x-forwarded-host")
            if prefix and _PREFIX.fullmatch(prefix):
                root = prefix.rstrip("/")
            if host:
                MutableHeaders(scope=scope)["host"] = _last(host)
            if (scheme := _last(headers.get("x-forwarded-proto", "")).lower()) in ("http", "https"):
                scope["scheme"] = scheme
            self._set_client(scope, ",".join(headers.getlist("x-forwarded-for")))
        if root:
            _set_root(scope, root)

    def _set_client(self, scope: Scope, forwarded: str) -> None:
        """The last address that no trusted proxy has: what stands before it, anybody may have written."""
        for address in reversed([part.strip() for part in forwarded.split(",")]):
            if not _is_address(address):
                return
            scope["client"] = (address, 0)
            if self._anybody or not self._is_trusted(scope):
                return

    def _is_trusted(self, scope: Scope) -> bool:
        client = (scope.get("client") or ("",))[0]
        return _is_address(client) and any(ipaddress.ip_address(client) in network for network in self._trusted)


def _last(values: str) -> str:
    return values.rpartition(",")[2].strip()


def _is_address(text: str) -> bool:
    try:
        return bool(ipaddress.ip_address(text))
    except ValueError:
        return False


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
