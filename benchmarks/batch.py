"""Queries a second of a batch over the whole pool, beside the bare matcher asked the same in the same run.

    python -m benchmarks.batch [--data DIR] [--queries 200] [-k 50]

Each way answers the same queries, in turns of 64 so that all meet the same machine: the matcher in a loop, its answers
thrown away; the same, so many at a time as a batch takes; a batch into JSON lines; a batch into Parquet; the same with
two processes, whose start is measured apart. Files are fsynced and put in place as in use. The ratios are what can be
compared across machines.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from benchmarks.provenance import keep, provenance
from benchmarks.serving import sample
from recommender.batch import Workers, everyone, match
from recommender.batch.pieces import TURN as PART
from recommender.collection import Collection
from recommender.matching import Matcher, Query
from recommender.settings import Settings
from recommender.wiring import Recommender

RESULTS = Path(__file__).parent / "results" / "batch.json"
TURN = 64


def matcher_of(settings: Settings, collection: Collection) -> Matcher:
    """The matcher of one worker process."""
    return Matcher(collection, Recommender(settings).profile_encoder)


def seconds(function: Callable[[], object]) -> float:
    """How long the call took."""
    started = time.perf_counter()
    function()
    return time.perf_counter() - started


def measured(settings: Settings, queries: int, k: int, folder: Path) -> dict[str, object]:
    """Queries a second each way, and each way against the bare matcher."""
    with Recommender(settings) as recommender:
        workers = Workers(partial(matcher_of, settings), 2)
        everybody, matcher = everyone(recommender.collection), recommender.matcher
        start = seconds(partial(match, matcher, everybody[:2], folder / "warm.parquet", k=k, engine=workers))
        ways: dict[str, Callable[[list[str]], object]] = {
            "matcher": lambda ids: [matcher.similar(Query(like=(profile_id,), k=k)) for profile_id in ids],
            "matcher_many": lambda ids: [
                matcher.similar_many([Query(like=(one,), k=k) for one in ids[at : at + PART]])
                for at in range(0, len(ids), PART)
            ],
            "jsonl": lambda ids: match(matcher, ids, folder / "a.jsonl", k=k),
            "parquet": lambda ids: match(matcher, ids, folder / "a.parquet", k=k),
            "parquet_two_processes": lambda ids: match(matcher, ids, folder / "b.parquet", k=k, engine=workers),
        }
        ids = islice(cycle(everybody), queries)
        took = dict.fromkeys(ways, 0.0)
        while turn := list(islice(ids, TURN)):
            for way, answer in ways.items():
                took[way] += seconds(partial(answer, turn))
    return {
        "profiles": len(everybody),
        "queries_per_second": {way: round(queries / time_taken, 1) for way, time_taken in took.items()},
        "times_the_bare_matcher": {way: round(took["matcher"] / time_taken, 3) for way, time_taken in took.items()},
        "seconds_to_start_two_processes": round(start, 1),
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, help="a pool that stands already [default: the sample pool, ingested anew]"
    )
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("-k", type=int, default=50)
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args()
    ran = provenance()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.load(data=args.data) if args.data else sample(Path(folder) / "pool")
        found = measured(settings, args.queries, args.k, Path(folder))
    result = {
        **ran,
        "what": f"the {args.k} best matches with explanations of {args.queries} stored profiles",
        "includes": "matching, explaining, writing and fsyncing the file; not opening the pool",
        **found,
    }
    keep(args.out, result)


if __name__ == "__main__":
    main()
