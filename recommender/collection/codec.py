"""One profile's stored bytes: document, facts, vector and features, and back.

Features lie in one blob: the number of entries of each group as little-endian uint32, in the order of
`GROUPS`, then every column's numbers in the order of `COLUMNS`. Decoding many blobs joins their bytes
column by column, so that it costs a slice a column and no numpy call a profile.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import COLUMNS, GROUPS, Features
from recommender.errors import CollectionError
from recommender.facts.facts import Facts
from recommender.profile import profile_to_json

assert sys.byteorder == "little", "a pool's files are little-endian"

_FACTS = msgspec.msgpack.Encoder()
_FACTS_DECODER = msgspec.msgpack.Decoder(Facts)
_GROUP = {group: position for position, group in enumerate(GROUPS)}
_HEAD = 4 * len(GROUPS)


class Stored(NamedTuple):
    """A profile as the columns of its database row, without its number."""

    profile_id: str
    name: str | None
    document: bytes
    facts: bytes
    vector: bytes
    features: bytes


@dataclass(frozen=True, slots=True)
class Layout:
    """What is the same for every profile of a pool: kept with it, compared at every write.

    Attributes:
        fingerprint: of what made the vectors.
        dimension: of the search vector.
        columns: each feature column as "name:dtype:width:group", joined by spaces, the encoder's own width filled in.
    """

    fingerprint: str
    dimension: int
    columns: str

    @staticmethod
    def of(encoded: EncodedProfile) -> Layout:
        """The layout that this profile has."""
        widths = {c.name: _width(encoded.features.columns[c.name]) for c in COLUMNS}
        columns = " ".join(f"{c.name}:{c.dtype}:{widths[c.name]}:{c.group}" for c in COLUMNS)
        return Layout(encoded.fingerprint, len(encoded.vector), columns)

    def entry_shapes(self) -> dict[str, tuple[int, ...]]:
        """Column → shape of one entry: () for a plain number, (width,) for a vector."""
        widths = {part.split(":")[0]: int(part.split(":")[2]) for part in self.columns.split()}
        return {name: (width,) if width else () for name, width in widths.items()}


def _width(column: NDArray[np.generic]) -> int:
    return int(column.shape[1]) if column.ndim == 2 else 0


def encode(encoded: EncodedProfile) -> Stored:
    """The bytes to store; raises `CollectionError` where the vector is no vector or the features are of several."""
    profile_id = encoded.profile.id
    if not profile_id:
        raise CollectionError("a profile without an id cannot be stored; give it one")
    vector = np.ascontiguousarray(encoded.vector, dtype="<f4")
    if vector.ndim != 1 or not np.isfinite(vector).all():
        raise CollectionError(
            f"profile {profile_id!r}: its search vector is not a row of finite numbers; encode it again"
        )
    return Stored(
        profile_id,
        encoded.profile.name,
        profile_to_json(encoded.profile),
        _FACTS.encode(encoded.facts),
        vector.tobytes(),
        _features_bytes(profile_id, encoded.features),
    )


def _features_bytes(profile_id: str, features: Features) -> bytes:
    if len(features) != 1:
        raise CollectionError(f"profile {profile_id!r}: features of {len(features)} profiles given, not of one")
    counts = np.array([features.offsets[group][1] for group in GROUPS], dtype="<u4")
    parts = [counts.tobytes()]
    for column in COLUMNS:
        entries = features.columns[column.name]
        if len(entries) != counts[_GROUP[column.group]]:
            raise CollectionError(f"profile {profile_id!r}: column {column.name} has {len(entries)} entries")
        parts.append(np.ascontiguousarray(entries, dtype=np.dtype(column.dtype)).tobytes())
    return b"".join(parts)


def decode_facts(facts: bytes | memoryview) -> Facts:
    """The derived values of one profile."""
    return _FACTS_DECODER.decode(facts)


def decode_vectors(blobs: Sequence[bytes], dimension: int) -> NDArray[np.float32]:
    """Shape (len(blobs), dimension)."""
    return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), dimension)


def decode_features(blobs: Sequence[bytes], layout: Layout) -> Features:
    """The features of many profiles, in order."""
    heads = b"".join([blob[:_HEAD] for blob in blobs])
    counts = np.frombuffer(heads, dtype="<u4").reshape(len(blobs), len(GROUPS)).astype(np.int64)
    offsets = {g: np.concatenate([[0], np.cumsum(counts[:, i])]).astype(np.int64) for g, i in _GROUP.items()}
    shapes = layout.entry_shapes()
    starts = np.full(len(blobs), _HEAD, dtype=np.int64)
    columns = {}
    for column in COLUMNS:
        shape = shapes[column.name]
        size = np.dtype(column.dtype).itemsize * int(np.prod(shape, dtype=np.int64))
        ends = starts + counts[:, _GROUP[column.group]] * size
        joined = b"".join([blob[a:b] for blob, a, b in zip(blobs, starts.tolist(), ends.tolist(), strict=True)])
        columns[column.name] = np.frombuffer(joined, dtype=column.dtype).reshape(-1, *shape)
        starts = ends
    return Features(offsets, columns)
