"""What it costs to read a run of letters as an English word: the unigram model behind segmentation.

Frequencies are wordfreq's (Robyn Speer, 2022); costs are natural logarithms, so that they add up.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

_FLOOR = 8.5 * math.log(10)  # cost of a word seen once in 3 · 10^8, before its letters


_USUAL = 8  # letters of a product's name; a longer unknown word is rather two known ones


@lru_cache(maxsize=1)
def frequencies() -> Mapping[str, float]:
    """Lower-case English word → share of running text. Loaded at the first call (about a second), then kept."""
    import wordfreq

    found: Mapping[str, float] = wordfreq.get_frequency_dict("en", wordlist="best")
    return found


def word_cost(word: str, known: Mapping[str, float]) -> float:
    """Minus the log of the word's share; a word nobody has counted pays for its letters too."""
    share = known.get(word)
    if share is None:
        return _FLOOR + 1.1 * len(word) + 1.1 * max(0, len(word) - _USUAL)
    return -math.log(share)
