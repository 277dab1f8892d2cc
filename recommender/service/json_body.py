"""A body that is JSON, decoded once: its records, each with the place that a reader of its bytes would name it by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from recommender.limits import Limits
from recommender.reading.formats.records import FAULTS, decode_json
from recommender.service.problems import ProblemError
from recommender.service.wire import JSON, NDJSON

Records = Iterator[tuple[str, Any]]

#: Commas of an array from which on its members are read one after another: all at once they might fill the memory.
MOST_COMMAS = 200_000


def json_records(body: bytes, content_type: str, limits: Limits) -> Records | None:
    """The records of a body that is one object or an array of them; None where its bytes are to be read.

    Raises `ProblemError` (400) where it calls itself JSON and is none.
    """
    begin = len(body) - len(body.lstrip())
    value = _decoded(body, begin, content_type, limits)
    if value:
        return _placed(value, body, begin)
    if value is None and content_type == JSON:
        _check_json(body)
    return None


def _decoded(body: bytes, begin: int, content_type: str, limits: Limits) -> Any:
    """The object or array; None for any other body, or one too large to be taken at once."""
    several_lines = content_type in NDJSON and b"\n" in body[begin:].rstrip()
    is_array = body.startswith(b"[", begin)
    if several_lines or not (is_array or body.startswith(b"{", begin)):
        return None
    if body.count(b",") > MOST_COMMAS if is_array else len(body) >= limits.record_bytes:
        return None
    try:
        return decode_json(body)
    except FAULTS:
        return None  # a reader of the bytes says what is wrong with which record


def _placed(value: Any, body: bytes, begin: int) -> Records:
    if isinstance(value, list):
        return ((f"record {number}", one) for number, one in enumerate(value, start=1))
    line = body.count(b"\n", 0, begin) + 1
    place = "" if b"\n" in body[begin:].rstrip() else f"line {line}"
    return iter([(place, value)])


def _check_json(body: bytes) -> None:
    try:
        msgspec.json.decode(body, type=msgspec.Raw)
    except RecursionError:
        pass  # nested too deep: the record alone that is gets refused
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        if _is_json_to_others(body):
            return  # half a character, "NaN": again, the record alone that has it gets refused
        raise ProblemError(400, "malformed-json", f"the body is not JSON: {error}; send JSON") from error


def _is_json_to_others(body: bytes) -> bool:
    """Whether Python's own decoder, which takes more, takes it."""
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True
