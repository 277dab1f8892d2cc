"""Filters as people type them: JSON, or pairs of `key=value`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from recommender.collection.filter import EVERYONE, KEYS_KNOWN, Filter, filter_from_json
from recommender.collection.filter_expression import parse_expression
from recommender.errors import FilterError

#: A filter, or one as it is written: its keys and values, JSON, `key=value` pairs, an expression; None for everyone.
Where = Filter | Mapping[str, Any] | str | None

#: How pairs begin.
_PAIRS = re.compile(r"[\s,]*[\w.]+\s*=")


def parse_filter(text: str | None) -> Filter:
    """A filter as people type it: a JSON object, pairs of `key=value`, an expression; everyone where nothing is typed.

    Pairs are separated by commas; values of one key by `|`, or by naming the key again; the two ends of
    years are `years.min` and `years.max`. A value that holds a comma, `|` or `=` wants double quotes,
    in which a quote is doubled; the levels of a place may stand without::

        location=United States,years.min=5,skills_all=Python|Go
        location=San Jose, California|Berlin, Germany,years.min=5
        company_now="Smith, Jones & Co",title_contains=data engineer

    An expression joins conditions by AND, OR, NOT and parentheses (`filter_expression`)::

        skill:Python (place:London OR place:Leeds) years:5..12 NOT company:"Acme Ltd"

    Raises `FilterError` naming what was not understood.
    """
    if text is None:
        return EVERYONE
    if text.lstrip().startswith("{"):
        return filter_from_json(text)
    if text.strip() and not _PAIRS.match(text):
        return parse_expression(text)
    keys: dict[str, list[str]] = {}
    last = ""
    for pair in _split(text, ","):
        key, equals, values = pair.partition("=")
        if not equals and last == "location":  # a further level of the place before
            level, *others = (_unquoted(value) for value in _split(pair, "|"))
            keys[last][-1] += f", {level}"
            keys[last] += others
            continue
        if not equals:
            raise FilterError(f"{pair.strip()!r} is not key=value; for example location=Berlin,years.min=5")
        last = key.strip()
        keys.setdefault(last, []).extend(_unquoted(value) for value in _split(values, "|"))
    return _from_pairs(keys)


def filter_of(given: Where) -> Filter:
    """A filter that may be given as one, as its keys and values, or as people type it; raises `FilterError`."""
    if isinstance(given, Filter):
        return given
    return filter_from_json(msgspec.json.encode(given).decode()) if isinstance(given, Mapping) else parse_filter(given)


def _from_pairs(keys: dict[str, list[str]]) -> Filter:
    plain: dict[str, object] = {}
    years: dict[str, int] = {}
    for key, values in keys.items():
        if key in ("years.min", "years.max"):
            years[key.removeprefix("years.")] = _whole_number(key, values)
        elif key == "likely_to_move":
            plain[key] = _truth(key, values)
        elif key in ("title_contains", "name"):
            plain[key] = " ".join(values)
        else:
            plain[key] = values
    if years:
        plain["years"] = years
    try:
        return msgspec.convert(plain, Filter)
    except msgspec.ValidationError as error:
        raise FilterError(f"not a filter: {error}; {KEYS_KNOWN}") from error


def _truth(key: str, values: list[str]) -> bool:
    if values not in (["true"], ["false"]):
        raise FilterError(f"{key} cannot be {'|'.join(values)!r}; give true or false")
    return values == ["true"]


def _whole_number(key: str, values: list[str]) -> int:
    try:
        (value,) = values
        return int(value)
    except ValueError as error:
        raise FilterError(f"{key} cannot be {'|'.join(values)!r}; give one whole number") from error


def _split(text: str, separator: str) -> list[str]:
    """The parts between separators that stand outside double quotes; empty parts are left out."""
    parts, begin, quotes = [], 0, text.count('"')
    for found in re.finditer(rf'["{re.escape(separator)}]', text):
        if found[0] == '"':
            quotes -= 1
        elif quotes % 2 == 0:  # a separator that an odd number of quotes follows is within them
            parts.append(text[begin : found.start()])
            begin = found.end()
    parts.append(text[begin:])
    return [part for part in parts if part.strip()]


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return value[1:-1].replace('""', '"')
    return value
