"""Facts derived anew from what is stored, in one transaction: vectors stay as they are, and no model is asked."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.collection.common import codec
from recommender.collection.common.damage import Insert, message
from recommender.collection.local.truth.store import insert, manifest, numbers, set_layout, with_numbers
from recommender.collection.maintenance import Refresh
from recommender.encoding.features import Features
from recommender.errors import CollectionCorrupt, FingerprintMismatch
from recommender.profile import Profile

#: Profiles taken into memory at a time.
_STEP = 256


def refresh(connection: sqlite3.Connection, anew: Refresh) -> int:
    """Replace every stored profile by what `anew` makes of it, within a transaction; how many there were."""
    layout = manifest(connection).layout
    there = numbers(connection)
    if layout is None or not there:
        return 0
    made = layout
    for start in range(0, len(there), _STEP):
        found = with_numbers(connection, there[start : start + _STEP])
        if found.damaged:
            raise CollectionCorrupt(message(found.damaged[0]))
        encoded = codec.encode([anew(*parts) for parts in _parts(found.sound, layout)], tight=True)
        for made in encoded.layouts:
            if dataclasses.replace(made, fingerprint=layout.fingerprint) != layout:
                raise FingerprintMismatch(
                    f"this pool's vectors and columns are by {layout}, not by {made}; "
                    "encode anew into another folder: recommender ingest PATH --data NEW_FOLDER"
                )
        insert(connection, encoded.stored)
    set_layout(connection, made)
    return len(there)


def _parts(found: Sequence[Insert], layout: codec.Layout) -> Iterator[tuple[Profile, NDArray[np.float32], Features]]:
    vectors = codec.decode_vectors([one.vector for one in found], layout.dimension)
    for one, vector in zip(found, vectors, strict=True):
        yield codec.decode_document(one.document), vector, codec.decode_features([one.features], layout)
