"""The most telling things that somebody did, in the words of the profile: numbers, scale, firsts, named systems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from recommender.field_path import FieldPath
from recommender.insights.prose.candidates import (
    Achievement,
    Weight,
    best_first,
    is_too_long,
    most_of_text,
)
from recommender.insights.prose.clauses import shortenings
from recommender.insights.prose.deeds import verb_of
from recommender.insights.prose.rough import is_rough
from recommender.insights.prose.sentences import sentences
from recommender.insights.prose.telling import WORTH_A_CUT, has_any, is_stray, most_of, points_of
from recommender.insights.prose.whole import is_whole
from recommender.insights.prose.written import Written
from recommender.insights.texts import Line

#: Least points of an achievement that is worth a place, and of one that comes beside another.
_LEAST, _LEAST_FURTHER = 2.0, 2.4
_TRIED = 4  # clauses of one sentence, the longest ones
_OLD = 0.55  # part of its points that what is long over keeps
_OUTSIDE = 0.8  # and what is told outside of roles
_A_SYSTEM, _MOST_SYSTEMS = 0.3, 3
_ABOUT = FieldPath.of("about")


def achievements(written: Written) -> Iterator[Achievement]:
    """What the profile says was done that is worth a place, most telling first; ties in reading order.

    One that shares a field with one before it, or begins as it does, is left out.
    """
    found = best_first(_texts(written), _LEAST)
    for at, one in enumerate(unlike(one for one in found if not has_any(one.clause, written.names))):
        if at and one.points < _LEAST_FURTHER:
            return
        yield one


def unlike(found: Iterable[Achievement]) -> Iterator[Achievement]:
    """Those that neither share a field with one before nor begin as it does."""
    seen: list[tuple[FieldPath, list[str]]] = []
    for one in found:
        begins = one.clause.casefold().split()[:3]
        if all(one.field != field and begins != other for field, other in seen):
            seen.append((one.field, begins))
            yield one


class _Text(NamedTuple):
    written: str
    weight: Weight
    most: float

    def parts(self) -> Iterator[_Sentence]:
        """Its sentences that begin with a verb."""
        for written in sentences(self.written):
            if (verb := verb_of(written)) is not None:
                yield _Sentence(written, verb, most_of(written), self.weight)


class _Sentence(NamedTuple):
    """A sentence that begins with a verb of so many points, of which a clause tells so much more at most."""

    written: str
    verb: float
    telling: float
    weight: Weight

    @property
    def most(self) -> float:
        """The points that a clause of it has in its field at most."""
        return 0.0 if is_too_long(self.written, self.telling) else self.weight.at_most(self.verb + self.telling)

    def parts(self) -> Iterator[Achievement]:
        """The best of its clauses, if any tells something."""
        whole = (clause for clause in self._clauses() if not is_stray(clause) and not is_rough(clause))
        fit = [(clause, self._worth(clause)) for clause in whole]
        clause, points = max(fit, key=lambda one: one[1], default=("", 0.0))
        if points > 0:
            yield Achievement(clause, self.weight.field, self.weight.of(points))

    def _clauses(self) -> Iterator[str]:
        """The longest that may be worth anything."""
        if self.telling >= WORTH_A_CUT:
            yield from islice(shortenings(self.written), _TRIED)
        elif is_whole(self.written):
            yield self.written

    def _worth(self, clause: str) -> float:
        """The points of a clause; 0 for the beginning of a longer sentence that tells nothing remarkable by itself."""
        points = points_of(clause)
        return self.verb + points if clause == self.written or points >= WORTH_A_CUT else 0.0


def _texts(written: Written) -> Iterator[_Text]:
    """What may be told, of the roles that are not elsewhere, and of the summary where none is."""
    for number, lines in enumerate(written.lines):
        if number not in written.elsewhere:
            yield from _of_part(lines, _OLD + (1 - _OLD) * written.recency[number], written.systems)
    if written.about and not written.elsewhere:
        yield from _of_part([(_ABOUT, written.about)], _OUTSIDE, written.systems)


def _of_part(lines: Iterable[Line], when: float, systems: Mapping[FieldPath, Sequence[str]]) -> Iterator[_Text]:
    for field, text in lines:
        if not (most := most_of_text(text)):
            continue
        weight = Weight(field, when, _A_SYSTEM * min(len(systems.get(field, ())), _MOST_SYSTEMS))
        if (most := weight.at_most(most)) >= _LEAST:
            yield _Text(text, weight, most)
