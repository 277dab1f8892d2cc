"""The nearest rows of a segment without scoring all that qualify: by estimates from signs, and by the graph."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.collection.local.query.exact import Found, Products, nobody, scored
from recommender.collection.local.query.plan import (
    Plan,
    Segmented,
    are_few,
    asked_again,
    candidates_for,
    closely_for,
)
from recommender.collection.local.query.selected import Selected
from recommender.collection.local.sealed.costs import Costs
from recommender.collection.local.sealed.segment import Segment

#: How sure is sure: so many times what an estimate is off as a rule.
_SURE = 1.0
#: How many times as many are scored where more are.
_WIDER = 4


class Near(NamedTuple):
    """What was found.

    Attributes:
        found: rows with their scores, the k best among them.
        rested_on: rows that would have to leave for the same to be found otherwise.
        steps: what was done, in order, as it is explained.
    """

    found: Found
    rested_on: NDArray[np.int64]
    steps: tuple[str, ...]


def nearest(base: Segment, products: Products, plan: Plan, of: Segmented, selected: Selected, costs: Costs) -> Near:
    """The k best of a segment's selected rows, and perhaps more, as planned or, where that falls short, otherwise."""
    steps, seen = tuple[str, ...](), [nobody()[0]]
    if plan.way == "graph":
        found, seen, steps = _ask_graph(base, products, plan, of, selected, costs)
        if found is not None:
            return Near(found, np.concatenate(seen), steps)
    rows = selected.in_segment
    if plan.way == "exact":
        found = products.nearest(of.k, rows) or _all(products, of.k, selected)
        return Near(found, rows[:0], (f"scored all {len(rows)} who qualify",))
    near = _scan(base, products, of.k, candidates_for(of.k), selected)
    return Near(near.found, np.concatenate([*seen, near.rested_on]), (*steps, *near.steps))


def _all(products: Products, k: int, selected: Selected) -> Found:
    """The best of all who qualify, of whose vectors there may be a copy."""
    rows, copies = selected.in_segment, selected.vectors()
    if copies is None:
        return scored(products, 0, k, rows)
    at, scores = copies.nearest_of_all(products.vector, k)
    return rows if len(at) == len(rows) else rows.take(at), scores


def _scan(base: Segment, products: Products, k: int, candidates: int, selected: Selected) -> Near:
    """The best of these rows by their estimates: coarse ones of all, close ones of the best by those.

    Where the last row that is chosen by an estimate may well be as near as the last of the k best, so may others that
    were not, and more are chosen; in the end all are scored.
    """
    assert base.signs is not None
    rows, copies = selected.in_segment, selected.signs()
    signs, at = (base.signs, rows) if copies is None else (copies, np.arange(len(rows)))
    asked, closely = signs.asked(products.vector), closely_for(candidates, len(rows))
    steps = [f"estimated {len(rows)} who qualify"] if closely < len(rows) else []
    coarse = signs.coarse(asked, at) if closely < len(rows) else np.zeros(len(rows), np.float32)
    sure = signs.spread * _SURE
    while are_few(candidates, len(rows)):
        first = _best(coarse, closely)
        fine = signs.fine(asked, at.take(first))
        second = _best(fine, candidates)
        near = rows.take(first.take(second))
        found, scores = products.few(k, near)
        steps += [f"estimated {len(fine)} closely", f"scored {len(near)}"]
        least = np.partition(scores, len(scores) - k)[len(scores) - k]
        if least < fine[second].min() + sure[1]:
            candidates, closely = _WIDER * candidates, max(closely, closely_for(_WIDER * candidates, len(rows)))
        elif closely < len(rows) and least < coarse[first].min() + sure[0]:
            closely = min(_WIDER * closely, len(rows))
        else:
            return Near((found, scores), near, tuple(steps))
    return Near(scored(products, 0, k, rows), rows, (*steps, f"scored all {len(rows)} who qualify"))


def _best(estimates: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Where the best are, and all who tie with the last of them."""
    return np.flatnonzero(estimates >= np.partition(estimates, len(estimates) - count)[len(estimates) - count])


def _ask_graph(
    base: Segment, products: Products, plan: Plan, of: Segmented, selected: Selected, costs: Costs
) -> tuple[Found | None, list[NDArray[np.int64]], tuple[str, ...]]:
    """The best of the selected rows by the graph, None where too few of the nearest qualify; who was seen; the steps.

    It is asked a second time where it was short, for as many more as there seem to be between.
    """
    assert base.index is not None
    wanted, steps, seen = plan.wanted, list[str](), list[NDArray[np.int64]]()
    for _ in range(2):
        near = base.index.nearest(products.vector, wanted)
        seen.append(near)
        admitted = selected.among(near)
        steps.append(f"asked the graph for {wanted}, of whom {len(admitted)} qualify")
        if len(admitted) >= of.k:
            return products.few(of.k, admitted), seen, tuple(steps)
        again = asked_again(of, len(near), len(admitted), costs)
        if again is None:
            break
        wanted = again
    return None, seen, tuple(steps)
