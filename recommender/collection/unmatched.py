"""What a filter asks that nobody in the pool has: so that an answer of nobody says why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from recommender.collection.canonical import Names
from recommender.collection.filter import EVERYONE, Filter, YearsRange
from recommender.collection.keys import KEYS, Admits
from recommender.collection.protocol import View
from recommender.errors import ProfileNotFound

#: Key that shuts people out → one that admits those with its values.
_FOUND_BY = {
    name: next(other for other, its in KEYS.items() if its.field == key.field and its.admits is not Admits.NONE)
    for name, key in KEYS.items()
    if key.admits is Admits.NONE
}
#: What names no values of its own.
_CONDITIONS = ("any_of", "all_of", "not_")
_IDS = ("profile_ids", "exclude_ids")


class Unmatched(msgspec.Struct, frozen=True):
    """A value of a filter that no profile in the pool has, as it was asked."""

    key: str
    value: str

    def __str__(self) -> str:
        return f"no profile in the pool has {self.key} {self.value!r}"


def unmatched(view: View, where: Filter, names: Names) -> tuple[Unmatched, ...]:
    """The values of a filter, as people write it, that no profile of the view has.

    Args:
        names: what is asked for by another name than its own.
    """
    return tuple(
        Unmatched(key, value)
        for key in where.__struct_fields__
        if key not in _CONDITIONS
        for value, there in _values(view, where, key, names.get(key, {}))
        if not there
    )


def _values(view: View, where: Filter, key: str, names: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Each value of a key, and whether anybody has it: whether it finds somebody when it is asked for alone."""
    asked = getattr(where, key)
    if asked is None:
        return
    several = isinstance(asked, tuple)
    for value in dict.fromkeys(asked) if several else (asked,):
        if key in _IDS:
            yield value, _is_there(view, value)
            continue
        alone = (names.get(value, value),) if several else value
        yield _shown(value), view.count(msgspec.structs.replace(EVERYONE, **{_FOUND_BY.get(key, key): alone})) > 0


def _is_there(view: View, profile_id: str) -> bool:
    try:
        view.row(profile_id)
    except ProfileNotFound:
        return False
    return True


def _shown(asked: str | bool | YearsRange) -> str:
    if isinstance(asked, bool):
        return str(asked).lower()
    if isinstance(asked, str):
        return asked
    ends = [f"{name} {end}" for name, end in (("min", asked.min), ("max", asked.max)) if end is not None]
    return ", ".join(ends)
