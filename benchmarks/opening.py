"""Opening a sealed pool, and the first questions. `python -m benchmarks.opening POOL [--section now]`

The pool is only read. Each of five processes opens it, until the first view, and asks `Matcher.similar()` of a hundred
stored profiles, each once. Of each figure the median:

- `warm`: all files are in the page cache. `cold`: none of the pool's is (`posix_fadvise`).
- `opening_s`, `processor_s`: until the first view. `read_mb`: pages of files that it has mapped by then.
- `first_ms`, `next_ms`: the first `similar()`, and the median of the others.

Wiring up the rest (vocabulary, model) comes before and is not in them. `--section` says which of the file's sections
is written, so that figures of another commit stay.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.latency import ONE_THREAD
from benchmarks.provenance import keep_section, provenance
from recommender.matching import Query
from recommender.sample_pool import sample_folder
from recommender.settings import Settings
from recommender.wiring import Recommender

RESULTS = Path(__file__).parent / "results" / "opening.json"
TIMES, QUESTIONS = 5, 100


def asked(folder: Path) -> dict[str, float]:
    """One opening and its questions, in this process."""
    with Recommender(Settings.load(data=folder), sample_folder() / "vectors.npz") as recommender:
        assert recommender.profile_encoder  # wired up
        before = mapped_mb()
        started, processor = time.monotonic(), time.process_time()
        with recommender.collection.view() as view:
            opening = {"opening_s": time.monotonic() - started, "processor_s": time.process_time() - processor}
            opening |= {"read_mb": mapped_mb() - before}
            ids = view.ids(np.random.default_rng(4).choice(view.rows(), QUESTIONS + 1, replace=False))
        took = []
        for profile_id in ids:
            began = time.monotonic()
            recommender.matcher.similar(Query(like=(profile_id,), k=10))
            took.append((time.monotonic() - began) * 1e3)
    return opening | {"first_ms": took[0], "next_ms": median(took[1:])}


def mapped_mb() -> float:
    """Pages of files that this process has mapped."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(lines["RssFile"].split()[0]) / 1e3


def forget(folder: Path) -> None:
    """Have the system let go of all pages of a folder's files."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def measure(folder: Path, *, cold: bool) -> dict[str, float]:
    """The medians of several processes."""
    found: list[dict[str, float]] = []
    for _ in range(TIMES):
        if cold:
            forget(folder)
        command = [sys.executable, "-m", "benchmarks.opening", str(folder), "--once"]
        done = subprocess.run(command, env=os.environ | ONE_THREAD, stdout=subprocess.PIPE, check=True)
        found.append(json.loads(done.stdout))
    return {name: round(median(one[name] for one in found), 2) for name in found[0]}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pool", type=Path)
    parser.add_argument("--section", default="now")
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.once:
        sys.stdout.write(json.dumps(asked(args.pool)))
        return
    ran = provenance()
    measured = {"warm": measure(args.pool, cold=False), "cold": measure(args.pool, cold=True)}
    keep_section(args.out, args.section, {**ran, **measured})


if __name__ == "__main__":
    main()
