"""What is said exactly: `must:Python nice:"press releases" not:PHP title:welder place:London years:5..12`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from recommender.asking.request import Part, Stance, YearsPart
from recommender.collection.filter_expression import parse_expression
from recommender.errors import FilterError, QueryError
from recommender.facts import SENIORITIES, WORKPLACES, seniority_named, workplace_named
from recommender.skills import Vocabulary

#: Key → the field of a request.
_FIELDS = {
    **dict.fromkeys(("skill", "skills"), "skills"),
    **dict.fromkeys(("title", "titles"), "titles"),
    **dict.fromkeys(("place", "location", "in"), "places"),
    **dict.fromkeys(("seniority", "level"), "seniority"),
    **dict.fromkeys(("company", "company_ever"), "companies"),
    "workplace": "workplaces",
    **dict.fromkeys(("language", "languages"), "languages"),
    **dict.fromkeys(("certification", "certifications", "certificate"), "certifications"),
    "years": "years",
}
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
        key = (match["key"] or "").rstrip(":")
        if not match["stance"] and key not in _FIELDS:
            continue
        if key and key not in _FIELDS:
            known_keys = ", ".join([*_STANCES, *_FIELDS])
            raise FilterError(
                f"{key}: at character {match.start('key') + 1} is no key; give one of {known_keys}, or quote it"
            )
        known = True
        _add(match, key, vocabulary, parts)
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
        "seniority": _seniority,
        "workplaces": _workplace,
    }


def _seniority(name: str) -> str:
    return seniority_named(name) or _refuse("seniority", name, SENIORITIES)


def _workplace(name: str) -> str:
    return workplace_named(name) or _refuse("workplace", name, WORKPLACES)


def _refuse(key: str, name: str, known: tuple[str, ...]) -> str:
    raise FilterError(f"{key}: {name!r} is not known; give one of {', '.join(known)}")


def _years(match: re.Match[str]) -> YearsPart:
    if match["stance"] == "not:":
        raise QueryError("not:years cannot be asked; give the years that are wanted, for example years:5..12")
    asked = parse_expression(f"years:{match['values'].split('|')[0]}").years
    assert asked is not None, "years have a range"
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
