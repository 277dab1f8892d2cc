"""People whom matches are to be more like, or less, than the question alone has it; and what that changed."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recommender.collection import View
from recommender.errors import ProfileNotFound
from recommender.matching import Match
from recommender.service.pages.filters.chips import Chip
from recommender.service.pages.filters.choices import Choices
from recommender.service.pages.filters.spelling import called


class Steering(msgspec.Struct, frozen=True):
    """What a visitor said of matches.

    Attributes:
        like, unlike: ids of people who are in the pool.
        chips: each of them, and of those who are not, with the query that takes it back.
        undo: the query without any.
    """

    like: tuple[str, ...]
    unlike: tuple[str, ...]
    chips: tuple[Chip, ...]
    undo: str

    @classmethod
    def of(cls, view: View, choices: Choices) -> Steering:
        """What the choices say, as this view has the people."""
        chips = [
            Chip(f"{said} {called(view, one)}", choices.without(name, one).query())
            for name, said in (("like", "more like"), ("unlike", "less like"))
            for one in getattr(choices, name)
        ]
        undo = msgspec.structs.replace(choices, like=(), unlike=()).query()
        return cls(_there(view, choices.like), _there(view, choices.unlike), tuple(chips), undo)

    def __bool__(self) -> bool:
        return bool(self.like or self.unlike)


def changed(before: Sequence[Match], now: Sequence[Match]) -> str:
    """What became of matches: "3 of these 10 are new"."""
    ids, those = [match.profile_id for match in now], [match.profile_id for match in before]
    new = len(set(ids) - set(those))
    if new:
        return f"{new} of these {len(ids)} {'is' if new == 1 else 'are'} new"
    return "the same people as before" if ids == those else "the same people as before, in another order"


def _there(view: View, ids: Sequence[str]) -> tuple[str, ...]:
    """Those of these who are in the pool."""
    found = []
    for one in ids:
        try:
            view.row(one)
        except ProfileNotFound:
            continue
        found.append(one)
    return tuple(found)
