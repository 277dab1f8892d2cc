"""The words of a request among those of everybody: how many are there, inflected or not, each counting the less the
more often it is there (as in BM25, Robertson & Walker 1994), the rare ones most.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Features
from recommender.encoding.text.terms import rarity, word_id, words
from recommender.matching.asked.ids import numbered

Floats = NDArray[np.float32]

#: Weight among a profile's words, per rarity, at which a word counts half of what it can.
HALF = 0.115
#: Endings that English words change.
_ENDINGS = (
    *("", "s", "es", "ed", "d", "ing", "er", "ers", "r", "or", "ors", "ment", "ments", "ion", "ions", "ation"),
    *("ations", "e", "ies", "y", "al", "ly", "ist", "ists", "ing", "ings", "ance", "ence", "ity", "ive"),
)
_CUT = tuple(sorted({ending for ending in _ENDINGS if ending}, key=len, reverse=True))
_SHORTEST_STEM = 4


class AskedWords:
    """The words asked for."""

    def __init__(self, text: str) -> None:
        heaviest: dict[str, float] = {}
        written: dict[str, set[int]] = {}
        for word in words(text):
            stem = stem_of(word)
            heaviest[stem] = max(heaviest.get(stem, 0.0), rarity(word))
            written.setdefault(stem, set()).update(map(word_id, inflected(word)))
        stems = [stem for stem in sorted(heaviest) if heaviest[stem] > 0]
        self._weights = np.array([heaviest[stem] for stem in stems], np.float64)
        self._ids = [sorted(written[stem]) for stem in stems]

    def found(self, pool: Features) -> Floats:
        """Of each profile the share of the words, by their rarity, that it has, 0 to 1; NaN where none is asked."""
        if not len(self._weights):
            return np.full(len(pool), np.nan, np.float32)
        number, whose, weight = numbered(pool, self._ids)
        weighed = np.zeros((len(pool), len(self._weights)))
        np.add.at(weighed, (whose, number), weight)
        weighed /= np.maximum(self._weights, 0.05)
        return np.asarray((weighed / (weighed + HALF)) @ self._weights / self._weights.sum(), np.float32)


@lru_cache(maxsize=1 << 14)
def stem_of(word: str) -> str:
    """A word without its ending ("forecasting" → forecast); one that is short or no plain word as it is."""
    if not word.isalpha() or len(word) < 5:
        return word
    ending = next((one for one in _CUT if word.endswith(one) and len(word) - len(one) >= _SHORTEST_STEM), "")
    return word.removesuffix(ending)


@lru_cache(maxsize=1 << 14)
def inflected(word: str) -> tuple[str, ...]:
    """The word and the English words of its stem ("budgeting" → budget, budgets, budgeted, budgeting)."""
    from wordfreq import zipf_frequency

    stem = stem_of(word)
    if stem == word and (not word.isalpha() or len(word) < 5):
        return (word,)
    made = (stem + ending for ending in _ENDINGS)
    return tuple(sorted({word, *(one for one in made if zipf_frequency(one, "en") > 1.5 and stem_of(one) == stem)}))
