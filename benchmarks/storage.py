"""What a profile weighs: bytes on disk by column and by file, memory, and how long a pool takes to open.

    python -m benchmarks.storage [--people 5000] [--shared ../shared/data] [--section now] [--keep FOLDER]

Two pools: made-up people (`made_up_pool.py`), and where they lie beside the checkout three thousand real résumés,
read as `quality.py` reads them. Both are made by today's code, sealed with an index whatever their size, and compacted.
Memory is that of a process which opens the pool and asks one question, above one that does the same with a pool of
three hundred, for each profile more, with every page of a mapped file counted whether it is in or not. The section
"before" was taken by this script over the code of its commit, and counts above an empty pool.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.made_up_pool import encoded_sample, fill, made_up
from benchmarks.provenance import keep_section, provenance
from benchmarks.quality import read_resumes
from recommender.collection import LocalCollection
from recommender.collection.local.follower import Tuning
from recommender.collection.local.truth.place import FILE_NAME
from recommender.encoding import EncodedProfile, ProfileEncoder, load_encoder
from recommender.encoding.vector_file import PrecomputedEncoder, VectorFile
from recommender.sample_pool import sample_folder
from recommender.skills import Vocabulary

RESULTS = Path(__file__).parent / "results" / "storage.json"
COLUMNS = ("document", "facts", "vector", "features")
#: Real résumés that are drawn, and the seed they are drawn by.
RESUMES, SEED = 3_000, 5
#: People of the pool that memory is counted above: what a process takes for any of its size.
LEAST = 300
INDEXED = Tuning(index_from=1)
OPENINGS = 5


def make(folder: Path, people: Callable[[], Iterator[EncodedProfile]]) -> None:
    """A pool of these, as small as it gets; one that was kept is brought up."""
    kept = (folder / FILE_NAME).exists()
    pool = LocalCollection(folder, INDEXED)
    if not kept:
        fill(pool, people())
    pool.compact()
    pool.close()


def resumes(shared: Path, encoder: ProfileEncoder) -> Iterator[EncodedProfile]:
    """Some of the real ones, encoded."""
    with gzip.open(shared / "resumes.dev.jsonl.gz") as lines:
        ids = [json.loads(line)["id"] for line in lines]
    drawn = set(random.Random(SEED).sample(ids, RESUMES))
    profiles = read_resumes(shared, drawn, encoder.vocabulary)
    for start in range(0, len(profiles), 50):
        yield from encoder.encode(profiles[start : start + 50])


def measured(folder: Path, least: Path) -> dict[str, Any]:
    """Everything about one pool, sizes in bytes a profile."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        sums = ", ".join(f"sum(length({column}))" for column in COLUMNS)
        (count, *lengths) = connection.execute(f"SELECT count(*), {sums} FROM profiles").fetchone()
    truth = (folder / FILE_NAME).stat().st_size
    files = {path.stem: path.stat().st_size for path in sorted((folder / "derived").glob("*/*.seal"))}
    return {
        "profiles": count,
        "columns": {column: round(length / count) for column, length in zip(COLUMNS, lengths, strict=True)},
        "database": round(truth / count),
        "files": {name: round(size / count) for name, size in files.items()},
        "derived": round(sum(files.values()) / count),
        "disk": round((truth + sum(files.values())) / count),
        **opened(folder, count, least),
    }


def opened(folder: Path, count: int, least: Path) -> dict[str, Any]:
    """Memory in bytes a profile above the `least` pool, and how long it takes to open, in processes of their own."""
    before = _child(least)["bytes"]
    runs = [_child(folder) for _ in range(OPENINGS)]
    return {
        "memory": round((sorted(run["bytes"] for run in runs)[OPENINGS // 2] - before) / (count - LEAST)),
        "open_ms": round(1e3 * sorted(run["seconds"] for run in runs)[OPENINGS // 2], 1),
    }


def _child(folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.storage", "--open", str(folder)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def open_here(folder: Path) -> dict[str, float]:
    """Open a pool in this process and ask it once: seconds until it can be asked, and the bytes then held."""
    started = time.perf_counter()
    pool = LocalCollection(folder, INDEXED)
    with pool.view() as view:
        seconds = time.perf_counter() - started
        rows = view.rows()[:1]
        if len(rows):
            view.search(view.vectors(rows)[0], 10)
            view.features(rows)
        held = held_bytes()
    pool.close()
    return {"seconds": seconds, "bytes": held}


def held_bytes() -> int:
    """Of this process: what is resident of anonymous memory and programs, and all of the pool's mapped files."""
    total, whole = 0, False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        name, *rest = line.split()
        if "-" in name and not name.endswith(":"):
            whole = rest[-1].endswith(".seal")
        elif name == ("Size:" if whole else "Rss:"):
            total += 1024 * int(rest[0])
    return total


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"))
    parser.add_argument("--section", default="now", help="of the results file [default: now]")
    parser.add_argument(
        "--keep",
        type=Path,
        help="a folder for the pools, where those that are there are used [default: one that is removed]",
    )
    parser.add_argument("--open", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args()
    if args.open:
        sys.stdout.write(json.dumps(open_here(args.open)))
        return
    ran = provenance()
    with tempfile.TemporaryDirectory() as folder:
        root = args.keep or Path(folder)
        encoder = load_encoder()
        shipped = PrecomputedEncoder(encoder, VectorFile.load(sample_folder() / "vectors.npz"))
        vocabulary = Vocabulary.shipped()

        def people(count: int) -> Iterator[EncodedProfile]:
            return made_up(encoded_sample(ProfileEncoder(shipped, vocabulary)), count)

        make(root / "least", lambda: people(LEAST))
        make(root / "made-up", lambda: people(args.people))
        found = {"made_up": measured(root / "made-up", root / "least")}
        if (args.shared / "resumes.dev.jsonl.gz").exists():
            make(root / "resumes", lambda: resumes(args.shared, ProfileEncoder(encoder, vocabulary)))
            found["resumes"] = measured(root / "resumes", root / "least")
    keep_section(args.out, args.section, {**ran, **found})


if __name__ == "__main__":
    main()
