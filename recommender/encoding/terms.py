"""Words of a profile as weighted, hashed terms: the evidence that embeddings blur."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

#: Words at this Zipf frequency and above tell nothing, those `SPAN` below it and rarer tell all they can.
COMMON, SPAN = 7.0, 5.0

#: Terms are hashed into this many buckets, so that reranking can look them up in one small array.
BUCKETS = 1 << 18

_WORD = re.compile(r"[a-z][a-z0-9+#]*(?:[.\-/'’][a-z0-9+#]+)*|\d+[a-z]+")


def words(text: str) -> list[str]:
    """Words of a text, case-folded, plurals brought to the singular."""
    return [_singular(word) for word in _WORD.findall(text.casefold())]


@lru_cache(maxsize=1 << 17)
def bucket(term: str) -> int:
    """A stable number in [0, BUCKETS)."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=4).digest(), "little") % BUCKETS


@lru_cache(maxsize=1 << 17)
def rarity(word: str) -> float:
    """How much a word tells, 0 to 1, by its frequency in English at large (wordfreq's Zipf scale: 8 for "the")."""
    from wordfreq import zipf_frequency

    return float(min(1.0, max(0.0, (COMMON - zipf_frequency(word, "en")) / SPAN)))


def weigh(texts: Iterable[tuple[str, float]]) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Buckets and weights of the words of weighted texts; ascending buckets, unit length.

    A word's weight is log(1 + its weighted count) × rarity.
    """
    counts: dict[str, float] = {}
    for text, weight in texts:
        for word in words(text):
            counts[word] = counts.get(word, 0.0) + weight
    weights: dict[int, float] = {}
    for word in sorted(counts):
        value = math.log1p(counts[word]) * rarity(word)
        if value > 0:
            weights[bucket(word)] = weights.get(bucket(word), 0.0) + value
    ids = np.array(sorted(weights), np.uint32)
    values = np.array([weights[int(i)] for i in ids], np.float32)
    norm = float(np.linalg.norm(values))
    return ids, values / norm if norm else values


@lru_cache(maxsize=1 << 17)
def _singular(word: str) -> str:
    if len(word) > 3 and word.isalpha() and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    return word
