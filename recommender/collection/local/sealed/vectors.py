"""`Vectors`: the search vectors of rows as they are stored, and the one place where a row's exact score is worked out.

Whoever found a row, and whatever the way it is stored, it is scored here: so its score is the same to the bit from
every plan, and what is stored can change without a plan knowing.
"""

from __future__ import annotations

import math
import threading
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from recommender.collection.common.damage import Decoded
from recommender.collection.common.packing import codes_of, pack_vector, powers, vectors_of
from recommender.collection.common.scores import scores_of
from recommender.collection.local.sealed.file.reader import Sealed
from recommender.collection.local.sealed.file.writer import SealedWriter
from recommender.collection.local.sealed.whole import (
    Biased,
    Rounded,
    biased,
    off_by,
    on_scale,
    products,
    rounded,
    unbiased,
    whole,
)

#: Which rows: ascending or not, or a run of them.
Rows = NDArray[np.integer[Any]] | slice
Floats = NDArray[np.float32]
Kind = TypeVar("Kind", bound=np.generic)

#: Rows whose codes are widened at a time; what that takes stays in the processor's cache.
_AT_ONCE = 256
#: Rows from which on it costs less to multiply whole numbers first, and for each of the rows that are to be found.
_MANY, _MANY_EACH = 256, 2
#: So many more than are wanted are scored rather than multiplied once more.
_SOME = 64
#: By how much of what a product can be off at most the k-th best is taken to be: hardly any is off by a tenth of it.
_ASIDE = 0.1
#: Rows that are gathered at a time, and how many times as many are multiplied rather than gathering the wanted ones.
_GATHERED, _DENSE = 1_024, 2


