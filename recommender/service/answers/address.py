"""`Address`: where something is asked, and who asks."""

from __future__ import annotations

from typing import NamedTuple

from fastapi import Request

from recommender.collection import Sight
from recommender.keys import Scope
from recommender.service.access.caller import caller_of


class Address(NamedTuple):
    """Where something is asked, as it is written, and what whoever asks may see.

    Attributes:
        is_whole: whether the question lies in the address alone.
    """

    path: str
    query: bytes
    rights: frozenset[Scope]
    sight: Sight
    is_whole: bool


def address(request: Request) -> Address:
    """What this request asks, as it is written, and whose it is."""
    caller, asked = caller_of(request), request.scope
    return Address(asked["path"], asked["query_string"], caller.scopes, caller.sight, request.method == "GET")
