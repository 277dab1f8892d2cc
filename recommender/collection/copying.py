"""Copying a pool into another, whatever engines hold them: as it is stored, in the order of rows, and verified."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from recommender.collection.protocol import Collection, View
from recommender.encoding.encoded import EncodedProfile
from recommender.errors import CollectionCorrupt, CollectionError

#: Profiles taken into memory, and stored in one transaction.
_STEP = 500
#: Questions that both pools are asked, and people asked for by each.
QUESTIONS, ASKED = 100, 10

#: Told how many of how many are done.
Progress = Callable[[int, int], None]


def copy_into(source: View, target: Collection, progress: Progress = lambda done, of: None) -> int:
    """Store in a pool what another holds, and verify it; how many profiles were stored.

    One that was interrupted goes on where it was. Whoever left the source since, or was written to again, is brought up
    too. Raises `CollectionError` for a target that holds others, `CollectionCorrupt` where the two differ in the end.
    """
    rows = source.rows()
    there = _in_common(source, rows, target)
    progress(there, len(rows))
    people = _people(source)
    for start, end in _steps(source, rows, there, people):
        step = rows[start:end].tolist()
        others = people.get(source.ids(step[:1])[0], ())
        target.upsert(encoded(source, [*step, *map(source.row, others)]))
        if others:
            target.link([(*source.ids(step), *others)])
        progress(end, len(rows))
    target.keep_apart(source.kept_apart())
    verify(source, target)
    return len(rows) - there


def _people(view: View) -> dict[str, tuple[str, ...]]:
    """Id of a profile → those whose place it takes, in the order of their rows."""
    people: dict[str, tuple[str, ...]] = {}
    for one, first in view.linked().items():
        people[first] = (*people.get(first, ()), one)
    return people


def _steps(view: View, rows: NDArray[np.int64], start: int, people: Mapping[str, object]) -> Iterator[tuple[int, int]]:
    """Where to begin and end each time; whoever takes the place of others comes alone, as linking stores them anew."""
    alone = [at for at, one in enumerate(view.ids(rows[start:]), start) if one in people] if people else []
    for end in (*alone, len(rows)):
        for at in range(start, end, _STEP):
            yield at, min(at + _STEP, end)
        if end < len(rows):
            yield end, end + 1
        start = end + 1


def encoded(view: View, rows: list[int]) -> list[EncodedProfile]:
    """What is stored of rows, as it is given to a pool."""
    profiles, facts, vectors = view.profiles(rows), view.facts(rows), view.vectors(rows)
    features = (view.features([row]) for row in rows)
    made_by = view.fingerprint or ""
    return [EncodedProfile(*parts, made_by) for parts in zip(profiles, facts, vectors, features, strict=True)]


def _in_common(source: View, rows: NDArray[np.int64], target: Collection) -> int:
    """How many of the first are there already, as they are; those after them are taken out, to be stored again."""
    wanted = source.ids(rows)
    people = _people(source)
    with target.view() as view:
        held, others = view.ids(view.rows()), _people(view)
        strangers = sorted({*held, *view.linked()} - {*wanted, *source.linked()})
        if strangers:
            raise CollectionError(
                f"the target holds {len(strangers)} profiles that the source does not ({strangers[0]!r}, say); "
                "name a new pool"
            )
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], _side_by_side(source, view)))
        same = next((at for at, one in enumerate(held[:same]) if people.get(one) != others.get(one)), same)
    target.delete([one for first in held[same:] for one in (first, *others.get(first, ()))])
    return same


def _side_by_side(one: View, other: View) -> Iterator[tuple[tuple[object, ...], tuple[object, ...]]]:
    """What makes up each profile of two pools, row by row, as far as both go."""
    rows, others = one.rows(), other.rows()
    for start in range(0, min(len(rows), len(others)), _STEP):
        step = slice(start, min(start + _STEP, len(rows), len(others)))
        yield from zip(_contents(one, rows[step].tolist()), _contents(other, others[step].tolist()), strict=True)


def verify(source: View, target: Collection) -> None:
    """Raise `CollectionCorrupt` where two pools differ in what they hold or in what they answer."""
    with target.view() as copy:
        if len(copy) != len(source):
            raise _differs(f"{len(copy)} profiles instead of {len(source)}")
        if copy.linked() != source.linked():
            raise _differs("other profiles are linked as one person")
        if copy.kept_apart() != source.kept_apart():
            raise _differs("other profiles are kept apart")
        for mine, theirs in _side_by_side(source, copy):
            if mine != theirs:
                raise _differs(f"profile {mine[0]!r} is not the same")
        rows = source.rows()
        for at in _spread(len(rows)):
            (vector,) = source.vectors([int(rows[at])])
            if _answer(source, vector) != _answer(copy, vector):
                raise _differs(f"it answers otherwise who is like {source.ids([int(rows[at])])[0]!r}")


def _contents(view: View, rows: list[int]) -> Iterator[tuple[object, ...]]:
    """What makes up each of these profiles, to be compared."""
    for one in encoded(view, rows):
        columns = [column.tobytes() for _, column in sorted(one.features.columns.items())]
        yield one.profile_id, one.profile, one.facts, one.vector.tobytes(), *columns


def _answer(view: View, vector: NDArray[np.float32]) -> tuple[list[str], bytes]:
    found = view.search(vector, ASKED, exact=True)
    return view.ids(found.rows), found.scores.tobytes()


def _spread(many: int) -> list[int]:
    """Places all over so many rows."""
    return sorted(set(np.linspace(0, many - 1, QUESTIONS).astype(int).tolist())) if many else []


def _differs(how: str) -> CollectionCorrupt:
    return CollectionCorrupt(f"the copy differs from the source: {how}; remove it and copy again")
