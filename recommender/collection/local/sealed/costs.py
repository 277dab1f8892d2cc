"""What the steps of a search cost on this machine: measured in some ten milliseconds when a segment is sealed.

It is kept with the segment. So whoever searches that plans alike, in whichever process, and one question has one
answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.collection.local.sealed.hnsw import Hnsw
from recommender.collection.local.sealed.signs import Signs
from recommender.collection.local.sealed.vectors import Vectors

#: Questions by which every step is measured, each once, so that none finds what it reads in the caches; half of them
#: took no longer than what counts.
_QUESTIONS = 15
#: Rows of which a step is measured.
_ROWS = 2_048
#: Nodes that the graph is asked for, few and many.
_FEW, _MANY = 64, 256
#: Measured costs are held to so many times those that are usual, and to that part of them.
_MOST = 4.0


class Costs(NamedTuple):
    """Microseconds on one thread, for vectors of 1,024 numbers; others in proportion to their length.

    Attributes:
        score: of a row, its vector fetched from somewhere in the pool.
        estimate, estimate_closely, begin_estimates: of a row's high bits, of both bits, and of a scan as such.
        visit, begin_visits: of the graph for each of the nodes that it is asked for, and of asking it as such.
    """

    score: float = 0.13
    estimate: float = 0.04
    estimate_closely: float = 0.085
    begin_estimates: float = 150.0
    visit: float = 1.6
    begin_visits: float = 60.0


def measured(vectors: Vectors, signs: Signs, index: Hnsw) -> NDArray[np.float32]:
    """Costs as they are stored: of searches of these vectors, within a factor of those that are usual."""
    rows = np.linspace(0, len(vectors) - 1, min(_ROWS, len(vectors))).astype(np.int64)
    questions = vectors.take(rows[:: -(-len(rows) // _QUESTIONS)])
    asked, length, usual = signs.asked(questions[0]), vectors.shape[1] / 1024, Costs()
    many, few = (_took(partial(index.nearest, wanted=nodes), questions) for nodes in (_MANY, _FEW))
    visit = max(many - few, 0.0) / (_MANY - _FEW)
    found = Costs(
        score=_took(lambda vector: vectors.nearest(rows, vector, 1), questions) / len(rows) / length,
        estimate=_took(lambda _: signs.coarse(asked, rows), questions) / len(rows) / length,
        estimate_closely=_took(lambda _: signs.fine(asked, rows), questions) / len(rows) / length,
        begin_estimates=usual.begin_estimates / 2 + _took(signs.asked, questions),
        visit=visit / length,
        begin_visits=few - visit * _FEW,
    )
    held: NDArray[np.float64] = np.clip(np.array(found), np.array(usual) / _MOST, np.array(usual) * _MOST)
    return held.astype(np.float32)


def _took(step: Callable[[NDArray[np.float32]], Any], questions: NDArray[np.float32]) -> float:
    """Microseconds of processor time, the median of the questions'."""
    took = []
    for vector in questions:
        started = time.thread_time()
        step(vector)
        took.append(time.thread_time() - started)
    return float(np.median(took)) * 1e6
