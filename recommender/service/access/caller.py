"""`Caller`: who a request is from, and what it may see and do."""

from __future__ import annotations

from typing import Final

import msgspec
from fastapi import Request

from recommender.keys import Scope

#: Where a request's scope holds its caller, once it was let in.
CALLER: Final = "recommender.caller"


class Caller(msgspec.Struct, frozen=True):
    """Whoever was let in.

    Attributes:
        name: the key's; "local" where no key is needed.
        key: the key's id, "" where no key is needed.
        signed_in: by a session of the pages, and not by the key itself.
    """

    name: str
    scopes: frozenset[Scope]
    key: str = ""
    signed_in: bool = False

    def may(self, scope: Scope) -> bool:
        """Whether this scope is among theirs."""
        return scope in self.scopes


def local(expose_contact: bool) -> Caller:
    """Whoever asks where no key is needed: this machine's user, who sees contact details if the settings say so."""
    return Caller("local", frozenset(Scope) - (frozenset() if expose_contact else {Scope.CONTACT}))


def caller_of(request: Request) -> Caller:
    """Who this request is from."""
    caller: Caller = request.scope[CALLER]
    return caller
