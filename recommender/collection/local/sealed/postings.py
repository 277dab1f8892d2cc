"""Postings of the sealed segment: for every value of a field the bitmap of its rows, and for every row its values."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from recommender.collection.local.sealed.file.reader import Sealed
from recommender.collection.local.sealed.file.writer import SealedWriter
from recommender.collection.local.sealed.packed import Packed, Sorted, write_packed
from recommender.collection.local.sealed.records import ranges

#: Bitmaps of at least so many rows are kept once read; smaller ones are read again faster than they are found.
_KEPT_FROM = 32
#: Rows of fewer than so many are numbers of four bytes, which is less than a bitmap takes.
_BITMAP_FROM = 8


class FieldBuilder:
    """Gathers one field's values, row after row."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._entries = array("I")
        self._ends = array("q", [0])

    def add(self, values: Iterable[str]) -> None:
        """The values of the next row."""
        codes = self._codes
        for value in values:
            self._entries.append(codes.setdefault(value, len(codes)))
        self._ends.append(len(self._entries))

    def values(self) -> list[str]:
        """Every value so far, ascending."""
        return sorted(self._codes)

    def write(self, file: SealedWriter, field: str) -> None:
        """Write values in their order, each one's rows, and each row's values."""
        values = self.values()
        new_code = np.empty(len(values), dtype=np.uint32)
        new_code[[self._codes[value] for value in values]] = np.arange(len(values), dtype=np.uint32)
        codes = new_code[np.frombuffer(self._entries, np.uint32)] if values else np.empty(0, np.uint32)
        row_ends = np.frombuffer(self._ends, np.int64)
        rows = np.repeat(np.arange(len(row_ends) - 1, dtype=np.uint32), np.diff(row_ends))
        by_code = rows[np.argsort(codes, kind="stable")]
        counts = np.bincount(codes, minlength=len(values))
        write_packed(file, f"{field}_values", (value.encode() for value in values))
        write_packed(file, f"{field}_rows", _bitmaps(by_code, counts))
        file.add(f"{field}_counts", counts.astype(np.min_scalar_type(counts.max(initial=0))))
        file.add(f"{field}_codes", codes.astype(np.min_scalar_type(len(values))))
        file.add(f"{field}_code_offsets", row_ends.astype(np.min_scalar_type(len(codes))))


def _bitmaps(rows: NDArray[np.uint32], counts: NDArray[np.int64]) -> Iterator[bytes]:
    start = 0
    for count in counts.tolist():
        own = rows[start : start + count]
        start += count
        if count < _BITMAP_FROM:
            yield own.tobytes()
            continue
        bitmap = BitMap(memoryview(own.data))
        bitmap.run_optimize()
        yield bitmap.serialize()


class FieldPostings:
    """One field of the sealed segment.

    Attributes:
        values: ascending.
        counts: rows of each value.
        codes: positions in `values`, those of row r at `code_offsets[r]` to `code_offsets[r + 1]`.
    """

    def __init__(self, sealed: Sealed, field: str) -> None:
        self.counts: NDArray[np.unsignedinteger[Any]] = sealed.arrays[f"{field}_counts"]
        self.codes: NDArray[np.unsignedinteger[Any]] = sealed.arrays[f"{field}_codes"]
        self.code_offsets: NDArray[np.unsignedinteger[Any]] = sealed.arrays[f"{field}_code_offsets"]
        self._rows = Packed(sealed, f"{field}_rows")
        self.values = Sorted(len(self.counts), Packed(sealed, f"{field}_values").text)
        self._kept: dict[int, BitMap] = {}

    def bitmap(self, code: int) -> BitMap:
        """Rows that have the value at this position; not to be changed."""
        kept = self._kept.get(code)
        if kept is None:
            count, held = self.counts[code], self._rows[code]
            if count < _BITMAP_FROM:
                return BitMap(memoryview(held).cast("I"))
            kept = BitMap.deserialize(held)
            if count >= _KEPT_FROM:
                self._kept[code] = kept
        return kept

    def values_of(self, row: int) -> set[str]:
        """The values that a row has."""
        return {self.values[int(code)] for code in self.codes[self.code_offsets[row] : self.code_offsets[row + 1]]}

    def entries(self, rows: int) -> int:
        """How many values so many rows have on the whole, guessed from the mean."""
        return rows * len(self.codes) // max(1, len(self.code_offsets) - 1)

    def tally(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Of each value, how many of these rows have it."""
        _, places = ranges(self.code_offsets, rows)
        return np.bincount(self.codes[places], minlength=len(self.counts))
