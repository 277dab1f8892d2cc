"""What an offline match costs: a profile, a process more, a larger pool, and a later generation.

    python -m benchmarks.batch explained  --data DIR    beside calls of `Matcher.similar`; memory
    python -m benchmarks.batch processes  --data DIR    by one process and by two, on idle cores
    python -m benchmarks.batch neighbours --data DIR    the nearest by vector, beside `faiss.knn` over the same
    python -m benchmarks.batch growth     --data DIR [--data DIR …]   a profile's cost in pools of several sizes
    python -m benchmarks.batch since      --data DIR    a file brought up after 1% of the pool has changed

Pools are of made-up people (`benchmarks.made_up_pool`). Of a large pool stretches of the run's own order are matched,
not all of it. Times are of matching alone, without the start of processes; what is compared ran side by side.
"""

from __future__ import annotations

import argparse
import dataclasses
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import faiss
import msgspec
import numpy as np

from benchmarks.made_up_pool import encoded_sample, made_up
from benchmarks.provenance import keep_section, provenance
from recommender.batch import ALL, Progress, Workers, everyone, match
from recommender.batch.forms.form import decoded
from recommender.batch.pieces import Asking, Piece, Wanted, Worked, work_off
from recommender.collection import Collection, View
from recommender.collection.local.sealed.hnsw import build as build_graph
from recommender.encoding.encoded import EncodedProfile
from recommender.matching import Matcher, Query
from recommender.sample_pool import sample_folder
from recommender.settings import Settings
from recommender.wiring import Recommender

RESULTS = Path(__file__).parent / "results" / "batch.json"
K = 10
#: Ways to match.
WAYS = {
    "explained": Asking(K),
    "bare": Asking(K, explain=False),
    "neighbours": Asking(K, explain=False, neighbours=True),
}


def matcher_of(settings: Settings, collection: Collection) -> Matcher:
    """The matcher of one worker process."""
    return Matcher(collection, Recommender(settings).profile_encoder)


def seconds(function: Callable[[], object]) -> float:
    """How long the call took."""
    started = time.perf_counter()
    function()
    return time.perf_counter() - started


def stretches(order: list[str], count: int, length: int) -> Iterator[list[str]]:
    """Some stretches of a run's order, spread over it."""
    length = min(length, len(order))
    for start in np.linspace(0, len(order) - length, count).astype(int).tolist():
        yield order[start : start + length]


def worked(matcher: Matcher, view: View, ids: list[str], asking: Asking) -> Worked:
    """Match these, as a piece is."""
    encoder = msgspec.json.Encoder()
    lines = b"".join(encoder.encode(Wanted.of(one)) + b"\n" for one in ids)
    return work_off(matcher, view, asking, Piece(0, 0, lines))


