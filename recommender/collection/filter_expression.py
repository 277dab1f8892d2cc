"""Conditions as people write them: `python AND (place:London OR place:Leeds) NOT company:"Acme Ltd" years:5..12`.

    expression = all ("OR" all)*
    all        = one (["AND"] one)*
    one        = ("NOT" | "-" | "not:") one | "must:" one | "(" expression ")" | [key ":"] value ("|" value)*
    value      = word | '"' phrase '"' | number ".." number

A value without a key is a skill or words of the title. Words of the grammar are written in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, NoReturn

import msgspec

from recommender.collection.filter import Filter, YearsRange, check_depth
from recommender.errors import FilterError

_TOKEN = re.compile(
    r"""\s*(?:(?P<open>\()|(?P<close>\))|(?P<bar>\|)
      |(?P<key>[a-z_]+):(?=\S)
      |"(?P<phrase>(?:[^"]|"")*)"
      |(?P<broken>")
      |(?P<minus>-)(?=[\w"(])
      |(?P<word>[^\s()|"]+))""",
    re.VERBOSE,
)
_YEARS = re.compile(r"(\d{1,3})?\.\.(\d{1,3})?|(\d{1,3})(\+)?")


def _years(values: Sequence[str]) -> Filter:
    ranges = []
    for value in values:
        found = _YEARS.fullmatch(value)
        if found is None or value == "..":
            raise FilterError(f"years cannot be {value!r}; give 5..12, 5.., ..12, 5+ or 5")
        low, high, only, more = found.groups()
        ranges.append(YearsRange(_number(low or only), _number(high if only is None else None if more else only)))
    return any_of([Filter(years=one) for one in ranges])


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _values(key: str) -> Callable[[Sequence[str]], Filter]:
    return lambda values: msgspec.convert({key: tuple(values)}, Filter)


def _title(values: Sequence[str]) -> Filter:
    return any_of([Filter(title_contains=value) for value in values])


def _name(values: Sequence[str]) -> Filter:
    return any_of([Filter(name=value) for value in values])


def _moves(values: Sequence[str]) -> Filter:
    said = {"true": True, "yes": True, "false": False, "no": False}
    if len(values) != 1 or values[0].lower() not in said:
        raise FilterError(f"likely_to_move cannot be {'|'.join(values)!r}; give true or false")
    return Filter(likely_to_move=said[values[0].lower()])


def _anything(values: Sequence[str]) -> Filter:
    """What is written without a key: a skill, or words of a title."""
    return Filter(any_of=(Filter(skills_any=tuple(values)), *(Filter(title_contains=value) for value in values)))


#: Key → the filter of its values, any of which will do.
_FILTERS: dict[str, Callable[[Sequence[str]], Filter]] = {
    "": _anything,
    "skill": _values("skills_any"),
    "title": _title,
    "place": _values("location"),
    "years": _years,
    "seniority": _values("seniority"),
    "company": _values("company_ever"),
    "company_now": _values("company_now"),
    "workplace": _values("workplace"),
    "badge": _values("badges"),
    "certification": _values("certifications"),
    "name": _name,
    "language": _values("languages"),
    "persona": _values("persona"),
    "likely_to_move": _moves,
    "id": _values("profile_ids"),
}
#: Every name that people write a key by → the key.
KEY_NAMES = {
    **{key: key for key in _FILTERS if key},
    "skills": "skill",
    "titles": "title",
    "location": "place",
    "in": "place",
    "level": "seniority",
    "company_ever": "company",
    "badges": "badge",
    "certifications": "certification",
    "certificate": "certification",
    "languages": "language",
    "speaks": "language",
}
#: Parentheses that are read within one another.
_MOST_OPEN = 50
#: Words that are taken for a condition whose value was forgotten.
_NAMES = frozenset({*Filter.__struct_encode_fields__, *KEY_NAMES} - {"in", "not"})
_CONNECTIVES = ("AND", "OR", "NOT")


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


def parse_expression(text: str) -> Filter:
    """The filter that an expression says; raises `FilterError` naming the place of what was not understood."""
    reader = _Reader(list(_tokens(text)), text)
    where = reader.expression(0)
    if reader.here.kind != "end":
        reader.refuse("an opening parenthesis is missing before it")
    check_depth(where)
    return where


def any_of(parts: Sequence[Filter]) -> Filter:
    """Who passes any of these, of which there is one at least."""
    return parts[0] if len(parts) == 1 else Filter(any_of=tuple(parts))


def all_of(parts: Sequence[Filter]) -> Filter:
    """Who passes all of these, of which there is one at least."""
    return parts[0] if len(parts) == 1 else Filter(all_of=tuple(parts))


def _tokens(text: str) -> list[_Token]:
    found, at, end = [], 0, len(text.rstrip())
    while at < end:
        token = _TOKEN.match(text, at)
        assert token is not None, "every sign is some token"
        kind = token.lastgroup or ""
        if kind == "broken":
            raise FilterError(f"a double quote at character {token.start('broken') + 1} is not closed; close it")
        written = token[kind].replace('""', '"') if kind == "phrase" else token[kind]
        is_connective = kind == "word" and written in _CONNECTIVES
        found.append(_Token(written if is_connective else kind, written, token.start(kind) + 1))
        at = token.end()
    return [*found, _Token("end", "", end + 1)]


class _Reader:
    """Reads one list of tokens from left to right."""

    def __init__(self, tokens: list[_Token], text: str) -> None:
        self._tokens, self._text, self._next = tokens, text, 0

    @property
    def here(self) -> _Token:
        return self._tokens[self._next]

    def refuse(self, why: str) -> NoReturn:
        what = "the end" if self.here.kind == "end" else f"{self.here.text!r} at character {self.here.at}"
        raise FilterError(f"{what} was not expected: {why}; for example python AND (place:London OR place:Leeds)")

    def expression(self, deep: int) -> Filter:
        if deep > _MOST_OPEN:
            raise FilterError(f"more than {_MOST_OPEN} parentheses are open at once; write the conditions flatter")
        parts = [self._all(deep)]
        while self.here.kind == "OR":
            self._next += 1
            parts.append(self._all(deep))
        return any_of(parts)

    def _all(self, deep: int) -> Filter:
        parts = [self._one(deep)]
        while self.here.kind not in ("OR", "close", "end"):
            if self.here.kind == "AND":
                self._next += 1
            parts.append(self._one(deep))
        return all_of(parts)

    def _one(self, deep: int) -> Filter:
        refused = False
        while self.here.kind in ("NOT", "minus") or (self.here.kind == "key" and self.here.text in ("not", "must")):
            refused ^= self.here.text != "must"
            self._next += 1
        found = self._group(deep) if self.here.kind == "open" else self._condition()
        return Filter(not_=found) if refused else found

    def _group(self, deep: int) -> Filter:
        self._next += 1
        found = self.expression(deep + 1)
        if self.here.kind != "close":
            self.refuse("a closing parenthesis is missing")
        self._next += 1
        return found

    def _condition(self) -> Filter:
        key = ""
        if self.here.kind == "key":
            if self.here.text not in KEY_NAMES:
                known = ", ".join(KEY_NAMES)
                self.refuse(f"{self.here.text}: is no key of a condition, which are {known}, must, not")
            key = KEY_NAMES[self.here.text]
            self._next += 1
        values = [self._value()]
        while self.here.kind == "bar":
            self._next += 1
            values.append(self._value())
        return _FILTERS[key](values)

    def _value(self) -> str:
        if self.here.kind not in ("word", "phrase"):
            self.refuse("a value is missing before it")
        if self.here.kind == "word" and self.here.text in _NAMES:
            self.refuse(f"it is a key; write {self.here.text}=… or {self.here.text}:…, or quote it")
        self._next += 1
        return self._tokens[self._next - 1].text
