"""Inner products in whole numbers: of rows of bytes with a question that is rounded to a byte a number.

FAISS multiplies them in a quarter of the time that widening them and a product of floats take. Rows that are stored as
bytes are exact; what rounding the question changes of a product is at most the length of what it took from the question
times the length of the row (Cauchy-Schwarz).
"""

from __future__ import annotations

import math
import threading
from functools import lru_cache
from typing import Any, NamedTuple

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

faiss: Any = _faiss  # its own type stubs do not know how its classes are called from Python

Floats = NDArray[np.float32]
Biased = NDArray[np.uint8]

#: The largest whole number.
LARGEST = 127
#: What rounding a number to float32 changes of it at most, as a share.
_UNIT = float(np.finfo(np.float32).eps) / 2
#: What a byte's sign is turned by: FAISS counts from -128.
_SIGN = np.uint8(128)
#: What FAISS's product is greater than, whatever is multiplied.
_LEAST = -3.4e38
#: The methods of an array take twice as long.
_greatest, _least = np.maximum.reduce, np.minimum.reduce


class Rounded(NamedTuple):
    """A question: float32, whole numbers from -127 to 127, and what a 1 of them means."""

    numbers: Floats
    step: np.float32


def rounded(vector: Floats) -> Rounded:
    """A question, rounded."""
    step = max(_greatest(vector), -_least(vector)) / np.float32(LARGEST) or np.float32(1)
    return Rounded(np.rint(vector / step), step)


def off_by(asked: Rounded, vector: Floats, longest: float) -> float:
    """By how much a product with a row of at most this length, or its score, can be off.

    Rounding a sum of n products to float32, in whatever order, changes it by n roundings of their magnitudes' sum.
    """
    rest = vector - asked.numbers * asked.step
    took, length = math.sqrt(np.dot(rest, rest)), math.sqrt(np.dot(vector, vector))
    return longest * (took + 4 * len(vector) * _UNIT * length)


def whole(vectors: Floats, scale: np.float32) -> Floats:
    """Vectors as whole numbers from -127 to 127, a 1 being 1 / scale; what is beyond is cut off."""
    numbers: Floats = np.clip(np.rint(vectors * scale), -LARGEST, LARGEST)
    return numbers


def biased(codes: NDArray[np.int8]) -> Biased:
    """Codes as FAISS counts them: 128 more."""
    return codes.view(np.uint8) ^ _SIGN


def on_scale(codes: Biased, exponents: NDArray[np.int8], exponent: int) -> Biased:
    """Rows of codes, each times 2 to minus its exponent, as codes that all have one; what is beyond is cut off."""
    found = codes.copy()
    for own in np.unique(exponents).tolist():
        rows, more = np.flatnonzero(exponents == own), min(max(own - exponent, -8), 9)
        if more:
            wide = unbiased(codes[rows]).astype(np.int16)
            wide = (wide + np.int16(1 << (more - 1))) >> more if more > 0 else wide << -more
            found[rows] = biased(wide.clip(-LARGEST, LARGEST).astype(np.int8))
    return found


def unbiased(codes: Biased, out: Biased | None = None) -> NDArray[np.int8]:
    """And back; written to `out` where that is given."""
    return np.bitwise_xor(codes, _SIGN, out=out).view(np.int8)


def products(codes: Biased, numbers: Floats) -> Floats:
    """Of rows of codes, one after another in memory, with whole numbers; exact."""
    found = faiss.RangeSearchResult(1)
    partial = faiss.RangeSearchPartialResult(found)
    scanner = _SCANNERS.of(codes.shape[1])
    scanner.set_query(faiss.swig_ptr(numbers))
    scanner.set_list(0, 0.0)
    places = _places(-(-len(codes) // 1024) * 1024)
    scanner.scan_codes_range(len(codes), faiss.swig_ptr(codes), faiss.swig_ptr(places), _LEAST, partial.new_result(0))
    partial.finalize()
    exact: Floats = faiss.rev_swig_ptr(found.distances, len(codes)).copy()
    return exact


class _Scanners(threading.local):
    """FAISS's scanners by dimension: each holds a question, so that every thread has its own."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, Any]] = {}

    def of(self, dimension: int) -> Any:
        """One for vectors of so many numbers."""
        if dimension not in self._known:
            index = faiss.IndexIVFScalarQuantizer(
                faiss.IndexFlatIP(dimension), dimension, 1, faiss.ScalarQuantizer.QT_8bit_direct_signed,
                faiss.METRIC_INNER_PRODUCT, False,
            )  # fmt: skip
            index.is_trained = True
            self._known[dimension] = index.get_InvertedListScanner(False, None, None), index
        return self._known[dimension][0]


_SCANNERS = _Scanners()


@lru_cache(4)
def _places(count: int) -> NDArray[np.int64]:
    return np.arange(count)
