"""Stored numbers are rounded once: little is lost, again changes nothing, and what was stored before follows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import Array
from recommender.encoding.fingerprint import Fingerprint
from recommender.encoding.quantisation import dequantise, quantise
from recommender.encoding.rounding import rounded_columns, section_codes
from tests.golden.make_encoded import PEOPLE
from tests.matching.fakes import encoder


def unit_vectors(count: int) -> Array:
    vectors = np.random.default_rng(3).standard_normal((count, 384)).astype(np.float32)
    lengths: Array = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / lengths


def same(one: Mapping[str, Array], other: Mapping[str, Array]) -> bool:
    return all(one[name].tobytes() == other[name].tobytes() and one[name].dtype == other[name].dtype for name in one)


def unrounded(monkeypatch: pytest.MonkeyPatch) -> list[EncodedProfile]:
    """The golden people as they were stored before numbers were rounded."""
    with monkeypatch.context() as patched:
        patched.setattr("recommender.encoding.profile_encoder.rounded_columns", lambda columns: columns)
        patched.setattr("recommender.encoding.profile_encoder.rounded", lambda vector: vector)
        return encoder().encode(PEOPLE)


def test_sections_keep_their_direction_in_nine_values() -> None:
    vectors = unit_vectors(50)
    codes = section_codes(vectors)
    assert set(np.unique(codes).tolist()) == set(range(-4, 5))
    cosines = np.vecdot(codes.astype(np.float32), vectors) / np.linalg.norm(codes.astype(np.float32), axis=1)
    assert cosines.min() > 0.97
    few = np.zeros((1, 384), np.float32)
    few[0, [3, 90, 200]] = 0.8, 0.36, -0.48
    codes = section_codes(few).astype(np.float32)
    assert np.vecdot(codes, few)[0] / np.linalg.norm(codes) > 0.97
    assert section_codes(np.zeros((1, 384), np.float32)).tolist() == [[0] * 384]


def test_little_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    for before, after in zip(unrounded(monkeypatch), encoder().encode(PEOPLE), strict=True):
        old, new = before.features.columns, after.features.columns
        for name in ("section_share", "section_left", "unit_words", "unit_skills"):
            np.testing.assert_allclose(new[name], old[name], rtol=5e-4, atol=1e-7)
        np.testing.assert_allclose(new["sparse_weight"], old["sparse_weight"], atol=1.3e-4)
        np.testing.assert_allclose(new["loss_weight"], old["loss_weight"], rtol=0.008)
        lengths = np.linalg.norm(new["section_code"] * new["section_scale"][:, None], axis=1)
        np.testing.assert_allclose(lengths[old["section_scale"] > 0], 1, atol=5e-4)
        np.testing.assert_allclose(after.vector, before.vector, atol=np.abs(before.vector).max() / 127)
        for name in ("sparse_id", "loss_id", "loss_unit", "loss_shown", "career_code", "years", "section_kind"):
            assert np.array_equal(new[name], old[name])


def test_rounding_again_changes_nothing() -> None:
    for one in encoder().encode(PEOPLE):
        assert same(rounded_columns(one.features.columns), one.features.columns)


def test_what_was_stored_before_becomes_what_encoding_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    profile_encoder = encoder()
    for before, after in zip(unrounded(monkeypatch), profile_encoder.encode(PEOPLE), strict=True):
        anew = profile_encoder.with_facts_anew(before.profile, before.vector, before.features)
        assert anew.vector.tobytes() == after.vector.tobytes()
        assert same(anew.features.columns, after.features.columns)
        assert (anew.facts, anew.fingerprint) == (after.facts, after.fingerprint)


def test_pools_of_the_representation_before_are_brought_up_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    now = encoder()
    with monkeypatch.context() as patched:
        patched.setattr("recommender.encoding.profile_encoder.REPRESENTATION", 15)
        before = encoder().fingerprint
        patched.setattr("recommender.encoding.profile_encoder.REPRESENTATION", 14)
        long_before = encoder().fingerprint
    assert now.brings_up(before)
    assert now.brings_up(str(Fingerprint(Fingerprint.parse(before).numbers, "other rules")))
    assert now.brings_up(str(Fingerprint(Fingerprint.parse(now.fingerprint).numbers, "other rules")))
    assert not now.brings_up(long_before)
    assert not now.brings_up(now.fingerprint)


def test_a_code_of_a_byte_is_rounded_as_the_vector_it_stands_for() -> None:
    codes, scales = quantise(unit_vectors(4))
    given = encoder().encode(PEOPLE[:1])[0].features
    columns = {**given.columns, "section_code": codes, "section_scale": scales}
    assert np.array_equal(rounded_columns(columns)["section_code"], section_codes(dequantise(codes, scales)))
