"""JSON records out of a stream: one a line, the members of an array, or one object over several lines.

A broken record costs itself alone: lines are decoded one by one, and what stands before the break of an array is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

import msgspec

from recommender.reading.outcome import Context

#: A record longer than this is no person: it is skipped, and told of.
LONGEST_RECORD = 16 * 1024 * 1024
#: An array is read whole; beyond this it should be JSON lines.
LONGEST_ARRAY = 512 * 1024 * 1024

#: How deep a record may be nested; ours are four levels deep.
DEEPEST = 100
#: What decoding raises on broken records.
FAULTS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

_decoder = msgspec.json.Decoder()


def _decode(content: bytes | str) -> Any:
    value = _decoder.decode(content)
    many = content.count(b"[") + content.count(b"{") if isinstance(content, bytes) else DEEPEST + 1
    if many > DEEPEST and _is_deep(value, DEEPEST):
        raise msgspec.DecodeError(f"nested more than {DEEPEST} levels deep")
    return value


def _is_deep(value: Any, left: int) -> bool:
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return False
    return left <= 0 or any(_is_deep(inner, left - 1) for inner in value)


def records(stream: BinaryIO, context: Context) -> Iterator[tuple[str, Any]]:
    """(place, decoded value or `Rejected`) of every record."""
    number, first = _first_line(stream)
    if first is None:
        return
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] == b"[":
        yield from _array(start + stream.read(LONGEST_ARRAY), context)
    elif _is_whole(start):
        yield from _lines(number, start, stream, context)
    else:
        yield from _object_or_lines(number, start, stream, context)


def _first_line(stream: BinaryIO) -> tuple[int, bytes | None]:
    for number, line in enumerate(iter(lambda: stream.readline(LONGEST_RECORD), b""), start=1):
        if line.removeprefix(b"\xef\xbb\xbf").strip():
            return number, line
    return 0, None


def _is_whole(line: bytes) -> bool:
    try:
        _decode(line)
    except FAULTS:
        return line.rstrip().endswith(b"}") and len(line.rstrip()) > 1
    return True


def _object_or_lines(number: int, first: bytes, stream: BinaryIO, context: Context) -> Iterator[tuple[str, Any]]:
    """One object written over several lines, or lines whose first is broken."""
    rest = stream.read(LONGEST_RECORD)
    try:
        yield "", _decode(first + rest)
    except FAULTS as error:
        following = [line for line in rest.split(b"\n") if line.strip()]
        if any(line.lstrip().startswith(b"{") and line.rstrip().endswith(b"}") for line in following):
            yield from _lines(number, first, BytesIO(rest), context)
            return
        yield "", context.reject(f"line {number}", "", _broken(error))


def _lines(number: int, first: bytes, stream: BinaryIO, context: Context) -> Iterator[tuple[str, Any]]:
    line = first
    while line:
        if len(line) >= LONGEST_RECORD and not line.endswith(b"\n"):
            while (more := stream.readline(LONGEST_RECORD)) and not more.endswith(b"\n"):
                pass
            yield f"line {number}", context.reject(f"line {number}", "", "the record is longer than 16 MiB; split it")
        elif not line.isspace():
            yield f"line {number}", _value(line, f"line {number}", context)
        line = stream.readline(LONGEST_RECORD)
        number += 1


def _value(line: bytes, place: str, context: Context) -> Any:
    try:
        return _decode(line)
    except FAULTS as error:
        return _lenient(line, place, context) or context.reject(place, "", _broken(error))


def _lenient(line: bytes, place: str, context: Context) -> Any:
    """The value of a line that is JSON but for some bytes that are no UTF-8."""
    try:
        line.decode()
    except UnicodeDecodeError:
        context.notice(place, "", "bytes that are no UTF-8 stand as \ufffd; save the file as UTF-8")
        try:
            return _decode(line.decode("utf-8-sig", errors="replace"))
        except FAULTS:
            return None
    return None


def _broken(error: Exception) -> str:
    message = str(error).replace("JSON is malformed: ", "")
    return f"broken JSON ({message}); mend the record"


def _array(content: bytes, context: Context) -> Iterator[tuple[str, Any]]:
    try:
        values = _decode(content)
    except FAULTS:
        yield from _broken_array(content.decode("utf-8", errors="replace"), context)
        return
    for index, value in enumerate(values, start=1):
        yield f"record {index}", value


def _broken_array(text: str, context: Context) -> Iterator[tuple[str, Any]]:
    """The members of an array up to its break."""
    decoder = json.JSONDecoder()
    at, index = text.index("[") + 1, 1
    while True:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        yield f"record {index}", value
        index += 1
    if not text[at:].startswith("]"):
        yield (
            f"record {index}",
            context.reject(
                f"record {index}",
                "",
                "the array is broken here: this record and what follows were not read; mend the JSON",
            ),
        )
