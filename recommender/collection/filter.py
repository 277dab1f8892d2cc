"""`Filter`: the `where` of every question. All its keys are optional; all that are given must hold."""

from __future__ import annotations

import re

import msgspec

from recommender.errors import FilterError
from recommender.facts import folded, unaccented

_WORD = re.compile(r"[\w+#]+|%")


class YearsRange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Years of experience, both ends included; a profile of unknown years is in no range."""

    min: int | None = None
    max: int | None = None


class Filter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which profiles qualify.

    Values are those of `canonical_filter`, which takes them as people write them; case and white space do not count.
    `None` asks nothing of that key. An empty tuple: `profile_ids`, `skills_any`, `location`, `seniority`,
    `company_now`, `company_ever`, `workplace`, `badges` and `certifications` admit nobody (a value out of
    an empty set); `exclude_ids`, `skills_all`, `skills_none` and `company_none` exclude nobody.

    Attributes:
        location: any of these places: one name at any level ("San Jose", "United States"), or several
            levels separated by commas, all of which a person's place has ("Berlin, Germany").
        badges, certifications: any of these.
        title_contains: the current title contains these words, in this order, on word boundaries.
    """

    profile_ids: tuple[str, ...] | None = None
    exclude_ids: tuple[str, ...] | None = None
    skills_all: tuple[str, ...] | None = None
    skills_any: tuple[str, ...] | None = None
    skills_none: tuple[str, ...] | None = None
    location: tuple[str, ...] | None = None
    years: YearsRange | None = None
    seniority: tuple[str, ...] | None = None
    company_now: tuple[str, ...] | None = None
    company_ever: tuple[str, ...] | None = None
    company_none: tuple[str, ...] | None = None
    workplace: tuple[str, ...] | None = None
    badges: tuple[str, ...] | None = None
    certifications: tuple[str, ...] | None = None
    title_contains: str | None = None


EVERYONE = Filter()

_KEYS = f"give some of {', '.join(Filter.__struct_fields__)}"


def filter_from_json(text: bytes | str) -> Filter:
    """The filter in a JSON object; raises `FilterError` naming the key that is unknown or ill-typed."""
    try:
        return msgspec.json.decode(text, type=Filter)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FilterError(f"not a filter: {error}; {_KEYS}") from error


def title_words(title: str) -> list[str]:
    """The words of a title as `title_contains` compares them ("Sr. C++ Engineer" → sr, c++, engineer).

    No letter is for others: "_" is one of a word, "%" a word of its own ("50% Nurse" → 50, %, nurse).
    """
    return _WORD.findall(unaccented(folded(title)))


def parse_filter(text: str | None) -> Filter:
    """A filter as people type it: a JSON object, or pairs of `key=value`; everyone where nothing is typed.

    Pairs are separated by commas; values of one key by `|`, or by naming the key again; the two ends of
    years are `years.min` and `years.max`. A value that holds a comma, `|` or `=` wants double quotes,
    in which a quote is doubled::

        location=United States,years.min=5,skills_all=Python|Go
        company_now="Smith, Jones & Co",title_contains=data engineer

    Raises `FilterError` naming what was not understood.
    """
    if text is None:
        return EVERYONE
    if text.lstrip().startswith("{"):
        return filter_from_json(text)
    keys: dict[str, list[str]] = {}
    for pair in _split(text, ","):
        key, equals, values = pair.partition("=")
        if not equals:
            raise FilterError(f"{pair.strip()!r} is not key=value; for example location=Berlin,years.min=5")
        keys.setdefault(key.strip(), []).extend(_unquoted(value) for value in _split(values, "|"))
    return _from_pairs(keys)


def _from_pairs(keys: dict[str, list[str]]) -> Filter:
    plain: dict[str, object] = {}
    years: dict[str, int] = {}
    for key, values in keys.items():
        if key in ("years.min", "years.max"):
            years[key.removeprefix("years.")] = _whole_number(key, values)
        elif key == "title_contains":
            plain[key] = " ".join(values)
        else:
            plain[key] = values
    if years:
        plain["years"] = years
    try:
        return msgspec.convert(plain, Filter)
    except msgspec.ValidationError as error:
        raise FilterError(f"not a filter: {error}; {_KEYS}") from error


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
