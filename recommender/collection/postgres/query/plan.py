"""How a search is done: all who qualify are compared, or pgvector's lists are asked; by how many qualify.

Milliseconds measured on one core with vectors of 1,024 numbers (benchmarks/postgres.py); what matters is where the two
cross. The lists, asked under a filter, go on until enough of those in them qualify (iterative scan).
"""

from __future__ import annotations

from math import ceil, isqrt
from typing import NamedTuple

#: Rows beside those asked for that the server is to give, as its own order is nearly that of the scores.
SPARE, SPARE_SHARE = 24, 0.25
#: How many the lists are asked for: for each of k, as signs tell less than numbers do, and at the least; where `_OF`
#: qualify. The more do, the more are as near by signs: of 100,000 it takes 1.75 times as many for the same recall.
_NEAR, _LEAST_NEAR, _OF, _GROWTH = 2.5, 400, 10_000, 0.243
#: Lists that are looked through at the least, of so many; of 1,000, for a million people, it takes twice as many. And
#: how many times as many of those who qualify as are asked for.
_LEAST_PROBES, _OF_LISTS, _MORE = 10, 316, 0.6
_PROBED = 5
#: What each way costs to begin, for each row that is compared, and for each that is only come by.
_EXACT = (0.2, 0.005)
_LISTS = (1.0, 0.011, 0.002)


class Plan(NamedTuple):
    """What is to be done.

    Attributes:
        way: "exact" or "lists".
        wanted: rows that the server is asked for at first.
        near: rows that the lists are asked for.
        probes: lists that are looked through at first, nearest first.
        expected: way → milliseconds, where there was a choice.
    """

    way: str
    why: str
    wanted: int
    near: int
    probes: int
    expected: dict[str, float]


def lists_of(profiles: int) -> int:
    """Lists that so many are divided into: as many as there are in each."""
    return max(isqrt(profiles), 1)


def choose(qualifying: int, profiles: int, k: int, *, has_lists: bool, exact: bool) -> Plan:
    """The way that is expected to take least.

    Args:
        qualifying: how many of the `profiles` there are qualify.
        exact: whether every score was asked for.
    """
    wanted = min(k + SPARE + int(SPARE_SHARE * k), qualifying)
    near = min(int(max(_NEAR * k, _LEAST_NEAR) * max(qualifying / _OF, 1) ** _GROWTH), qualifying)
    share = qualifying / max(profiles, 1)
    lists = lists_of(profiles)
    least = ceil(_LEAST_PROBES * max(lists / _OF_LISTS, 1) ** _MORE)
    probes = min(max(ceil(_PROBED * near * lists / max(qualifying, 1)), least), lists)
    if exact or not has_lists:
        why = "every score was asked for" if exact else "there is no index"
        return Plan("exact", why, wanted, near, probes, {})
    if k >= qualifying:
        return Plan("exact", "all who qualify are asked for", wanted, near, probes, {})
    begin, each, passed = _LISTS
    expected = {
        "exact": round(_EXACT[0] + _EXACT[1] * qualifying, 3),
        "lists": round(begin + each * near + passed * near / share, 3),
    }
    way = min(expected, key=expected.__getitem__)
    return Plan(way, "least is expected of it", wanted, near, probes, expected)
