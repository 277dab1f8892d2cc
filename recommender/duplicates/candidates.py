"""Which profiles are worth comparing: those that share rare pieces of text, a job, or contact details.

What more than a few have in common brings nobody together by all pairs: of a piece of text or a contact that many have,
each is paired with the next alone; a job that many share is left out. So there are at most a few pairs a profile,
however many profiles there are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from recommender.duplicates.evidence import Traces

#: Profiles with something in common that are compared in all pairs,
_ALL_PAIRS = 10
#: and those of which each is compared with the next.
_NEXT = 200
#: Rare pieces of text that two are to share.
_PIECES = 3

Pair = tuple[int, int]


def candidates(people: Sequence[Traces]) -> set[Pair]:
    """Pairs of positions, the lower first."""
    by_key: defaultdict[object, list[int]] = defaultdict(list)
    for at, one in enumerate(people):
        for job in one.career.jobs:
            if job.letters and job.monthly:
                by_key[job.letters, job.start].append(at)
        for contact in one.identity.contacts:
            by_key[contact].append(at)
    found = set(_by_text(people))
    for key, having in by_key.items():
        found.update(_paired(sorted(set(having)), chained=isinstance(key, str)))
    return found


def _paired(having: Sequence[int], *, chained: bool) -> Iterable[Pair]:
    if len(having) <= _ALL_PAIRS:
        return ((a, b) for n, a in enumerate(having) for b in having[n + 1 :])
    return pairwise(having) if chained and len(having) <= _NEXT else ()


def _by_text(people: Sequence[Traces]) -> Iterator[Pair]:
    counts = [len(one.shingles.hashes) for one in people]
    whose = np.repeat(np.arange(len(people), dtype=np.int64), counts)
    hashes = np.concatenate([one.shingles.hashes for one in people]) if people else np.empty(0, np.uint64)
    order = np.argsort(hashes, kind="stable")
    hashes, whose = hashes[order], whose[order]
    begins = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])) if len(hashes) else np.empty(0, int)
    sizes = np.diff(np.append(begins, len(hashes)))
    keys = np.concatenate([np.empty(0, np.int64), *_keys(whose, begins, sizes, len(people))])
    pairs, times = np.unique(keys, return_counts=True)
    for key in pairs[times >= _PIECES].tolist():
        yield divmod(key, len(people))


def _keys(
    whose: NDArray[np.int64], begins: NDArray[np.int64], sizes: NDArray[np.int64], people: int
) -> Iterator[NDArray[np.int64]]:
    """A number for every pair that shares a piece, as often as they share one."""
    for size in range(2, _ALL_PAIRS + 1):
        having = whose[begins[sizes == size][:, None] + np.arange(size)]  # ascending in each row
        for a in range(size):
            for b in range(a + 1, size):
                yield having[:, a] * people + having[:, b]
    for size, count in Counter(sizes[(sizes > _ALL_PAIRS) & (sizes <= _NEXT)].tolist()).items():
        having = whose[begins[sizes == size][:, None] + np.arange(size)]
        assert len(having) == count
        yield (having[:, :-1] * people + having[:, 1:]).ravel()
