"""One profile's stored bytes: document, facts, vector and features, and back; `packing` makes each small.

Features lie in one blob (`planes`). Decoding many blobs joins their bytes column by column, so that it costs some
slices a column and no numpy call a profile.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection.common import checksums, packing, planes
from recommender.collection.common.planes import entry_shape, groups
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import COLUMNS, GROUPS, Column, Features
from recommender.errors import CollectionError
from recommender.insights import Derived
from recommender.profile import Profile, profile_from_json, profile_to_json
from recommender.validity import Fault, admit, shown

assert sys.byteorder == "little", "a pool's files are little-endian"

_FACTS = msgspec.msgpack.Encoder()
_FACTS_DECODER = msgspec.msgpack.Decoder(Derived)
#: What the arrays of years hold, far beyond any life; what years a person can have is for `validity` to say.
MOST_YEARS = 2**31 - 1
_WIDE = [column.name for column in COLUMNS if column.width]


class Stored(NamedTuple):
    """A profile as the columns of its database row, without its number.

    Attributes:
        parts: checksums of the four before it.
        linked_to: id of the profile that takes this person's place, None where this one does.
    """

    profile_id: str
    name: str | None
    document: bytes
    facts: bytes
    vector: bytes
    features: bytes
    parts: bytes
    linked_to: str | None = None


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

    def __str__(self) -> str:
        columns = hashlib.sha256(self.columns.encode()).hexdigest()[:8]
        return f"{self.fingerprint} ({self.dimension} numbers, columns {columns})"

    @property
    def schema(self) -> tuple[Column, ...]:
        """The feature columns of this pool, which need not be those that encoders write today."""
        return _schema(self.columns)

    @property
    def entries(self) -> dict[str, np.dtype[np.void]]:
        """Group → the dtype of an entry whose numbers lie side by side, a field a column."""
        return _entries(self.columns)

    @property
    def group_of(self) -> dict[str, str]:
        """Column → its group."""
        return _group_of(self.columns)

    @staticmethod
    def none() -> Layout:
        """Of a pool that holds nobody yet."""
        return Layout("", 0, " ".join(f"{c.name}:{c.dtype}:{max(c.width, 0)}:{c.group}" for c in COLUMNS))


@lru_cache(16)
def _schema(columns: str) -> tuple[Column, ...]:
    parts = (part.split(":") for part in columns.split())
    return tuple(Column(name, dtype, int(width), group) for name, dtype, width, group in parts)


@lru_cache(16)
def _entries(columns: str) -> dict[str, np.dtype[np.void]]:
    schema = _schema(columns)
    return {
        group: np.dtype([(c.name, c.dtype, entry_shape(c)) for c in schema if c.group == group])
        for group in groups(schema)
    }


@lru_cache(16)
def _group_of(columns: str) -> dict[str, str]:
    return {column.name: column.group for column in _schema(columns)}


class Encoded(NamedTuple):
    """What is to be stored, and for each layout that occurs one profile that has it."""

    stored: list[Stored]
    layouts: dict[Layout, str]


def encode(profiles: Sequence[EncodedProfile], *, tight: bool = False) -> Encoded:
    """The bytes to store.

    Args:
        tight: whether vectors take as few bytes as they can.

    Raises `CollectionError` where a profile is not fit to be stored (see `validity`), a vector is no vector or the
    features are of several.
    """
    stored, shapes = [], {}
    for one in profiles:
        profile_id = one.profile.id
        if profile_id is None:
            raise CollectionError("a profile without an id cannot be stored; give it one")
        shapes[_shape(one)] = one
        document, facts = _texts(one)
        features, vector = _features_bytes(profile_id, one.features), _vector(one)
        vector = packing.tightened(vector, one.vector.size) if tight else vector
        stored.append(with_checksums(profile_id, one.profile.name, document, facts, vector, features))
    return Encoded(stored, {_layout(one): one.profile_id for one in shapes.values()})


def with_checksums(
    profile_id: str, name: str | None, document: bytes, facts: bytes, vector: bytes, features: bytes
) -> Stored:
    """What is to be stored, of these parts."""
    parts = checksums.of_parts(document, facts, vector, features)
    return Stored(profile_id, name, document, facts, vector, features, parts)


def _texts(one: EncodedProfile) -> tuple[bytes, bytes]:
    """Document and facts; raises `CollectionError` for what could not be stored, or not be read again."""
    profile, years = one.profile, one.facts.years
    if isinstance(fault := admit(profile), Fault):
        raise CollectionError(f"profile {shown(profile.id)} cannot be stored: {fault.message}")
    try:
        if years is not None and not 0 <= years <= MOST_YEARS:
            raise ValueError(f"years is {years}, which is none of 0 to {MOST_YEARS}")
        return packing.pack_document(profile_to_json(profile)), packing.pack_facts(_FACTS.encode(one.facts))
    except (TypeError, ValueError, OverflowError, msgspec.MsgspecError) as error:
        raise CollectionError(f"profile {shown(profile.id)} cannot be stored: {error}; encode it again") from error


def is_text(value: str) -> bool:
    """Whether this could be stored: half of a character outside of the basic plane could not."""
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _shape(one: EncodedProfile) -> tuple[object, ...]:
    """All in which layouts can differ, as cheaply as may be."""
    columns = one.features.columns
    return (one.fingerprint, one.vector.shape, *[columns[name].shape[1:] for name in _WIDE])


def _layout(one: EncodedProfile) -> Layout:
    if one.vector.ndim != 1:
        raise CollectionError(
            f"profile {one.profile.id!r}: its search vector has shape {one.vector.shape}; encode it again"
        )
    columns = []
    for c in COLUMNS:
        entries = one.features.columns[c.name]
        columns.append(f"{c.name}:{c.dtype}:{entries.shape[1] if entries.ndim == 2 else 0}:{c.group}")
    return Layout(one.fingerprint, len(one.vector), " ".join(columns))


def _vector(one: EncodedProfile) -> bytes:
    vector = np.asarray(one.vector, dtype="<f4")
    if not np.isfinite(vector).all():
        raise CollectionError(f"profile {one.profile_id!r}: its search vector is not finite; encode it again")
    return packing.pack_vector(vector)


def _features_bytes(profile_id: str, features: Features) -> bytes:
    if len(features) != 1:
        raise CollectionError(f"profile {profile_id!r}: features of {len(features)} profiles given; give one's")
    counts = {group: int(features.offsets[group][1]) for group in GROUPS}
    for column in COLUMNS:
        entries = features.columns[column.name]
        if len(entries) != counts[column.group]:
            raise CollectionError(
                f"profile {profile_id!r}: column {column.name} has {len(entries)} entries; encode it again"
            )
    return packing.pack_features(planes.written(features.columns, list(counts.values()), COLUMNS))


def encode_features(features: Features, layout: Layout, row: int = 0, schema: Sequence[Column] | None = None) -> bytes:
    """The bytes that `decode_features` reads one profile's features from, or some of its columns."""
    chosen = layout.schema if schema is None else schema
    bounds = {group: ends[row : row + 2].tolist() for group, ends in features.offsets.items()}
    named = {*chosen, *(column for column in layout.schema if column.name == planes.REFERRED)}
    columns = {c.name: features.columns[c.name][slice(*bounds[c.group])] for c in named}
    counts = [bounds[group][1] - bounds[group][0] for group in planes.groups(chosen)]
    return packing.pack_features(planes.written(columns, counts, chosen))


