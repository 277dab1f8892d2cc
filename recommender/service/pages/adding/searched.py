"""`Searched`: a text in which values are found though line ends, dashes, spaces and case differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

#: Characters beside letters and digits by which values differ ("C", "C++", "C#").
_KEPT = frozenset("+#")
#: Places of one value that are looked at.
_MOST = 200
#: Characters that may be between entries of a list.
_BETWEEN = 4
#: Values of a list that tell where it begins.
_FOLLOWED = 30


class Span(NamedTuple):
    """Where something stands in a text: characters `start` to `end`."""

    start: int
    end: int


class Searched:
    """A text whose letters, digits and plus and number signs alone are compared."""

    def __init__(self, text: str) -> None:
        self.text = text
        kept, self._at = [], list[int]()
        for place, character in enumerate(text):
            if character.isalnum() or character in _KEPT:
                for folded in character.casefold():
                    kept.append(folded)
                    self._at.append(place)
        self._kept = "".join(kept)

    def first(self, value: str, after: int = 0) -> Span | None:
        """The first place of a value from there on, else anywhere: as a word by itself rather than within others.

        What is right there counts in any case, for lists are written without spaces too.
        """
        places = self._some(value)
        here = next((span for span in places if 0 <= span.start - after <= _BETWEEN), None) if after else None
        whole = self._whole(places)
        return here or next((span for span in whole if span.start >= after), whole[0] if whole else None)

    def first_of(self, values: Sequence[str], after: int = 0) -> int:
        """Where a list of values begins, from there on: where most of them follow one another, in the least room."""
        places = [self._some(value) for value in values[:_FOLLOWED]]
        runs = [_run(places, first.start) for first in places[0] if first.start >= after] if places else []
        return min(runs, default=(0, 0, after))[2]

    def nearest(self, value: str, to: int) -> Span | None:
        """The place of a value that is nearest to a character."""
        return min(self._whole(self._some(value)), key=lambda span: abs(span.start - to), default=None)

    def matching(self, pattern: str, to: int = 0) -> Span | None:
        """The place of a pattern that is nearest to a character."""
        found = [Span(*match.span()) for match in re.finditer(pattern, self.text, re.IGNORECASE)]
        return min(found, key=lambda span: abs(span.start - to), default=None)

    def _some(self, value: str) -> list[Span]:
        return list(islice(self._places(value), _MOST))

    def _whole(self, places: list[Span]) -> list[Span]:
        """The places of a value by itself; where there is none, those within other words."""
        return [span for span in places if self._is_whole(span)] or places

    def _places(self, value: str) -> Iterator[Span]:
        wanted = "".join(folded for one in value if one.isalnum() or one in _KEPT for folded in one.casefold())
        at = self._kept.find(wanted) if wanted else -1
        while at >= 0:
            yield Span(self._at[at], self._at[at + len(wanted) - 1] + 1)
            at = self._kept.find(wanted, at + 1)

    def _is_whole(self, span: Span) -> bool:
        return not (_joined(self.text, span.start) or _joined(self.text, span.end))


def _run(places: Sequence[Sequence[Span]], start: int) -> tuple[int, int, int]:
    """Of a list that begins there: how many values follow in order, as a negative number; the room; the start."""
    at, found = start, 0
    for spans in places:
        if following := next((span for span in spans if span.start >= at), None):
            at, found = following.end, found + 1
    return -found, at - start, start


def _joined(text: str, at: int) -> bool:
    """Whether a word goes on there; names that run together begin with a capital ("GraphQLKafka" does not count)."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isalpha() and after.isalpha():
        return not (before.islower() and after.isupper())
    return (before.isdigit() and after.isdigit()) or (before.isalnum() and after in _KEPT)
