"""Which way the nearest rows of a segment are found: by what each way is expected to cost for this many of them.

How many qualify is known exactly before anything is compared, so that a plan is chosen by numbers:

- `exact` scores every row that qualifies; where they are few, always.
- `scan` estimates all of them from their signs, scores the best by that, and then those who may be as near as these.
- `graph` asks the index for the nearest of everybody, and leaves out who does not qualify. Where k are left they are
  the k nearest that qualify, however the filter and the question are related; where fewer are, it asks for more.

A plan depends on the published files and the question alone, never on how long another took: the same question is
searched in the same way wherever it is asked. It changes by steps, so that a write hardly ever changes what is found.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal, NamedTuple

from recommender.collection.local.sealed.costs import Costs

Way = Literal["exact", "scan", "graph"]

#: For each of the k asked for, and beside them, the rows that a scan scores first: the least of the k best of them is
#: what others have to reach.
FIRST, MORE_FIRST = 2, 12
#: The largest share of those who qualify that is scored, rather than all.
MOST_SCORED = 0.5
#: Rows that may reach it as a rule, so that they are scored too, for each that is scored first; those who are estimated
#: closely before, and of all who are estimated at the least.
REACHING, CLOSELY, CLOSELY_SHARE = 1, 4, 0.03
#: Rows that are asked of the graph for each that is to be left, beside some more and at the least: with 16 two of a
#: thousand questions find nobody near, with 32 one.
NODES, MORE_NODES, FEWEST_NODES = 1.1, 8, 32
#: How often the graph is asked at the most, and how many times as many each time.
TIMES_ASKED, MORE_AT_ONCE = 3, 4
#: How often the graph is asked in vain, and a scan follows, where hardly anybody qualifies: a skill is common among
#: those who are near, or hardly there at all.
IN_VAIN = 1.0
#: Of so many who qualify all are scored, whatever is expected: nothing is less sure to take long.
SCORED_ANYWAY = 4_096
#: The largest share of a segment that is asked of its graph.
MOST_NODES = 0.1
#: Whole numbers of a plan are rounded up to multiples of it.
STEP = 16


class Plan(NamedTuple):
    """What is to be done.

    Attributes:
        way: of finding.
        wanted: rows that are found first, among which the k best are looked for; 0 where all are scored.
    """

    way: Way
    wanted: int = 0


class Planned(NamedTuple):
    """A plan, and what each possible way is expected to take, in µs; nothing where there is one way alone."""

    plan: Plan
    expected: Mapping[Way, float]


class Segmented(NamedTuple):
    """What a plan is made for.

    Attributes:
        rows: of the segment.
        qualifying: how many of them qualify.
        k: how many are asked for.
        dimension: of the vectors.
    """

    rows: int
    qualifying: int
    k: int
    dimension: int


def choose(of: Segmented, costs: Costs) -> Planned:
    """The cheapest plan for a segment with signs and a graph."""
    length = of.dimension / 1024
    expected: dict[Way, float] = {"exact": of.qualifying * costs.score * length}
    plans: dict[Way, Plan] = {"exact": Plan("exact")}
    if of.qualifying <= SCORED_ANYWAY:
        return Planned(plans["exact"], expected)
    first = first_of(of.k)
    if are_few(first, of.qualifying):
        plans["scan"] = Plan("scan", first)
        closely = max(CLOSELY * first, CLOSELY_SHARE * of.qualifying)
        compared = of.qualifying * costs.estimate + closely * costs.estimate_closely
        expected["scan"] = costs.begin_estimates + (compared + (1 + REACHING) * first * costs.score) * length
    nodes = nodes_for(of.k, of.qualifying / of.rows if of.rows else 0.0)
    if nodes <= MOST_NODES * of.rows:
        plans["graph"] = Plan("graph", nodes)
        expected["graph"] = costs.begin_visits + nodes * costs.visit * length
        # a filter may have to do with the question: the fewer it admits, the likelier it is in vain
        expected["graph"] += IN_VAIN * (1 - of.qualifying / of.rows) * expected.get("scan", expected["exact"])
    return Planned(plans[min(expected, key=lambda way: expected[way])], expected)


def first_of(k: int) -> int:
    """How many of the best estimates are scored first."""
    return stepped(FIRST * k + MORE_FIRST)


def foremost_of(k: int) -> int:
    """How many of those whom the graph found are scored: of a thousand questions none loses anybody by it."""
    return k + k // 8 + MORE_FIRST


def are_few(scored: int, qualifying: int) -> bool:
    """Whether to score these is so much less than to score all who qualify that they are worth looking for."""
    return scored < MOST_SCORED * qualifying


def asked_again(of: Segmented, found: int, qualify: int, costs: Costs) -> int | None:
    """How many are asked of the graph where of those found too few qualify; None where a scan is better.

    Not all that the share of so few suggests: who is farther qualifies oftener, or they would not be so many in all.
    """
    nodes = min(nodes_for(of.k, qualify / found if found else 0.0), stepped(MORE_AT_ONCE * found))
    if nodes <= found or nodes > MOST_NODES * of.rows or nodes * costs.visit > of.qualifying * costs.estimate:
        return None
    return nodes


def nodes_for(k: int, share: float) -> int:
    """How many are asked of the graph where this share of those near the question qualifies."""
    if share <= 0:
        return 1 << 62
    return max(stepped(math.ceil(NODES * (k + MORE_NODES) / share)), FEWEST_NODES)


def stepped(rows: int) -> int:
    """Rounded up."""
    return -(-rows // STEP) * STEP
