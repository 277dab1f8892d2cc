"""Which fields of a profile show which skills, and how much its lines tell of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recommender.field_path import FieldPath
from recommender.insights.texts import Texts

#: What a line tells of each skill in it: all where it names few or says much of each, a quarter where it is a list.
_FEW, _MUCH, _LITTLE, _LISTED = 3, 40, 20, 0.25


def named_in(held: Mapping[str, tuple[FieldPath, ...]]) -> dict[FieldPath, list[str]]:
    """Field → the skills that it shows."""
    named = dict[FieldPath, list[str]]()
    for name, fields in held.items():
        for field in fields:
            named.setdefault(field, []).append(name)
    return named


def told_by(texts: Texts, named: Mapping[FieldPath, Sequence[str]]) -> dict[FieldPath, float]:
    """What each line of a role tells of each skill in it: less where it names many, next to nothing in a list.

    Args:
        named: field → the skills that it shows.
    """
    return {field: _told(len(texts[field]), len(names)) for field, names in named.items() if "bullets" in field}


def _told(length: int, named: int) -> float:
    each = length / named
    if named <= _FEW or each >= _MUCH:
        return 1.0
    return 0.5 if each >= _LITTLE else _LISTED
