"""A pool that changes, beside the same pool fresh. `python -m benchmarks.growth POOL [--questions 100]`

The pool is one of made-up people (`made_up_pool.py`); a copy of it, compacted, with an index however small it is, is
changed. Of it 30% leave and as many others come, while it is searched. Times are those of `View.search` of a fresh view
for k = 10, under filters of `benchmarks.search`, and of `Matcher.similar()`; recall is that of the rows found by
scoring everybody, which is done after.

- `before`: before anything changes.
- `changing`: while others come and go, and derived files are made anew in the background.
- `changed`: once nothing has been written for a while (15 s here, for a minute), files have been made anew after that,
  and those before removed. `files_made_anew`: how often they were in all.
- `fresh`: a copy of that, compacted, which is asked the same questions in turn with it: compare these two.

Of each: filter → median and p95 in ms, of the clock and of the processor, and recall; and bytes on disk a profile.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from benchmarks.latency import ONE_THREAD
from benchmarks.made_up_pool import encoded_sample, made_up
from benchmarks.provenance import keep, provenance
from benchmarks.search import Floats, Row, Times, filters, questions
from recommender.collection import LocalCollection, View
from recommender.collection.local.follower import Tuning
from recommender.encoding.encoded import EncodedProfile
from recommender.matching import Query
from recommender.sample_pool import sample_folder
from recommender.settings import Settings
from recommender.wiring import Recommender

RESULTS = Path(__file__).parent / "results" / "growth.json"
#: The share of people who leave, and who come.
SHARE = 0.3
K, BATCH = 10, 500
#: Rows from which on there is an index, and seconds after which a pool is at rest.
INDEX_FROM, REST_SECONDS = 10_000, 15.0
TUNING = Tuning(index_from=INDEX_FROM, rest_seconds=REST_SECONDS)
#: Rows of the table of `benchmarks.search`: none, near 50, 10 and 1%.
FILTERS = 4


class Asking:
    """What is asked: vectors under filters, and ids of people who stay."""

    def __init__(self, recommender: Recommender, rows: Sequence[Row], asked: Floats, ids: Sequence[str]) -> None:
        self._recommender, self._rows, self._asked, self._ids = recommender, rows, asked, ids
        self.times = {row.name: Times() for row in rows} | {"similar": Times()}

    def of(self, recommender: Recommender) -> Asking:
        """The same of another pool."""
        return Asking(recommender, self._rows, self._asked, self._ids)

    def once(self, at: int) -> None:
        """One question of each kind."""
        at %= len(self._asked)
        for row in self._rows:
            where = row.where(at)[0]
            with self._recommender.collection.view() as view:
                search = partial(view.search, self._asked[at], K, where)
                self.times[row.name].measure(search, lambda: search(exact=True).rows)  # noqa: B023 - called at once
        query = Query(like=(self._ids[at],), k=K)
        self.times["similar"].measure(partial(self._recommender.matcher.similar, query), np.empty(0, np.int64))

    def summary(self) -> dict[str, Any]:
        """Of all that was asked since the last, which is forgotten."""
        found = {name: of.summary() for name, of in self.times.items()}
        self.times = {name: Times() for name in self.times}
        return found


def change(recommender: Recommender, leaving: Sequence[str], people: Iterator[EncodedProfile]) -> None:
    """So many leave, and as many come, some at a time."""
    for start in range(0, len(leaving), BATCH):
        recommender.collection.delete(leaving[start : start + BATCH])
        recommender.collection.upsert(list(islice(people, BATCH)))


def is_renewing() -> bool:
    """Whether derived files are made anew."""
    return any(thread.name == "pool-renewal" for thread in threading.enumerate())


def come_to_rest(recommender: Recommender, folder: Path) -> None:
    """Wait until files were made anew because nothing is written any more, and those before are gone."""
    least = time.monotonic() + 2 * REST_SECONDS
    while time.monotonic() < least or is_renewing() or len(list(folder.glob("derived/*"))) > 1:
        with recommender.collection.view():
            time.sleep(0.2)


def newcomers(recommender: Recommender, count: int) -> Iterator[EncodedProfile]:
    """People whom the pool does not have."""
    for one in made_up(encoded_sample(recommender.profile_encoder), count, seed=12):
        profile = msgspec.structs.replace(one.profile, id=f"new-{one.profile_id}")
        yield EncodedProfile(profile, one.facts, one.vector, one.features, one.fingerprint)


def at_rest(view: View, folder: Path) -> dict[str, int]:
    """Of a pool that nobody writes to: bytes on disk for each profile."""
    return {"bytes_a_profile": round(sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / len(view))}


def measure(recommender: Recommender, folder: Path, count: int) -> dict[str, Any]:
    """All figures."""
    with recommender.collection.view() as view:
        rows = view.rows()
        ids = np.random.default_rng(5).permutation(view.ids(rows)).tolist()
        asked = questions(np.ascontiguousarray(view.vectors(rows)), count)
        asking = Asking(recommender, filters(view, asked[:1])[:FILTERS], asked, ids[-count:])
        on_disk = at_rest(view, folder)
    for at in range(count):
        asking.once(at)
    before = asking.summary() | on_disk
    leaving = ids[: int(SHARE * len(ids))]
    people = newcomers(recommender, len(leaving))
    writing = threading.Thread(target=change, args=(recommender, leaving, people))
    writing.start()
    at, numberings = 0, set[object]()
    while writing.is_alive() or is_renewing():
        asking.once(at)
        at += 1
        with recommender.collection.view() as view:
            numberings.add(view.numbering)
    writing.join()
    changing = asking.summary() | {"questions": at}
    come_to_rest(recommender, folder)
    with recommender.collection.view() as view:
        numberings.add(view.numbering)
    changed, fresh = side_by_side(asking, recommender, folder, count)
    figures = {"before": before, "changing": changing, "changed": changed, "fresh": fresh}
    return {"profiles": len(ids), **figures, "files_made_anew": len(numberings) - 1}


def side_by_side(asking: Asking, recommender: Recommender, folder: Path, count: int) -> tuple[Any, Any]:
    """The figures of a pool, and of a fresh one of the same people."""
    copy = folder.parent / "fresh"
    recommender.collection.backup(copy)
    with opened(copy) as other:
        beside = asking.of(other)
        for at in range(count):
            asking.once(at)
            beside.once(at)
        figures = list[dict[str, Any]]()
        for one, of, place in ((asking, recommender, folder), (beside, other, copy)):
            with of.collection.view() as view:
                figures.append(one.summary() | at_rest(view, place))
    return figures[0], figures[1]


@contextmanager
def opened(folder: Path) -> Iterator[Recommender]:
    """The pool in a folder, compacted, with an index however small it is."""
    with Recommender(Settings.load(data=folder), sample_folder() / "vectors.npz") as recommender:
        recommender.collection = LocalCollection(folder, TUNING)
        recommender.collection.compact()
        yield recommender


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pool", type=Path)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args()
    if not ONE_THREAD.items() <= os.environ.items():  # numpy reads it once, when it is imported
        os.execve(sys.executable, [sys.executable, "-m", "benchmarks.growth", *sys.argv[1:]], os.environ | ONE_THREAD)
    ran, started = provenance(), time.monotonic()
    with tempfile.TemporaryDirectory(dir=args.pool.parent) as aside:
        folder = Path(aside) / "pool"
        shutil.copytree(args.pool, folder)
        with opened(folder) as recommender:
            measured = measure(recommender, folder, args.questions)
    keep(args.out, {**ran, "questions": args.questions, **measured, "seconds": round(time.monotonic() - started)})


if __name__ == "__main__":
    main()
