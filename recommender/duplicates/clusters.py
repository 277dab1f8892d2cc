"""Pairs → people: clusters of which every two profiles have something that speaks for one person.

Complete linkage with two thresholds: the pairs that are of one person, the surest first, bring two clusters together
where no two profiles of them score below `FAIR`. So weak links do not chain strangers together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

#: What any two of one cluster score at least.
FAIR = 0.45


def clusters(pairs: Iterable[tuple[float, int, int]], score: Callable[[int, int], float]) -> list[list[int]]:
    """Positions that are of one person, two or more each, ascending; the clusters by their first.

    Args:
        pairs: score and positions of those that are of one person.
        score: of any two positions.
    """
    of: dict[int, list[int]] = {}
    for _, a, b in sorted(pairs, key=lambda one: (-one[0], one[1:])):
        mine, theirs = of.get(a, [a]), of.get(b, [b])
        if mine is not theirs and all(score(x, y) >= FAIR for x in mine for y in theirs):
            joined = sorted([*mine, *theirs])
            of.update(dict.fromkeys(joined, joined))
    return sorted({id(one): one for one in of.values()}.values())
