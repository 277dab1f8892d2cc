"""`Words`: finds the values of a field by their words, by the beginnings of words, and past one typo.

Values are numbered in the order in which they are given. A typo is found by what two words become when a letter is
left out (the symmetric deletions of Garbe's SymSpell): each word is listed under itself and under all that it is
without one letter, by their hashes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.collection.common.typos import LONGEST, forms_of, is_one_typo
from recommender.collection.local.sealed.file.reader import Sealed
from recommender.collection.local.sealed.file.writer import SealedWriter
from recommender.collection.local.sealed.packed import Packed, Sorted, write_packed
from recommender.facts import plain_words

Numbers = NDArray[np.unsignedinteger[Any]]

#: Sorts after every sign that a word may go on with.
_AFTER_ALL = chr(0x10FFFF)


class _Arrays(NamedTuple):
    """Of words in ascending order and of values; `near` ascends."""

    values: Numbers
    ends: Numbers
    first: Numbers
    sizes: NDArray[np.uint8]
    near: Numbers
    near_word: Numbers


class Words:
    """The words of a field's values.

    Attributes:
        words: each distinct one, ascending.
        first: of each value the position of its first word.
        sizes: how many distinct words each value has, up to 255.
    """

    def __init__(self, words: Sequence[str] | Sorted[str], arrays: _Arrays) -> None:
        self.words, self._arrays = words, arrays
        self.first, self.sizes = arrays.first, arrays.sizes

    def is_same(self, other: Words) -> bool:
        """Whether both find the same."""
        same = (
            getattr(self._arrays, name).tobytes() == getattr(other._arrays, name).tobytes() for name in _Arrays._fields
        )
        return list(self.words) == list(other.words) and all(same)

    @staticmethod
    def of(values: Sequence[str]) -> Words:
        """Of these values, in memory."""
        return Words(*_gathered(values))

    @staticmethod
    def sealed(file: Sealed, field: str) -> Words:
        """Those that were written for a field."""
        arrays = _Arrays(**{name: file.arrays[f"{field}_{name}"] for name in _Arrays._fields})
        packed = Packed(file, f"{field}_words")
        return Words(Sorted(len(packed), packed.text), arrays)

    def beginning(self, prefix: str) -> tuple[int, int]:
        """Positions of the words that begin so, first and after the last."""
        return bisect_left(self.words, prefix), bisect_left(self.words, prefix + _AFTER_ALL)

    def place(self, word: str) -> int | None:
        """Position of a word, None where no value has it."""
        at = bisect_left(self.words, word)
        return at if at < len(self.words) and self.words[at] == word else None

    def near(self, word: str) -> list[int]:
        """Positions of the words that are one typo from it."""
        if len(word) > LONGEST:
            return []
        hashes = np.array(forms_of(word), np.uint32).astype(self._arrays.near.dtype)
        starts, stops = (np.searchsorted(self._arrays.near, hashes, side) for side in ("left", "right"))
        found = {int(at) for a, b in zip(starts, stops, strict=True) for at in self._arrays.near_word[a:b]}
        return sorted(at for at in found if is_one_typo(word, self.words[at]))

    def values_of(self, start: int, stop: int) -> Numbers:
        """Numbers of the values that have any of the words from one position to before another; some repeatedly."""
        ends = self._arrays.ends
        return self._arrays.values[int(ends[start]) : int(ends[stop])]


def write_words(file: SealedWriter, field: str, values: Sequence[str]) -> None:
    """Write what `Words.sealed` reads."""
    words, arrays = _gathered(values)
    write_packed(file, f"{field}_words", (word.encode() for word in words))
    for name, numbers in arrays._asdict().items():
        file.add(f"{field}_{name}", numbers)


def _gathered(values: Sequence[str]) -> tuple[list[str], _Arrays]:
    numbers: dict[str, int] = {}
    entries, owners = array("I"), array("I")
    first, sizes = np.zeros(len(values), np.uint32), np.zeros(len(values), np.uint8)
    for at, value in enumerate(values):
        own = [numbers.setdefault(word, len(numbers)) for word in dict.fromkeys(plain_words(value))]
        entries.extend(own)
        owners.extend([at] * len(own))
        first[at], sizes[at] = own[0] if own else 0, min(len(own), 255)
    words = sorted(numbers)
    if not words:
        nothing = np.empty(0, np.uint32)
        return words, _Arrays(nothing, np.zeros(1, np.uint32), first, sizes, nothing, nothing)
    place = np.empty(len(words), np.uint32)
    place[[numbers[word] for word in words]] = np.arange(len(words), dtype=np.uint32)
    codes = place[np.frombuffer(entries, np.uint32)]
    ends = np.concatenate([[0], np.cumsum(np.bincount(codes, minlength=len(words)))]).astype(np.uint32)
    by_word = np.frombuffer(owners, np.uint32)[np.argsort(codes, kind="stable")]
    return words, _Arrays(_small(by_word), _small(ends), _small(place[first]), sizes, *_listed(words))


def _small(numbers: NDArray[np.uint32]) -> Numbers:
    """The numbers in as few bytes as the largest needs."""
    return numbers.astype(np.min_scalar_type(numbers.max(initial=0)))


def _listed(words: Sequence[str]) -> tuple[Numbers, Numbers]:
    """The hashes of all that words are with one letter left out at most, ascending, and whose each is."""
    hashes, whose = array("I"), array("I")
    for at, word in enumerate(words):
        if len(word) <= LONGEST:
            forms = forms_of(word)
            hashes.extend(forms)
            whose.extend([at] * len(forms))
    found = np.frombuffer(hashes, np.uint32)
    if len(found) < 1 << 16:  # two bytes of a hash mistake few for one another, and who is found is compared
        found = found.astype(np.uint16)
    order = np.argsort(found, kind="stable")
    return found[order], _small(np.frombuffer(whose, np.uint32)[order])
