"""The order of a listing, and the cursors that walk it.

A cursor holds the sort key of the last profile shown, so that a listing neither repeats nor skips those
who stay while others come and go. Unknown names and years stand last, in either direction.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

import msgspec

from recommender.collection.protocol import Sort
from recommender.collection.state import State
from recommender.errors import QueryError

_Key = tuple[Any, ...]


class _Cursor(msgspec.Struct, frozen=True, array_like=True):
    sort: str
    key: tuple[bool | int | str, ...]


def page(state: State, rows: list[int], sort: Sort, cursor: str | None, limit: int) -> tuple[list[int], str | None]:
    """The rows of one page in order, and the cursor of the next."""
    if not 1 <= limit <= 1_000:
        raise QueryError(f"a listing's limit is 1 to 1,000, not {limit}")
    key = _key_of(state, sort)
    keyed = sorted((key(row), row) for row in rows)
    if cursor is not None:
        after = _read_cursor(cursor, sort)
        keyed = [(k, row) for k, row in keyed if k > after]
    shown = keyed[:limit]
    following = _write_cursor(sort, shown[-1][0]) if len(keyed) > limit else None
    return [row for _, row in shown], following


def _key_of(state: State, sort: Sort) -> Callable[[int], _Key]:
    def by_id(row: int) -> _Key:
        return (state.id_of(row),)

    def by_name(row: int) -> _Key:
        name = state.name_of(row)
        return (name is None, "" if name is None else name.casefold(), state.id_of(row))

    def by_years(row: int) -> _Key:
        years = state.years_of(row)
        return (years < 0, years, state.id_of(row))

    def by_years_down(row: int) -> _Key:
        years = state.years_of(row)
        return (years < 0, -years, state.id_of(row))

    def by_updated(row: int) -> _Key:
        return (state.seq_of(row),)

    def by_updated_down(row: int) -> _Key:
        return (-state.seq_of(row),)

    keys: dict[Sort, Callable[[int], _Key]] = {
        "id": by_id,
        "name": by_name,
        "years": by_years,
        "-years": by_years_down,
        "updated": by_updated,
        "-updated": by_updated_down,
    }
    if sort not in keys:
        raise QueryError(f"cannot sort by {sort!r}; sorts are {', '.join(keys)}")
    return keys[sort]


def _write_cursor(sort: Sort, key: _Key) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(_Cursor(sort, key))).decode().rstrip("=")


def _read_cursor(cursor: str, sort: Sort) -> _Key:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        read = msgspec.json.decode(base64.b64decode(padded, altchars=b"-_", validate=True), type=_Cursor)
    except (ValueError, binascii.Error, msgspec.DecodeError) as error:
        raise QueryError("this is no cursor of a listing; leave it out to start from the beginning") from error
    if read.sort != sort:
        raise QueryError(f"this cursor belongs to a listing sorted by {read.sort!r}, not {sort!r}")
    return read.key