def decode_document(document: bytes) -> Profile:
    """The profile; raises `ValueError`, `RecursionError` or `MsgspecError` where it is none."""
    return profile_from_json(packing.unpack_document(document))


def decode_facts(facts: bytes) -> Derived:
    """The derived values of one profile; raises `ValueError` or `MsgspecError` where they are none."""
    decoded = _FACTS_DECODER.decode(packing.unpack_facts(facts))
    if decoded.years is not None and not 0 <= decoded.years <= MOST_YEARS:
        raise ValueError(f"{decoded.years} years")
    return decoded


def decode_vectors(blobs: Sequence[bytes], dimension: int) -> NDArray[np.float32]:
    """Shape (len(blobs), dimension); raises `ValueError` where one is of another length."""
    return packing.unpack_vectors(blobs, dimension)


def decode_features(blobs: Sequence[bytes], layout: Layout) -> Features:
    """The features of many profiles, in order; raises `ValueError` where one is shorter or longer than it says."""
    offsets, columns, is_place = planes.read([packing.unpack_features(blob) for blob in blobs], layout.schema)
    if planes.REFERRING in columns and planes.REFERRED in columns:
        own, other = (offsets[layout.group_of[name]] for name in (planes.REFERRING, planes.REFERRED))
        columns[planes.REFERRING] = planes.resolved(
            columns[planes.REFERRING], own, is_place, columns[planes.REFERRED], other
        )
    return Features(offsets, columns)
