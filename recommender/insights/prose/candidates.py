"""What of a profile may be told as a deed, looked at as closely as is asked for.

A text, a sentence of one and a clause each say how telling they may be at most. For a part of the work most are found
to be less telling than others, and are never read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import heapify, heappop, heappush
from typing import NamedTuple, Protocol

from recommender.field_path import FieldPath
from recommender.insights.prose.clauses import LONGEST
from recommender.insights.prose.deeds import verb_of
from recommender.insights.prose.sentences import ENDS, REMEMBERED, is_one_sentence
from recommender.insights.prose.telling import MOST_TELLING, WORTH_A_CUT, most_within
from recommender.insights.prose.verbs import MOST_OF_VERB

_LONG = 400  # characters of a text in which something may always be told
_ROUNDED = 0.01  # what points may be off by


class Achievement(NamedTuple):
    """Something done, in the words of the profile.

    Attributes:
        clause: a span of the field's text.
        points: how telling it is; comparable between people.
    """

    clause: str
    field: FieldPath
    points: float

    @property
    def most(self) -> float:
        """Its points: more it cannot have."""
        return self.points


class Candidate(Protocol):
    """What may have achievements within it, of so many points at most."""

    @property
    def most(self) -> float:
        """The points of an achievement in it at most."""

    def parts(self) -> Iterable[Candidate | Achievement]:
        """What it comes apart into, in reading order."""


class Weight(NamedTuple):
    """What points count in a field: `when` times, and `systems` more for the skills that are named there."""

    field: FieldPath
    when: float
    systems: float

    def of(self, points: float) -> float:
        """The points as they count, rounded."""
        return round(points * self.when + self.systems, 3)

    def at_most(self, points: float) -> float:
        """What they count at most, however they are rounded."""
        return points * self.when + self.systems + _ROUNDED


def best_first(candidates: Iterable[Candidate], least: float) -> Iterator[Achievement]:
    """The achievements of so many points at least, most telling first; ties in reading order."""
    waiting: list[tuple[float, tuple[int, ...], Candidate | Achievement]] = [
        (-one.most, (at,), one) for at, one in enumerate(candidates) if one.most >= least
    ]
    heapify(waiting)
    while waiting:
        _, place, one = heappop(waiting)
        if isinstance(one, Achievement):
            yield one
            continue
        for at, part in enumerate(one.parts()):
            if part.most >= least:
                heappush(waiting, (-part.most, (*place, at), part))


@lru_cache(REMEMBERED)
def most_of_text(text: str) -> float:
    """The points that a clause of a text has at most, for a part of the work; 0 where it tells of no deed."""
    if len(text) > _LONG:
        return MOST_OF_VERB + MOST_TELLING
    words = text.split()
    if not words:
        return 0.0
    plain = " ".join(words)
    if not (words[0].isalpha() and words[0] != "I" and words[0][0] != "o" and is_one_sentence(text)):
        return MOST_OF_VERB + most_within(plain)
    if (verb := verb_of(plain)) is None:
        return 0.0
    telling = most_within(plain)
    return 0.0 if is_too_long(plain.rstrip(ENDS), telling) else verb + telling


def is_too_long(sentence: str, telling: float) -> bool:
    """Whether a sentence of which a clause tells so much at most is too long, and no beginning of it worth a place."""
    return telling < WORTH_A_CUT and len(sentence) > LONGEST
