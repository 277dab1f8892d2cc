"""Which of a person's profiles takes the place of all as they are linked, unlinked or leave; alike in every engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple, Protocol


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


def link(links: Links, profile_ids: Sequence[str]) -> None:
    """Have these profiles, and all that are linked with one of them, take one place: that of the first."""
    asked = list(dict.fromkeys(profile_ids))
    held = links.of(asked)
    heads = [held.get(one, one) for one in asked]
    held |= links.to(heads)
    places = {one: asked[0] if one != asked[0] else None for one in (*asked, *heads, *held)}
    if any(held.get(one) != place for one, place in places.items()):
        links.place(places)


def unlink(links: Links, profile_ids: Iterable[str]) -> list[str]:
    """Have each of these take a place of its own; those of them that were linked, in the order asked."""
    done = []
    for one in dict.fromkeys(profile_ids):
        first = links.of([one]).get(one, one)
        person = [first, *links.to([first])]
        if len(person) > 1:
            links.place({one: None})
            _seat(links, [other for other in person if other != one])
            done.append(one)
    return done


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
