"""Conditions that nobody can meet, because they ask for what they exclude: better said than answered with nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recommender.collection.filter import EVERYONE, Filter
from recommender.errors import FilterError

#: Key whose values are all asked for, key of which any will do → the key that excludes values of the same kind.
_ALL = {"skills_all": "skills_none"}
_ANY = {"skills_any": "skills_none", "company_now": "company_none", "company_ever": "company_none"}


def check_possible(where: Filter) -> None:
    """Raise `FilterError`, naming what to take out, where the filter asks for what it excludes.

    Args:
        where: by the names that stored values have, so that "k8s" and "Kubernetes" are one.
    """
    for problem in _problems(where):
        raise FilterError(problem)


def _problems(where: Filter) -> Iterator[str]:
    for key, excluding in _ALL.items():
        both = set(getattr(where, key) or ()) & set(getattr(where, excluding) or ())
        yield from (_said(key, name, excluding) for name in sorted(both))
    for key, excluding in _ANY.items():
        asked, refused = getattr(where, key), set(getattr(where, excluding) or ())
        if asked and set(asked) <= refused:
            yield _said(key, asked[0], excluding)
    if where.years is not None and where.years.min is not None and where.years.max is not None:
        low, high = where.years.min, where.years.max
        if low > high:
            yield f"years: at least {low} and at most {high} are asked; give the smaller number first"
    if where.profile_ids and set(where.profile_ids) <= set(where.exclude_ids or ()):
        yield _said("profile_ids", where.profile_ids[0], "exclude_ids")
    yield from _refused_parts(_together(where))


def _said(key: str, name: str, excluding: str) -> str:
    return f"{key} asks for {name!r}, which {excluding} excludes; take one of the two out"


def _together(where: Filter) -> list[Filter]:
    """Filters of which all must hold: those of `all_of`, and what `not` excludes, as it is."""
    parts = list(where.all_of or ())
    return [*parts, Filter(not_=where.not_)] if where.not_ is not None else parts


def _refused_parts(parts: Sequence[Filter]) -> Iterator[str]:
    """What is asked for by one of these filters and excluded whole by another."""
    for part in parts:
        refused = part.not_
        if refused is not None and part == Filter(not_=refused) and refused != EVERYONE and refused in parts:
            yield f"{_written(refused)} is both asked for and excluded; take one of the two out"


def _written(where: Filter) -> str:
    """A condition by the first value it names."""
    for name in where.__struct_fields__:
        held = getattr(where, name)
        if held and isinstance(held, tuple) and isinstance(held[0], str):
            return repr(held[0])
        if isinstance(held, str) and held:
            return repr(held)
    return next((_written(part) for _, part in where.parts()), "one condition")
