"""The approximate index over a sealed segment. The only file that knows FAISS.

Quantised to a byte a number: what it finds is scored anew from the exact vectors, so that quantisation
costs recall alone, of which a longer list of finds buys back what it cost.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

from recommender.errors import CollectionCorrupt

faiss: Any = _faiss  # its own type stubs do not know how its classes are called from Python

_NEIGHBOURS = 32
_EF_CONSTRUCTION = 80
_TRAINED_ON = 50_000
_ADDED_AT_ONCE = 5_000
#: Rows asked for beyond k: the quantised order at the end of a list is not quite the exact one.
_MORE = 8
_EF = 64


class BuildStopped(Exception):
    """The build was told to stop."""


def build(vectors: NDArray[np.float32], stop: Callable[[], bool], threads: int) -> NDArray[np.uint8]:
    """The bytes of an HNSW index over the vectors, in their order; raises `BuildStopped` once `stop()` holds."""
    faiss.omp_set_num_threads(threads)
    # one range for all dimensions: unit vectors need no more, and on 100,000 of them .997 of 200 are found, not .990
    bytes_ = faiss.ScalarQuantizer.QT_8bit_uniform
    index = faiss.IndexHNSWSQ(vectors.shape[1], bytes_, _NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = _EF_CONSTRUCTION
    index.train(np.ascontiguousarray(vectors[:: -(-len(vectors) // _TRAINED_ON)]))
    for start in range(0, len(vectors), _ADDED_AT_ONCE):
        if stop():
            raise BuildStopped
        index.add(np.ascontiguousarray(vectors[start : start + _ADDED_AT_ONCE]))
    written: NDArray[np.uint8] = faiss.serialize_index(index)
    return written


class Hnsw:
    """An index read from bytes whose checksum has held."""

    def __init__(self, content: NDArray[np.uint8], rows: int) -> None:
        self._index: Any = faiss.deserialize_index(content)
        if self._index.ntotal != rows:
            raise CollectionCorrupt(f"the index holds {self._index.ntotal} vectors, its segment {rows} rows")

    def nearest(
        self, vector: NDArray[np.float32], k: int, bits: NDArray[np.uint8] | None, share: float
    ) -> NDArray[np.int64]:
        """Some more than k rows near the vector, in no order to rely on; fewer where the search falls short.

        Args:
            bits: of the rows that are admitted, packed, the lowest bit first; None where all are.
            share: of the rows that are admitted, above 0; the search looks the further the fewer there are.
        """
        wanted = min(k + _MORE, self._index.ntotal)
        reach = int(max(_EF, wanted) / share)
        # FAISS keeps neither the selector nor its bits alive: these names do, until the search is over
        selector = None if bits is None else faiss.IDSelectorBitmap(bits)
        parameters = (
            _unfiltered(reach) if selector is None else faiss.SearchParametersHNSW(sel=selector, efSearch=reach)
        )
        faiss.omp_set_num_threads(1)
        _, rows = self._index.search(vector[None, :], wanted, params=parameters)
        found: NDArray[np.int64] = rows[rows >= 0]
        return found


@lru_cache(64)
def _unfiltered(reach: int) -> Any:
    """Parameters of a search that admits all; making them takes a twentieth of the search."""
    return faiss.SearchParametersHNSW(efSearch=reach)
