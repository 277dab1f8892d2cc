"""`Signs`: two bits a number of every search vector, from which inner products are estimated.

After RaBitQ (Gao and others, SIGMOD 2024 and 2025), without its rotation, which these vectors do not need. Of a row x,
y = x - c is rounded to 3, 1, -1 or -3 in units of its own, c being the mean of all rows. That is twice a row of signs
(the high bits) and another (the low ones); with the high ones alone it is rounded to 1 or -1. The product of any p with
y is about that with the rounded y, times |y|² over the product of y with it. The question is rounded likewise, so that
all that is left is to count, row of signs by row of signs, where they differ: a row costs 128 bytes and 32 counts by
its high bits, and twice that by both, where its vector costs 4 kB.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

from recommender.collection.local.sealed.vectors import Matrix

faiss: Any = _faiss  # its own type stubs do not know how its classes are called from Python

#: Rows whose signs are worked out, or compared, at once; what that takes stays in the processor's cache.
_AT_ONCE = 8_192
#: From which share of the rows on those between are compared too, rather than the wanted ones gathered.
_DENSE = 0.5
#: Magnitudes above so many times the root of their mean square are 3, others 1.
_LARGE = np.float32(0.98)

#: Rows among which it is measured what estimates are off, and how many of them are asked for all.
_SAMPLE, _SAMPLE_ASKED = 2_000, 64

_Bits = NDArray[np.uint64]


class StoredSigns(NamedTuple):
    """What is stored of them.

    Attributes:
        centre: float32, the mean of all rows.
        high, low: uint64 of shape (rows, ceil(dimension / 64)), the lowest bit first.
        coarse, fine: float32, by what the product with a row's high bits, and with both, is multiplied.
        offset: float32, a row's inner product of y with the centre.
        spread: float32, the standard deviations of what coarse and fine estimates are off, among rows of the sample.
    """

    centre: NDArray[np.float32]
    high: _Bits
    low: _Bits
    coarse: NDArray[np.float32]
    fine: NDArray[np.float32]
    offset: NDArray[np.float32]
    spread: NDArray[np.float32]


def signs_of(vectors: Matrix) -> StoredSigns:
    """The signs of all rows."""
    blocks = [slice(start, start + _AT_ONCE) for start in range(0, len(vectors), _AT_ONCE)]
    centre = (sum(vectors[block].sum(axis=0, dtype=np.float64) for block in blocks) / len(vectors)).astype(np.float32)
    of_blocks = [_signs(vectors[block], centre) for block in blocks]
    high, low, coarse, fine, offset = (np.concatenate(column) for column in zip(*of_blocks, strict=True))
    stored = StoredSigns(centre, high, low, coarse, fine, offset, np.zeros(2, np.float32))
    return stored._replace(spread=_spread(vectors, Signs(stored)))


def _spread(vectors: Matrix, signs: Signs) -> NDArray[np.float32]:
    """Of estimates of some rows' products with some others."""
    rows = np.arange(0, len(vectors), -(-len(vectors) // _SAMPLE))
    sample, off = vectors[rows], list[tuple[Any, Any]]()
    for vector in sample[:: -(-len(rows) // _SAMPLE_ASKED)]:
        asked, products = signs.asked(vector), np.vecdot(sample, vector)
        off.append((signs.coarse(asked, rows) - products, signs.fine(asked, rows) - products))
    return np.array([np.std([each[kind] for each in off]) for kind in (0, 1)], np.float32)


def _signs(vectors: NDArray[np.float32], centre: NDArray[np.float32]) -> tuple[Any, ...]:
    """Of some rows, in the order of what is stored."""
    beyond = vectors - centre
    high, low, magnitudes, rounded = _rounded(beyond)
    length = np.vecdot(beyond, beyond)
    coarse, fine = (length / np.maximum(along, np.float32(1e-30)) for along in (magnitudes, rounded))
    return _packed(high), _packed(low), coarse, fine, beyond @ centre


class Asked(NamedTuple):
    """A question as signs are compared with it.

    Attributes:
        planes: uint64 of shape (2, width), its high bits and its low ones.
        step: what a 1 means.
        level: what every estimate has in common, the product with the centre.
    """

    planes: _Bits
    step: np.float32
    level: np.float32


class Signs:
    """Signs of the rows of a segment, read where they lie."""

    def __init__(self, stored: StoredSigns) -> None:
        self._stored = stored

    def __len__(self) -> int:
        return len(self._stored.high)

    def only(self, rows: NDArray[np.int64]) -> Signs:
        """Those of some rows side by side, numbered from 0: a copy."""
        stored = self._stored
        high, low = stored.high.take(rows, axis=0), stored.low.take(rows, axis=0)
        coarse, fine, offset = (column.take(rows) for column in (stored.coarse, stored.fine, stored.offset))
        return Signs(StoredSigns(stored.centre, high, low, coarse, fine, offset, stored.spread))

    @property
    def spread(self) -> NDArray[np.float32]:
        """What coarse and fine estimates are off as a rule."""
        return self._stored.spread

    def asked(self, vector: NDArray[np.float32]) -> Asked:
        """The question, rounded."""
        beyond = (vector - self._stored.centre)[None, :]
        high, low, _, rounded = _rounded(beyond)
        step = np.vecdot(beyond, beyond)[0] / max(rounded[0], np.float32(1e-30))
        return Asked(_packed(np.concatenate([high, low])), step, np.vecdot(vector, self._stored.centre))

    def coarse(self, asked: Asked, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """By the high bits of rows, ascending, about their inner products; the same whatever else is estimated."""
        stored = self._stored
        if len(rows) <= _DENSE * len(stored.high):
            parts = (rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE))
            return _joined([self._coarse(asked, stored.high.take(part, axis=0), part) for part in parts])
        blocks = (np.arange(s, min(s + _AT_ONCE, len(stored.high))) for s in range(0, len(stored.high), _AT_ONCE))
        return _joined([self._coarse(asked, stored.high[b[0] : b[-1] + 1], b) for b in blocks]).take(rows)

    def fine(self, asked: Asked, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """By both bits of rows, more closely."""
        stored = self._stored
        products = 2 * _products(asked, stored.high.take(rows, axis=0), self._dimension)
        products += _products(asked, stored.low.take(rows, axis=0), self._dimension)
        return self._estimates(asked, products, stored.fine.take(rows), rows)

    def _coarse(self, asked: Asked, high: _Bits, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        return self._estimates(asked, _products(asked, high, self._dimension), self._stored.coarse.take(rows), rows)

    def _estimates(
        self, asked: Asked, products: NDArray[np.int32], scale: NDArray[np.float32], rows: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        estimates: NDArray[np.float32] = products.astype(np.float32) * (scale * asked.step)
        estimates += self._stored.offset.take(rows)
        estimates += asked.level
        return estimates

    @property
    def _dimension(self) -> int:
        return len(self._stored.centre)


def _rounded(beyond: NDArray[np.float32]) -> tuple[NDArray[np.bool_], NDArray[np.bool_], Any, Any]:
    """High and low signs of rows, and each row's product with its high ones, and with both."""
    high, magnitudes = beyond > 0, np.abs(beyond)
    mean = np.vecdot(beyond, beyond) / np.float32(beyond.shape[1])
    large = magnitudes > (_LARGE * np.sqrt(mean))[:, None]
    along = magnitudes.sum(axis=1)
    return high, high == large, along, along + 2 * np.vecdot(magnitudes, large.astype(np.float32))


def _products(asked: Asked, bits: _Bits, dimension: int) -> NDArray[np.int32]:
    """Of the rounded question with rows of signs, of which d differ: D - 2 d, of its high bits twice."""
    differ, planes = np.empty((2, len(bits)), np.int32), asked.planes
    faiss.hammings(
        faiss.swig_ptr(planes.view(np.uint8)), faiss.swig_ptr(bits.view(np.uint8)), 2, len(bits), bits.shape[1] * 8,
        faiss.swig_ptr(differ),
    )  # fmt: skip
    products: NDArray[np.int32] = 3 * dimension - 4 * differ[0] - 2 * differ[1]
    return products


def _packed(signs: NDArray[np.bool_]) -> _Bits:
    """Rows of bits, filled up to whole words."""
    missing = -signs.shape[1] % 64
    filled = np.pad(signs, ((0, 0), (0, missing))) if missing else signs
    return np.packbits(filled, axis=1, bitorder="little").view(np.uint64)


def _joined(parts: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    return parts[0] if len(parts) == 1 else np.concatenate([np.empty(0, np.float32), *parts])
