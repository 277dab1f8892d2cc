"""Inner products in whole numbers: of rows of bytes with a question that is rounded to a byte a number.

FAISS multiplies them several times as fast as a product of floats takes. The rows are exact where they are
stored as bytes; what rounding the question changes of a product is at most what it took from the question times the
length of the row (Cauchy-Schwarz).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

faiss: Any = _faiss  # its own type stubs do not know how its classes are called from Python

Floats = NDArray[np.float32]

#: The largest whole number.
LARGEST = 127
#: What a byte's sign bit is turned by: FAISS counts from -128.
_SIGN = np.uint8(128)
#: What FAISS's product is greater than, whatever is multiplied.
_LEAST = -3.4e38


class Rounded(NamedTuple):
    """A question.

    Attributes:
        numbers: float32, whole, from -127 to 127.
        step: what a 1 of them means.
        off: the length of what rounding took from it.
    """

    numbers: Floats
    step: np.float32
    off: float


def rounded(vector: Floats) -> Rounded:
    """A question, rounded."""
    largest = max(float(vector.max(initial=0)), -float(vector.min(initial=0)))
    step = np.float32(largest / LARGEST) if largest else np.float32(1)
    numbers = np.rint(vector / step)
    rest = vector - numbers * step
    return Rounded(numbers, step, float(np.vecdot(rest, rest)) ** 0.5)


def whole(vectors: Floats, scale: np.float32) -> Floats:
    """Vectors as whole numbers from -127 to 127, a 1 being 1 / scale; what is beyond is cut off."""
    return np.clip(np.rint(vectors * scale), -LARGEST, LARGEST)


def products(codes: NDArray[np.int8], numbers: Floats) -> Floats:
    """Of rows of codes, which are changed by it, with whole numbers; exact."""
    found = faiss.RangeSearchResult(1)
    partial = faiss.RangeSearchPartialResult(found)
    scanner = _index(codes.shape[1]).get_InvertedListScanner(False, None, None)
    scanner.set_query(faiss.swig_ptr(numbers))
    scanner.set_list(0, 0.0)
    biased = codes.view(np.uint8)
    np.bitwise_xor(biased, _SIGN, out=biased)
    places = _places(-(-len(codes) // 1024) * 1024)
    scanner.scan_codes_range(
        len(codes), faiss.swig_ptr(biased), faiss.swig_ptr(places), _LEAST, partial.new_result(0)
    )  # fmt: skip
    partial.finalize()
    return faiss.rev_swig_ptr(found.distances, len(codes)).copy()


@lru_cache(4)
def _index(dimension: int) -> Any:
    """An index of nobody, of which scanners are made."""
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension), dimension, 1, faiss.ScalarQuantizer.QT_8bit_direct_signed,
        faiss.METRIC_INNER_PRODUCT, False,
    )  # fmt: skip
    index.is_trained = True
    return index


@lru_cache(4)
def _places(count: int) -> NDArray[np.int64]:
    return np.arange(count)
