"""What is said exactly: `must:Python nice:"press releases" not:PHP title:welder place:London years:5..12`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from recommender.asking.request import Part, Stance, YearsPart
from recommender.collection.filter_expression import KEY_NAMES, parse_expression
from recommender.collection.keys import KEYS
from recommender.errors import FilterError, QueryError
from recommender.skills import Vocabulary

#: Key → the field of a request.
_FIELDS = {
    "skill": "skills",
    "title": "titles",
    "place": "places",
    "seniority": "seniority",
    "company": "companies",
    "workplace": "workplaces",
    "language": "languages",
    "certification": "certifications",
    "name": "names",
    "years": "years",
}
#: Every name that people write one by, as filters do.
_NAMES = {name: key for name, key in KEY_NAMES.items() if key in _FIELDS}
_STANCES: dict[str, Stance] = {"must": "must", "nice": "nice", "not": "not"}
_VALUE = r"(?:\"(?:[^\"]*)\"|[^\s()|\",;]+)"
_STATED = re.compile(
    rf"(?<![\w:])(?P<stance>must:|nice:|not:)?(?P<key>[a-z_]+:)?(?=[^\s:/])(?P<values>{_VALUE}(?:\|{_VALUE})*)"
)
_CONNECTIVE = re.compile(r"\b(?:AND|OR|NOT)\b")


class Exact(NamedTuple):
    """What was said exactly.

    Attributes:
        rest: the text with blanks for it: places of characters stay as they are.
        spans: where it was.
    """

    rest: str
    parts: dict[str, tuple[Part, ...]]
    years: YearsPart | None
    spans: tuple[tuple[int, int], ...]


def read_exact(text: str, vocabulary: Vocabulary) -> Exact:
    """The conditions that have a prefix. Raises `QueryError` for a key, a value or brackets that cannot be read."""
    rest, parts, years, spans = list(text), dict[str, list[Part]](), None, []
    known = False
    for match in _STATED.finditer(text):
        name = (match["key"] or "").rstrip(":")
        if not match["stance"] and name not in _NAMES:
            continue
        if name and name not in _NAMES:
            known_names = ", ".join([*_STANCES, *_NAMES])
            raise FilterError(
                f"{name}: at character {match.start('key') + 1} is no key; give one of {known_names}, or quote it"
            )
        key = _NAMES.get(name, "")
        known = True
        _add(match, key, vocabulary, parts)
        if key == "years" and years is not None:
            raise QueryError(f"{match[0]!r} comes after {years.words!r}; give one range of years")
        if key == "years":
            years = _years(match)
        spans.append((match.start(), match.end()))
        rest[match.start() : match.end()] = " " * (match.end() - match.start())
    if known or _CONNECTIVE.search(text):
        _check_closed(text)
    return Exact("".join(rest), {name: tuple(held) for name, held in parts.items()}, years, tuple(spans))


def _add(match: re.Match[str], key: str, vocabulary: Vocabulary, parts: dict[str, list[Part]]) -> None:
    if key == "years":
        return
    written = [one.strip('"').strip() for one in re.findall(_VALUE, match["values"])]
    field = _FIELDS[key] if key else "skills"
    form = _forms(vocabulary).get(field, str)
    values = tuple(dict.fromkeys(form(one) for one in written if one))
    if not values:
        raise QueryError(f"{match[0]!r} at character {match.start() + 1} has no value; give one after the colon")
    stance = _STANCES[(match["stance"] or "must:").rstrip(":")]
    strict = stance == "not" or match["stance"] == "must:"
    parts.setdefault(field, []).append(Part(values, stance, strict, match[0], match.start(), match.end()))


def _forms(vocabulary: Vocabulary) -> dict[str, Callable[[str], str]]:
    return {
        "skills": lambda name: vocabulary.canonical(name) or name,
        "seniority": KEYS["seniority"].form_by(vocabulary),
        "workplaces": KEYS["workplace"].form_by(vocabulary),
    }


def _years(match: re.Match[str]) -> YearsPart:
    if match["stance"] == "not:":
        raise QueryError("not:years cannot be asked; give the years that are wanted, for example years:5..12")
    asked = parse_expression(f"years:{match['values']}").years
    if asked is None:
        raise QueryError(f"{match[0]!r} names several ranges of years; give one, for example years:5..12")
    strict = match["stance"] == "must:"
    return YearsPart(asked.min, asked.max, strict, match[0], match.start(), match.end())


def _check_closed(text: str) -> None:
    """Brackets and quotes of a text that is written as an expression."""
    if text.count('"') % 2:
        raise FilterError(f"a double quote at character {text.rindex(chr(34)) + 1} is not closed; close it")
    deep = 0
    for at, sign in enumerate(text, 1):
        deep += (sign == "(") - (sign == ")")
        if deep < 0:
            raise FilterError(f"')' at character {at} closes nothing; an opening parenthesis is missing before it")
    if deep:
        raise FilterError(f"'(' at character {text.rindex('(') + 1} is not closed; a closing parenthesis is missing")
