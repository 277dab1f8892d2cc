"""What a text is looked for by, and how well a value matches it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from recommender.collection.protocol import SuggestionKind

#: How a value matches, from the best: it has no other words, it begins with the first, it has them somewhere.
WHOLE, BEGINS, HOLDS = 0, 1, 2
#: Words that a text is looked for by, and ids that are said of a name.
MOST_WORDS, MOST_IDS = 8, 5
#: Words of the longest text that is looked for with one space less or more: of a sentence it would take long.
MOST_SPACED = 3


class Found(NamedTuple):
    """A value that matches; the smaller, the better."""

    match: int
    fewer: int
    value: str
    kind: SuggestionKind


def other_spaces(asked: Sequence[str]) -> Iterator[Sequence[str]]:
    """The words with one space less or one more."""
    for at, word in enumerate(asked):
        if at + 1 < len(asked):
            yield [*asked[:at], word + asked[at + 1], *asked[at + 2 :]]
        yield from ([*asked[:at], word[:cut], word[cut:], *asked[at + 1 :]] for cut in range(1, len(word)))
