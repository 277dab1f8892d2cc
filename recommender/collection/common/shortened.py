"""Columns whose numbers take fewer bytes, or more even ones, than their type does; and back, to the bit.

Each form is for what encoding gives (`encoding/rounding.py`). A profile's column that is not of that kind has no such
form, and is kept as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Array, Column
from recommender.encoding.rounding import LARGEST_CODE, LOSS_BITS, weight_number, weight_of

Offsets = NDArray[np.int64]

_VALUES = 2 * LARGEST_CODE + 1
#: Bits of a float32's fraction that the shares of rounded losses leave empty, and that they use.
_EMPTY, _USED = 24 - LOSS_BITS, LOSS_BITS - 1


class Form(NamedTuple):
    """A shorter form of a column.

    Attributes:
        dtype: of its numbers.
        width: of an entry, by that of the column's.
        shorten: of one profile's entries; None where they have no such form.
        restore: the entries of many profiles, whose own begin at the offsets.
    """

    dtype: str
    width: Callable[[int], int]
    shorten: Callable[[Array], Array | None]
    restore: Callable[[Array, Offsets], Array]

    def of(self, column: Column) -> Column:
        """The column as it is stored."""
        return column._replace(dtype=self.dtype, width=self.width(column.width))


def _differences(ids: Array) -> Array:
    """Of each number what it is more than the one before, beyond 2^32 from 0 on again."""
    differences = ids.copy()
    differences[1:] -= ids[:-1]
    return differences


def _sums(differences: Array, offsets: Offsets) -> Array:
    sums = np.zeros(len(differences) + 1, differences.dtype)
    np.cumsum(differences, out=sums[1:])
    found: Array = sums[1:] - np.repeat(sums[offsets[:-1]], np.diff(offsets))
    return found


def _pairs(codes: Array) -> Array | None:
    """Two numbers of nine values in a byte."""
    digits = (codes + np.int8(LARGEST_CODE)).view(np.uint8)
    if codes.ndim != 2 or codes.shape[1] % 2 or (digits >= _VALUES).any():
        return None
    return digits[:, ::2] * np.uint8(_VALUES) + digits[:, 1::2]


def _of_pairs(pairs: Array, _: Offsets) -> Array:
    return _both().take(pairs).view(np.int8)


@cache
def _both() -> NDArray[np.uint16]:
    """The two numbers that each byte stands for, side by side."""
    every = np.arange(256)
    both = np.stack([every // _VALUES, every % _VALUES], axis=1) - LARGEST_CODE
    pairs: NDArray[np.uint16] = both.astype(np.int8).view(np.uint16)[:, 0]
    return pairs


def _numbers(weights: Array) -> Array | None:
    """Weights as whole numbers, one less than their multiples."""
    numbers = weight_number(weights)
    return (numbers - 1).astype(np.uint16) if (weight_of(numbers) == weights).all() else None


def _of_numbers(numbers: Array, _: Offsets) -> Array:
    return weight_of(numbers.astype(np.int64) + 1)


def _shares(losses: Array) -> Array | None:
    """Losses as an exponent, in a byte of its own, and the bits that are left of the share."""
    bits = np.ascontiguousarray(losses).view(np.uint32)
    if ((bits >> 31) | (bits & ((1 << _EMPTY) - 1))).any():
        return None
    return ((bits >> 23 << 8) | (bits >> _EMPTY & ((1 << _USED) - 1))).astype(np.uint16)


def _of_shares(shares: Array, _: Offsets) -> Array:
    wide = shares.astype(np.uint32)
    return (wide >> 8 << 23 | (wide & 255) << _EMPTY).view(np.float32)


#: Column → its form, in the order in which it is stored which profiles have which.
FORMS: dict[str, Form] = {
    "section_code": Form("u1", lambda width: width // 2, _pairs, _of_pairs),
    "loss_id": Form("<u4", int, _differences, _sums),
    "loss_weight": Form("<u2", int, _shares, _of_shares),
    "sparse_id": Form("<u4", int, _differences, _sums),
    "sparse_weight": Form("<u2", int, _numbers, _of_numbers),
}

#: Column → the bit that says whether it has its form.
BITS = {name: 2 << place for place, name in enumerate(FORMS)}


def held_in(column: Column, how: int) -> Form | None:
    """The form that the column has where the bits are these; None where it is as it is."""
    form = FORMS.get(column.name)
    return form if form is not None and how & BITS[column.name] else None
