"""Facts derived anew from what is stored, in one transaction: vectors stay as they are, and no model is asked."""

from __future__ import annotations

import dataclasses

import numpy as np

from recommender.collection.maintenance import Refresh
from recommender.collection.postgres.server.connections import Connection
from recommender.collection.postgres.server.manifest import manifest
from recommender.collection.postgres.server.snapshot import EVERYBODY, Snapshot
from recommender.collection.postgres.truth import read, write
from recommender.collection.postgres.truth.columns import ColumnCache
from recommender.collection.postgres.truth.remembered import Remembered
from recommender.collection.postgres.truth.rows import rows_of
from recommender.errors import FingerprintMismatch

#: Profiles taken into memory at a time.
_STEP = 256


def refresh(connection: Connection, anew: Refresh) -> int:
    """Replace every stored profile by what `anew` makes of it, within a transaction; how many there were."""
    now = manifest(connection, to_write=True)
    snapshot = Snapshot(connection, now)
    there = np.array([*read.rows(snapshot, EVERYBODY), *read.numbers_of_linked(snapshot)], np.int64)
    if now.layout is None or not len(there):
        return 0
    made, columns = now.layout, ColumnCache()
    for step in np.array_split(there, -(-len(there) // _STEP)):
        numbers = step.tolist()
        profiles, vectors = Remembered(snapshot).profiles(numbers), read.vectors(snapshot, numbers, now.layout)
        features = [columns.take(snapshot, [number]) for number in numbers]
        rows, layouts = rows_of([anew(*parts) for parts in zip(profiles, vectors, features, strict=True)])
        for made in layouts:
            if dataclasses.replace(made, fingerprint=now.layout.fingerprint) != now.layout:
                raise FingerprintMismatch(
                    f"this pool's vectors and columns are by {now.layout}, not by {made}; "
                    "encode anew into another pool: recommender ingest PATH --data NEW_POOL"
                )
        links = read.links_of(connection, [row.stored.profile_id for row in rows])
        write.store(connection, manifest(connection), rows, links)
    write.set_layout(connection, now, made)
    return len(there)
