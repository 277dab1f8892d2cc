"""`Caller`: who a request is from, and what it may see and do."""

from __future__ import annotations

from typing import Final

import msgspec
from fastapi import Request

from recommender.collection import Sight
from recommender.keys import Scope

#: Where a request's scope holds its caller, once it was let in.
CALLER: Final = "recommender.caller"


class Caller(msgspec.Struct, frozen=True):
    """Whoever was let in.

    Attributes:
        name: the key's; "local" where no key is needed.
        sight: what they may see of who may move.
        key: the key's id, "" where no key is needed.
        signed_in: by a session of the pages, and not by the key itself.
    """

    name: str
    scopes: frozenset[Scope]
    sight: Sight
    key: str = ""
    signed_in: bool = False

    def may(self, scope: Scope) -> bool:
        """Whether this scope is among theirs."""
        return scope in self.scopes


def local(expose_contact: bool, moves: bool) -> Caller:
    """Whoever asks where no key is needed: this machine's user, who sees what the settings say."""
    hidden = (set() if expose_contact else {Scope.CONTACT}) | (set() if moves else {Scope.MOVES})
    return Caller("local", frozenset(Scope) - hidden, Sight(outlooks=moves))


def caller_of(request: Request) -> Caller:
    """Who this request is from."""
    caller: Caller = request.scope[CALLER]
    return caller
