"""How much one question may name. Each value costs every row of the pool a look, or a count of its own."""

from __future__ import annotations

from typing import Final

from recommender.collection import Filter
from recommender.errors import FilterError, QueryError

#: Values of one key of a filter; ids, which are looked up, may be more.
MOST_VALUES, MOST_IDS = 1_000, 10_000
_IDS: Final = frozenset({"profile_ids", "exclude_ids"})


def admitted(where: Filter) -> Filter:
    """The filter itself. Raises `FilterError` where a key names more values than are taken."""
    for name in where.__struct_fields__:
        held, most = getattr(where, name), MOST_IDS if name in _IDS else MOST_VALUES
        if isinstance(held, tuple) and len(held) > most:
            raise FilterError(_told(name, len(held), most))
    return where


def check_ids(**given: tuple[str, ...]) -> None:
    """Raises `QueryError` where a question names more ids than are taken."""
    for name, ids in given.items():
        if len(ids) > MOST_IDS:
            raise QueryError(_told(name, len(ids), MOST_IDS))


def _told(name: str, held: int, most: int) -> str:
    return f"{name}: {held} values, where at most {most} are taken; ask in parts"
