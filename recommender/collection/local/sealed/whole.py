"""Inner products in whole numbers: of rows of bytes with a question that is rounded to whole numbers, once or twice.

FAISS multiplies them in a quarter of the time that widening them and a product of floats take. Rows that are stored as
bytes are exact; what rounding the question changes of a product is at most the length of what it took from the question
times the length of the row (Cauchy-Schwarz). What it took is rounded again, to a 254th of that, for the few rows of
which more has to be known.
"""

from __future__ import annotations

import math
import threading
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
#: Rows that FAISS writes into one buffer.
_AT_ONCE = faiss.RangeSearchResult(1).buffer_size
#: The methods of an array take twice as long.
_greatest, _least = np.maximum.reduce, np.minimum.reduce


class Rounded(NamedTuple):
    """A question: float32, whole numbers from -127 to 127, and what a 1 of them means."""

    numbers: Floats
    step: np.float32

    def rest(self, vector: Floats) -> Floats:
        """What rounding took from a question."""
        rest = self.numbers * -self.step
        rest += vector
        return rest


def rounded(vector: Floats) -> Rounded:
    """A question, rounded."""
    step = max(_greatest(vector), -_least(vector)) / np.float32(LARGEST) or np.float32(1)
    return Rounded(np.rint(vector / step), step)


def off_by(rest: Floats, vector: Floats, longest: float) -> float:
    """By how much a product with a row of at most this length, or its score, can be off.

    Rounding a sum of n products to float32, in whatever order, changes it by n roundings of their magnitudes' sum.

    Args:
        rest: what was taken from the question.
    """
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
    scanner = _SCANNERS.of(codes.shape[1])
    if len(codes) <= _AT_ONCE:
        return scanner.products(codes, numbers)
    starts = range(0, len(codes), _AT_ONCE)
    return np.concatenate([scanner.products(codes[start : start + _AT_ONCE], numbers) for start in starts])


class _Scanner:
    """FAISS's scanner, and where it writes: made once, as making that takes as long as multiplying a hundred rows."""

    def __init__(self, dimension: int) -> None:
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(dimension), dimension, 1, faiss.ScalarQuantizer.QT_8bit_direct_signed,
            faiss.METRIC_INNER_PRODUCT, False,
        )  # fmt: skip
        index.is_trained = True
        self._scanner, self._index = index.get_InvertedListScanner(False, None, None), index
        self._scanner.set_list(0, 0.0)
        self._result = faiss.RangeSearchResult(1)
        self._written = faiss.RangeSearchPartialResult(self._result)
        self._written.append_buffer()
        self._found = self._written.new_result(0)
        self._places = np.arange(_AT_ONCE)
        self._places_at = faiss.swig_ptr(self._places)

    def products(self, codes: Biased, numbers: Floats) -> Floats:
        """Those of `_AT_ONCE` rows at most."""
        exact = np.empty(len(codes), np.float32)
        self._written.wp = 0
        self._scanner.set_query(faiss.swig_ptr(numbers))
        self._scanner.scan_codes_range(len(codes), faiss.swig_ptr(codes), self._places_at, _LEAST, self._found)
        self._written.copy_range(0, len(codes), self._places_at, faiss.swig_ptr(exact))  # places are what they were
        return exact


class _Scanners(threading.local):
    """By dimension: each holds a question, so that every thread has its own."""

    def __init__(self) -> None:
        self._known: dict[int, _Scanner] = {}

    def of(self, dimension: int) -> _Scanner:
        """One for vectors of so many numbers."""
        if dimension not in self._known:
            self._known[dimension] = _Scanner(dimension)
        return self._known[dimension]


_SCANNERS = _Scanners()
