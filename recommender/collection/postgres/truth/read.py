"""What is stored of rows, by their numbers and in the order asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.collection.common import codec
from recommender.collection.postgres.server.connections import Connection
from recommender.collection.postgres.server.half import vectors_of
from recommender.collection.postgres.server.snapshot import EVERYBODY, Clause, Snapshot
from recommender.collection.postgres.server.terms import is_storable
from recommender.collection.protocol import Plane
from recommender.insights import Derived


def row(snapshot: Snapshot, profile_id: str) -> int | None:
    """The row of a profile, None where it is not there."""
    found = snapshot.each_stored("seq", Clause("id = %s", (profile_id,)), 1)
    return int(found[0][0]) if found else None


def numbers_of_linked(snapshot: Snapshot) -> list[int]:
    """The numbers of the profiles whose place another takes, ascending."""
    return [seq for (seq,) in snapshot.connection.execute("SELECT seq FROM linked ORDER BY seq")]


def links_of(connection: Connection, profile_ids: Sequence[str]) -> dict[str, str]:
    """Of those of these profiles whose place another takes, the id of that one."""
    asked = [one for one in profile_ids if is_storable(one)]
    return dict(connection.execute("SELECT id, linked_to FROM linked WHERE id = ANY(%s)", (asked,)).fetchall())


def links(connection: Connection) -> dict[str, str]:
    """The profiles whose place another takes, in the order of their rows, each with the id of that one."""
    return dict(connection.execute("SELECT id, linked_to FROM linked ORDER BY seq").fetchall())


def represented_by(connection: Connection, profile_ids: Sequence[str]) -> dict[str, str]:
    """The profiles whose place one of these takes, in the order of their rows, each with the id of that one."""
    asked = [one for one in profile_ids if is_storable(one)]
    rows = connection.execute("SELECT id, linked_to FROM linked WHERE linked_to = ANY(%s) ORDER BY seq", (asked,))
    return dict(rows.fetchall())


def counts(snapshot: Snapshot, those: Sequence[Clause]) -> list[int]:
    """How many qualify by each, all asked at once."""
    with snapshot.connection.pipeline():
        asked = [snapshot.ask("count(*)", where) for where in those]
    return [sum(number for (number,) in one) for one in asked]


def rows(snapshot: Snapshot, where: Clause) -> NDArray[np.int64]:
    """The numbers of all who qualify, ascending."""
    packed = snapshot.each("string_agg(int8send(seq), '')", where)
    return np.sort(np.frombuffer(b"".join(one or b"" for (one,) in packed), ">i8").astype(np.int64))


def values(snapshot: Snapshot, field: str) -> list[str]:
    """Every value of a field that somebody has."""
    found = snapshot.connection.execute("SELECT value FROM tallies WHERE field = %s", (field,))
    return [bytes(one).decode() for (one,) in found]


def ids(snapshot: Snapshot, numbers: Sequence[int]) -> list[str]:
    """Profile ids."""
    held = _by_number(snapshot, "id", numbers)
    return [held[number][0] for number in numbers]


def names(snapshot: Snapshot, numbers: Sequence[int]) -> list[str | None]:
    """Names on the profiles."""
    held = _by_number(snapshot, "name", numbers)
    return [None if held[number][0] is None else held[number][0].decode() for number in numbers]


def facts(snapshot: Snapshot, numbers: Sequence[int]) -> list[Derived]:
    """Derived values."""
    held = _by_number(snapshot, "facts", numbers)
    decoded = {number: codec.decode_facts(packed) for number, (packed,) in held.items()}
    return [decoded[number] for number in numbers]


def vectors(snapshot: Snapshot, numbers: Sequence[int], layout: codec.Layout | None) -> NDArray[np.float32]:
    """Search vectors, shape (len(numbers), dimension)."""
    if layout is None or not numbers:
        return np.empty((0, layout.dimension if layout else 0), np.float32)
    held = _by_number(snapshot, "seq, embedding, vector", numbers)
    return vectors_of([held[number] for number in numbers], layout.dimension)


def plane(snapshot: Snapshot) -> Plane | None:
    """Where everybody is on a plane; those who came since have no place."""
    with snapshot.connection.cursor(binary=True) as cursor:
        placed = {seq: place for seq, *place in cursor.execute("SELECT seq, x, y, number FROM places")}
    if not placed:
        return None
    everybody = rows(snapshot, EVERYBODY)
    found = [placed.get(seq, (np.nan, np.nan, 0)) for seq in everybody.tolist()]
    places = np.array([place[:2] for place in found], np.float32).reshape(-1, 2)
    return Plane(everybody, places, np.array([place[2] for place in found], np.uint8))


def _by_number(snapshot: Snapshot, columns: str, numbers: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """Number → columns of its row."""
    if not numbers:
        return {}
    asked = list(set(numbers))
    found = snapshot.each_stored(f"seq, {columns}", Clause("seq = ANY(%s)", (asked,)), len(asked))
    return {seq: tuple(parts) for seq, *parts in found}
