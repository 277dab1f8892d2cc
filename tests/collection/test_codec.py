"""What is stored of a profile comes back, one or many at a time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from recommender.collection.common import codec, packing, planes
from recommender.collection.local.generation.growing import Growing, GrowingRecords
from recommender.collection.local.sealed.records import Records, merged, take
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import COLUMNS, Features
from recommender.errors import CollectionError
from tests.collection.contract import assert_same_features
from tests.collection.people import person


def people(count: int) -> list[EncodedProfile]:
    rng = random.Random(3)
    return [person(f"p{i}", rng) for i in range(count)]


def test_profiles_come_back() -> None:
    everyone = people(20)
    encoded = codec.encode(everyone)
    (layout,) = encoded.layouts
    assert (layout.fingerprint, layout.dimension) == ("made-up/1", 16)
    stored = encoded.stored
    assert [codec.decode_document(s.document) for s in stored] == [p.profile for p in everyone]
    assert [codec.decode_facts(s.facts) for s in stored] == [p.facts for p in everyone]
    np.testing.assert_array_equal(codec.decode_vectors([s.vector for s in stored], 16), [p.vector for p in everyone])
    blobs = [s.features for s in stored]
    decoded = codec.decode_features(blobs, layout)
    assert_same_features(decoded, Features.concatenate([p.features for p in everyone]))
    third = packing.unpack_features(blobs[3])
    for wrong in (third[:-1], third + b"1", third[:5], b""):
        with pytest.raises(ValueError, match=r"shorter or longer|reshape|multiple|split"):
            codec.decode_features([blobs[0], packing.pack_features([wrong]), blobs[1]], layout)
    for wrong in (blobs[3][:-1], blobs[3] + b"1", b"\xff\xff", b""):
        with pytest.raises(ValueError, match="cannot be unpacked"):
            codec.decode_features([blobs[0], wrong, blobs[1]], layout)
    with pytest.raises(ValueError, match="16 numbers"):
        codec.decode_vectors([stored[0].vector[:-4], stored[1].vector + bytes(4)], 16)


def test_a_layout_survives_its_text() -> None:
    (layout,) = codec.encode(people(1)).layouts
    assert [c.name for c in layout.schema] == [c.name for c in COLUMNS]
    of_encoder = {c.name for c in COLUMNS if c.width < 0}
    assert [c._replace(width=-1) if c.name in of_encoder else c for c in layout.schema] == list(COLUMNS)
    assert all(c.width > 0 for c in layout.schema if c.name in of_encoder)
    assert codec.Layout.none().schema == tuple(c._replace(width=0) if c.width < 0 else c for c in COLUMNS)


def test_what_cannot_be_stored_is_named() -> None:
    one, other = people(2)
    for wrong, said in (
        (EncodedProfile(one.profile, one.facts, one.vector[None, :], one.features, "f"), "shape"),
        (EncodedProfile(one.profile, one.facts, one.vector * np.inf, one.features, "f"), "not finite"),
        (EncodedProfile(replace(one.profile, name="\ud800"), one.facts, one.vector, one.features, "f"), "surrogates"),
        (
            EncodedProfile(replace(one.profile, extras={"x": object()}), one.facts, one.vector, one.features, "f"),
            "object",
        ),
        (one_of(one, Features.concatenate([one.features, other.features])), "of 2 profiles"),
        (with_extras(one, nested(200)), "nested"),
        (with_years(one, 2**31), "years is 2147483648, which is none of 0"),
        (with_years(one, 2**63), "none of 0 to"),
        (with_years(one, -1), "years is -1, which is none of 0 to"),
    ):
        with pytest.raises(CollectionError, match=rf"'p0'.*{said}"):
            codec.encode([other, wrong])


def with_extras(one: EncodedProfile, extras: dict[str, Any]) -> EncodedProfile:
    return EncodedProfile(replace(one.profile, extras=extras), one.facts, one.vector, one.features, "f")


def with_years(one: EncodedProfile, years: int) -> EncodedProfile:
    return EncodedProfile(one.profile, replace(one.facts, years=years), one.vector, one.features, "f")


def nested(levels: int) -> dict[str, Any]:
    extras: dict[str, Any] = {}
    for _ in range(levels):
        extras = {"in": extras}
    return extras


def test_what_can_just_be_stored_comes_back() -> None:
    (one,) = people(1)
    for extreme in (with_extras(one, {"low": -(2**63)}), with_years(one, codec.MOST_YEARS), with_years(one, 0)):
        (stored,) = codec.encode([extreme]).stored
        assert codec.decode_document(stored.document) == extreme.profile
        assert codec.decode_facts(stored.facts) == extreme.facts


def one_of(one: EncodedProfile, features: Features) -> EncodedProfile:
    return EncodedProfile(one.profile, one.facts, one.vector, features, one.fingerprint)


def test_growing_leaves_old_readers_what_they_had() -> None:
    growing = Growing("i8")
    views = []
    for value in range(100):
        growing.append(np.array([value]))
        views.append(growing.array)
    assert [view.tolist() for view in views] == [list(range(n + 1)) for n in range(100)]
    assert len(growing) == 100


def records(stored: Sequence[codec.Stored], layout: codec.Layout) -> Records:
    return Records.of(codec.decode_features([one.features for one in stored], layout), layout)


def test_features_are_taken_in_any_order_from_one_and_from_two() -> None:
    everyone = people(30)
    encoded = codec.encode(everyone)
    (layout,) = encoded.layouts
    whole = GrowingRecords(layout)
    for start in range(0, 30, 7):
        whole.append(records(encoded.stored[start : start + 7], layout))
    rng = random.Random(4)
    for split in (0, 1, 15, 29, 30):
        first, second = records(encoded.stored[:split], layout), records(encoded.stored[split:], layout)
        for size in (0, 1, 12):
            asked = np.array(rng.choices(range(30), k=size), dtype=np.int64)
            got = take(whole.records, asked, layout)
            late = asked >= split
            parts = take(first, asked[~late], layout), take(second, asked[late] - split, layout)
            assert_same_features(merged(*parts, late, layout), got)
            if size:
                assert_same_features(got, Features.concatenate([everyone[i].features for i in asked]))


def test_columns_taken_are_named_as_the_pool_has_them_and_no_others() -> None:
    everyone = people(3)
    encoded = codec.encode(everyone)
    (layout,) = encoded.layouts
    whole = records(encoded.stored, layout)
    for asked in ([1], [2, 0]):
        got = take(whole, np.array(asked), layout)
        assert list(got.columns) == [column.name for column in layout.schema]
        assert (len(got.columns), list(got.offsets)) == (len(layout.schema), list(planes.groups(layout.schema)))
        with pytest.raises(KeyError, match="no_such_column"):
            got.columns["no_such_column"]
