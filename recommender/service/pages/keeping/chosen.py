"""The people that an address names: `?id=a&id=b`, in that order."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

import msgspec

from recommender.collection import View
from recommender.errors import ProfileNotFound, QueryError

#: The most people on a shortlist: an address has room for them.
MOST_KEPT = 200


class Chosen(msgspec.Struct, frozen=True):
    """The people of an address, and those it names whom the pool does not have.

    Attributes:
        ids: of those who are there, in the order of the address.
        rows: theirs in the view they were looked up in.
    """

    ids: tuple[str, ...]
    rows: tuple[int, ...]
    missing: tuple[str, ...]


def ids_given(values: Iterable[str]) -> tuple[str, ...]:
    """Ids as an address or a form gives them, each once; raises `QueryError` for more than a shortlist holds."""
    ids = tuple(dict.fromkeys(value.strip() for value in values if value.strip()))
    if len(ids) > MOST_KEPT:
        raise QueryError(f"id: {len(ids)} people, where a shortlist holds at most {MOST_KEPT}; give fewer")
    return ids


def looked_up(view: View, ids: Iterable[str]) -> Chosen:
    """Which of these are in the pool, and where."""
    found, missing = dict[str, int](), list[str]()
    for profile_id in ids:
        try:
            found[profile_id] = view.row(profile_id)
        except ProfileNotFound:
            missing.append(profile_id)
    return Chosen(tuple(found), tuple(found.values()), tuple(missing))


def address(ids: Iterable[str], **more: str) -> str:
    """The query part of an address that names these people, in order."""
    return urlencode([("id", one) for one in ids] + list(more.items()))
