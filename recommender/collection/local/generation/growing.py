"""Arrays that only grow: what is below a length once read never changes, whatever is appended meanwhile."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from recommender.collection.common.codec import Layout
from recommender.collection.common.damage import Decoded
from recommender.collection.common.packing import are_codes, codes_of
from recommender.collection.local.sealed.records import Records
from recommender.collection.local.sealed.vectors import Vectors
from recommender.collection.local.sealed.whole import biased
from recommender.encoding.features import Array


class Growing:
    """Rows appended at the end, room doubled when it is full. One writer, any number of readers."""

    def __init__(self, dtype: DTypeLike, shape: tuple[int, ...] = ()) -> None:
        self._array: Array = np.empty((16, *shape), dtype=dtype)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def array(self) -> Array:
        """All rows there are."""
        return self._array[: self._length]

    def append(self, rows: Array) -> None:
        """Add rows. The old array is left to those who still read it when a larger one is needed."""
        needed = self._length + len(rows)
        if needed > len(self._array):
            larger = np.empty((max(needed, 2 * len(self._array)), *self._array.shape[1:]), dtype=self._array.dtype)
            larger[: self._length] = self._array[: self._length]
            self._array = larger
        self._array[self._length : needed] = rows
        self._length = needed


class GrowingRecords:
    """The feature columns of profiles appended one batch after another."""

    def __init__(self, layout: Layout) -> None:
        self._offsets = {group: Growing("i8") for group in layout.entries}
        self._entries = {group: Growing(dtype) for group, dtype in layout.entries.items()}
        for offsets in self._offsets.values():
            offsets.append(np.zeros(1, dtype=np.int64))

    def append(self, records: Records) -> None:
        """Add the profiles of `records`; entries first, so that no offset ever points past their end."""
        for group, entries in self._entries.items():
            entries.append(records.entries[group])
        for group, offsets in self._offsets.items():
            offsets.append(records.offsets[group][1:] + offsets.array[-1])

    @property
    def records(self) -> Records:
        """All profiles there are, without a copy."""
        return Records(
            {group: offsets.array for group, offsets in self._offsets.items()},
            {group: entries.array for group, entries in self._entries.items()},
        )


class GrowingVectors:
    """Search vectors appended one batch after another: a byte a number, until one comes that takes more."""

    def __init__(self, dimension: int) -> None:
        self._dimension = dimension
        self._codes, self._exponents = Growing("u1", (dimension,)), Growing("i1")
        self._plain: Growing | None = None
        self._longest = 0.0

    @property
    def vectors(self) -> Vectors:
        """All rows there are, without a copy."""
        plain = self._plain
        if plain is not None:
            return Vectors(plain.array)
        return Vectors(self._codes.array, self._exponents.array, self._longest)

    def append(self, batch: Decoded) -> None:
        """Add the batch's. Those who still read codes keep them when all are widened."""
        packed = [insert.vector for insert in batch.inserts]
        if self._plain is None and not are_codes(packed, self._dimension):
            plain = Growing("f4", (self._dimension,))
            plain.append(self.vectors.take(slice(None)))
            plain.append(batch.vectors)
            self._plain = plain
        elif self._plain is not None:
            self._plain.append(batch.vectors)
        else:
            codes, exponents = codes_of(packed, self._dimension)
            longest = float(np.vecdot(batch.vectors, batch.vectors).max(initial=0)) ** 0.5
            self._longest = max(self._longest, longest)
            self._exponents.append(exponents)
            self._codes.append(biased(codes))