class Vectors:
    """Those of the rows of a segment or a tail, numbered from 0.

    Args:
        stored: float32, or codes as `whole.biased` gives them; shape (rows, dimension).
        exponents: of codes, int8: a vector is its codes times 2 to minus that.
        longest: of codes, the length of the longest vector.
    """

    def __init__(
        self, stored: NDArray[Any], exponents: NDArray[np.int8] | None = None, longest: float = np.inf
    ) -> None:
        self._stored, self._exponents, self._longest = stored, exponents, longest

    def __len__(self) -> int:
        return len(self._stored)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and dimension."""
        rows, dimension = self._stored.shape
        return rows, dimension

    def __getitem__(self, rows: Rows) -> Floats:
        return self.take(rows)

    def take(self, rows: Rows) -> Floats:
        """The vectors of rows, in order, shape (len(rows), dimension); not to be changed."""
        stored = _of(self._stored, rows)
        if self._exponents is None:
            return stored
        return vectors_of(unbiased(stored), _of(self._exponents, rows))

    def only(self, rows: NDArray[np.int64]) -> Vectors:
        """Those of some rows side by side, numbered from 0: a copy, of few rows as they are multiplied."""
        if len(rows) < _MANY:
            return Vectors(self.take(rows))
        exponents = None if self._exponents is None else self._exponents.take(rows)
        return Vectors(self._stored.take(rows, axis=0), exponents, self._longest)

    def scores(self, rows: Rows, vector: Floats) -> Floats:
        """Inner products with the vector, a row at a time: a score does not depend on what else is scored with it.

        Those of codes come to the same bits as those of the vectors, of which they are a power of two.
        """
        if self._exponents is None:
            return scores_of(_of(self._stored, rows), vector)
        if isinstance(rows, slice):
            rows = np.arange(len(self._stored))[rows]
        products = np.empty(len(rows), np.float32)
        for start in range(0, len(rows), _AT_ONCE):
            codes, wide = _ROOM.of(self._stored.shape[1], min(_AT_ONCE, len(rows) - start))
            part = slice(start, start + _AT_ONCE)
            self._stored.take(rows[part], axis=0, out=codes, mode="clip")
            np.copyto(wide, unbiased(codes, codes))
            np.vecdot(wide, vector, out=products[part])
        products *= powers(self._exponents.take(rows))
        return products

    def pairs(self, rows: NDArray[np.int64], vectors: Floats, which: NDArray[np.int64]) -> Floats:
        """Inner products of rows, each with one of the vectors: the scores that `scores` gives it, to the bit."""
        found = np.empty(len(rows), np.float32)
        for start in range(0, len(rows), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            stored = _of(self._stored, rows[part])
            wide = stored if self._exponents is None else unbiased(stored, stored).astype(np.float32)
            np.vecdot(wide, vectors.take(which[part], axis=0), out=found[part])
        return found if self._exponents is None else found * powers(self._exponents.take(rows))

    def are_many(self, rows: int, k: int) -> bool:
        """Whether to multiply so many in whole numbers first, of whom k are wanted, costs less than to score them."""
        return self._exponents is not None and rows >= max(_MANY, _MANY_EACH * k)

    def nearest(
        self, rows: NDArray[np.int64], vector: Floats, k: int, about: About | None = None
    ) -> tuple[NDArray[np.int64], Floats]:
        """Of some rows, ascending, the k with the greatest scores, who ties with them, perhaps more; and scores.

        All are multiplied in whole numbers, and those are scored that can be among the k.

        Args:
            about: these vectors' products with this vector, where others were looked for.
        """
        if not self.are_many(len(rows), k):
            return rows, self.scores(rows, vector)
        about = about or About(self, vector)
        return about.best(rows, about.of(rows), k)

    def nearest_of_all(self, vector: Floats, k: int) -> tuple[NDArray[np.int64], Floats]:
        """The same of all rows."""
        if not self.are_many(len(self), k):
            return np.arange(len(self)), self.scores(slice(None), vector)
        about = About(self, vector)
        return about.best(None, about.of_all(), k)

    def multiplied(self, rows: NDArray[np.int64], asked: Rounded) -> Floats:
        """Products of rows, ascending, with a question in whole numbers."""
        assert self._exponents is not None
        found = self._multiplied(rows, asked.numbers)
        found *= powers(self._exponents.take(rows)) * asked.step
        return found

    def all_multiplied(self, asked: Rounded) -> Floats:
        """Those of all rows."""
        found = products(self._stored, asked.numbers)
        found *= self._powers
        found *= asked.step
        return found

    @cached_property
    def _powers(self) -> Floats:
        """By what products of codes are multiplied."""
        assert self._exponents is not None
        return powers(self._exponents)

    def _multiplied(self, rows: NDArray[np.int64], numbers: Floats) -> Floats:
        """Products of codes: of all between the first and the last where they lie, or of those that are gathered."""
        first, end = int(rows[0]), int(rows[-1]) + 1
        if end - first <= _DENSE * len(rows):
            between = products(self._stored[first:end], numbers)
            return between if len(between) == len(rows) else between.take(rows - first)
        found: list[Floats] = []
        for start in range(0, len(rows), _GATHERED):
            codes, _ = _ROOM.of(self._stored.shape[1], min(_GATHERED, len(rows) - start))
            self._stored.take(rows[start : start + _GATHERED], axis=0, out=codes, mode="clip")
            found.append(products(codes, numbers))
        return found[0] if len(found) == 1 else np.concatenate(found)

    def on_scale(self, rows: NDArray[np.integer[Any]], scale: np.float32) -> Biased:
        """The vectors of rows as whole numbers, a 1 being 1 / scale, as FAISS counts them."""
        mantissa, exponent = math.frexp(scale)
        if self._exponents is not None and mantissa == 0.5:  # a power of two, as what codes are multiplied by
            return on_scale(self._stored.take(rows, axis=0), self._exponents.take(rows), exponent - 1)
        return biased(whole(self.take(rows), scale).astype(np.int8))

    def off_by(self, rest: Floats, vector: Floats) -> float:
        """By how much a product can be off its score at most, on either side, where this was taken from the vector."""
        return off_by(rest, vector, self._longest)

    @property
    def is_coded(self) -> bool:
        """Whether many rows cost little."""
        return self._exponents is not None

    def encoded(self, row: int) -> bytes:
        """A row's vector as the database holds it."""
        return pack_vector(self.take(np.array([row]))[0])


