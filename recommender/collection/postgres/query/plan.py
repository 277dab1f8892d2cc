"""How a search is done: all who qualify are compared, or pgvector's graph is asked; by how many qualify.

Milliseconds measured on one core with vectors of 1,024 numbers (benchmarks/postgres.py); what matters is where the two
cross. The graph, asked under a filter, goes on until enough of those it comes by qualify (iterative scan).
"""

from __future__ import annotations

from typing import NamedTuple

#: Rows beside those asked for that the server is to give, as its own order is nearly that of the scores.
SPARE, SPARE_SHARE = 24, 0.25
#: How many the graph is asked for: for each of k, as signs tell less than numbers do, and at the least; where `_OF`
#: qualify. The more do, the more are as near by signs: of 100,000 it takes twice as many for the same recall.
_NEAR, _LEAST_NEAR, _OF, _GROWTH = 2.5, 400, 10_000, 0.375
#: How many more it keeps in view, for the few whom a filter leaves out: to go on for one costs as much as to begin.
_LEFT_OUT = 48
#: Nodes of the graph kept in view; more pgvector refuses.
MOST_EF = 1_000
#: What each way costs to begin, and for each row or node.
_EXACT = (0.2, 0.005)
_GRAPH = (2.0, 0.012)
#: Rows that an iterative scan may come by, beyond which all are compared.
MOST_VISITED = 20_000


class Plan(NamedTuple):
    """What is to be done.

    Attributes:
        way: "exact" or "graph".
        wanted: rows that the server is asked for at first.
        near: rows that the graph is asked for.
        ef: nodes of the graph kept in view.
        expected: way → milliseconds, where there was a choice.
    """

    way: str
    why: str
    wanted: int
    near: int
    ef: int
    expected: dict[str, float]


def choose(qualifying: int, profiles: int, k: int, *, has_graph: bool, exact: bool) -> Plan:
    """The way that is expected to take least.

    Args:
        qualifying: how many of the `profiles` there are qualify.
        exact: whether every score was asked for.
    """
    wanted = min(k + SPARE + int(SPARE_SHARE * k), qualifying)
    near = min(int(max(_NEAR * k, _LEAST_NEAR) * max(qualifying / _OF, 1) ** _GROWTH), qualifying)
    ef = min(near + _LEFT_OUT, MOST_EF)
    if exact or not has_graph:
        why = "every score was asked for" if exact else "there is no index"
        return Plan("exact", why, wanted, near, ef, {})
    visited = max(ef, near * profiles / max(qualifying, 1))
    expected = {
        "exact": round(_EXACT[0] + _EXACT[1] * qualifying, 3),
        "graph": round(_GRAPH[0] + _GRAPH[1] * visited, 3),
    }
    if visited > MOST_VISITED or k >= qualifying:
        return Plan("exact", "no other way finds as many as were asked for", wanted, near, ef, {})
    way = min(expected, key=expected.__getitem__)
    return Plan(way, "least is expected of it", wanted, near, ef, expected)
