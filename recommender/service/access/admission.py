"""`Admission`: no request goes on without a right to what it asks."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope as Asgi

from recommender.keys import Key, KeyFile, KnownKeys
from recommender.service.access.caller import CALLER, Caller, local
from recommender.service.access.needs import Need
from recommender.service.access.sights import sight_of
from recommender.service.problems import ProblemError
from recommender.settings import Settings

#: The cookie of a session of the pages.
COOKIE: Final = "recommender_session"
CHALLENGE: Final = 'Bearer realm="recommender"'


def is_loopback(host: str) -> bool:
    """Whether listening there is listening to this machine alone."""
    try:
        return host.lower() == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Admission:
    """Who may ask what.

    Attributes:
        known: the keys as this process knows them.
        file: the keys where they are kept.
    """

    def __init__(self, settings: Settings) -> None:
        self.known, self.file = KnownKeys(settings.access_folder), KeyFile(settings.access_folder)
        self._is_local, self._local = is_loopback(settings.host), local(settings.expose_contact, settings.moves)
        self._settings = settings

    def recognise(self, scope: Asgi, from_own_page: Callable[[Asgi], bool]) -> None:
        """Note in the scope who asks, where that is known.

        Args:
            from_own_page: says whether a session counts; a key does whatever page sends it.
        """
        if self._is_local and not self.known.are_needed():
            scope[CALLER] = self._local
            return
        headers = Headers(scope=scope)
        caller = self._by_key(headers) or (self._by_session(headers) if from_own_page(scope) else None)
        if caller is not None:
            scope[CALLER] = caller

    def _by_key(self, headers: Headers) -> Caller | None:
        secret = secret_of(headers)
        key = self.known.by_secret(secret) if secret else None
        return self._caller(key) if key else None

    def _by_session(self, headers: Headers) -> Caller | None:
        token = token_of(headers)
        key = self.known.by_session(token) if token else None
        return self._caller(key, signed_in=True) if key else None

    def _caller(self, key: Key, signed_in: bool = False) -> Caller:
        return Caller(key.name, key.scopes, sight_of(key, self._settings), key.id, signed_in)


def secret_of(headers: Headers) -> str | None:
    """The key that a request brings, as `Authorization: Bearer` or `X-API-Key`."""
    kind, _, text = headers.get("authorization", "").partition(" ")
    return text.strip() if kind.lower() == "bearer" else headers.get("x-api-key")


def token_of(headers: Headers) -> str | None:
    """The token of the session that a browser brings."""
    cookies = headers.get("cookie")
    return cookie_parser(cookies).get(COOKIE) if cookies else None


def admit(scope: Asgi, need: Need) -> None:
    """Raises `ProblemError` where who asks lacks the right: 401 without a good key, 403 for one that lacks a scope."""
    caller: Caller | None = scope.get(CALLER)
    if need is None or (caller and need <= caller.scopes):
        return
    if caller is not None:
        missing = sorted(need - caller.scopes)
        detail = f"the key lacks the scope '{missing[0]}'; ask with one that has it"
        headers = {"www-authenticate": f'{CHALLENGE}, error="insufficient_scope", scope="{" ".join(missing)}"'}
        raise ProblemError(403, "missing-scope", detail, headers=headers)
    if secret_of(Headers(scope=scope)) is not None:
        detail = "the key is not known, was revoked or has expired; ask whoever runs this service for another"
        headers = {"www-authenticate": f'{CHALLENGE}, error="invalid_token"'}
        raise ProblemError(401, "not-a-key", detail, headers=headers)
    detail = "no key was sent; send one as Authorization: Bearer KEY, or sign in at /sign-in"
    raise ProblemError(401, "no-key", detail, headers={"www-authenticate": CHALLENGE})
