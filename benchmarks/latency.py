"""Ten explained matches in a large pool, beside one bare FAISS HNSW search of the same vectors, in one run.

    python -m benchmarks.latency [--profiles 100000] [--folder DIR] [--requests 400]

Every round takes an id that was not asked before, and asks two things, one after the other: ten neighbours of its
stored search vector of a FAISS index (HNSW32, float32, inner product), and `Matcher.similar()` of that id with k = 10,
which finds 160 candidates, scores them by every signal, counts the headline and explains ten. One thread each (the
script starts itself anew where the environment does not say so), files in the page cache. Both meet the same machine,
so that their ratio can be compared across machines, which the times cannot; on a busy one compare processor time, for
a longer call is interrupted more often. efSearch is 64, or as many doublings of it as recall@10 against the exact
neighbours needs to reach .97.

The pool is made once and kept in the folder (`made_up_pool.py` says how), and so is the FAISS index. Where the time
goes is measured in a second pass, in which a clock is before and after each step; a step's time is without that of
the steps inside it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any
from unittest import mock

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks.made_up_pool import pool_of
from benchmarks.provenance import keep, provenance
from recommender.batch import everyone
from recommender.collection.local.truth.place import FILE_NAME
from recommender.collection.local.view import LocalView
from recommender.matching import Matcher, Query, matcher
from recommender.matching.ranking import rank as ranking
from recommender.wiring import Recommender

faiss: Any = _faiss

RESULTS = Path(__file__).parent / "results" / "latency.json"
WARM_UP = 50
K = 10
NEIGHBOURS, EF_CONSTRUCTION = 32, 80
EF, RECALL = 64, 0.97
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

#: Step → the functions whose time it is.
STEPS: dict[str, tuple[tuple[object, str], ...]] = {
    "agree and pin a generation": ((Matcher, "_agree"),),
    "read the question's profile": ((matcher, "liked"),),
    "retrieve": ((LocalView, "search"),),
    "gather and score": ((ranking, "measured"),),
    "order": ((ranking, "in_order"),),
    "headline": ((matcher, "headline"),),
    "documents": ((LocalView, "profiles"),),
    "facts": ((LocalView, "facts"),),
    "explanation": ((matcher, "shown_matches"),),
    "all else": ((Matcher, "similar"),),
}


def index_of(vectors: NDArray[np.float32], path: Path) -> Any:
    """The bare index over these vectors, read where it is already."""
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    if path.exists():
        index = faiss.read_index(str(path))
        if index.ntotal == len(vectors):
            return index
    index = faiss.IndexHNSWFlat(vectors.shape[1], NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = EF_CONSTRUCTION
    index.add(vectors)
    faiss.write_index(index, str(path))
    return index


def widened(index: Any, vectors: NDArray[np.float32], asked: NDArray[np.float32]) -> tuple[int, float]:
    """The least efSearch, from `EF` on by doublings, whose recall@10 is `RECALL`, and that recall; it is set."""
    exact = np.argpartition(-(asked @ vectors.T), K, axis=1)[:, :K]
    ef, recall = EF, 0.0
    while True:
        index.hnsw.efSearch = ef
        _, found = index.search(asked, K)
        recall = float(np.mean([len(np.intersect1d(a, b)) / K for a, b in zip(exact, found, strict=True)]))
        if recall >= RECALL or ef >= len(vectors):
            return ef, recall
        ef *= 2


def timed(function: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds that the call took: on the clock, and of this thread's processor time."""
    started, worked = time.perf_counter(), time.thread_time()
    function()
    return (time.perf_counter() - started) * 1e3, (time.thread_time() - worked) * 1e3


def rounds(index: Any, vectors: NDArray[np.float32], asker: Matcher, ids: Sequence[str]) -> NDArray[np.float64]:
    """Milliseconds of every round, shape (rounds, 2: FAISS and the matcher, 2: clock and processor time)."""
    times = []
    faiss.omp_set_num_threads(1)
    for vector, profile_id in zip(vectors, ids, strict=True):
        bare = timed(lambda: index.search(vector[None, :], K))  # noqa: B023
        times.append((bare, timed(lambda: asker.similar(Query(like=(profile_id,), k=K)))))  # noqa: B023
    return np.array(times[WARM_UP:])


