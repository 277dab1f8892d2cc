"""`RecentWords`: finds the values of a field of the tail by their words, built of what is there when it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from recommender.collection.local.sealed.words import Words

#: Values of a block; what comes after the last whole block is looked at anew whenever there is more of it.
_BLOCK = 1_024


class Block(NamedTuple):
    """Some values, and what finds them."""

    values: Sequence[str]
    words: Words


class RecentWords:
    """The blocks of one field, of values in the order in which they first came; readers need no lock.

    Args:
        postings: value → its rows; only ever grows.
    """

    def __init__(self, postings: Mapping[str, Any]) -> None:
        self._postings = postings
        self._blocks: tuple[Block, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """Of every value there is."""
        held = self._blocks
        if sum(len(block.values) for block in held) == len(self._postings):
            return held
        whole = tuple(block for block in held if len(block.values) == _BLOCK)
        values = list(self._postings)[len(whole) * _BLOCK :]
        pieces = [values[start : start + _BLOCK] for start in range(0, len(values), _BLOCK)]
        self._blocks = (*whole, *(Block(piece, Words.of(piece)) for piece in pieces))
        return self._blocks
