"""`Bases`: what many kept answers rest on, side by side, so that each generation is held against all of them at once.

Whoever came is multiplied with the vectors of all questions; whoever left is looked for among those whom each search
saw, and the profiles asked about; and the skills of both say which headlines count otherwise now. Most answers rest on
nothing that was written, and are good for the later generation as they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from recommender.collection.filter import EVERYONE, is_narrowing
from recommender.collection.protocol import Changes, View
from recommender.matching.reuse import Answered, Basis

Name = TypeVar("Name", bound=Hashable)
Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item", bound=Hashable)
Scalar = TypeVar("Scalar", bound=np.generic)

#: More than products of vectors of about unit length differ by, in whichever order they are added up.
_OFF: Final = 1e-4
#: Places at the least, and rows for which more room is made at once.
_FEWEST: Final = 64
#: No row.
_NOBODY: Final = np.int32(-1)
#: Who came at once beyond whom no answer is held: to multiply them with all questions would hold up every one.
MOST_CAME: Final = 1_000


@dataclass(frozen=True, slots=True)
class _Line:
    """What a headline counts.

    Attributes:
        skills: whoever has all of them.
        exactly: whether it counts them, as long as somebody has them; not so where fewer are named than it asks for.
    """

    skills: tuple[str, ...]
    exactly: bool

    @classmethod
    def of(cls, answered: Answered, basis: Basis) -> _Line:
        headline, skills = answered.answer.headline, basis.more.skills[:2]
        named = skills[: len(headline.skills)] if headline else skills[:1]
        return cls(named, exactly=headline is not None and named == skills)


class Settled(NamedTuple, Generic[Name]):
    """Answers of the earlier view.

    Attributes:
        good: names of those that are the later view's, the generation aside and what their headlines count, which is
            said of each; 0 where there is no headline.
        doubtful: names of the others, which are the earlier view's.
    """

    good: dict[Name, int]
    doubtful: set[Name]


class Bases(Generic[Name]):
    """The bases of answers by name, whose filters only leave somebody out; those of others are not held."""

    def __init__(self) -> None:
        self._places: dict[Name, int] = {}
        self._bases: dict[Name, Basis] = {}
        self._lines: dict[Name, _Line] = {}
        self._counts: dict[Name, int] = {}
        self._names: list[Name | None] = []  # by place
        self._free: list[int] = []
        self._vectors = np.empty((0, 0), np.float32)
        self._floors = np.empty(0)
        self._seen = np.empty((0, 0), np.int32)  # rows by place, and `_NOBODY` after them
        self._ways: defaultdict[tuple[Hashable, int], set[Name]] = defaultdict(set)
        self._of_line: defaultdict[_Line, set[Name]] = defaultdict(set)
        self._by_first_skill: defaultdict[str, set[_Line]] = defaultdict(set)
        self._about: defaultdict[int, set[Name]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._places)

    def put(self, name: Name, answered: Answered) -> None:
        """Hold the basis of an answer, in the place of what was held under its name."""
        self.drop(name)
        basis = answered.basis
        trace = basis.found.trace if basis else None
        if basis is None or trace is None or not _only_leaves_out(basis):
            return
        seen = trace.rests_on()
        place = self._place(len(basis.vector), len(seen))
        self._places[name], self._bases[name], self._names[place] = place, basis, name
        self._vectors[place], self._floors[place] = basis.vector, basis.found.floor
        self._seen[place, : len(seen)], self._seen[place, len(seen) :] = seen, _NOBODY
        self._ways[_way(basis)].add(name)
        for row in basis.people:
            self._about[row].add(name)
        line = self._lines[name] = _Line.of(answered, basis)
        self._counts[name] = answered.answer.headline.count if answered.answer.headline else 0
        if line.skills:
            self._of_line[line].add(name)
            self._by_first_skill[line.skills[0]].add(line)

    def drop(self, name: Name) -> None:
        """Forget what is held under a name."""
        if name not in self._places:
            return
        place, basis, line = self._places.pop(name), self._bases.pop(name), self._lines.pop(name)
        del self._counts[name]
        self._floors[place], self._seen[place], self._names[place] = np.inf, _NOBODY, None
        self._free.append(place)
        _remove(self._ways, _way(basis), name)
        for row in basis.people:
            _remove(self._about, row, name)
        if line.skills:
            _remove(self._of_line, line, name)
            if line not in self._of_line:
                _remove(self._by_first_skill, line.skills[0], line)

    def settle(self, earlier: View, later: View, changes: Changes) -> Settled[Name]:
        """Hold those alone that nothing touches: they are the later view's as they were the earlier's."""
        if not self._places:
            return Settled({}, set())
        counts: dict[Name, int] = {}
        if len(changes.arrived) > MOST_CAME:
            touched = set(self._places)
        else:
            touched = self._touched(changes, later)
            counts, others = self._counted(earlier, later, changes)
            touched |= others
        for name in touched:
            self.drop(name)
        self._counts |= {name: count for name, count in counts.items() if name not in touched}
        return Settled(dict(self._counts), touched)

    def _touched(self, changes: Changes, later: View) -> set[Name]:
        """Whose matches may be others."""
        touched = {name for row in changes.gone.tolist() for name in self._about.get(row, ())}
        touched.update(*(names for way, names in self._ways.items() if changes.turns(*way)))
        if len(changes.left):
            have_left = np.isin(self._seen, changes.left.astype(np.int32))
            touched |= self._at(np.logical_or.reduce(have_left, axis=1))
        if len(changes.arrived):
            touched |= self._at(self._is_near(later.vectors(changes.arrived)))
        return touched

    def _is_near(self, arrived: NDArray[np.float32]) -> NDArray[np.bool_]:
        """At each place whether one of these vectors may be nearer than its floor."""
        products = self._vectors @ arrived.T
        products += _OFF * np.sqrt(np.vecdot(arrived, arrived))
        near: NDArray[np.bool_] = products.max(axis=1) > self._floors
        return near

    def _at(self, places: NDArray[np.bool_]) -> set[Name]:
        """Who is held at some of the places."""
        names = (self._names[place] for place in np.flatnonzero(places).tolist())
        return {name for name in names if name is not None}

    def _counted(self, earlier: View, later: View, changes: Changes) -> tuple[dict[Name, int], set[Name]]:
        """What the headlines count that count otherwise now, and names of those of which it may be something else."""
        came = Counter(self._met([set(one.skills) for one in later.facts(changes.arrived)]))
        left = Counter(self._met([set(one.skills) for one in earlier.facts(changes.left)]))
        counts, others = dict[Name, int](), set[Name]()
        for line in came | left:
            more = came[line] - left[line]
            for name in self._of_line[line] if more or not line.exactly else ():
                if line.exactly and self._counts[name] + more > 0:
                    counts[name] = self._counts[name] + more
                else:
                    others.add(name)
        return counts, others

    def _met(self, held: Iterable[set[str]]) -> Iterator[_Line]:
        """The lines that each of some people counts for."""
        for skills in held:
            for first in skills & self._by_first_skill.keys():
                yield from (line for line in self._by_first_skill[first] if skills.issuperset(line.skills))

    def _place(self, dimension: int, seen: int) -> int:
        """A place that is free, with room for so many numbers of a vector and rows that a search saw."""
        before, width = self._seen.shape
        if not self._free:
            after = max(_FEWEST, before + before // 2)
            self._vectors = _enlarged(self._vectors, (after, dimension), np.float32(0))
            self._floors = _enlarged(self._floors, (after,), np.inf)
            self._seen = _enlarged(self._seen, (after, width), _NOBODY)
            self._names.extend([None] * (after - before))
            self._free.extend(range(after - 1, before - 1, -1))
        if seen > width:
            self._seen = _enlarged(self._seen, (len(self._floors), -(-seen // _FEWEST) * _FEWEST), _NOBODY)
        return self._free.pop()


def _enlarged(held: NDArray[Scalar], shape: tuple[int, ...], empty: Scalar | float) -> NDArray[Scalar]:
    """With room for more, which is empty."""
    enlarged = np.full(shape, empty, held.dtype)
    enlarged[tuple(map(slice, held.shape))] = held
    return enlarged


def _way(basis: Basis) -> tuple[Hashable, int]:
    """How the search went that an answer rests on, and how many it leaves out."""
    trace = basis.found.trace
    return trace.went() if trace else None, len(basis.where.exclude_ids or ())


def _only_leaves_out(basis: Basis) -> bool:
    return basis.query.where == EVERYONE and not is_narrowing(basis.where)


def _remove(sets: defaultdict[Key, set[Item]], key: Key, item: Item) -> None:
    sets[key].discard(item)
    if not sets[key]:
        del sets[key]
