"""`find_duplicates`: profiles → people who are there more than once, each pair with its reasons."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence, Set

import msgspec

from recommender.duplicates.candidates import candidates
from recommender.duplicates.clusters import clusters
from recommender.duplicates.evidence import ENOUGH, Evidence, Traces, evidence, score, traces_of
from recommender.duplicates.shingles import KEPT_BITS, counted
from recommender.profile import Profile

#: Pieces of text that are held; where there are more, every second one is left out, on all profiles alike.
MOST_PIECES = 64_000_000
#: Profiles after which progress is told.
_STEP = 256

_Age = tuple[int, str, int]


class Duplicate(msgspec.Struct, frozen=True):
    """Two profiles of one person.

    Attributes:
        left, right: ids; `left` came first.
        score: the sum of the evidence's points.
    """

    left: str
    right: str
    score: float
    evidence: tuple[Evidence, ...]


class Person(msgspec.Struct, frozen=True):
    """One person's profiles.

    Attributes:
        profile_ids: the one that represents the others first (the newest, and of these the fullest).
        pairs: those of them that are by themselves enough, surest first.
    """

    profile_ids: tuple[str, ...]
    pairs: tuple[Duplicate, ...]


def find_duplicates(
    profiles: Iterable[Profile],
    on_progress: Callable[[int], None] = lambda _: None,
    apart: Set[frozenset[str]] = frozenset(),
) -> list[Person]:
    """The people of whom there are several profiles, in the order of the first of each.

    Takes time in proportion to the number of profiles, and some 5 kB of memory for each.

    Args:
        profiles: with ids, all different.
        on_progress: told how many have been looked at, now and then.
        apart: pairs of ids that are not of one person, whatever speaks for it.
    """
    ids, ages, people = list[str](), list[_Age](), list[Traces]()
    bits, pieces = KEPT_BITS, 0
    for profile in profiles:
        traces = traces_of(profile)
        ids.append(profile.id or "")
        ages.append(_age(profile, traces))
        people.append(traces._replace(shingles=traces.shingles.thinned(bits)))
        pieces += len(people[-1].shingles.hashes)
        if pieces > MOST_PIECES:
            bits += 1
            people = [one._replace(shingles=one.shingles.thinned(bits)) for one in people]
            pieces = sum(len(one.shingles.hashes) for one in people)
        if len(ids) % _STEP == 0:
            on_progress(len(ids))
    on_progress(len(ids))
    known = counted([one.shingles for one in people])
    people = [one._replace(shingles=pieces) for one, pieces in zip(people, known, strict=True)]
    return list(_people(ids, people, ages, apart))


def _age(profile: Profile, traces: Traces) -> _Age:
    """By which profiles of one person are in order, the newest and fullest last."""
    begun = max((job.start for job in traces.career.jobs), default=0)
    return begun, profile.as_of or "", len(msgspec.json.encode(profile))


def _people(
    ids: Sequence[str], people: Sequence[Traces], ages: Sequence[_Age], apart: Set[frozenset[str]]
) -> Iterator[Person]:
    found: dict[tuple[int, int], tuple[Evidence, ...]] = {}

    def scored(a: int, b: int) -> float:
        if apart and frozenset((ids[a], ids[b])) in apart:
            return -math.inf
        pair = (a, b) if a < b else (b, a)
        if pair not in found:
            found[pair] = evidence(people[pair[0]], people[pair[1]], len(people))
        return score(found[pair])

    sure = [(value, a, b) for a, b in sorted(candidates(people)) if (value := scored(a, b)) >= ENOUGH]
    for cluster in clusters(sure, scored):
        first = max(cluster, key=lambda at: (ages[at], -at))
        pairs = [
            Duplicate(ids[a], ids[b], value, found[a, b])
            for n, a in enumerate(cluster)
            for b in cluster[n + 1 :]
            if (value := scored(a, b)) >= ENOUGH
        ]
        others = [ids[at] for at in cluster if at != first]
        yield Person((ids[first], *others), tuple(sorted(pairs, key=lambda one: -one.score)))
