"""What is stored of rows, by their numbers and in the order asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection.local.truth import checksums, codec
from recommender.collection.local.truth.damage import message
from recommender.collection.maintenance import Damaged
from recommender.collection.postgres.query.search import vectors_of
from recommender.collection.postgres.query.where import Clause
from recommender.collection.postgres.server.connections import Connection
from recommender.collection.postgres.truth.rows import contact_check, contact_of
from recommender.collection.protocol import Plane
from recommender.errors import CollectionCorrupt
from recommender.insights import Derived
from recommender.profile import Profile


def row(connection: Connection, profile_id: str) -> int | None:
    """The row of a profile, None where it is not there."""
    found = connection.execute("SELECT seq FROM profiles WHERE id = %s", (profile_id,)).fetchone()
    return int(found[0]) if found else None


def count(connection: Connection, where: Clause) -> int:
    """How many qualify."""
    found = connection.execute(f"SELECT count(*) FROM profiles WHERE {where.sql}", where.values).fetchone()
    return int(found[0]) if found else 0


def rows(connection: Connection, where: Clause) -> NDArray[np.int64]:
    """The numbers of all who qualify, ascending."""
    with connection.cursor(binary=True) as cursor:
        found = cursor.execute(
            f"SELECT string_agg(int8send(seq), '') FROM profiles WHERE {where.sql}", where.values
        ).fetchone()
    packed = found[0] if found else None
    return np.sort(np.frombuffer(packed or b"", ">i8").astype(np.int64))


def values(connection: Connection, field: str) -> list[str]:
    """Every value of a field that somebody has."""
    found = connection.execute("SELECT value FROM tallies WHERE field = %s", (field,))
    return [bytes(one).decode() for (one,) in found]


def ids(connection: Connection, numbers: Sequence[int]) -> list[str]:
    """Profile ids."""
    held = _by_number(connection, "id", numbers)
    return [held[number][0] for number in numbers]


def names(connection: Connection, numbers: Sequence[int]) -> list[str | None]:
    """Names on the profiles."""
    held = _by_number(connection, "name", numbers)
    return [None if held[number][0] is None else held[number][0].decode() for number in numbers]


def facts(connection: Connection, numbers: Sequence[int]) -> list[Derived]:
    """Derived values."""
    held = _by_number(connection, "facts", numbers)
    decoded = {number: codec.decode_facts(packed) for number, (packed,) in held.items()}
    return [decoded[number] for number in numbers]


def vectors(connection: Connection, numbers: Sequence[int], layout: codec.Layout | None) -> NDArray[np.float32]:
    """Search vectors, shape (len(numbers), dimension)."""
    if layout is None or not numbers:
        return np.empty((0, layout.dimension if layout else 0), np.float32)
    held = _by_number(connection, "seq, embedding, vector", numbers)
    return vectors_of([held[number] for number in numbers], layout.dimension)


def profiles(connection: Connection, numbers: Sequence[int]) -> list[Profile]:
    """Profiles, with contact details where this role may read them."""
    if not numbers:
        return []
    held = _by_number(connection, "id, document, checks", numbers)
    contacts = _contacts(connection, [profile_id for profile_id, _, _ in held.values()])
    made = {
        number: _profile(number, profile_id, document, checks, contacts.get(profile_id))
        for number, (profile_id, document, checks) in held.items()
    }
    return [made[number] for number in numbers]


def plane(connection: Connection) -> Plane | None:
    """Where everybody is on a plane; those who came since have no place."""
    with connection.cursor(binary=True) as cursor:
        found = cursor.execute(
            "SELECT p.seq, l.x, l.y, l.number FROM profiles p LEFT JOIN places l ON l.id = p.id AND l.seq = p.seq "
            "WHERE EXISTS (SELECT FROM places) ORDER BY p.seq"
        ).fetchall()
    if not found:
        return None
    places = np.array([(np.nan, np.nan) if x is None else (x, y) for _, x, y, _ in found], np.float32)
    groups = np.array([number or 0 for *_, number in found], np.uint8)
    return Plane(np.array([seq for seq, *_ in found], np.int64), places, groups)


def _by_number(connection: Connection, columns: str, numbers: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """Number → columns of its row."""
    if not numbers:
        return {}
    with connection.cursor(binary=True) as cursor:
        cursor.execute(f"SELECT seq, {columns} FROM profiles WHERE seq = ANY(%b)", (list(set(numbers)),))
        return {seq: tuple(parts) for seq, *parts in cursor}


def _contacts(connection: Connection, profile_ids: Sequence[str]) -> dict[str, bytes]:
    """Id → contact details; of nobody where this role may not read them."""
    with connection.cursor(binary=True) as cursor:
        (may,) = cursor.execute("SELECT has_table_privilege('contacts', 'SELECT')").fetchone() or (False,)
        if not may:
            return {}
        found = cursor.execute("SELECT id, contact, checks FROM contacts WHERE id = ANY(%b)", (list(profile_ids),))
        contacts = {}
        for profile_id, contact, checks in found:
            if contact_check(contact) != checks:
                raise _damaged(0, profile_id, "the checksum of its contact details does not hold")
            contacts[profile_id] = contact
    return contacts


def _profile(number: int, profile_id: str, document: bytes, checks: bytes, contact: bytes | None) -> Profile:
    try:
        if crc32(document) != checksums.of_document(checks):
            raise ValueError("the checksum of its document does not hold")
        profile = codec.decode_document(document)
        return profile if contact is None else msgspec.structs.replace(profile, contact=contact_of(contact))
    except (ValueError, msgspec.MsgspecError) as error:
        raise _damaged(number, profile_id, str(error)) from error


def _damaged(number: int, profile_id: str, problem: str) -> CollectionCorrupt:
    return CollectionCorrupt(message(Damaged(number, profile_id, problem)))
