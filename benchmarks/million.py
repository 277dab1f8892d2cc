"""A large pool, beside one of 100,000. `python -m benchmarks.million LARGE SMALL [--profiles 1000000]`

LARGE is made of made-up people (`made_up_pool.py`) where it is not there yet, then sealed anew, and written to; SMALL
is a pool of 100,000 of them, sealed, of which a copy is. Each step is a process of its own; searches use one thread.

- `making`: storing everybody, a thousand a transaction: seconds of the clock and of the processor.
- `sealing`: writing all derived files: seconds, and the most memory meanwhile, above what the process held before:
  `peak_own_mb` without, `peak_mb` with the pages of mapped files.
- `large`, `small`: `cold`: once no page of the pool's files is in memory (`posix_fadvise`): `opening_s`, until the
  first view, `first_ms`, the first `similar()`, and `next`, those that follow it. Then, with pages as they are:
  `opening_s`; `similar()` of stored profiles, each asked once, median and p95
  in ms, of the clock and of the processor: `at_rest`, and `written_to` while 50 encoded profiles a second are stored;
  `search_recall`, of `View.search` for k = 10 as of scoring everybody.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.growth import newcomers
from benchmarks.latency import ONE_THREAD
from benchmarks.made_up_pool import encoded_sample, fill, made_up
from benchmarks.provenance import keep, provenance
from benchmarks.search import WARM_UP, Times, questions
from recommender.collection import make_pool, open_collection
from recommender.matching import Query
from recommender.sample_pool import sample_folder
from recommender.settings import Settings
from recommender.wiring import Recommender

RESULTS = Path(__file__).parent / "results" / "million.json"
#: Encoded profiles that are stored a second, some at a time.
A_SECOND, AT_ONCE = 50, 5


def make(folder: Path, count: int) -> dict[str, Any]:
    """Store so many people."""
    make_pool(folder)
    with opened(folder) as recommender:
        people = made_up(encoded_sample(recommender.profile_encoder), count)
        started, processor = time.monotonic(), time.process_time()
        fill(recommender.collection, people)
        return {
            "profiles": count,
            "seconds": round(time.monotonic() - started),
            "processor_s": round(time.process_time() - processor),
        }


def seal(folder: Path, _: int) -> dict[str, Any]:
    """Write the derived files."""
    with closing(open_collection(folder)) as collection:
        own, whole = memory()
        most = [own, whole]
        done = threading.Event()

        def watch() -> None:
            while not done.wait(0.05):
                most[:] = map(max, most, memory())

        watching = threading.Thread(target=watch)
        watching.start()
        started, processor = time.monotonic(), time.process_time()
        collection.seal()
        took, processed = time.monotonic() - started, time.process_time() - processor
        done.set()
        watching.join()
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return {
        "seconds": round(took),
        "processor_s": round(processed),
        "peak_own_mb": round(most[0] - own),
        "peak_mb": round(most[1] - whole),
        "on_disk_mb": round(size / 1e6),
    }


def memory() -> tuple[float, float]:
    """Of this process, in MB: its own, and with the pages of files."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return tuple(int(lines[name].split()[0]) / 1e3 for name in ("RssAnon", "VmRSS"))  # type: ignore[return-value]


