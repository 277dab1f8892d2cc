"""Overlapping pieces of what a profile says, as numbers: whoever says the same shares them, in whatever order.

A piece is 32 letters and digits in a row of one field, whatever is between them; one in eight is kept, the same ones
wherever they are (Broder 1997, "On the resemblance and containment of documents": mod sampling).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.profile import Profile

_LENGTH = 32
KEPT_BITS = 3
_MULTIPLIER = 0x9E3779B97F4A7C15
_INVERSE = pow(_MULTIPLIER, -1, 2**64)
#: Letters of one profile that are looked at; a book has as many.
_MOST = 400_000
_BETWEEN = re.compile(r"[\W_]+")

_LETTERS = np.random.default_rng(2024).integers(1, 2**64, 256, dtype=np.uint64)


class Shingles(NamedTuple):
    """The pieces of one profile, each once.

    Attributes:
        hashes: uint64, ascending.
        places: uint16, for each the position among `fields` of one that it is in.
        fields: paths of the fields.
        held: uint32, of how many profiles each is; empty where that was not counted (`counted`).
    """

    hashes: NDArray[np.uint64]
    places: NDArray[np.uint16]
    fields: tuple[str, ...]
    held: NDArray[np.uint32] = np.empty(0, np.uint32)

    def thinned(self, bits: int) -> Shingles:
        """Those that are kept where one of 2 ** bits is."""
        kept = _is_kept(self.hashes, bits)
        return self._replace(hashes=self.hashes[kept], places=self.places[kept])


def shingles_of(profile: Profile) -> Shingles:
    """The pieces of what a profile says in its prose."""
    fields, texts = [], []
    for field, text in _prose(profile):
        letters = _BETWEEN.sub("", text.lower()).encode()[:_MOST]
        if len(letters) >= _LENGTH:
            fields.append(field)
            texts.append(letters)
    if not texts:
        return Shingles(np.empty(0, np.uint64), np.empty(0, np.uint16), ())
    hashes, starts = _windows(np.frombuffer(b"".join(texts), np.uint8))
    ends = np.cumsum([len(text) for text in texts])
    places = np.searchsorted(ends, starts, side="right")
    within = (starts + _LENGTH <= ends[places]) & _is_kept(hashes, KEPT_BITS)
    hashes, first = np.unique(hashes[within], return_index=True)
    return Shingles(hashes, places[within][first].astype(np.uint16), tuple(fields))


def _prose(profile: Profile) -> Iterator[tuple[str, str]]:
    yield "about", profile.about or ""
    yield "highlights", " ".join(profile.highlights)
    for at, role in enumerate(profile.roles):
        yield f"roles[{at}].bullets", " ".join(role.bullets)


def _windows(letters: NDArray[np.uint8]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """A number for every run of letters of that length, and where it begins."""
    count = len(letters) - _LENGTH + 1
    powers = _powers(_MULTIPLIER, len(letters))
    sums = np.zeros(len(letters) + 1, np.uint64)
    np.cumsum(_LETTERS[letters] * powers, out=sums[1:])
    hashes = (sums[_LENGTH:] - sums[:count]) * _powers(_INVERSE, count)
    hashes ^= hashes >> np.uint64(32)
    hashes *= np.uint64(0xD6E8FEB86659FD93)
    hashes ^= hashes >> np.uint64(32)
    return hashes, np.arange(count)


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    """Its powers from 0 on, modulo 2 ** 64."""
    known = _POWERS.get(base)
    if known is None or len(known) < count:
        factors = np.full(max(count, 8_192), base, np.uint64)
        factors[0] = 1
        known = _POWERS[base] = np.cumprod(factors)
    return known[:count]


_POWERS: dict[int, NDArray[np.uint64]] = {}


def _is_kept(hashes: NDArray[np.uint64], bits: int) -> NDArray[np.bool_]:
    kept: NDArray[np.bool_] = hashes & np.uint64(2**bits - 1) == 0
    return kept


def shared(one: Shingles, other: Shingles) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions in each of the pieces that both have."""
    _, left, right = np.intersect1d(one.hashes, other.hashes, assume_unique=True, return_indices=True)
    return left, right


def counted(everybody: Sequence[Shingles]) -> list[Shingles]:
    """The same pieces, with how many profiles have each."""
    if not everybody:
        return []
    _, places, counts = np.unique(
        np.concatenate([one.hashes for one in everybody]), return_inverse=True, return_counts=True
    )
    ends = np.cumsum([len(one.hashes) for one in everybody])
    held = np.split(counts.astype(np.uint32)[places], ends[:-1])
    return [one._replace(held=its) for one, its in zip(everybody, held, strict=True)]
