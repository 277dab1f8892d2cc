"""The approximate index over a sealed segment: FAISS's graph, which is asked for the nearest of everybody.

It compares whole numbers of a byte each, on one scale for all rows, which takes a fraction of what floats take. What it
finds is scored anew from the exact vectors, so that rounding costs recall alone, and of a list that is longer than k
hardly any.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cached_property, lru_cache, partial
from hashlib import blake2b
from typing import Any, NamedTuple

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

from recommender.collection.local.sealed.records import ranges
from recommender.collection.local.sealed.vectors import Matrix, Vectors
from recommender.collection.local.sealed.whole import LARGEST, Biased, rounded, unbiased
from recommender.errors import CollectionCorrupt

faiss: Any = _faiss  # its own type stubs do not know how its classes are called from Python

Floats = NDArray[np.float32]

#: Whole numbers, which need no training.
_CODES = faiss.ScalarQuantizer.QT_8bit_direct_signed
_NEIGHBOURS = 32
#: How far building looks. With 80, of 100,000 some were in clusters that searches did not come into, however far they
#: looked (recall@10 .98); with 160 fewer (.9965), with 240 none.
_EF_CONSTRUCTION = 240
_SCALED_BY = 2_000
#: The share of numbers that are within the scale; the others are cut off.
_WITHIN = 0.9999
_ADDED_AT_ONCE = 5_000
#: Of which codes are made at a time when an index is opened: what it takes meanwhile stays with the process.
_OPENED_AT_ONCE = 64
#: How far a search looks at the least.
_EF = 32
#: How far somebody is looked for who is to be found, and among how many of the nearest.
_EF_FOUND, _FOUND = 16, 8
#: The same where it begins among those whom it looks for.
_EF_AROUND = 16
#: What a node is from itself, as the graph counts: less is nearer.
_NEAREST_OF_ALL = np.float32(-1e30)


class BuildStopped(Exception):
    """The build was told to stop: no error, and never seen by a caller of the pool."""


class StoredGraph(NamedTuple):
    """What is stored of an index.

    Rows whose quantised vectors are the same are one node: copies would be one another's only neighbours, and a search
    that comes among them would find nobody else.

    Attributes:
        graph: the bytes of the FAISS index without its codes, uint8; nodes are numbered from 0.
        scale: float32, one number: by what vectors are multiplied before they are rounded. A power of two, as what
            stored codes are multiplied by, so that most are as they are.
        rows: uint32, every row once, node after node.
        starts: uint32, of each node where its rows begin in `rows`, and their number at the end.
    """

    graph: NDArray[np.uint8]
    scale: Floats
    rows: NDArray[np.uint32]
    starts: NDArray[np.uint32]


def build(vectors: Matrix, stop: Callable[[], bool], threads: int) -> StoredGraph:
    """An HNSW index over the vectors, a row each; raises `BuildStopped` once `stop()` holds."""
    faiss.omp_set_num_threads(threads)
    scale = _scale(vectors)
    index = faiss.IndexHNSWSQ(vectors.shape[1], _CODES, _NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = _EF_CONSTRUCTION
    index.is_trained = faiss.downcast_index(index.storage).is_trained = True
    rows, starts = _by_code(vectors, scale, stop)
    first = rows[starts[:-1]]
    for start in range(0, len(first), _ADDED_AT_ONCE):
        if stop():
            raise BuildStopped
        codes = _codes(vectors, first[start : start + _ADDED_AT_ONCE], scale)
        index.add(unbiased(codes).astype(np.float32))
    _lead_to_all(index, partial(_codes, vectors, scale=scale), first, stop)
    graph = faiss.serialize_index(index, faiss.IO_FLAG_SKIP_STORAGE)
    return StoredGraph(graph, np.array([scale]), rows, starts)


def _lead_to_all(
    index: Any, codes_of: Callable[..., Biased], first: NDArray[np.integer[Any]], stop: Callable[[], bool]
) -> None:
    """Look for every node, and link those that are missed to who was found in their stead.

    Some clusters have hardly a link to them from elsewhere, as whoever is there is nearer to another of them: a search
    does not come into them, however far it looks. Of 100,000 made-up people 100 are missed.

    Args:
        codes_of: of rows; `first` is a row of each node.
    """
    for start in range(0, len(first), _ADDED_AT_ONCE):
        if stop():
            raise BuildStopped
        nodes = np.arange(start, min(start + _ADDED_AT_ONCE, len(first)))
        _link_missed(index, nodes, unbiased(codes_of(rows=first[nodes])).astype(np.float32))


def _link_missed(index: Any, nodes: NDArray[np.int64], numbers: Floats) -> None:
    """Have the nearest who is found, and has room, lead to each of these nodes that is missed.

    Args:
        numbers: of the nodes, as they are compared.
    """
    hnsw, width = index.hnsw, index.hnsw.nb_neighbors(0)
    neighbours = faiss.rev_swig_ptr(hnsw.neighbors.data(), hnsw.neighbors.size())
    offsets = faiss.rev_swig_ptr(hnsw.offsets.data(), hnsw.offsets.size())
    products, found = index.search(numbers, min(_FOUND, index.ntotal), params=_reaching(_EF_FOUND))
    missed = (found != nodes[:, None]).all(axis=1)
    missed &= np.vecdot(numbers, numbers) > products[:, -1]  # else so many are nearer than the node itself
    for at in np.flatnonzero(missed).tolist():
        for other in found[at][found[at] >= 0].tolist():
            links = neighbours[int(offsets[other]) :][:width]
            if links[-1] < 0:
                links[np.argmax(links < 0)] = nodes[at]
                break


def _scale(vectors: Matrix) -> np.float32:
    """One for all numbers of all rows, by which those of some rows fill a byte."""
    some = vectors[slice(0, len(vectors), -(-len(vectors) // _SCALED_BY))]
    largest = max(float(np.quantile(np.abs(some), _WITHIN)), 1e-30)
    return np.float32(2.0 ** math.floor(math.log2(LARGEST / largest)))


def _codes(vectors: Matrix, rows: NDArray[np.integer[Any]], scale: np.float32) -> Biased:
    """Those of rows on the scale."""
    return (vectors if isinstance(vectors, Vectors) else Vectors(vectors)).on_scale(rows, scale)


def _by_code(
    vectors: Matrix, scale: np.float32, stop: Callable[[], bool]
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Rows by node, and where each node's begin: nodes in the order of their first rows."""
    node_of: dict[bytes, int] = {}
    nodes = np.empty(len(vectors), np.int64)
    for start in range(0, len(vectors), _ADDED_AT_ONCE):
        if stop():
            raise BuildStopped
        codes = _codes(vectors, np.arange(start, min(start + _ADDED_AT_ONCE, len(vectors))), scale)
        for row, code in enumerate(codes, start):
            nodes[row] = node_of.setdefault(blake2b(code.data, digest_size=16).digest(), len(node_of))
    starts = np.concatenate([[0], np.cumsum(np.bincount(nodes, minlength=len(node_of)))])
    return np.argsort(nodes, kind="stable").astype(np.uint32), starts.astype(np.uint32)


