"""How much one question may name. Each value costs every row of the pool a look, or a count of its own."""

from __future__ import annotations

from collections import Counter
from typing import Final

from recommender.collection import Filter, check_depth
from recommender.errors import FilterError, QueryError
from recommender.service.questions import SimilarRequest

#: Values of one key of a filter; ids, which are looked up, may be more.
MOST_VALUES, MOST_IDS = 1_000, 10_000
_IDS: Final = frozenset({"profile_ids", "exclude_ids"})


def admitted(where: Filter) -> Filter:
    """The filter itself. Raises `FilterError` where it, all within it included, names too many values of a key."""
    check_depth(where)
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


def check_named(asked: SimilarRequest) -> None:
    """Raises `QueryError` where a question names more people than are taken."""
    for name, ids, most in (
        ("like", asked.like, MOST_VALUES),  # each is looked through
        ("unlike", asked.unlike, MOST_VALUES),
        ("exclude_ids", asked.exclude_ids, MOST_IDS),
    ):
        if len(ids) > most:
            raise QueryError(_message(name, len(ids), most))


def _message(name: str, held: int, most: int) -> str:
    return f"{name}: {held} values, where at most {most} are taken; ask in parts"