class About:
    """About what the scores of a vector are, by whole numbers: those of all rows once many of them were asked for.

    Attributes:
        off: by how much each can be off.
    """

    def __init__(self, vectors: Vectors, vector: Floats) -> None:
        self._vectors, self._vector, self._asked = vectors, vector, rounded(vector)
        self._rest = self._asked.rest(vector)
        self.off = vectors.off_by(self._rest, vector)
        self._all: Floats | None = None

    def of(self, rows: NDArray[np.int64]) -> Floats:
        """Those of some rows, ascending."""
        if self._all is None and _DENSE * len(rows) >= len(self._vectors):
            self.of_all()
        return self._vectors.multiplied(rows, self._asked) if self._all is None else self._all.take(rows)

    def of_all(self) -> Floats:
        """Those of all rows; not to be changed."""
        if self._all is None:
            self._all = self._vectors.all_multiplied(self._asked)
        return self._all

    def best(self, rows: NDArray[np.int64] | None, about: Floats, k: int) -> tuple[NDArray[np.int64], Floats]:
        """Of rows, ascending, that are about these, all that can be among the k best, and their scores.

        Args:
            rows: None for all.
        """
        least = _kth(about, k)
        found = self._scored(rows, about, k, least - (1 + _ASIDE) * self.off)
        if _kth(found[1], k) < least - _ASIDE * self.off:  # farther than it seems, which hardly any is
            found = self._scored(rows, about, k, least - 2 * self.off)
        return found

    def _scored(
        self, rows: NDArray[np.int64] | None, about: Floats, k: int, bound: float
    ) -> tuple[NDArray[np.int64], Floats]:
        """Of rows those that are about as much as the bound, and can be among the k best, and their scores.

        Where they are many more than k, what rounding took from the question is multiplied with them as well.
        """
        can = np.flatnonzero(about >= bound)
        rows = can if rows is None else rows.take(can)
        if len(rows) > k + _SOME:
            again, off = self._again
            closely = about.take(can)
            closely += self._vectors.multiplied(rows, again)
            rows = rows[closely >= _kth(closely, k) - 2 * off]
        return rows, self._vectors.scores(rows, self._vector)

    @cached_property
    def _again(self) -> tuple[Rounded, float]:
        """What rounding took, rounded, and by how much a product is off once that is counted."""
        again = rounded(self._rest)
        return again, self._vectors.off_by(again.rest(self._rest), self._vector)


def _kth(numbers: Floats, k: int) -> float:
    """The k-th greatest."""
    return float(np.partition(numbers, len(numbers) - k)[len(numbers) - k])


class _Room(threading.local):
    """Memory of a thread that is written over again and again: new pages cost more than what is done in them."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Biased, Floats]] = {}

    def of(self, dimension: int, rows: int) -> tuple[Biased, Floats]:
        """For the codes of so many rows, `_GATHERED` at the most, and for `_AT_ONCE` of them as floats."""
        known = self._known.get(dimension)
        if known is None:
            known = np.empty((_GATHERED, dimension), np.uint8), np.empty((_AT_ONCE, dimension), np.float32)
            self._known[dimension] = known
        return known[0][:rows], known[1][:rows]


_ROOM = _Room()


def _of(array: NDArray[Kind], rows: Rows) -> NDArray[Kind]:
    return array[rows] if isinstance(rows, slice) else array.take(rows, axis=0)


#: Rows of vectors, read as an array is.
Matrix = Vectors | Floats


class VectorsWriter:
    """Writes what `sealed_vectors` reads, a batch of rows after another.

    Args:
        coded: whether every vector that will come takes a byte a number.
    """

    def __init__(self, file: SealedWriter, dimension: int, coded: bool) -> None:
        self._file, self._dimension, self._coded = file, dimension, coded
        self._exponents: list[NDArray[np.int8]] = [np.empty(0, np.int8)]
        self._longest = 0.0
        file.begin("vectors", "|u1" if coded else "<f4", (dimension,))

    def extend(self, batch: Decoded) -> None:
        """The next rows."""
        if not self._coded:
            self._file.extend(batch.vectors)
            return
        codes, exponents = codes_of([insert.vector for insert in batch.inserts], self._dimension)
        self._file.extend(biased(codes))
        self._exponents.append(exponents)
        self._longest = max(self._longest, float(np.vecdot(batch.vectors, batch.vectors).max(initial=0)) ** 0.5)

    def finish(self) -> None:
        """Write what the codes are multiplied by."""
        if self._coded:
            self._file.add("exponents", np.concatenate(self._exponents))
            self._file.add("longest", np.array([self._longest]))


def sealed_vectors(file: Sealed) -> Vectors:
    """Those that were written."""
    if "exponents" not in file.arrays:
        return Vectors(file.arrays["vectors"])
    return Vectors(file.arrays["vectors"], file.arrays["exponents"], float(file.arrays["longest"][0]))
