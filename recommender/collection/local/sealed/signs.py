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
_AT_ONCE = 16_384
#: From which share of the rows on those between are compared too, rather than the wanted ones gathered.
_DENSE = 0.5
#: Words of a row whose bits FAISS counts in a third of the time that others take for each.
_QUICK = 8
#: Magnitudes above so many times the root of their mean square are 3, others 1.
_LARGE = np.float32(0.98)

#: Rows among which it is measured what estimates are off, and how many of them are asked for all.
_SAMPLE, _SAMPLE_ASKED = 2_000, 64

_Bits = NDArray[np.uint64]
_Counts = NDArray[np.int32]


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
    """Signs of the rows of a segment, read where they lie.

    Args:
        high: the high bits in blocks of columns, each in one piece; as they are stored where it is not given.
    """

    def __init__(self, stored: StoredSigns, high: tuple[_Bits, ...] = ()) -> None:
        self._stored, self._high = stored, high or (stored.high,)

    def __len__(self) -> int:
        return len(self._high[0])

    def only(self, rows: NDArray[np.int64]) -> Signs:
        """Those of some rows, numbered from 0."""
        return _Only(self._stored, rows)

    @property
    def spread(self) -> NDArray[np.float32]:
        """What coarse and fine estimates are off as a rule."""
        return self._stored.spread

    def asked(self, vector: NDArray[np.float32]) -> Asked:
        """The question, rounded."""
        beyond = vector - self._stored.centre
        high, magnitudes, square = beyond > 0, np.abs(beyond), np.dot(beyond, beyond)
        large = magnitudes > _LARGE * np.sqrt(square / np.float32(len(beyond)))
        rounded = np.add.reduce(magnitudes) + 2 * np.dot(magnitudes, large.astype(np.float32))
        planes = np.empty((2, len(beyond)), np.bool_)
        planes[0] = high
        np.equal(high, large, out=planes[1])
        step = square / max(rounded, np.float32(1e-30))
        return Asked(_packed(planes), step, np.dot(vector, self._stored.centre))

    def coarse(self, asked: Asked, rows: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
        """By the high bits of rows, ascending, about their inner products; the same whatever else is estimated.

        Args:
            rows: None for all.
        """
        stored = self._stored
        if rows is not None and len(rows) <= _DENSE * len(self):
            parts = [rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE)]
            differ = _joined([_differing(asked, self._high, part) for part in parts])
            return self._estimates(asked, differ, 3, stored.coarse.take(rows), stored.offset.take(rows))
        blocks = (slice(start, start + _AT_ONCE) for start in range(0, len(self), _AT_ONCE))
        differ = _joined([_differing(asked, self._high, block) for block in blocks])
        estimates = self._estimates(asked, differ, 3, stored.coarse, stored.offset)
        return estimates if rows is None else estimates.take(rows)

    def fine(self, asked: Asked, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """By both bits of rows, more closely."""
        return self._closely(asked, rows, rows)

    def _closely(self, asked: Asked, rows: NDArray[np.int64], stored_at: NDArray[np.int64]) -> NDArray[np.float32]:
        """The same, of which what coarse estimates do not take is read where it is stored."""
        stored = self._stored
        differ = 2 * _differing(asked, self._high, rows)
        differ += _differing(asked, (stored.low,), stored_at)
        return self._estimates(asked, differ, 9, stored.fine.take(stored_at), stored.offset.take(rows))

    def _estimates(
        self, asked: Asked, differ: _Counts, most: int, scale: NDArray[np.float32], offset: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Of rows, whose product is `most` for each number that does not differ."""
        estimates = differ.astype(np.float32)
        estimates *= -2 * asked.step
        estimates += np.float32(most * len(self._stored.centre)) * asked.step
        estimates *= scale
        estimates += offset
        estimates += asked.level
        return estimates


class _Only(Signs):
    """Those of some rows: a copy of what coarse estimates take; of few rows more is asked, which is read as it lies."""

    def __init__(self, stored: StoredSigns, rows: NDArray[np.int64]) -> None:
        words = stored.high.shape[1]
        width = words if words % _QUICK else _QUICK
        pieces, per_row = stored.high.reshape(-1, width), words // width
        high = tuple(pieces.take(per_row * rows + at, axis=0) for at in range(per_row))
        super().__init__(stored._replace(coarse=stored.coarse.take(rows), offset=stored.offset.take(rows)), high)
        self._stored_at = rows

    def fine(self, asked: Asked, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        return self._closely(asked, rows, self._stored_at.take(rows))


def _rounded(beyond: NDArray[np.float32]) -> tuple[NDArray[np.bool_], NDArray[np.bool_], Any, Any]:
    """High and low signs of rows, and each row's product with its high ones, and with both."""
    high, magnitudes = beyond > 0, np.abs(beyond)
    mean = np.vecdot(beyond, beyond) / np.float32(beyond.shape[1])
    large = magnitudes > (_LARGE * np.sqrt(mean))[:, None]
    along = magnitudes.sum(axis=1)
    return high, high == large, along, along + 2 * np.vecdot(magnitudes, large.astype(np.float32))


def _differing(asked: Asked, blocks: tuple[_Bits, ...], rows: NDArray[np.int64] | slice) -> _Counts:
    """In how many the rounded question and some rows of signs differ, those of its high bits twice.

    Of D numbers of which d differ the product is D - 2 d.
    """
    several = len(rows) if isinstance(rows, np.ndarray) else len(range(*rows.indices(len(blocks[0]))))
    found = np.zeros(several, np.int32)
    differ = np.empty((2, several), np.int32)
    for at, block in enumerate(blocks):
        width = block.shape[1]
        planes = np.ascontiguousarray(asked.planes[:, at * width : (at + 1) * width])
        bits = block[rows] if isinstance(rows, slice) else block.take(rows, axis=0)
        faiss.hammings(
            faiss.swig_ptr(planes.view(np.uint8)), faiss.swig_ptr(bits.view(np.uint8)), 2, several, bits.shape[1] * 8,
            faiss.swig_ptr(differ),
        )  # fmt: skip
        found += differ[0]
        found += differ[0]
        found += differ[1]
    return found


def _packed(signs: NDArray[np.bool_]) -> _Bits:
    """Rows of bits, filled up to whole words."""
    missing = -signs.shape[1] % 64
    filled = np.pad(signs, ((0, 0), (0, missing))) if missing else signs
    return np.packbits(filled, axis=1, bitorder="little").view(np.uint64)


def _joined(parts: list[_Counts]) -> _Counts:
    return parts[0] if len(parts) == 1 else np.concatenate([np.empty(0, np.int32), *parts])
