"""Everything that a pool holds on one person, for that person to see."""

from __future__ import annotations

import sqlite3

from recommender.collection import linking
from recommender.collection.common import codec
from recommender.collection.common.damage import Insert, Inserts, decoded, message
from recommender.collection.local.truth import apart
from recommender.collection.local.truth.store import manifest, represented_by, row_of
from recommender.collection.maintenance import Damaged, Export
from recommender.errors import CollectionCorrupt, ProfileNotFound


def exported(connection: sqlite3.Connection, profile_id: str) -> Export:
    """All that is held under this id; raises `ProfileNotFound`, or `CollectionCorrupt` where it is damaged."""
    found = row_of(connection, profile_id) if codec.is_text(profile_id) else None
    if found is None:
        raise ProfileNotFound(profile_id)
    if isinstance(found, Damaged):
        raise CollectionCorrupt(message(found))
    layout = manifest(connection).layout
    if layout is None:
        raise CollectionCorrupt("profiles are stored, but not what encoded them; recommender restore BACKUP")
    batch, damaged = decoded(Inserts([found], []), layout)
    if damaged:
        raise CollectionCorrupt(message(damaged[0]))
    return Export(
        codec.decode_document(found.document),
        batch.facts[0],
        found.seq,
        layout.fingerprint,
        tuple(batch.vectors[0].tolist()),
        {name: column.tolist() for name, column in batch.features.columns.items()},
        _linked(connection, found),
        linking.others(profile_id, apart.pairs(connection)),
    )


def _linked(connection: sqlite3.Connection, found: Insert) -> tuple[str, ...]:
    """The ids of this person's other profiles, that which takes their place first."""
    first = found.linked_to or found.profile_id
    return tuple(one for one in (first, *represented_by(connection, [first])) if one != found.profile_id)