class Hnsw:
    """An index read from arrays whose checksum has held, and the vectors that it is over, of which it makes codes."""

    def __init__(self, stored: StoredGraph, vectors: Matrix) -> None:
        self._stored, rows = stored, len(vectors)
        # the graph stays where it is mapped, and shared between processes
        reader = faiss.ZeroCopyIOReader(faiss.swig_ptr(stored.graph), stored.graph.nbytes)
        self._index: Any = faiss.read_index(reader, faiss.IO_FLAG_MMAP_IFC)
        self._rows, self._starts = stored.rows, stored.starts
        self._has_copies = self._index.ntotal != rows
        if len(stored.rows) != rows or self._index.ntotal != len(stored.starts) - 1:
            raise CollectionCorrupt(
                f"the index holds {self._index.ntotal} nodes of {len(stored.rows)} vectors, its segment {rows} rows"
            )
        self._codes: Any = faiss.IndexScalarQuantizer(vectors.shape[1], _CODES, faiss.METRIC_INNER_PRODUCT)
        self._codes.is_trained, self._codes.ntotal = True, self._index.ntotal
        self._codes.codes.resize(self._index.ntotal * vectors.shape[1])
        codes = faiss.rev_swig_ptr(self._codes.codes.data(), self._codes.codes.size()).reshape(-1, vectors.shape[1])
        first = stored.rows[stored.starts[:-1]]
        for start in range(0, len(first), _OPENED_AT_ONCE):
            part = slice(start, start + _OPENED_AT_ONCE)
            codes[part] = _codes(vectors, first[part], stored.scale[0])
        self._index.storage, self._index.own_fields = self._codes, False

    def nearest(self, vector: NDArray[np.float32], wanted: int) -> NDArray[np.int64]:
        """About so many rows nearest to the vector, the nearest first; copies of a row that is found come with it.

        Fewer where there are fewer, or where the search falls short.
        """
        return self.compared(vector, wanted)[0]

    def compared(self, vector: NDArray[np.float32], wanted: int) -> tuple[NDArray[np.int64], Floats]:
        """The same, descending by what is beside each row: about its inner product, times what is one for all."""
        wanted = min(wanted, self._index.ntotal)
        faiss.omp_set_num_threads(1)
        numbers = rounded(vector).numbers
        about, nodes = np.empty(wanted, np.float32), np.empty(wanted, np.int64)
        asked, about_, nodes_ = map(faiss.swig_ptr, (numbers, about, nodes))
        self._index.search_c(1, asked, wanted, about_, nodes_, _reaching(max(_EF, wanted)))
        if nodes[-1] < 0:  # it fell short
            there = nodes >= 0
            about, nodes = about[there], nodes[there]
        if not self._has_copies:
            return nodes, about
        return self._rows_of(nodes), np.repeat(about, np.diff(self._starts)[nodes])

    def around(
        self, rows: NDArray[np.int64], vectors: NDArray[np.float32], wanted: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Of each of these rows, whose vectors are given, about so many nearest: pairs of its place and a row.

        A row of the index is found itself, and its search begins with it, where its neighbours are; rows beyond are
        those of another index, or of none.
        """
        inside = np.flatnonzero(rows < len(self._rows))
        places, near = self._from(self._nodes[rows[inside]], vectors[inside], min(wanted, self._index.ntotal))
        others = [at for at in range(len(rows)) if rows[at] >= len(self._rows)]
        found = [self.nearest(vectors[at], wanted) for at in others]
        whose = [inside[places], *(np.full(len(one), at) for at, one in zip(others, found, strict=True))]
        return np.concatenate(whose), np.concatenate([near, *found])

    def _from(
        self, nodes: NDArray[np.int32], vectors: NDArray[np.float32], wanted: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The nearest of vectors, each looked for from a node on: pairs of its place and a row."""
        if not len(nodes):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        faiss.omp_set_num_threads(1)
        numbers = np.array([rounded(vector).numbers for vector in vectors], np.float32)
        distances = np.empty((len(nodes), wanted), np.float32)
        found, apart = np.empty((len(nodes), wanted), np.int64), np.full(len(nodes), _NEAREST_OF_ALL, np.float32)
        asked, begin, apart, distances_, found_ = map(faiss.swig_ptr, (numbers, nodes, apart, distances, found))
        reach = _reaching(max(_EF_AROUND, wanted))
        self._index.search_level_0(len(nodes), asked, wanted, begin, apart, distances_, found_, 1, 1, reach)
        found[found == nodes[:, None]] = -1  # where it began is no finding of FAISS's as a rule
        found = np.concatenate([nodes[:, None], found], axis=1)
        places = np.repeat(np.arange(len(nodes)), (found >= 0).sum(axis=1))
        found = found[found >= 0]
        if not self._has_copies:
            return places, found
        return np.repeat(places, np.diff(self._starts)[found]), self._rows_of(found)

    @cached_property
    def _nodes(self) -> NDArray[np.int32]:
        """The node of each row."""
        nodes = np.empty(len(self._rows), np.int32)
        nodes[self._rows] = np.repeat(np.arange(self._index.ntotal, dtype=np.int32), np.diff(self._starts))
        return nodes

    def _rows_of(self, nodes: NDArray[np.int64]) -> NDArray[np.int64]:
        _, places = ranges(self._starts, nodes)
        return self._rows[places].astype(np.int64)


@lru_cache(64)
def _reaching(reach: int) -> Any:
    """Parameters of a search; making them takes a twentieth of it."""
    return faiss.SearchParametersHNSW(efSearch=reach)
