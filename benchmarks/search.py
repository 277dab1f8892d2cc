"""The nearest under filters of every size, beside other engines. `python -m benchmarks.search [--profiles 100000]`

Vectors of made-up people who are not in the pool look for those who are (`made_up_pool.py`; 1,024 numbers each), by
filters that are chosen by their exact counts: none, near 50, 10, 1 and .1% of the pool, two skills at once near 4%, and
of each question the common skill that fewest of its 200 nearest have. Every engine is asked all
questions in turn: compare ratios, and processor time where the machine is busy (that of threads of its own is not
counted in an engine's). Ours is `View.search` of a fresh
view, selecting those who qualify included, for k = 10 and for the 161 that `Matcher.similar()` asks for. Recall is
that of the rows found by scoring everybody. FAISS is given the rows that qualify, as we are not, and makes its bits.

- `engines`: filter → engine → how far it looks (efSearch) → median and p95 in ms, of the clock and of the processor.
- `ours`: the same of ours for k = 10 and 161, with the ways that were taken.
- `similar`: `Matcher.similar()` of stored profiles under the same filters.
- `short`: of so many filtered searches by filters drawn at random, those that came back with fewer than they should.

One thread each; the pool and the other engines' files are made once and kept in the folder.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.latency import ONE_THREAD
from benchmarks.made_up_pool import pool_of
from benchmarks.provenance import keep, provenance
from benchmarks.search_peers import Ask, Condition, Given, Peer, peers
from recommender.collection import EVERYONE, Collection, Filter, View
from recommender.matching import Query
from recommender.wiring import Recommender

RESULTS = Path(__file__).parent / "results" / "search.json"
K, WINDOW = 10, 161
WARM_UP = 10
#: How often all engines are asked all questions in turn.
ROUNDS = 3
REACHES = (32, 64, 128, 256, 512)
#: Length of the noise by which a question differs from a stored vector, in lengths of it.
NOISE = 0.3
#: The share of people from which on a skill is common, and the nearest who are to lack it.
COMMON, NEAREST = 0.05, 200

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]


class Row(NamedTuple):
    """One row of the table.

    Attributes:
        where: of each question the filter, and the same as other engines take it.
    """

    name: str
    where: Callable[[int], tuple[Filter, Condition]]


def questions(vectors: Floats, count: int) -> Floats:
    """Unit vectors near stored ones."""
    numbers = np.random.default_rng(7)
    chosen = vectors[numbers.choice(len(vectors), count, replace=False)]
    noisy = chosen + numbers.standard_normal(chosen.shape) * NOISE / np.sqrt(chosen.shape[1])
    return np.asarray(noisy / np.linalg.norm(noisy, axis=1, keepdims=True), np.float32)


def filters(view: View, asked: Floats) -> list[Row]:
    """The rows of the table, for these questions."""
    counted = view.facets(["skill"], limit=100_000)["skill"]
    rows = [_always("none", EVERYONE, Condition())]
    levels = ("lead", "mid")
    share = view.count(Filter(seniority=levels)) / len(view)
    rows.append(_always(f"{share:.0%}", Filter(seniority=levels), Condition("seniority", levels, any_of=True)))
    for wanted in (0.1, 0.01, 0.001):
        skill = min(counted, key=lambda value: abs(value.count - wanted * len(view)))
        rows.append(_skills(f"{skill.count / len(view):.2g}", view, (skill.value,)))
    pairs = [(a.value, b.value) for at, a in enumerate(counted[:30]) for b in counted[at + 1 : 30]]
    pair = min(pairs, key=lambda both: abs(view.count(Filter(skills_all=both)) - 0.04 * len(view)))
    rows.append(_skills("two skills", view, pair))
    common = [value.value for value in counted if value.count >= COMMON * len(view)]
    held = {skill: np.isin(view.rows(), view.rows(Filter(skills_all=(skill,)))) for skill in common}
    lacked = []
    for vector in asked:
        near = view.search(vector, NEAREST, exact=True).rows
        lacked.append(min(common, key=lambda skill: int(held[skill][near].sum())))
    rows.append(Row("a common skill that the nearest lack", lambda at: _of_skills((lacked[at],))))
    return rows


def _always(name: str, where: Filter, condition: Condition) -> Row:
    return Row(name, lambda _: (where, condition))


def _skills(name: str, view: View, skills: tuple[str, ...]) -> Row:
    share = view.count(Filter(skills_all=skills)) / len(view)
    title = "two skills" if len(skills) > 1 else f"{share:.1%}"
    return _always(f"{title} ({share:.1%})" if len(skills) > 1 else title, *_of_skills(skills))


def _of_skills(skills: tuple[str, ...]) -> tuple[Filter, Condition]:
    return Filter(skills_all=skills), Condition("skills", skills)


class Times:
    """Of one engine under one filter.

    Attributes:
        clock, processor: milliseconds of each question.
        recall: of each question.
    """

    def __init__(self, warm_up: int = WARM_UP) -> None:
        self._warm_up = warm_up
        self.clock: list[float] = []
        self.processor: list[float] = []
        self.recall: list[float] = []
        self.ways: Counter[str] = Counter()

    def measure(self, ask: Callable[[], Any], wanted: NDArray[np.int64] | Callable[[], NDArray[np.int64]]) -> None:
        """Ask once, for these rows, which may be worked out after that."""
        clock, processor = time.perf_counter(), time.thread_time()
        answer = ask()
        self.processor.append((time.thread_time() - processor) * 1e3)
        self.clock.append((time.perf_counter() - clock) * 1e3)
        rows = wanted() if callable(wanted) else wanted
        self.recall.append(len(np.intersect1d(getattr(answer, "rows", answer), rows)) / len(rows) if len(rows) else 1.0)

    def summary(self) -> dict[str, Any]:
        """Median and p95 in milliseconds, recall, and the ways that were taken."""
        measured = (self.clock[self._warm_up :], self.processor[self._warm_up :])
        (clock50, clock95), (cpu50, cpu95) = (np.percentile(of, (50, 95)) for of in measured)
        times = {"p50_ms": clock50, "p95_ms": clock95, "processor_p50_ms": cpu50, "processor_p95_ms": cpu95}
        ways = {"ways": dict(self.ways.most_common())} if self.ways else {}
        return {name: round(float(ms), 3) for name, ms in times.items()} | {"recall": self._recall()} | ways

    def _recall(self) -> float:
        return round(float(np.mean(self.recall)), 4)


def beside(collection: Collection, rows: Sequence[Row], asked: Floats, others: Sequence[Peer]) -> Any:
    """Filter → engine → reach → figures; and filter → k → ours.

    Each is asked all questions in a row, the wanted rows having been worked out before, so that nobody finds what it
    reads in the caches because somebody asked the same just before; in rounds, so that others who use the machine for
    a while are in nobody's way alone; and all of them once before anything is measured, so that nobody's files are read
    from the disk meanwhile.
    """
    engines: dict[str, Any] = {}
    ours: dict[str, Any] = {}
    of_rows = {row.name: _wanted(collection, row, asked) for row in rows}
    for _, ask, filters in others:
        for row in rows if filters else rows[:1]:
            _other(Times(), ask, REACHES[-1], row, asked, *of_rows[row.name])
    for row in rows:
        selected, wanted = of_rows[row.name]
        own = {k: Times() for k in (K, WINDOW)}
        able = [peer for peer in others if peer.filters or row.name == "none"]
        theirs = {peer.name: {reach: Times() for reach in REACHES} for peer in able}
        for _ in range(ROUNDS):
            for k, times in own.items():
                _ours(times, collection, row, asked, wanted, k)
            for name, ask, _filters in able:
                for reach, times in theirs[name].items():
                    _other(times, ask, reach, row, asked, selected, wanted)
        ours[row.name] = {str(k): times.summary() for k, times in own.items()}
        engines[row.name] = {
            name: {str(reach): times.summary() for reach, times in of.items()} for name, of in theirs.items()
        }
        print(row.name, ours[row.name], *engines[row.name].items(), sep="\n  ", file=sys.stderr, flush=True)
    return {"engines": engines, "ours": ours}


def _wanted(collection: Collection, row: Row, asked: Floats) -> tuple[list[Rows | None], list[Rows]]:
    """Of each question the rows that qualify, None where all do, and the nearest of them."""
    selected, wanted = list[Rows | None](), list[Rows]()
    with collection.view() as view:
        for at, vector in enumerate(asked):
            where, _ = row.where(at)
            selected.append(None if where == EVERYONE else view.rows(where))
            wanted.append(view.search(vector, WINDOW, where, exact=True).rows)
    return selected, wanted


def _ours(times: Times, collection: Collection, row: Row, asked: Floats, wanted: Sequence[Rows], k: int) -> None:
    for at, vector in enumerate(asked):
        with collection.view() as view:
            times.measure(partial(view.search, vector, k, row.where(at)[0]), wanted[at][:k])
            times.ways[view.plans[-1].way] += 1


def _other(
    times: Times,
    ask: Ask,
    reach: int,
    row: Row,
    asked: Floats,
    selected: Sequence[Rows | None],
    wanted: Sequence[Rows],
) -> None:
    for at, vector in enumerate(asked):
        times.measure(partial(ask, vector, K, row.where(at)[1], selected[at], reach), wanted[at][:K])


def similar(recommender: Recommender, rows: Sequence[Row], ids: Sequence[str]) -> dict[str, Any]:
    """Filter → figures of `Matcher.similar()`."""
    measured = {row.name: Times() for row in rows}
    for at, profile_id in enumerate(ids):
        for row in rows:
            query = Query(like=(profile_id,), where=row.where(at)[0], k=K)
            measured[row.name].measure(partial(recommender.matcher.similar, query), np.empty(0, np.int64))
    return {
        name: {key: of for key, of in times.summary().items() if key != "recall"} for name, times in measured.items()
    }


def short(collection: Collection, vectors: Floats, count: int) -> dict[str, int]:
    """How many of so many filtered searches come back with fewer than the min of k and those who qualify."""
    numbers, found_short = np.random.default_rng(9), 0
    with collection.view() as view:
        values = {field: [v.value for v in of] for field, of in view.facets(["skill", "seniority"], limit=500).items()}
    for start in range(0, count, 100):
        with collection.view() as view:
            for where, k in _drawn(values["skill"], values["seniority"], numbers, min(100, count - start)):
                vector = vectors[numbers.integers(len(vectors))]
                found_short += len(view.search(vector, k, where).rows) != min(k, view.count(where))
    return {"searches": count, "short": found_short}


def _drawn(
    skills: list[str], levels: list[str], numbers: np.random.Generator, count: int
) -> Iterator[tuple[Filter, int]]:
    for _ in range(count):
        some = tuple(str(s) for s in numbers.choice(skills, numbers.integers(1, 3), replace=False))
        kind = numbers.integers(4)
        where = (
            Filter(skills_all=some), Filter(skills_any=some), Filter(skills_none=some),
            Filter(skills_all=some[:1], seniority=(str(numbers.choice(levels)),)),
        )[kind]  # fmt: skip
        yield where, int(numbers.choice((1, 10, 50, 161, 1_000)))


def measure(recommender: Recommender, folder: Path, count: int, searches: int, alone: bool) -> dict[str, Any]:
    """All figures."""
    with recommender.collection.view() as view:
        everybody = view.rows()
        vectors = np.ascontiguousarray(view.vectors(everybody))
        facts = view.facts(everybody)
        asked = questions(vectors, count)
        rows = filters(view, asked)
        counts = {row.name: view.count(row.where(0)[0]) for row in rows}
        ids = view.ids(np.random.default_rng(8).choice(everybody, count, replace=False))
    levels: list[list[str]] = [[one.seniority] if one.seniority else [] for one in facts]
    given = Given(vectors, {"skills": [list(one.skills) for one in facts], "seniority": levels})
    others = [] if alone else list(peers(folder, given))
    return {
        "profiles": len(vectors),
        "dimension": vectors.shape[1],
        "qualifying": counts,
        **beside(recommender.collection, rows, asked, others),
        "similar": similar(recommender, rows, ids),
        "short": short(recommender.collection, asked, searches),
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profiles", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--searches", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, default=Path("index_data/latency"), help="where all is made and kept")
    parser.add_argument("--alone", action="store_true", help="without other engines")
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args()
    if not ONE_THREAD.items() <= os.environ.items():  # numpy reads it once, when it is imported
        os.execve(sys.executable, [sys.executable, "-m", "benchmarks.search", *sys.argv[1:]], os.environ | ONE_THREAD)
    ran = provenance()
    with pool_of(args.folder / "pool", args.profiles) as recommender:
        measured = measure(recommender, args.folder, args.questions, args.searches, args.alone)
    keep(args.out, {**ran, "questions": args.questions, **measured})


if __name__ == "__main__":
    main()
