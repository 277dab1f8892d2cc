"""`PoolUrl`: where a pool on a server is, which nobody is shown the password of."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

#: Settings of a URL whose values nobody is shown.
_SECRET = {"password", "sslpassword"}


class PoolUrl(str):
    """A URL as it was given; shown, formatted or logged it has no password."""

    __slots__ = ()

    def __str__(self) -> str:
        return masked(self)

    def __repr__(self) -> str:
        return repr(masked(self))

    def __format__(self, spec: str) -> str:
        return format(masked(self), spec)


#: A pool's place: its folder, or its URL.
PoolPlace = Path | PoolUrl


def pool_place(given: str | Path) -> PoolPlace:
    """What a setting or an option names: a URL where there is "://" in it, else a folder."""
    if isinstance(given, PoolUrl):
        return given  # made anew it would be of what is shown
    return PoolUrl(given) if isinstance(given, str) and "://" in given else Path(given)


def masked(url: str) -> str:
    """A URL as it may be shown and logged: without passwords, wherever they are in it."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    name, colon, _ = user.partition(":")
    settings = [(key, "***" if key in _SECRET else value) for key, value in parse_qsl(parts.query)]
    netloc = f"{name}{colon and ':***'}{at}{host}"
    return urlunsplit((parts.scheme, netloc, parts.path, urlencode(settings, safe="*/,"), ""))
