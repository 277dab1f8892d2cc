"""The items of a text that is a list."""

from __future__ import annotations

import re
from typing import Any

import msgspec

_QUOTED = re.compile(r"""'((?:[^'\\]|\\.)*+)'|"((?:[^"\\]|\\.)*+)\"""")


def split_cell(text: str) -> list[Any]:
    """The items of a cell: a list as JSON or Python write it, or separated by semicolons, bars, line ends or else
    commas; what is in brackets stays together."""
    if text.startswith("["):
        try:
            return msgspec.json.decode(text, type=list[Any])
        except (msgspec.DecodeError, RecursionError):
            pass
        if text.endswith("]"):
            return [one or other for one, other in _QUOTED.findall(text)] or split_cell(text.strip("[]"))
    for mark in (";", "|", "\n", ","):
        if mark in text:
            return [item.strip() for item in _split_outside(text, mark) if item.strip()]
    return [text]


def _split_outside(text: str, mark: str) -> list[str]:
    """`text` cut at every `mark` that is in no brackets; at every one where brackets do not close."""
    depth, begin, items = 0, 0, list[str]()
    for at, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if sign == mark and depth == 0:
            items.append(text[begin:at])
            begin = at + 1
    return [*items, text[begin:]] if depth == 0 else text.split(mark)
