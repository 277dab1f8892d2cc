"""The people of a pool who are there more than once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from recommender.collection.protocol import View
from recommender.duplicates.find import Person, find_duplicates
from recommender.profile import Profile

#: Profiles read at a time.
_STEP = 512


def duplicates_in(
    view: View, on_progress: Callable[[int], None] = lambda _: None, *, again: bool = False
) -> list[Person]:
    """Those of whom several profiles take a place in this view; see `find_duplicates`.

    Args:
        again: whether profiles that were unlinked are found again.

    Raises `CollectionCorrupt` where a stored profile is damaged.
    """
    return find_duplicates(_profiles(view), on_progress, frozenset() if again else _apart(view))


def _apart(view: View) -> frozenset[frozenset[str]]:
    """The profiles that take a place and are kept apart, themselves or by one that each represents."""
    first = view.linked()
    return frozenset(frozenset(first.get(one, one) for one in pair) for pair in view.kept_apart())


def _profiles(view: View) -> Iterator[Profile]:
    rows = view.rows()
    for start in range(0, len(rows), _STEP):
        yield from view.profiles(rows[start : start + _STEP])
