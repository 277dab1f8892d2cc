"""Cursors of a listing: the sort key of the last profile shown."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

import msgspec

from recommender.collection.protocol import Sort
from recommender.errors import QueryError

Key = tuple[Any, ...]


class _Cursor(msgspec.Struct, frozen=True, array_like=True):
    sort: str
    key: tuple[bool | int | str, ...]


def write_cursor(sort: Sort, key: Key) -> str:
    """What stands for the sort key of the last profile shown."""
    return base64.urlsafe_b64encode(msgspec.json.encode(_Cursor(sort, key))).decode().rstrip("=")


def read_cursor(cursor: str, sort: Sort) -> Key:
    """The key that a cursor of this order is of; raises `QueryError` for any other text."""
    wrong = QueryError("this is no cursor of a listing; leave it out to start from the beginning")
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        read = msgspec.json.decode(base64.b64decode(padded, altchars=b"-_", validate=True), type=_Cursor)
    except (ValueError, binascii.Error, msgspec.DecodeError) as error:
        raise wrong from error
    if read.sort != sort:
        raise QueryError(f"this cursor belongs to a listing sorted by {read.sort!r}, not {sort!r}; leave it out")
    if [type(part) for part in read.key] != _KEY_TYPES[sort]:
        raise wrong
    return read.key


_KEY_TYPES: Mapping[str, list[type]] = {
    "id": [str],
    "name": [bool, str, str],
    "years": [int, str],
    "-years": [int, str],
    "updated": [int],
    "-updated": [int],
}
