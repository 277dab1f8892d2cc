"""Vectors → places on a plane: the principal two to begin with, then pairs that belong together pull, others push.

The forces are UMAP's (McInnes et al. 2018), all at once each round and from one seed, so that the same vectors give the
same places.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.collection.plane.neighbours import COMPONENTS, Edges, components, edges

Floats = NDArray[np.float32]

#: Rounds, others that everybody is pushed by in each, the farthest that a force moves, the width to begin with.
ROUNDS, OTHERS, FARTHEST, WIDTH = 200, 8, 4.0, 10.0
#: The curve of closeness 1 / (1 + A d^2B): flat near by, so that those of one trade stay apart enough to be seen.
A, B = 0.03, 1.93
_SEED: Final = 20_261


def lay_out(vectors: Floats, check: Callable[[], None] = lambda: None) -> Floats:
    """Places of n vectors, shape (n, 2), within the unit square; both axes by one scale.

    Args:
        check: called before each round; what it raises ends the work.
    """
    if len(vectors) < 3:
        return np.asarray([[0.5, 0.5], [0.6, 0.5]][: len(vectors)], np.float32).reshape(-1, 2)
    points = components(vectors, min(COMPONENTS, *vectors.shape))
    places = points[:, :2] * (WIDTH / max(float(np.abs(points[:, :2]).max()), 1e-9))
    rng = np.random.default_rng(_SEED)
    # those at one place would never part
    places = np.asarray(places + rng.normal(0, 1e-3, places.shape), np.float32)
    joined = edges(points)
    for round_ in range(ROUNDS):
        check()
        _move(places, joined, 1 - round_ / ROUNDS, rng)
    return _within_unit(places)


def _move(places: Floats, joined: Edges, step: float, rng: np.random.Generator) -> None:
    heads, tails, weights = joined
    first = np.searchsorted(heads, np.arange(len(places)))
    apart = places[heads] - places[tails]
    square = np.maximum(np.einsum("ij,ij->i", apart, apart), 1e-6)
    pull = -2 * A * B * square ** (B - 1) / (1 + A * square**B) * weights
    force = np.add.reduceat(np.clip(pull[:, None] * apart, -FARTHEST, FARTHEST), first)
    share = np.add.reduceat(weights, first)
    for _ in range(OTHERS):
        apart = places - places[rng.integers(0, len(places), len(places))]
        square = np.einsum("ij,ij->i", apart, apart)
        push = 2 * B / ((1e-3 + square) * (1 + A * np.maximum(square, 1e-6) ** B)) * share
        force += np.clip(push[:, None] * apart, -FARTHEST, FARTHEST)
    places += step * np.clip(force, -2 * FARTHEST, 2 * FARTHEST)


def _within_unit(places: Floats) -> Floats:
    """The places by one scale, in the middle of the unit square, a little from its edges."""
    low, high = places.min(axis=0), places.max(axis=0)
    size = max(float((high - low).max()), 1e-9)
    return np.asarray(0.5 + 0.96 * (places - (low + high) / 2) / size, np.float32)
