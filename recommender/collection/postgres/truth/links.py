"""Profiles that are linked as one person: one is among `profiles`, the others lie in a table of their own, `linked`.

So whatever asks `profiles` need not know of links. To change a link is to store the profile anew under another number,
and with it all of the person's others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from recommender.collection import linking
from recommender.collection.linking import Pair, Stored
from recommender.collection.postgres.server.connections import Connection
from recommender.collection.postgres.server.manifest import manifest
from recommender.collection.postgres.server.snapshot import Snapshot
from recommender.collection.postgres.server.terms import is_storable
from recommender.collection.postgres.truth import apart, read, write
from recommender.collection.postgres.truth.columns import ColumnCache
from recommender.collection.postgres.truth.remembered import Remembered
from recommender.collection.postgres.truth.rows import rows_of
from recommender.encoding.encoded import EncodedProfile
from recommender.errors import ProfileNotFound
from recommender.profile import profile_to_json


class StoredLinks:
    """The links of a pool (see `Links`), in this connection's transaction, which holds the pool's row."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def assert_there(self, profile_ids: Sequence[str]) -> None:
        """Raise `ProfileNotFound` for one that is not stored."""
        snapshot = Snapshot(self._connection, manifest(self._connection))
        for one in profile_ids:
            _number(snapshot, one)

    def of(self, profile_ids: Sequence[str]) -> dict[str, str]:
        """Of those whose place another takes, the id of that one."""
        return read.links_of(self._connection, profile_ids)

    def to(self, profile_ids: Sequence[str]) -> dict[str, str]:
        """Those whose place one of these takes, each with the id of that one."""
        return read.represented_by(self._connection, profile_ids)

    def stored(self, profile_ids: Sequence[str]) -> dict[str, Stored]:
        """Those that are stored."""
        snapshot = Snapshot(self._connection, manifest(self._connection))
        numbers = {one: row for one in profile_ids if (row := read.row(snapshot, one)) is not None}
        links, profiles = self.of(list(numbers)), Remembered(snapshot).profiles(list(numbers.values()))
        return {
            one: Stored(one not in links, len(profile_to_json(profile)), number)
            for (one, number), profile in zip(numbers.items(), profiles, strict=True)
        }

    def place(self, places: Mapping[str, str | None]) -> None:
        """Store profiles anew, linked as said, in the order in which they were stored."""
        now, columns = manifest(self._connection), ColumnCache()
        snapshot = Snapshot(self._connection, now)
        numbers = sorted(_number(snapshot, one) for one in places)
        parts = (
            Remembered(snapshot).profiles(numbers),
            read.facts(snapshot, numbers),
            read.vectors(snapshot, numbers, now.layout),
            [columns.take(snapshot, [number]) for number in numbers],
        )
        made_by = now.layout.fingerprint if now.layout else ""
        rows, _ = rows_of([EncodedProfile(*one, made_by) for one in zip(*parts, strict=True)])
        write.store(self._connection, now, rows, {one: to for one, to in places.items() if to is not None})

    def apart(self, profile_ids: Sequence[str]) -> list[Pair]:
        """The pairs among these profiles that are kept apart."""
        return apart.among(self._connection, profile_ids)

    def keep_apart(self, pairs: Iterable[Pair]) -> None:
        """Keep these apart."""
        apart.keep(self._connection, pairs)

    def forget_apart(self, pairs: Sequence[Pair]) -> None:
        """Keep these apart no longer."""
        apart.forget(self._connection, pairs)


def _number(snapshot: Snapshot, profile_id: str) -> int:
    number = read.row(snapshot, profile_id) if is_storable(profile_id) else None
    if number is None:
        raise ProfileNotFound(profile_id)
    return number


def depart(connection: Connection, profile_ids: Iterable[str]) -> list[str]:
    """Take profiles out; where others are linked to one of them, one of those takes the place that it leaves."""
    asked = [one for one in dict.fromkeys(profile_ids) if is_storable(one)]
    now = manifest(connection, to_write=True)
    links = read.links_of(connection, asked) if now.has_links else {}
    left = write.depart(connection, now, asked)
    apart.depart(connection, left)
    linking.seat_rest(StoredLinks(connection), (links.get(one, one) for one in left), set(links.values()))
    return left
