"""Words of a profile as weighted, hashed terms: the evidence that embeddings blur."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from recommender.encoding.sparse import WORDS

#: Words at this Zipf frequency and above say nothing, those `SPAN` below it and rarer all they can.
COMMON, SPAN = 7.0, 4.0

_WORD = re.compile(r"[a-z][a-z0-9+#]*(?:[.\-/'’][a-z0-9+#]+)*|(?<!\d)\d+[a-z]+")


def words(text: str) -> list[str]:
    """Words of a text, case-folded, plurals brought to the singular."""
    return [_singular(word) for word in _WORD.findall(text.casefold())]


@lru_cache(maxsize=1 << 17)
def word_id(word: str) -> int:
    """Its id among sparse vectors' ids."""
    return WORDS.hashed(word)


@lru_cache(maxsize=1 << 17)
def rarity(word: str) -> float:
    """How much a word says, 0 to 1, by its frequency in English at large (wordfreq's Zipf scale: 8 for "the")."""
    from wordfreq import zipf_frequency

    return float(min(1.0, max(0.0, (COMMON - zipf_frequency(word, "en")) / SPAN)))


def counted(texts: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Word → how often it is in weighted texts."""
    counts: dict[str, float] = {}
    for text, weight in texts:
        for word in words(text):
            counts[word] = counts.get(word, 0.0) + weight
    return counts


def word_weight(word: str, count: float) -> float:
    """log(1 + count) × rarity."""
    return math.log1p(count) * rarity(word)


def word_weights(counts: Mapping[str, float]) -> dict[int, float]:
    """Id → weight; words that share an id add up."""
    weights: dict[int, float] = {}
    for word in sorted(counts):
        weights[word_id(word)] = weights.get(word_id(word), 0.0) + word_weight(word, counts[word])
    return weights


@lru_cache(maxsize=1 << 17)
def _singular(word: str) -> str:
    if len(word) > 3 and word.isalpha() and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    return word
