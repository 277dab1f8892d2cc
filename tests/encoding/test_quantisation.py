"""Quantised vectors: close to the original, and stable when quantised again."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from recommender.encoding.quantisation import dequantise, quantise


def units(seed: int, rows: int = 20, width: int = 384) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).standard_normal((rows, width)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


@given(st.integers(0, 10_000))
def test_the_cosine_to_the_original_is_above_9999(seed: int) -> None:
    vectors = units(seed)
    assert np.einsum("ij,ij->i", vectors, dequantise(*quantise(vectors))).min() > 0.9999


@given(st.integers(0, 10_000))
def test_quantising_twice_changes_nothing(seed: int) -> None:
    once = dequantise(*quantise(units(seed)))
    twice = dequantise(*quantise(once))
    assert np.array_equal(once, twice)


def test_a_row_by_hand() -> None:
    """(0, -2, 1) has largest magnitude 2: scale 2/127, codes 0, -127, 64 (63.5 rounds to even)."""
    codes, scales = quantise(np.array([[0, -2, 1]], np.float32))
    assert codes.tolist() == [[0, -127, 64]]
    assert scales[0] == np.float32(2) / np.float32(127)
    length = np.sqrt(127**2 + 64**2)
    assert np.allclose(dequantise(codes, scales), [[0, -127 / length, 64 / length]])


def test_zeros_stay_zeros_and_no_rows_stay_no_rows() -> None:
    assert dequantise(*quantise(np.zeros((2, 4), np.float32))).tolist() == [[0.0] * 4] * 2
    assert dequantise(*quantise(np.zeros((0, 4), np.float32))).shape == (0, 4)
