"""What `benchmarks.search` asks beside the pool: other engines over the same vectors, each with its filters.

An engine that is not installed is left out. Each is built once, with 32 neighbours and a construction of 80 as the
pool's graph is, and kept in the folder. All answer one question at a time on one thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

faiss: Any = _faiss
Floats = NDArray[np.float32]

#: Neighbours, and how far building looks.
M, EF_CONSTRUCTION = 32, 80
_BATCH = 2_000


class Condition(NamedTuple):
    """A filter as every engine understands it: all of some values of a field, or any of them; no values: everybody."""

    field: str = "skills"
    values: tuple[str, ...] = ()
    any_of: bool = False


class Given(NamedTuple):
    """What engines are built of: vectors, and of every row the values of each field."""

    vectors: Floats
    fields: dict[str, list[list[str]]]


#: Vector, k, condition, the rows that meet it, how far to look → rows found, best first.
Ask = Callable[[Floats, int, Condition, NDArray[np.int64] | None, int], NDArray[np.int64]]


class Peer(NamedTuple):
    """An engine; `filters`: whether it takes filters."""

    name: str
    ask: Ask
    filters: bool = True


def peers(folder: Path, given: Given) -> Iterator[Peer]:
    """Every engine that is installed."""
    yield Peer("FAISS HNSW + selector", _faiss_hnsw(folder, given))
    if find_spec("qdrant_edge"):
        yield Peer("qdrant-edge", _qdrant(folder, given))
    if find_spec("usearch"):  # its search from Python takes no filter
        yield Peer("usearch", _usearch(folder, given), filters=False)


def _faiss_hnsw(folder: Path, given: Given) -> Ask:
    path = folder / "beside.faiss"
    if path.exists():
        index = faiss.read_index(str(path))
    else:
        index = faiss.IndexHNSWFlat(given.vectors.shape[1], M, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = EF_CONSTRUCTION
        index.add(given.vectors)
        faiss.write_index(index, str(path))
    faiss.omp_set_num_threads(1)

    def ask(
        vector: Floats, k: int, condition: Condition, rows: NDArray[np.int64] | None, reach: int
    ) -> NDArray[np.int64]:
        if rows is None:
            found = index.search(vector[None], k, params=faiss.SearchParametersHNSW(efSearch=reach))[1][0]
        else:
            bits = np.zeros(len(given.vectors), np.bool_)
            bits[rows] = True
            packed = np.packbits(bits, bitorder="little")
            selector = faiss.IDSelectorBitmap(packed)
            parameters = faiss.SearchParametersHNSW(sel=selector, efSearch=reach)
            found = index.search(vector[None], k, params=parameters)[1][0]
        return np.asarray(found[found >= 0])

    return ask


def _qdrant(folder: Path, given: Given) -> Ask:
    import qdrant_edge as qdrant  # type: ignore[import-not-found,unused-ignore]

    path = folder / "qdrant"
    if path.exists():
        shard = qdrant.EdgeShard.load(str(path))
    else:
        path.mkdir(parents=True)
        vectors = qdrant.EdgeVectorParams(size=given.vectors.shape[1], distance=qdrant.Distance.Dot)
        hnsw = qdrant.HnswIndexConfig(m=M, ef_construct=EF_CONSTRUCTION, full_scan_threshold=10_000)
        one = qdrant.EdgeOptimizersConfig(default_segment_number=1, indexing_threshold=1_000)
        shard = qdrant.EdgeShard.create(
            str(path), qdrant.EdgeConfig(vectors=vectors, hnsw_config=hnsw, optimizers=one, max_search_threads=1)
        )
        for field in given.fields:
            shard.update(qdrant.UpdateOperation.create_field_index(field, qdrant.PayloadSchemaType.Keyword))
        for start in range(0, len(given.vectors), _BATCH):
            rows = range(start, min(start + _BATCH, len(given.vectors)))
            points = [
                qdrant.Point(row, given.vectors[row].tolist(), {field: of[row] for field, of in given.fields.items()})
                for row in rows
            ]
            shard.update(qdrant.UpdateOperation.upsert_points(points))
        shard.flush()
        shard.optimize()

    def ask(
        vector: Floats, k: int, condition: Condition, rows: NDArray[np.int64] | None, reach: int
    ) -> NDArray[np.int64]:
        each = [qdrant.FieldCondition(condition.field, match=qdrant.MatchValue(value)) for value in condition.values]
        where = qdrant.Filter(should=each) if condition.any_of else qdrant.Filter(must=each)
        request = qdrant.SearchRequest(
            qdrant.Query.Nearest(vector.tolist()), k,
            filter=where if each else None, params=qdrant.SearchParams(hnsw_ef=reach),
        )  # fmt: skip
        return np.array([point.id for point in shard.search(request)], np.int64)

    return ask


def _usearch(folder: Path, given: Given) -> Ask:
    from usearch.index import Index  # type: ignore[import-not-found,unused-ignore]

    path = folder / "beside.usearch"
    index = Index(ndim=given.vectors.shape[1], metric="ip", connectivity=M, expansion_add=EF_CONSTRUCTION)
    if path.exists():
        index.load(str(path))
    else:
        index.add(np.arange(len(given.vectors)), given.vectors, threads=1)
        index.save(str(path))

    def ask(
        vector: Floats, k: int, condition: Condition, rows: NDArray[np.int64] | None, reach: int
    ) -> NDArray[np.int64]:
        index.expansion_search = reach
        return np.asarray(index.search(vector, k, threads=1).keys, np.int64)

    return ask
