"""How much one question may name. Each value costs every row of the pool a look, or a count of its own."""

from __future__ import annotations

from collections import Counter
from typing import Final

from fastapi import Request

from recommender.collection import Filter, check_depth
from recommender.errors import FilterError, QueryError
from recommender.service.access.caller import caller_of
from recommender.service.problems import ProblemError
from recommender.service.questions import LinkRequest, SimilarRequest

#: Values of one key of a filter; ids, which are looked up, may be more.
MOST_VALUES, MOST_IDS = 1_000, 10_000
_IDS: Final = frozenset({"profile_ids", "exclude_ids"})


def admitted(where: Filter, request: Request) -> Filter:
    """The filter itself.

    Raises `FilterError` where it, all within it included, names too many values of a key, and `ProblemError` (403)
    where it asks who is likely to move and whoever asks may not know.
    """
    check_depth(where)
    if where.asks_for_moves():
        assert_sees_moves(request)
    named: Counter[str] = Counter()
    waiting = [where]
    while waiting:
        one = waiting.pop()
        waiting += [part for _, part in one.parts()]
        for name in one.__struct_fields__:
            held, most = getattr(one, name), MOST_IDS if name in _IDS else MOST_VALUES
            named[name] += len(held) if isinstance(held, tuple) else held is not None
            if named[name] > most:
                raise FilterError(_message(name, named[name], most))
    return where


def assert_sees_moves(request: Request) -> None:
    """Raises `ProblemError` (403) where whoever asks may not see who is likely to move."""
    if not caller_of(request).sight.outlooks:
        detail = (
            "likely_to_move: it is shown where the setting moves is on, to keys with the scope 'moves' and a company; "
            "leave it out, or ask with such a key"
        )
        raise ProblemError(403, "missing-scope", detail)


def check_named(asked: SimilarRequest) -> None:
    """Raises `QueryError` where a question names more people than are taken."""
    for name, ids, most in (
        ("like", asked.like, MOST_VALUES),  # each is looked through
        ("unlike", asked.unlike, MOST_VALUES),
        ("exclude_ids", asked.exclude_ids, MOST_IDS),
    ):
        if len(ids) > most:
            raise QueryError(_message(name, len(ids), most))


def check_linked(asked: LinkRequest) -> LinkRequest:
    """The request itself; raises `QueryError` where it names nobody, or more than are taken."""
    many = len(asked.profile_ids)
    if not many:
        raise QueryError("profile_ids: nobody is named; give one id or more")
    if many > MOST_VALUES:
        raise QueryError(_message("profile_ids", many, MOST_VALUES))
    return asked


def _message(name: str, held: int, most: int) -> str:
    return f"{name}: {held} values, where at most {most} are taken; ask in parts"
