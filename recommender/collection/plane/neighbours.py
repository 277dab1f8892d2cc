"""Who is near whom: principal components, the nearest along them, and how much each pair belongs together."""

from __future__ import annotations

from typing import NamedTuple

import faiss
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: Principal components that neighbours are looked for along: the nearest of all numbers, for a tenth of the time.
COMPONENTS = 96
#: Neighbours of each, halvings that find a person's own scale, and people compared at once.
NEIGHBOURS, HALVINGS, AT_ONCE = 15, 32, 4096


class Edges(NamedTuple):
    """Pairs that belong together, each both ways, by their first: `heads[i]`, `tails[i]`, how much (0 to 1)."""

    heads: NDArray[np.int64]
    tails: NDArray[np.int64]
    weights: Floats


def components(vectors: Floats, count: int) -> Floats:
    """The principal components of vectors, shape (n, count); the largest entry of each axis is positive."""
    mean = vectors.mean(axis=0)
    scatter = np.zeros((vectors.shape[1],) * 2)
    for start in range(0, len(vectors), AT_ONCE):
        part = vectors[start : start + AT_ONCE] - mean
        scatter += part.T @ part
    axes = np.linalg.eigh(scatter)[1][:, ::-1][:, :count]
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])
    return np.asarray((vectors - mean) @ axes, np.float32)


def edges(points: Floats) -> Edges:
    """Everybody with their nearest, weighed as UMAP does (McInnes et al. 2018): each by a scale of their own."""
    count = len(points)
    near, squares = _nearest(points, min(NEIGHBOURS, count - 1))
    weights = _memberships(np.sqrt(np.maximum(squares, 0)))
    heads, tails = np.repeat(np.arange(count), near.shape[1]), near.reshape(-1)
    keys = np.concatenate([heads * count + tails, tails * count + heads])
    both = np.tile(weights.reshape(-1), 2)
    order = np.argsort(keys, kind="stable")
    keys, both = keys[order], both[order]
    pairs, first = np.unique(keys, return_index=True)
    mutual = np.diff(np.append(first, len(keys))) == 2
    product = np.where(mutual, np.multiply.reduceat(both, first), 0)
    joined = np.add.reduceat(both, first) - product
    return Edges(pairs // count, pairs % count, np.asarray(joined, np.float32))


def _nearest(points: Floats, count: int) -> tuple[NDArray[np.int64], Floats]:
    """Rows and squared distances of each point's nearest others."""
    index = faiss.IndexFlatL2(points.shape[1])
    index.add(points)
    near, squares = np.empty((len(points), count), np.int64), np.empty((len(points), count), np.float32)
    for start in range(0, len(points), AT_ONCE):
        found, rows = index.search(points[start : start + AT_ONCE], count + 1)
        own = rows == np.arange(start, start + len(rows))[:, None]
        own[~own.any(axis=1), -1] = True  # of many at one place oneself may be missing
        near[start : start + len(rows)] = rows[~own].reshape(len(rows), count)
        squares[start : start + len(rows)] = found[~own].reshape(len(rows), count)
    return near, squares


def _memberships(apart: Floats) -> Floats:
    """How much each of the nearest belongs: 1 for the nearest, and for all of them log2 of their number."""
    beyond = apart - apart[:, :1]
    wanted = np.log2(max(apart.shape[1], 2))
    low, high = np.full(len(beyond), 1e-6), np.full(len(beyond), 1e3)
    for _ in range(HALVINGS):
        scale = np.sqrt(low * high)
        too_wide = np.exp(-beyond / scale[:, None]).sum(axis=1) > wanted
        low, high = np.where(too_wide, low, scale), np.where(too_wide, scale, high)
    return np.asarray(np.exp(-beyond / np.sqrt(low * high)[:, None]), np.float32)
