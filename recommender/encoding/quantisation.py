"""One byte a number for stored vectors: each row is divided by its largest magnitude and rounded to ±127.

The cosine of a row to its original is above .9999 for embeddings of a few hundred dimensions, and quantising
twice changes nothing: what is stored, shipped and read back is the same vector to the bit.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Codes (n, d) and scales (n,); a row of zeros has scale 0."""
    largest = np.abs(vectors).max(axis=1, initial=0.0)
    scales = (largest / np.float32(127)).astype(np.float32)
    safe = np.where(scales > 0, scales, np.float32(1))
    return np.rint(vectors / safe[:, None]).astype(np.int8), scales


def dequantise(codes: NDArray[np.int8], scales: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows that codes and scales stand for, of unit length (zeros stay zeros), shape (n, d)."""
    vectors = codes.astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    lengths[(lengths == 0) | (scales == 0)] = np.inf
    vectors /= lengths[:, None]
    return vectors


def rounded(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector with each number rounded to one of 255 that are whole multiples of a power of two.

    So it takes a byte a number, and its products with anything are the codes' products times that power, to the bit.
    Rounding twice changes nothing. The cosine to the original is .9995 as a rule; least where few numbers stand out.
    """
    exponent = fitting_exponent(vector)
    return np.ldexp(np.rint(np.ldexp(vector, exponent)), -exponent).astype(np.float32) + np.float32(0)


def fitting_exponent(vector: NDArray[np.float32]) -> int:
    """The largest power of two that leaves the largest magnitude at 127 when it is rounded; 0 for zeros."""
    largest = float(np.abs(vector).max(initial=0.0))
    return math.frexp(127.49 / largest)[1] - 1 if largest else 0
