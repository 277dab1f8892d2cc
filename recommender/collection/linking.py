"""Which of a person's profiles takes the place of all as they are linked, unlinked or leave; alike in every engine.

Profiles that are unlinked are kept apart: what links by evidence alone leaves them as they are from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple, Protocol

from recommender.errors import QueryError

Pair = tuple[str, str]


class Stored(NamedTuple):
    """A stored profile, as it is compared with a person's others.

    Attributes:
        takes_place: whether no other takes this person's place.
        characters: of its JSON.
        number: in the pool; the later stored, the higher.
    """

    takes_place: bool
    characters: int
    number: int


class Links(Protocol):
    """What a pool holds of links, within a transaction that writes."""

    def assert_there(self, profile_ids: Sequence[str]) -> None:
        """Raise `ProfileNotFound` for one that is not stored."""
        ...

    def of(self, profile_ids: Sequence[str]) -> dict[str, str]:
        """Of those of these profiles whose place another takes, the id of that one."""
        ...

    def to(self, profile_ids: Sequence[str]) -> dict[str, str]:
        """The profiles whose place one of these takes, each with the id of that one."""
        ...

    def stored(self, profile_ids: Sequence[str]) -> dict[str, Stored]:
        """Those of these that are stored, and sound."""
        ...

    def place(self, places: Mapping[str, str | None]) -> None:
        """Store profiles anew, each linked to another or taking a place, in the order in which they were stored.

        Raises `ProfileNotFound` for one that is not there, `CollectionCorrupt` for one that is damaged.
        """
        ...

    def apart(self, profile_ids: Sequence[str]) -> list[Pair]:
        """The pairs among these profiles that are kept apart, each in the order of ids."""
        ...

    def keep_apart(self, pairs: Iterable[Pair]) -> None:
        """Keep these apart, each in the order of ids."""
        ...

    def forget_apart(self, pairs: Sequence[Pair]) -> None:
        """Keep these apart no longer."""
        ...


def link(links: Links, profile_ids: Sequence[str], *, again: bool) -> None:
    """Have these profiles, and all that are linked with one of them, take one place: that of the first.

    Args:
        again: whether also where two of them are kept apart, which they are no longer then.
    """
    asked = list(dict.fromkeys(profile_ids))
    held = links.of(asked)
    heads = [held.get(one, one) for one in asked]
    held |= links.to(heads)
    places = {one: asked[0] if one != asked[0] else None for one in (*asked, *heads, *held)}
    apart = links.apart(list(places))
    if apart and not again:
        return
    if any(held.get(one) != place for one, place in places.items()):
        links.place(places)
    links.forget_apart(apart)


def unlink(links: Links, profile_ids: Iterable[str]) -> list[str]:
    """Have each of these take a place of its own, apart from those that it was linked with.

    Those of them that were linked, in the order asked.
    """
    done = []
    for one in dict.fromkeys(profile_ids):
        first = links.of([one]).get(one, one)
        person = [first, *links.to([first])]
        if len(person) > 1:
            rest = [other for other in person if other != one]
            links.place({one: None})
            _seat(links, rest)
            links.keep_apart(pair(one, other) for other in rest)
            done.append(one)
    return done


def keep_apart(links: Links, pairs: Iterable[Pair]) -> None:
    """Keep these apart; raises `ProfileNotFound` for one that is not there, `QueryError` for two that are linked."""
    wanted = [pair(*one) for one in pairs]
    asked = list(dict.fromkeys(one for both in wanted for one in both))
    links_of = links.of(asked)
    for one, other in wanted:
        if links_of.get(one, one) == links_of.get(other, other):
            raise QueryError(f"{one!r} and {other!r} are linked as one person; unlink one of them")
    links.assert_there(asked)
    links.keep_apart(wanted)


def pair(one: str, other: str) -> Pair:
    """Two ids in their order."""
    return (one, other) if one < other else (other, one)


def others(profile_id: str, pairs: Iterable[Pair]) -> tuple[str, ...]:
    """With whom a profile makes up one of these pairs, in order."""
    return tuple(sorted({one for both in pairs if profile_id in both for one in both} - {profile_id}))


def seat_rest(links: Links, firsts: Iterable[str], lessened: Set[str] = frozenset()) -> None:
    """Seat anew the people of whom these take the places, or took them until now.

    Args:
        lessened: of whom a profile that another represented has left.
    """
    people: dict[str, list[str]] = {first: [first] for first in firsts}
    for one, first in links.to(list(people)).items():
        people[first].append(one)
    for first, person in people.items():
        if len(person) > 1 or first in lessened:
            _seat(links, person)


def _seat(links: Links, person: Sequence[str]) -> None:
    """Have one of these profiles take the place of all that are there: that which did.

    Where none did, it is the fullest; of those that say as much, the latest stored. One that is damaged keeps its link
    until it is put back or taken out.
    """
    stored = links.stored(person)
    if stored:
        first = max(stored, key=stored.__getitem__)
        links.place({one: None if one == first else first for one in stored})
