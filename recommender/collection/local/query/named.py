"""Values of one index by words that are typed: those that have every word, or its beginning, with a typo or without."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.collection.common.suggestions import BEGINS, HOLDS, WHOLE
from recommender.collection.local.sealed.packed import Sorted
from recommender.collection.local.sealed.words import Words

_Numbers = NDArray[Any]

#: Numbers of values → how many rows have each, at most; the values by number.
Counts = Callable[[_Numbers], _Numbers]
Values = Sequence[str] | Sorted[str]

#: Bits of the key by which values are sorted: match, the rows that are missing to the most, the number.
_COUNT_BITS, _NUMBER_BITS = 30, 31
_MOST = (1 << _COUNT_BITS) - 1
#: Values that are put in order at first.
_FIRST = 1_024
#: Shortest word that may hold a typo.
_SHORTEST = 2


class Next(NamedTuple):
    """A value, how it matches, and how many rows it has at most."""

    match: int
    most: int
    value: str


class Ranked:
    """Matching values, best first: by match, by how many rows have them, by number.

    Args:
        numbers: of the values, ascending.
        match: how each matches.
        most: how many rows have each.
        value: the value of a number.
    """

    def __init__(self, numbers: _Numbers, match: _Numbers, most: _Numbers, value: Callable[[int], str]) -> None:
        missing = _MOST - np.minimum(most, _MOST).astype(np.uint64)
        keys = match.astype(np.uint64) << np.uint64(_COUNT_BITS + _NUMBER_BITS)
        self._keys = keys | missing << np.uint64(_NUMBER_BITS) | numbers.astype(np.uint64)
        self._value = value
        self._sorted = 0

    def at(self, place: int) -> Next | None:
        """The value at a place, None after the last."""
        if place >= len(self._keys):
            return None
        self._sort(place + 1)
        key = int(self._keys[place])
        most = _MOST - (key >> _NUMBER_BITS & _MOST)
        return Next(key >> _COUNT_BITS + _NUMBER_BITS, most, self._value(key & (1 << _NUMBER_BITS) - 1))

    def between(self, start: int, stop: int) -> Iterator[tuple[int, str]]:
        """Match and value of those places there are."""
        for place in range(start, min(stop, len(self._keys))):
            found = self.at(place)
            assert found is not None, "it is one of the places"
            yield found.match, found.value

    def _sort(self, upto: int) -> None:
        if upto <= self._sorted:
            return
        if upto <= _FIRST < len(self._keys):
            self._keys.partition(_FIRST)
            self._keys[:_FIRST].sort()
            self._sorted = _FIRST
        else:
            self._keys.sort()
            self._sorted = len(self._keys)


def begun(words: Words, asked: Sequence[str], counts: Counts, values: Values) -> Ranked:
    """The values that have, of every word asked for, the word or one that it begins."""
    spans = [words.beginning(word) for word in asked]
    numbers = _in_all([words.values_of(*span) for span in spans], len(words.sizes))
    low, high = spans[0]
    first = words.first[numbers]
    match = np.where((first >= low) & (first < high), BEGINS, HOLDS)
    match[_are_whole(words, asked, numbers)] = WHOLE
    return Ranked(numbers, match, counts(numbers), values.__getitem__)


def misspelt(words: Words, asked: Sequence[str], counts: Counts, values: Values) -> Ranked:
    """The values that have them so where one of the words has a typo."""
    best = np.full(len(words.sizes) if asked else 0, HOLDS + 1, np.uint8)
    spans = [words.beginning(word) for word in asked]
    for at, word in enumerate(asked):
        near = words.near(word) if len(word) >= _SHORTEST else []
        if not near:
            continue
        others = [words.values_of(*span) for other, span in enumerate(spans) if other != at]
        meant = np.concatenate([words.values_of(place, place + 1) for place in near])
        numbers = _in_all([meant, *others], len(words.sizes))
        first = words.first[numbers]
        begins = np.isin(first, near) if at == 0 else (first >= spans[0][0]) & (first < spans[0][1])
        match = np.where(begins, BEGINS, HOLDS)
        whole = _are_whole(words, [*asked[:at], *asked[at + 1 :]], numbers, beside=1)
        match[whole] = WHOLE
        best[numbers] = np.minimum(best[numbers], match)
    numbers = np.flatnonzero(best <= HOLDS)
    return Ranked(numbers, best[numbers], counts(numbers), values.__getitem__)


def _are_whole(words: Words, asked: Sequence[str], numbers: _Numbers, beside: int = 0) -> _Numbers:
    """Of these values the places of those that have exactly these words, and `beside` them so many others."""
    once = dict.fromkeys(asked)
    kept = np.flatnonzero(words.sizes[numbers] == len(once) + beside)
    for word in once:
        place = words.place(word)
        having = words.values_of(place, place + 1) if place is not None else np.empty(0, np.uint32)
        kept = kept[np.isin(numbers[kept], having)] if len(kept) else kept
    return kept


def _in_all(lists: Sequence[_Numbers], size: int) -> _Numbers:
    """The numbers below `size` that are in every list, ascending, each once."""
    shortest, *others = sorted(lists, key=len)
    kept = _once(shortest, size)
    for one in others:
        if not len(kept):
            break
        there = np.zeros(size, np.bool_)
        there[one] = True
        kept = kept[there[kept]]
    return kept


def _once(numbers: _Numbers, size: int) -> _Numbers:
    if len(numbers) * 64 < size:
        return np.unique(numbers).astype(np.int64)
    there = np.zeros(size, np.bool_)
    there[numbers] = True
    return np.flatnonzero(there)