def ask(folder: Path, count: int) -> dict[str, Any]:
    """Open it and ask so many questions, at rest and while it is written to."""
    started = time.monotonic()
    with opened(folder) as recommender:
        with recommender.collection.view() as view:
            opening = time.monotonic() - started
            numbers = np.random.default_rng(8)
            rows = numbers.choice(view.rows(), 2 * count, replace=False)
            ids, vectors = view.ids(rows), questions(view.vectors(rows), count)
            recall = [
                len(np.intersect1d(view.search(v, 10).rows, view.search(v, 10, exact=True).rows)) / 10 for v in vectors
            ]
        at_rest = similar(recommender, ids[:count], lambda: None)
        people = newcomers(recommender, 1_000_000)
        next(people)  # the sample is encoded
        recommender.matcher.similar(Query(like=(ids[0],), k=10))
        stop, written = threading.Event(), [0]

        def write() -> None:
            began = time.monotonic()
            while not stop.wait(max(0.0, began + written[0] / A_SECOND - time.monotonic())):
                recommender.collection.upsert([next(people) for _ in range(AT_ONCE)])
                written[0] += AT_ONCE

        writing = threading.Thread(target=write)
        began = time.monotonic()
        writing.start()
        written_to = similar(recommender, ids[count:], lambda: time.sleep(0.05))
        stop.set()
        writing.join()
        rate = round(written[0] / (time.monotonic() - began), 1)
        with recommender.collection.view() as view:
            profiles = len(view)
    return {
        "profiles": profiles,
        "opening_s": round(opening, 2),
        "search_recall": round(float(np.mean(recall)), 4),
        "at_rest": at_rest,
        "written_to": written_to | {"written_a_second": rate},
    }


def cold(folder: Path, count: int) -> dict[str, Any]:
    """Open it and ask the first questions while none of its files is in the page cache."""
    forget(folder)
    started = time.monotonic()
    with opened(folder) as recommender:
        with recommender.collection.view() as view:
            opening = time.monotonic() - started
            ids = view.ids(np.random.default_rng(4).choice(view.rows(), count + 1, replace=False))
        first = similar(recommender, ids[:1], lambda: None, warm_up=0)
        following = similar(recommender, ids[1:], lambda: None, warm_up=0)
    return {"opening_s": round(opening, 2), "first_ms": first["p50_ms"], "next": following}


def forget(folder: Path) -> None:
    """Have the system let go of all pages of a folder's files."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def similar(
    recommender: Recommender, ids: list[str], between: Callable[[], None], warm_up: int = WARM_UP
) -> dict[str, Any]:
    """Figures of `Matcher.similar()` of these."""
    times = Times(warm_up)
    for profile_id in ids:
        times.measure(
            partial(recommender.matcher.similar, Query(like=(profile_id,), k=10)), np.empty(0, np.int64)
        )  # fmt: skip
        between()
    return {name: of for name, of in times.summary().items() if name != "recall"}


def opened(folder: Path) -> Recommender:
    """The pool in a folder, with the sample's vectors, so that nothing is encoded."""
    return Recommender(Settings.load(data=folder), sample_folder() / "vectors.npz")


STEPS: dict[str, Callable[[Path, int], dict[str, Any]]] = {"make": make, "seal": seal, "cold": cold, "ask": ask}


def in_a_process(step: str, folder: Path, count: int) -> Any:
    """What a step finds in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.million", str(folder), "--step", step, "--count", str(count)]
    done = subprocess.run(command, env=os.environ | ONE_THREAD, stdout=subprocess.PIPE, check=True)
    print(step, folder.name, done.stdout.decode(), file=sys.stderr, flush=True)
    return json.loads(done.stdout)


def made(folder: Path, count: int) -> Any:
    """What making it took, which is kept beside it."""
    note = folder.with_name(folder.name + ".making.json")
    if not note.exists():
        note.write_text(json.dumps(in_a_process("make", folder, count)))
    return json.loads(note.read_text())


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("large", type=Path)
    parser.add_argument("small", type=Path, nargs="?")
    parser.add_argument("--profiles", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--step", choices=list(STEPS), help=argparse.SUPPRESS)
    parser.add_argument("--count", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.step:
        print(json.dumps(STEPS[args.step](args.large, args.count)))
        return
    ran = provenance()
    measured = {"making": made(args.large, args.profiles), "sealing": in_a_process("seal", args.large, 0)}
    for name, folder in (("large", args.large), ("small", args.small)):
        if folder is not None:
            with tempfile.TemporaryDirectory(dir=folder.parent) as aside:  # it is written to
                copied = shutil.copytree(folder, Path(aside) / name) if name == "small" else folder
                first = in_a_process("cold", copied, args.questions)
                measured[name] = {"cold": first, **in_a_process("ask", copied, args.questions)}
    keep(args.out, {**ran, "questions": args.questions, **measured})


if __name__ == "__main__":
    main()
