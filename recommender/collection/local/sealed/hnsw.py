"""The approximate index over a sealed segment: FAISS's graph, which is asked for the nearest of everybody.

Quantised to a byte a number: what it finds is scored anew from the exact vectors, so that quantisation
costs recall alone, of which a longer list of finds buys back what it cost.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

from recommender.collection.local.sealed.records import ranges
from recommender.collection.local.sealed.vectors import Matrix
from recommender.errors import CollectionCorrupt

faiss: Any = _faiss  # its own type stubs do not know how its classes are called from Python

_NEIGHBOURS = 32
_EF_CONSTRUCTION = 80
_TRAINED_ON = 50_000
_ADDED_AT_ONCE = 5_000
#: How far a search looks: at the least, and for each row that is to be found.
_EF, _REACH = 96, 1.25


class BuildStopped(Exception):
    """The build was told to stop: no error, and never seen by a caller of the pool."""


class StoredGraph(NamedTuple):
    """What is stored of an index.

    Rows whose quantised vectors are the same are one node: copies would be one another's only neighbours, and a search
    that comes among them would find nobody else.

    Attributes:
        graph: the bytes of the FAISS index without its codes, uint8; nodes are numbered from 0.
        quantiser: the bytes of a FAISS index of nobody, uint8, which makes the codes anew of the vectors.
        rows: uint32, every row once, node after node.
        starts: int64, of each node where its rows begin in `rows`, and their number at the end.
    """

    graph: NDArray[np.uint8]
    quantiser: NDArray[np.uint8]
    rows: NDArray[np.uint32]
    starts: NDArray[np.int64]


def build(vectors: Matrix, stop: Callable[[], bool], threads: int) -> StoredGraph:
    """An HNSW index over the vectors, a row each; raises `BuildStopped` once `stop()` holds."""
    faiss.omp_set_num_threads(threads)
    # one range for all dimensions: unit vectors need no more, and on 100,000 of them .997 of 200 are found, not .990
    bytes_ = faiss.ScalarQuantizer.QT_8bit_uniform
    index = faiss.IndexHNSWSQ(vectors.shape[1], bytes_, _NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = _EF_CONSTRUCTION
    index.train(np.ascontiguousarray(vectors[:: -(-len(vectors) // _TRAINED_ON)]))
    rows, starts = _by_code(vectors, faiss.downcast_index(index.storage).sq, stop)
    first = rows[starts[:-1]]
    for start in range(0, len(first), _ADDED_AT_ONCE):
        if stop():
            raise BuildStopped
        index.add(np.ascontiguousarray(vectors[first[start : start + _ADDED_AT_ONCE]]))
    nobody = faiss.clone_index(faiss.downcast_index(index.storage))
    nobody.reset()
    graph = faiss.serialize_index(index, faiss.IO_FLAG_SKIP_STORAGE)
    return StoredGraph(graph, faiss.serialize_index(nobody), rows, starts)


def _by_code(vectors: Matrix, quantiser: Any, stop: Callable[[], bool]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Rows by node, and where each node's begin: nodes in the order of their first rows."""
    node_of: dict[bytes, int] = {}
    nodes = np.empty(len(vectors), np.int64)
    for start in range(0, len(vectors), _ADDED_AT_ONCE):
        if stop():
            raise BuildStopped
        codes = quantiser.compute_codes(np.ascontiguousarray(vectors[start : start + _ADDED_AT_ONCE]))
        for row, code in enumerate(codes, start):
            nodes[row] = node_of.setdefault(blake2b(code.data, digest_size=16).digest(), len(node_of))
    starts = np.concatenate([[0], np.cumsum(np.bincount(nodes, minlength=len(node_of)))])
    return np.argsort(nodes, kind="stable").astype(np.uint32), starts.astype(np.int64)


class Hnsw:
    """An index read from arrays whose checksum has held, and the vectors that it is over, of which it makes codes."""

    def __init__(self, stored: StoredGraph, vectors: Matrix) -> None:
        self._index: Any = faiss.deserialize_index(stored.graph)
        rows = len(vectors)
        self._rows, self._starts = stored.rows, stored.starts
        self._has_copies = self._index.ntotal != rows
        if len(stored.rows) != rows or self._index.ntotal != len(stored.starts) - 1:
            raise CollectionCorrupt(
                f"the index holds {self._index.ntotal} nodes of {len(stored.rows)} vectors, its segment {rows} rows"
            )
        self._codes: Any = faiss.deserialize_index(stored.quantiser)
        first = stored.rows[stored.starts[:-1]]
        for start in range(0, len(first), _ADDED_AT_ONCE):
            self._codes.add(np.ascontiguousarray(vectors[first[start : start + _ADDED_AT_ONCE]]))
        self._index.storage, self._index.own_fields = self._codes, False

    def nearest(self, vector: NDArray[np.float32], wanted: int) -> NDArray[np.int64]:
        """About so many rows nearest to the vector, in no order to rely on; copies of a row that is found come with it.

        Fewer where there are fewer, or where the search falls short.
        """
        wanted = min(wanted, self._index.ntotal)
        faiss.omp_set_num_threads(1)
        _, nodes = self._index.search(vector[None, :], wanted, params=_reaching(max(_EF, int(_REACH * wanted))))
        found: NDArray[np.int64] = nodes[nodes >= 0]
        return self._rows_of(found) if self._has_copies else found

    def _rows_of(self, nodes: NDArray[np.int64]) -> NDArray[np.int64]:
        _, places = ranges(self._starts, nodes)
        return self._rows[places].astype(np.int64)


@lru_cache(64)
def _reaching(reach: int) -> Any:
    """Parameters of a search; making them takes a twentieth of it."""
    return faiss.SearchParametersHNSW(efSearch=reach)