class Clock:
    """Time by step, each without that of the steps inside it.

    Attributes:
        spent: step → milliseconds so far.
    """

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._inside: list[float] = []

    def around(self, step: str, function: Callable[..., object]) -> Callable[..., object]:
        """The function, its time noted."""

        def clocked(*args: object, **named: object) -> object:
            self._inside.append(0.0)
            started = time.perf_counter()
            try:
                return function(*args, **named)
            finally:
                took = (time.perf_counter() - started) * 1e3
                self.spent[step] += took - self._inside.pop()
                if self._inside:
                    self._inside[-1] += took

        return clocked


@contextmanager
def clocked(clock: Clock) -> Iterator[None]:
    """Within this block every step is clocked."""
    with ExitStack() as patched:
        for step, functions in STEPS.items():
            for owner, name in functions:
                patched.enter_context(mock.patch.object(owner, name, clock.around(step, getattr(owner, name))))
        yield


def breakdown(asker: Matcher, ids: Sequence[str]) -> dict[str, float]:
    """Step → median milliseconds."""
    spent: dict[str, list[float]] = {step: [] for step in STEPS}
    for profile_id in ids:
        clock = Clock()
        with clocked(clock):
            asker.similar(Query(like=(profile_id,), k=K))
        for step, times in spent.items():
            times.append(clock.spent[step])
    return {step: round(float(np.median(times)), 3) for step, times in spent.items()}


def measure(recommender: Recommender, folder: Path, requests: int) -> dict[str, object]:
    """All figures."""
    with (recommender.settings.folder / FILE_NAME).open("rb") as database:
        while database.read(1 << 24):
            pass
    ids = everyone(recommender.collection)
    np.random.default_rng(7).shuffle(ids)
    with recommender.collection.view() as view:
        vectors = view.vectors(view.rows())
        asked = view.vectors([view.row(profile_id) for profile_id in ids[: WARM_UP + requests]])
    index = index_of(vectors, folder / "beside.faiss")
    ef, recall = widened(index, vectors, asked[WARM_UP:])
    times = rounds(index, asked, recommender.matcher, ids[: len(asked)])
    steps = breakdown(recommender.matcher, ids[len(asked) : len(asked) + requests])
    return {
        "profiles": len(vectors),
        "dimension": vectors.shape[1],
        "ef_search": ef,
        "recall_at_10": round(recall, 4),
        "clock": summary(times[:, :, 0]),
        "processor_time": summary(times[:, :, 1]),
        "steps_p50_ms": steps,
    }


def summary(times: NDArray[np.float64]) -> dict[str, float]:
    """Percentiles in milliseconds of both ways, and the ratio of the medians."""
    (faiss50, ours50), (faiss95, ours95) = np.percentile(times, (50, 95), axis=0)
    return {
        "faiss_p50_ms": round(faiss50, 3),
        "faiss_p95_ms": round(faiss95, 3),
        "similar_p50_ms": round(ours50, 3),
        "similar_p95_ms": round(ours95, 3),
        "ratio_of_p50": round(ours50 / faiss50, 2),
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profiles", type=int, default=100_000)
    parser.add_argument(
        "--folder", type=Path, default=Path("index_data/latency"), help="where the pool is made and kept"
    )
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args()
    if not ONE_THREAD.items() <= os.environ.items():  # numpy reads it once, when it is imported
        os.execve(sys.executable, [sys.executable, "-m", "benchmarks.latency", *sys.argv[1:]], os.environ | ONE_THREAD)
    ran = provenance()
    with pool_of(args.folder / "pool", args.profiles) as recommender:
        measured = measure(recommender, args.folder, args.requests)
    result = {
        **ran,
        "what": f"Matcher.similar() of a stored profile, k = {K} with explanations, in this process, beside one search "
        f"of {K} in a bare FAISS index of the same vectors; one thread each, a new id every round",
        "versions": {name: version(name) for name in ("faiss-cpu", "numpy", "msgspec", "pyroaring")},
        "requests": args.requests,
        **measured,
    }
    keep(args.out, result)


if __name__ == "__main__":
    main()
