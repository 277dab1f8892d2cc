"""The nearest rows of a segment without scoring all that qualify: by estimates from signs, and by the graph."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.collection.common.scores import Found
from recommender.collection.local.query.exact import Products, joined, scored
from recommender.collection.local.query.plan import (
    TIMES_ASKED,
    Plan,
    Segmented,
    are_few,
    asked_again,
    first_of,
    foremost_of,
)
from recommender.collection.local.query.selected import Selected
from recommender.collection.local.sealed.costs import Costs
from recommender.collection.local.sealed.segment import Segment

#: How sure is sure: so many times what an estimate is off as a rule. With 1 two of a hundred of those who are nearest
#: are taken for farther than they are, with 1.5 one of five hundred.
_SURE = np.float32(1.5)
#: How many times as many as are scored first are scored at the most without being estimated closely.
_AT_ONCE = 4


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


class _Asked(NamedTuple):
    """What the graph found, None where too few of the nearest qualify; who was seen; and the steps."""

    found: Found | None
    seen: tuple[NDArray[np.int64], ...]
    steps: tuple[str, ...]


_NOT_ASKED = _Asked(None, (), ())


def nearest(base: Segment, products: Products, plan: Plan, of: Segmented, selected: Selected, costs: Costs) -> Near:
    """The k best of a segment's selected rows, and perhaps more, as planned or, where that falls short, otherwise."""
    if plan.way == "exact":
        rows = selected.in_segment
        near = products.nearest(of.k, rows) or _all(products, of.k, selected)
        return Near(near, rows[:0], (f"scored all {len(rows)} who qualify",))
    asked = _ask_graph(base, products, plan, of, selected, costs) if plan.way == "graph" else _NOT_ASKED
    found, seen, steps = asked
    if found is None:
        scanned = _scan(base, products, of.k, selected)
        found, seen, steps = scanned.found, (*seen, scanned.rested_on), (*steps, *scanned.steps)
    return Near(found, seen[0] if len(seen) == 1 else np.concatenate(seen), steps)


def _all(products: Products, k: int, selected: Selected) -> Found:
    """The best of all who qualify, of whose vectors there may be a copy."""
    rows, copies = selected.in_segment, selected.vectors()
    if copies is None:
        return scored(products, 0, k, rows)
    at, scores = copies.nearest_of_all(products.vector, k)
    return rows if len(at) == len(rows) else rows.take(at), scores


def _scan(base: Segment, products: Products, k: int, selected: Selected) -> Near:
    """The best of these rows by their estimates: coarse ones of all, close ones where many may be near enough.

    The best by coarse estimates are scored first. Whoever is among the k best is no farther than the k-th of them, and
    so those are scored too whose estimates, by what these are off as a rule, allow that; where they are most, all are.
    """
    assert base.signs is not None
    rows, copies, first = selected.in_segment, selected.signs(), first_of(k)
    if not are_few(first, len(rows)):
        return _scored_all(products, k, rows)
    signs, at = (base.signs, rows) if copies is None else (copies, None)
    asked = signs.asked(products.vector)
    coarse, (off, closely_off) = signs.coarse(asked, at), _SURE * signs.spread
    best = np.flatnonzero(coarse >= np.partition(coarse, len(coarse) - first)[len(coarse) - first])
    begun = products.few(k, rows.take(best))
    least = np.partition(begun[1], len(begun[1]) - k)[len(begun[1]) - k]
    coarse[best] = -np.inf  # they are scored
    others = np.flatnonzero(coarse >= least - off)
    steps: tuple[str, ...] = (f"estimated {len(rows)} who qualify", f"scored {len(best)}")
    if len(others) > _AT_ONCE * first:
        steps = (*steps, f"estimated {len(others)} closely")
        fine = signs.fine(asked, others if at is None else at.take(others))
        others = others[fine >= least - closely_off]
    if not are_few(len(best) + len(others), len(rows)):
        return _scored_all(products, k, rows, steps)
    near = rows.take(others)
    found = joined([begun, products.few(k, near)]) if len(near) else begun
    return Near(found, np.concatenate([rows.take(best), near]), (*steps, f"scored {len(near)} more"))


def _scored_all(products: Products, k: int, rows: NDArray[np.int64], steps: tuple[str, ...] = ()) -> Near:
    return Near(scored(products, 0, k, rows), rows, (*steps, f"scored all {len(rows)} who qualify"))


def _foremost(rows: NDArray[np.int64], about: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """So many of the rows, whose products are about these, descending, and all who tie with the last; they ascend."""
    if len(rows) > count:
        rows = rows[: np.count_nonzero(about >= about[count - 1])]
    return np.sort(rows)


def _ask_graph(
    base: Segment, products: Products, plan: Plan, of: Segmented, selected: Selected, costs: Costs
) -> _Asked:
    """The best of the selected rows by the graph.

    It is asked again where it was short, for as many more as there seem to be between.
    """
    assert base.index is not None
    steps: list[str] = []
    seen: list[NDArray[np.int64]] = []
    wanted = plan.wanted
    for _ in range(TIMES_ASKED):
        near, about = base.index.compared(products.vector, wanted)
        seen.append(near)
        admitted = near
        if not selected.is_whole:
            admits = selected.admits(near)
            admitted, about = near[admits], about[admits]
        steps.append(f"asked the graph for {wanted}, of whom {len(admitted)} qualify")
        if len(admitted) >= of.k:
            found = products.few(of.k, _foremost(admitted, about, foremost_of(of.k)))
            return _Asked(found, tuple(seen), tuple(steps))
        again = asked_again(of, len(near), len(admitted), costs)
        if again is None:
            break
        wanted = again
    return _Asked(None, tuple(seen), tuple(steps))
