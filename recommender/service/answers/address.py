"""`Address`: what a `GET` asks, and who asks."""

from __future__ import annotations

from typing import NamedTuple

from starlette.types import Scope


class Address(NamedTuple):
    """What a `GET` asks, as it is written, and what whoever asks may see."""

    path: str
    query: bytes
    rights: frozenset[str]


def address(scope: Scope) -> Address:
    """What this request asks, as it is written, and whose it is."""
    return Address(scope["path"], scope["query_string"], rights(scope))


def rights(scope: Scope) -> frozenset[str]:
    """What whoever asks may see."""
    return frozenset()
