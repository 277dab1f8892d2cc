"""Entries of a group in the few bits that rounded numbers need (`encoding/rounding.py`), and back, to the bit.

A word is one number of four bytes, its id above its weight. Five numbers of a section, of nine values each, share two
bytes; beside them its shares take two bytes each. What is not rounded so does not fit, and is kept as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Array
from recommender.encoding.rounding import LARGEST_CODE, WEIGHTS, weight_number, weight_of

_WEIGHT_BITS = WEIGHTS.bit_length() - 1
_IDS = 1 << (32 - _WEIGHT_BITS)
_VALUES, _TOGETHER = 2 * LARGEST_CODE + 1, 5
_POWERS = _VALUES ** np.arange(_TOGETHER)


class DoesNotFit(Exception):
    """Numbers that are not rounded: never seen by a caller of the pool."""


class Narrow(NamedTuple):
    """How a group's entries are kept.

    Attributes:
        dtype: of a narrow entry.
        pack: wide entries → narrow ones; raises `DoesNotFit`.
        column: narrow entries and a column's name → that column.
    """

    dtype: np.dtype[np.generic]
    pack: Callable[[Array], Array]
    column: Callable[[Array, str], Array]


def narrow(wide: np.dtype[np.void]) -> Narrow | None:
    """For a group whose wide entries have this type; None where it has no narrow form."""
    fields = {name: wide[name] for name in wide.names or ()}
    if fields == {"sparse_id": np.dtype("<u4"), "sparse_weight": np.dtype("<f4")}:
        return Narrow(np.dtype("<u4"), _words, _word_column)
    if "section_code" in fields and fields["section_code"].base == np.int8 and fields["section_code"].shape:
        return _of_sections(wide)
    return None


def _words(entries: Array) -> Array:
    ids, numbers = entries["sparse_id"], weight_number(entries["sparse_weight"])
    if (ids >= _IDS).any() or (weight_of(numbers) != entries["sparse_weight"]).any():
        raise DoesNotFit
    return ids << np.uint32(_WEIGHT_BITS) | (numbers - 1).astype(np.uint32)


def _word_column(entries: Array, name: str) -> Array:
    if name == "sparse_id":
        return entries >> np.uint32(_WEIGHT_BITS)
    return weight_of((entries & np.uint32(WEIGHTS - 1)) + np.uint32(1))


def _of_sections(wide: np.dtype[np.void]) -> Narrow:
    (width,) = wide["section_code"].shape
    types: dict[str, object] = {name: wide[name] for name in wide.names or ()}
    halves = [name for name, dtype in types.items() if dtype == np.dtype("<f4")]
    types |= dict.fromkeys(halves, np.dtype("<f2"))
    types["section_code"] = np.dtype(("<u2", (-(-width // _TOGETHER),)))
    dtype = np.dtype(list(types.items()))

    def pack(entries: Array) -> Array:
        packed = np.empty(len(entries), dtype)
        for name in types:
            if name == "section_code":
                packed[name] = _codes(entries[name])
                continue
            with np.errstate(over="ignore"):
                packed[name] = entries[name]
            if packed[name].astype(wide[name]).tobytes() != entries[name].tobytes():
                raise DoesNotFit
        return packed

    def column(entries: Array, name: str) -> Array:
        if name == "section_code":
            return (
                _table()
                .take(entries[name], axis=0)
                .reshape(len(entries), -(-width // _TOGETHER) * _TOGETHER)[:, :width]
            )
        return entries[name].astype(wide[name])

    return Narrow(dtype, pack, column)


def _codes(codes: NDArray[np.int8]) -> NDArray[np.uint16]:
    if np.abs(codes.astype(np.int16)).max(initial=0) > LARGEST_CODE:
        raise DoesNotFit
    digits = np.pad(codes.astype(np.int64) + LARGEST_CODE, ((0, 0), (0, -codes.shape[1] % _TOGETHER)))
    fives = digits.reshape(len(codes), digits.shape[1] // _TOGETHER, _TOGETHER)
    return (fives @ _POWERS).astype(np.uint16)


@cache
def _table() -> NDArray[np.int8]:
    """The five numbers that each of two bytes stands for."""
    every = np.arange(_VALUES**_TOGETHER)
    return (every[:, None] // _POWERS % _VALUES - LARGEST_CODE).astype(np.int8)
