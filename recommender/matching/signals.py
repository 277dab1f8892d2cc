"""The signals of a pair, measured for one query profile against many candidates at once.

A signal is a raw number, or NaN where the pair has no evidence for it. Each looks at columns of `Features`
alone: never at the other candidates, so that a pair's score does not depend on the pool.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Features
from recommender.encoding.sparse import END
from recommender.matching.compared.pairs import Pairs

Floats = NDArray[np.float32]

#: Years from which more experience makes no difference, and years apart that are no difference yet.
LONG, NEAR = 12.0, 1.0


#: The names of all signals, in the order in which contributions are shown.
SIGNALS = ("career", "occupation", "words", "skills", "years", "seniority")


def measure(query_profile: Features, pool: Features) -> dict[str, Floats]:
    """Signal → raw values, shape (len(pool),); `query_profile` is one profile."""
    return measure_pairs(Pairs.of_one(query_profile, pool))


def measure_pairs(pairs: Pairs) -> dict[str, Floats]:
    """The same of several query profiles, each with its own of the pool: a pair's value is the same whatever beside."""
    words, skills, occupation = dot_sparse(pairs)
    return {
        "career": career_cosine(pairs),
        "occupation": occupation,
        "words": words,
        "skills": skills,
        "years": years_closeness(pairs),
        "seniority": seniority_closeness(pairs),
    }


def career_cosine(pairs: Pairs) -> Floats:
    """Cosines of the vectors `career_code` × `career_scale`; NaN where either is zeros.

    Products of one-byte codes are whole numbers below 2²⁴, so their float32 sums are exact in any order.
    """
    codes, scales = pairs.pool.columns["career_code"].astype(np.float32), pairs.pool.columns["career_scale"]
    products, own_scales = np.empty(len(codes), np.float32), pairs.column("career_scale")
    for own, part in pairs.parts("one"):
        np.vecdot(codes[part], own.columns["career_code"][0].astype(np.float32), out=products[part])
    known = (scales > 0) & (own_scales > 0)
    return np.where(known, products * (scales * own_scales), np.nan).astype(np.float32)


def dot_sparse(pairs: Pairs) -> Floats:
    """Inner products of the words, skills and occupations (rows) with everybody's (columns); NaN where one has none."""
    pool = pairs.pool
    ids, counts = pool.columns["sparse_id"], pool.columns["sparse_count"].astype(np.int64)
    products = np.zeros(len(ids) + 1, np.float32)
    for own, part in pairs.parts("sparse"):
        with weights_by_id(own) as weights:
            # every id is below the table's end: clipping only spares the look at each, and the copy that comes with it
            weights.take(ids[part], out=products[part], mode="clip")
    products[:-1] *= pool.columns["sparse_weight"]
    offsets = np.zeros(counts.size + 1, np.int64)
    np.cumsum(counts, out=offsets[1:])
    sums = segment_sum(products, offsets).reshape(counts.shape)
    sums[np.broadcast_to(pairs.column("sparse_count") == 0, sums.shape)] = np.nan
    return sums.T


class _Table(threading.local):
    """A number for every id of sparse vectors, 0 between uses: 2 MB, too much to be made and cleared every time."""

    def __init__(self) -> None:
        self.weights = np.zeros(END, np.float32)


_TABLE = _Table()


@contextmanager
def weights_by_id(query_profile: Features) -> Iterator[Floats]:
    """Of one profile the weight of every id, 0 where it has none, shape (`END`,); one at a time in a thread."""
    weights, ids = _TABLE.weights, query_profile.columns["sparse_id"]
    weights[ids] = query_profile.columns["sparse_weight"]
    try:
        yield weights
    finally:
        weights[ids] = 0


def years_closeness(pairs: Pairs) -> Floats:
    """Minus the years between them beyond `NEAR`, years counted up to `LONG`."""
    own, other = pairs.column("years"), pairs.pool.columns["years"]
    apart = np.abs(np.minimum(other, LONG) - np.minimum(own, LONG))
    return np.where((other >= 0) & (own >= 0), -np.maximum(apart - NEAR, 0), np.nan).astype(np.float32)


def seniority_closeness(pairs: Pairs) -> Floats:
    """Minus the number of levels between them."""
    own, other = (levels.astype(np.float32) for levels in (pairs.column("seniority"), pairs.pool.columns["seniority"]))
    return np.where((other >= 0) & (own >= 0), -np.abs(other - own), np.nan).astype(np.float32)


def segment_sum(values: NDArray[np.floating[Any]], offsets: NDArray[np.int64]) -> Floats:
    """Sums of the slices between offsets, each by itself; NaN for an empty one.

    One value more follows the last slice: where an empty one at the end begins.
    """
    sums = np.add.reduceat(values, offsets[:-1], dtype=np.float64)
    sums[offsets[1:] == offsets[:-1]] = np.nan
    return sums.astype(np.float32)
