"""JSON records out of a stream: one a line, the members of an array, or one object over several lines.

A broken record costs itself alone: lines are decoded one by one, and so are the members of an array; what is
before the break of one whose brackets do not close is kept.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from io import BytesIO
from typing import Any, BinaryIO

import msgspec

from recommender.reading.outcome import Context, Rejected
from recommender.validity import DEEPEST

#: An array is read whole; beyond this it should be JSON lines.
LONGEST_ARRAY = 512 * 1024 * 1024
#: What decoding raises on broken records.
FAULTS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

_decoder = msgspec.json.Decoder()
_members = msgspec.json.Decoder(list[msgspec.Raw])
#: Commas of an array that is split in one go: beyond it members are taken one after another, as far as they are read.
_SPLIT_AT_ONCE = 200_000
#: Brackets one in another from which on an array counts as broken, whatever follows.
_BOTTOM = 100_000
#: What tells where a member ends: strings, also one that is not closed, and brackets and commas outside of them.
_MARK = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[\]{},]', re.DOTALL)


def decode_json(content: bytes | str) -> Any:
    """The value of one JSON text; raises one of `FAULTS` where it is none, or is nested too deep."""
    value = _decoder.decode(content)
    many = content.count(b"[") + content.count(b"{") if isinstance(content, bytes) else DEEPEST + 1
    return shallow(value) if many > DEEPEST else value


def shallow(value: Any) -> Any:
    """The value itself; raises one of `FAULTS` where it is nested too deep."""
    if _is_deep(value, DEEPEST):
        raise msgspec.DecodeError(f"nested more than {DEEPEST} levels deep")
    return value


def broken(error: Exception) -> str:
    """Why a record that raised one of `FAULTS` is not taken."""
    message = str(error).replace("JSON is malformed: ", "")
    return f"broken JSON ({message}); fix the record"


def _is_deep(value: Any, left: int) -> bool:
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return False
    return left <= 0 or any(_is_deep(inner, left - 1) for inner in value)


def records(stream: BinaryIO, context: Context) -> Iterator[tuple[str, Any]]:
    """(place, decoded value or `Rejected`) of every record."""
    number, first = _first_line(stream, context.limits.record_bytes)
    if first is None:
        return
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] == b"[":
        yield from _array(start + stream.read(LONGEST_ARRAY), context)
    elif _is_too_long(first, context.limits.record_bytes):
        yield from _lines(number, first, stream, context)
    elif _is_whole(start):
        yield from _lines(number, start, stream, context)
    else:
        yield from _object_or_lines(number, start, stream, context)


def _first_line(stream: BinaryIO, longest: int) -> tuple[int, bytes | None]:
    for number, line in enumerate(iter(lambda: stream.readline(longest), b""), start=1):
        if line.removeprefix(b"\xef\xbb\xbf").strip():
            return number, line
    return 0, None


def _is_whole(line: bytes) -> bool:
    try:
        decode_json(line)
    except FAULTS:
        return line.rstrip().endswith(b"}") and len(line.rstrip()) > 1
    return True


def _object_or_lines(number: int, first: bytes, stream: BinaryIO, context: Context) -> Iterator[tuple[str, Any]]:
    """One object written over several lines, or lines whose first is broken."""
    rest = stream.read(context.limits.record_bytes)
    try:
        yield "", decode_json(first + rest)
    except FAULTS as error:
        following = [line for line in rest.split(b"\n") if line.strip()]
        if any(line.lstrip().startswith(b"{") and line.rstrip().endswith(b"}") for line in following):
            yield from _lines(number, first, BytesIO(rest), context)
            return
        yield "", context.reject(f"line {number}", "", broken(error))


def _lines(number: int, first: bytes, stream: BinaryIO, context: Context) -> Iterator[tuple[str, Any]]:
    line, longest = first, context.limits.record_bytes
    while line:
        place = f"line {number}"
        if _is_too_long(line, longest):
            while (more := stream.readline(longest)) and not more.endswith(b"\n"):
                pass
            reason = f"the record is longer than {longest:,} bytes (limits.record_bytes); split it"
            yield place, context.reject(place, "", reason)
        elif not line.isspace():
            yield place, _value(line, place, context)
        line = stream.readline(longest)
        number += 1


def _is_too_long(line: bytes, longest: int) -> bool:
    return len(line) >= longest and not line.endswith(b"\n")


def _value(line: bytes, place: str, context: Context) -> Any:
    try:
        return decode_json(line)
    except FAULTS as error:
        return _lenient(line, place, context) or context.reject(place, "", broken(error))


def _lenient(line: bytes, place: str, context: Context) -> Any:
    """The value of a line that is JSON but for some bytes that are no UTF-8."""
    try:
        line.decode()
    except UnicodeDecodeError:
        context.notice(place, "", "bytes that are no UTF-8 stand as \ufffd; save the file as UTF-8")
        try:
            return decode_json(line.decode("utf-8-sig", errors="replace"))
        except FAULTS:
            return None
    return None


def _array(content: bytes, context: Context) -> Iterator[tuple[str, Any]]:
    """The members of an array, each decoded on its own."""
    members, number = _members_of(content), 0
    while True:
        try:
            member = next(members)
        except StopIteration as end:
            rest, closed = end.value
            break
        number += 1
        yield f"record {number}", _value(member, f"record {number}", context)
    if rest.strip():
        yield f"record {number + 1}", _what_follows(closed, f"record {number + 1}", context)


def _members_of(content: bytes) -> Generator[bytes, None, tuple[bytes, bool]]:
    """The members of an array; returns what is after them, and whether the array closes."""
    if content.count(b",") <= _SPLIT_AT_ONCE:
        try:
            members = _members.decode(content)
        except FAULTS:
            members = None
        if members is not None:
            yield from map(bytes, members)
            return b"", True
    return (yield from _parted(content))


def _parted(content: bytes) -> Generator[bytes, None, tuple[bytes, bool]]:
    """The same by the array's brackets alone: where it is broken, or too long to be split in one go."""
    depth, begin = 0, 1
    for mark in _MARK.finditer(content):
        sign = mark[0]
        if sign in (b"[", b"{"):
            depth += 1
        elif sign in (b"]", b"}"):
            depth -= 1
        if depth == 0 or (depth == 1 and sign == b","):
            member = content[begin : mark.start()]
            begin = mark.end()
            if member.strip():
                yield member
        if depth == 0 or depth > _BOTTOM:
            break
    return content[begin:], depth == 0


def _what_follows(closed: bool, place: str, context: Context) -> Rejected:
    if closed:
        reason = "what follows the end of the array was not read; put all records into one array, or one a line"
    else:
        reason = "the array is broken here: this record and what follows were not read; fix the JSON"
    return context.reject(place, "", reason)