def per_profile(recommender: Recommender, count: int, length: int) -> dict[str, float]:
    """Milliseconds a profile: single calls about people drawn at random, and pieces, in turns."""
    matcher, order = recommender.matcher, everyone(recommender.collection)
    drawn = iter(np.random.default_rng(5).permutation(order).tolist())
    took: dict[str, list[float]] = {way: [] for way in ("similar", *WAYS)}
    with recommender.collection.view() as view:
        for one in stretches(order, 1, 64):
            worked(matcher, view, one, Asking(K))
        for ids in stretches(order, count, length):
            singles = [next(drawn) for _ in range(length // 4)]
            asked = partial(lambda those: [matcher.similar(Query(like=(i,), k=K), view) for i in those], singles)
            took["similar"].append(seconds(asked) / len(singles))
            for way, asking in WAYS.items():
                took[way].append(seconds(partial(worked, matcher, view, ids, asking)) / len(ids))
    return {way: round(1e3 * statistics.mean(times), 3) for way, times in took.items()}


def matching_seconds(settings: Settings, ids: list[str], processes: int) -> float:
    """From the first piece that is done to the last, by so many processes, one piece of each left out."""
    told: list[tuple[float, int]] = []

    def tell(progress: Progress) -> None:
        told.append((time.perf_counter(), progress.done))

    with tempfile.TemporaryDirectory(dir=settings.folder.parent) as folder, Recommender(settings) as recommender:
        engine = Workers(partial(matcher_of, settings), processes)
        match(recommender.matcher, ids, Path(folder) / "m.parquet", k=K, engine=engine, on_progress=tell)
    (began, before), (ended, after) = told[processes], told[-1]
    return (ended - began) / (after - before)


def explained(settings: Settings, count: int, length: int) -> dict[str, object]:
    """Figure 1: of a profile beside a call, and what is held."""
    with Recommender(settings) as recommender:
        with recommender.collection.view() as view:
            profiles = len(view)
        opened = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        each = per_profile(recommender, count, length)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "profiles": profiles,
        "milliseconds_a_profile": each,
        "of_a_call": {way: round(each[way] / each["similar"], 3) for way in WAYS},
        "megabytes": {"opened": opened, "at_most": peak, "times": round(peak / opened, 2)},
    }


def processes(settings: Settings) -> dict[str, object]:
    """Figure 1: by one process and by two."""
    with Recommender(settings) as recommender:
        order = everyone(recommender.collection)
    (ids,) = stretches(order, 1, 6 * 1024)
    one, two = (matching_seconds(settings, ids, count) for count in (1, 2))
    return {
        "profiles": len(order),
        "milliseconds_a_profile": {"one": round(1e3 * one, 3), "two": round(1e3 * two, 3)},
        "two_processes_times_one": round(one / two, 2),
    }


def neighbours(settings: Settings, count: int) -> dict[str, object]:
    """Figure 2, on one thread each, by whole pieces of the run's own order; recall is of the ten nearest."""
    faiss.omp_set_num_threads(1)
    took: dict[str, list[float]] = {"neighbours": [], "bare": [], "knn": []}
    found, wanted = list[str](), list[str]()
    with Recommender(settings) as recommender, recommender.collection.view() as view:
        order, rows = everyone(recommender.collection), view.rows()
        pool, names = view.vectors(rows), view.ids(rows)
        near = Asking(K, explain=False, neighbours=True)
        for ids in stretches(order, count, near.queries_at_once):
            began = time.perf_counter()
            table = decoded(worked(recommender.matcher, view, ids, near).content)
            took["neighbours"].append((time.perf_counter() - began) / len(ids))
            some = ids[:128]
            bare = partial(worked, recommender.matcher, view, some, Asking(K, explain=False))
            took["bare"].append(seconds(bare) / len(some))
            vectors, began = view.vectors([view.row(one) for one in ids]), time.perf_counter()
            _, nearest = faiss.knn(vectors, pool, K + 1, metric=faiss.METRIC_INNER_PRODUCT)
            took["knn"].append((time.perf_counter() - began) / len(ids))
            pairs = zip(table.column("query_id").to_pylist(), table.column("profile_id").to_pylist(), strict=True)
            found += ["\n".join(pair) for pair in pairs]
            for one, those in zip(ids, nearest, strict=True):
                others = [names[at] for at in those.tolist() if names[at] != one][:K]
                wanted += [f"{one}\n{other}" for other in others]
        began = time.perf_counter()
        build_graph(pool, lambda: False, 1)
        built = (time.perf_counter() - began) / len(rows)
    each = {way: statistics.mean(times) for way, times in took.items()}
    return {
        "profiles": len(rows),
        "queries": len(wanted) // K,
        "milliseconds_a_profile": {way: round(1e3 * one, 4) for way, one in {**each, "building": built}.items()},
        "times_as_fast_as_knn": {
            "neighbours": round(each["knn"] / each["neighbours"], 2),
            "with_building": round(each["knn"] / (each["neighbours"] + built), 2),
            "bare": round(each["knn"] / each["bare"], 2),
        },
        "recall_at_10": round(len(set(found) & set(wanted)) / len(wanted), 4),
    }


def growth(places: list[Path], count: int, length: int) -> dict[str, object]:
    """Figure 4: if a profile costs the same, all of them cost in proportion to their number."""
    found = {}
    for place in places:
        with Recommender(Settings.load(data=place)) as recommender:
            with recommender.collection.view() as view:
                profiles = len(view)
            found[str(profiles)] = per_profile(recommender, count, length)
    return {"milliseconds_a_profile": found}


def since(settings: Settings) -> dict[str, object]:
    """Figure 5: of a hundredth of the pool a third is written again, a third leaves and a third comes."""
    with tempfile.TemporaryDirectory(dir=settings.folder.parent) as folder:
        pool, out = Path(folder) / "pool", Path(folder) / "m.parquet"
        shutil.copytree(settings.data, pool)
        with Recommender(settings.model_copy(update={"data": pool}), sample_folder() / "vectors.npz") as recommender:
            collection, matcher = recommender.collection, recommender.matcher
            ids = everyone(collection)
            first = match(matcher, ALL, out, k=K, explain=False, keep_basis=True)
            third = max(len(ids) // 300, 1)
            chosen = np.random.default_rng(3).permutation(sorted(ids)).tolist()
            people = list(made_up(encoded_sample(recommender.profile_encoder), 2 * third, seed=12))
            again = [renamed(one, name) for one, name in zip(people, chosen, strict=False)][:third]
            come = [renamed(one, f"new-{at}") for at, one in enumerate(people[third:])]
            collection.upsert([*again, *come])
            collection.delete(chosen[third : 2 * third])
            later = match(matcher, ALL, out, k=K, explain=False, since=out)
            whole = match(matcher, ALL, Path(folder) / "w.parquet", k=K, explain=False, keep_basis=True)
            same = out.read_bytes() == (Path(folder) / "w.parquet").read_bytes()
    return {
        "profiles": first.profiles,
        "changed": 3 * third,
        "seconds": {"whole": whole.seconds.run, "since": later.seconds.run},
        "share_of_the_whole_run": round(later.seconds.run / whole.seconds.run, 4),
        "matched_anew": later.queries - later.known,
        "same_bytes": same,
    }


def renamed(person: EncodedProfile, name: str) -> EncodedProfile:
    """The same under another id."""
    return dataclasses.replace(person, profile=msgspec.structs.replace(person.profile, id=name))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figure", choices=["explained", "processes", "neighbours", "growth", "since"])
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--stretches", type=int, default=4)
    parser.add_argument("--length", type=int, default=512)
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args()
    ran, settings = provenance(), Settings.load(data=args.data[0])
    figures: dict[str, Callable[[], dict[str, object]]] = {
        "explained": lambda: explained(settings, args.stretches, args.length),
        "processes": lambda: processes(settings),
        "neighbours": lambda: neighbours(settings, args.stretches),
        "growth": lambda: growth(args.data, args.stretches, args.length),
        "since": lambda: since(settings),
    }
    keep_section(args.out, args.figure, {**ran, "k": K, **figures[args.figure]()})


if __name__ == "__main__":
    main()
