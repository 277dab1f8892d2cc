"""What a pool's trustworthiness costs: `python -m benchmarks.pool_truth [--profiles N] [--rounds N] [--only SECTION…]`.

Every ratio is of two things measured side by side in one run. Results go to `benchmarks/results/pool_truth.json`,
a section at a time, each with the command, the machine and what its timings include. People are made up and small
(a vector of 32 numbers, few feature columns' entries), so that a million of them fit; what is written in the section
`writes` has the size of a real profile, some 10 kB.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, get_args

import msgspec
import numpy as np

from benchmarks.provenance import keep_section, provenance
from recommender.collection import FacetField, Filter, LocalCollection, YearsRange
from recommender.collection.common import codec
from recommender.collection.local.follower import Tuning
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import COLUMNS, GROUPS, Features
from recommender.facts.facts import SENIORITIES
from recommender.insights import Derived
from recommender.profile import Profile, Role
from tests.collection import contract, crash

RESULTS = Path(__file__).parent / "results" / "pool_truth.json"
WITHOUT_INDEX = Tuning(index_from=10**9, tail_rows=10**9)
Result = dict[str, Any]


def main() -> None:
    """Measure the sections asked for, and note the results."""
    sections: dict[str, Callable[[argparse.Namespace], Result]] = {
        "crash": measure_crashes,
        "operations": measure_operations,
        "writes": measure_writes,
        "erase": measure_erasing,
        "large_pool": measure_large_pool,
    }
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profiles", type=int, default=1_000_000, help="of the large pool")
    parser.add_argument("--rounds", type=int, default=360, help="of the crash loop, three kills each")
    parser.add_argument("--scratch", type=Path, help="folder for the pools made, default the system's")
    parser.add_argument("--only", nargs="*", choices=sections, default=list(sections))
    parser.add_argument("--probe", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.probe:
        sys.stdout.write(msgspec.json.encode(probe(asked.probe)).decode())
        return
    ran = provenance() | {"sqlite": sqlite3.sqlite_version}
    for section in asked.only:
        started = time.monotonic()
        result = sections[section](asked)
        result |= ran | {"minutes_taken": round((time.monotonic() - started) / 60, 1)}
        keep_section(RESULTS, section, result)


def scratch(asked: argparse.Namespace) -> tempfile.TemporaryDirectory[str]:
    """A folder that is gone afterwards."""
    return tempfile.TemporaryDirectory(prefix="pool-truth-", dir=asked.scratch)


# --- crashes -----------------------------------------------------------------------------------------------


def measure_crashes(asked: argparse.Namespace) -> Result:
    """`kill -9` at random moments, and the same while the disk fails."""
    with scratch(asked) as folder:
        kills = crash.run(Path(folder) / "kills", asked.rounds, seed=1).summary()
        return {
            "what": "three processes upsert, delete, read, seal and compact one pool and are killed; then it is "
            "opened, compared with every acknowledgement, and checked. Recovery: opening to the first answer after the "
            "kill, beside the same opening once more after a clean end",
            "kills": kills,
            "kills_and_disk_faults": _faulty_crashes(Path(folder), asked.rounds // 3),
        }


def _faulty_crashes(folder: Path, rounds: int) -> Result:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        return {"skipped": "no C compiler to build the failing disk with"}
    source, library = Path(crash.__file__).with_name("disk_faults.c"), folder / "disk_faults.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True)
    command = [sys.executable, "-m", "tests.collection.crash", folder / "faults", "--rounds", rounds, "--one-in", 40]
    done = subprocess.run(
        list(map(str, command)), env=os.environ | {"LD_PRELOAD": str(library)}, capture_output=True, check=True
    )
    measured: Result = msgspec.json.decode(done.stdout)
    return measured


# --- operations --------------------------------------------------------------------------------------------


def measure_operations(asked: argparse.Namespace) -> Result:
    """Random histories, every answer compared with brute force after every operation."""
    histories = [(seed, tuning) for seed in range(6) for tuning in (Tuning(), crash.TUNING)]
    with scratch(asked) as folder:
        for number, (seed, tuning) in enumerate(histories):
            opened = partial(LocalCollection, Path(folder) / str(number), tuning)
            contract.check_history(opened, seed=1_000 + seed, operations=1_000)
    return {
        "what": "upserts, replacements, deletes and reopenings; after each, rows, counts, facets, listings, searches "
        "and contents under a random filter equal brute force over the documents, or the run ends with an error",
        "operations": 1_000 * len(histories),
        "differences": 0,
    }


# --- writes ------------------------------------------------------------------------------------------------


def measure_writes(asked: argparse.Namespace) -> Result:
    """Durable upserts beside plain SQLite inserts of the same bytes, turn about."""
    people = real_sized(2_000)
    stored = [one[:6] for one in codec.encode(people).stored]  # without the checksums, which are ours alone
    cases = {"single": (1, 400), "bulk_of_500": (500, 2_000)}
    result: Result = {
        "what": "profiles/s through LocalCollection.upsert (encoded profiles given) and through plain INSERTs of the "
        "same bytes into a table with the id as key; WAL, synchronous=FULL in both; medians of 9 turns",
        "bytes_per_profile": sum(len(part) for part in stored[0] if isinstance(part, bytes)),
    }
    with scratch(asked) as folder:
        for name, (batch, count) in cases.items():
            turns = []
            for turn in range(9):
                at = Path(folder) / f"{name}{turn}"
                plain = seconds(partial(_plain, at.with_suffix(".sqlite"), stored[:count], batch))
                ours = seconds(partial(_ours, at, people[:count], batch))
                turns.append((count / ours, count / plain, plain / ours))
            result[name] = _rates(turns)
        turns = []
        for turn in range(5):
            at = Path(folder) / f"threads{turn}"
            plain = seconds(partial(_plain, at.with_suffix(".sqlite"), stored[:400], 1))
            ours = seconds(partial(_ours_threads, at, people[:400]))
            turns.append((400 / ours, 400 / plain, plain / ours))
        result["single_by_8_threads_beside_plain_by_one"] = _rates(turns)
    return result


def _rates(turns: list[tuple[float, float, float]]) -> Result:
    ours, plain, ratio = (statistics.median(column) for column in zip(*turns, strict=True))
    return {"profiles_per_s": round(ours), "plain_sqlite_per_s": round(plain), "ratio": round(ratio, 2)}


def _plain(path: Path, stored: Sequence[tuple[object, ...]], batch: int) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE p (id TEXT PRIMARY KEY, name, document, facts, vector, features)")
    for start in range(0, len(stored), batch):
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO p VALUES (?, ?, ?, ?, ?, ?)", stored[start : start + batch])
        connection.execute("COMMIT")
    connection.close()


def _ours(path: Path, people: list[EncodedProfile], batch: int) -> None:
    pool = LocalCollection(path)
    for start in range(0, len(people), batch):
        pool.upsert(people[start : start + batch])
    pool.close()


def _ours_threads(path: Path, people: list[EncodedProfile]) -> None:
    pool = LocalCollection(path)
    threads = [threading.Thread(target=lambda t=t: [pool.upsert([p]) for p in people[t::8]]) for t in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pool.close()


# --- erasing -----------------------------------------------------------------------------------------------


def measure_erasing(asked: argparse.Namespace) -> Result:
    """Delete 1,000 of 10,000, compact, and look for them in every byte."""
    people = real_sized(10_000, sections=2)
    leaving, staying = people[::10], [p for i, p in enumerate(people) if i % 10]
    with scratch(asked) as folder:
        pool = LocalCollection(Path(folder) / "pool", Tuning(index_from=1_000))
        for start in range(0, len(people), 1_000):
            pool.upsert(people[start : start + 1_000])
        pool.seal()
        pool.delete([p.profile_id for p in leaving])
        before = _traces(pool.path, leaving), _recall(pool, staying), _counts(pool)
        report = pool.compact()
        after = _traces(pool.path, leaving), _recall(pool, staying), _counts(pool)
        findings = pool.check()
        pool.close()
    return {
        "what": "ids, texts and vectors of 1,000 deleted among 10,000, searched for in every file of the folder; "
        "recall@10 of 200 searches (HNSW on) and 200 filters' counts of the rest, before and after",
        "traces_before_compact": before[0],
        "traces_after_compact": after[0],
        "recall_before": before[1],
        "recall_after": after[1],
        "counts_unchanged": before[2] == after[2],
        "check_findings": len(findings),
        "megabytes_before_and_after": [round(report.bytes_before / 1e6), round(report.bytes_after / 1e6)],
    }


def _traces(folder: Path, people: list[EncodedProfile]) -> int:
    """Marks of these people found: their ids, a word of their texts, and four chunks of their vectors."""
    words = {m for p in people for m in (p.profile_id.encode(), str(p.profile.about).split()[0].encode())}
    chunks = np.unique(np.concatenate([p.vector.view(np.uint64)[[0, 7, 50, -1]] for p in people]))
    found = 0
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes() + bytes(16)
            found += len(words & set(re.findall(rb"(?:person|text)-[0-9a-f]{16}", content)))
            for shift in range(8):
                windows = np.frombuffer(content, np.uint64, (len(content) - shift) // 8, shift)
                found += int(np.isin(windows, chunks).sum())
    return found


def _recall(pool: LocalCollection, people: list[EncodedProfile]) -> float:
    rng, hits = np.random.default_rng(5), 0
    noise = (0.02 * rng.standard_normal((200, 384))).astype(np.float32)
    matrix = np.array([p.vector for p in people])
    with pool.view() as view:
        for query in matrix[rng.integers(len(people), size=200)] + noise:
            best = {people[i].profile_id for i in np.argsort(-(matrix @ query))[:10]}
            hits += len(best & set(view.ids(view.search(query, 10).rows)))
    return round(hits / 2_000, 4)


def _counts(pool: LocalCollection) -> list[int]:
    with pool.view() as view:
        return [view.count(where) for where in filters(200)]


# --- a large pool ------------------------------------------------------------------------------------------


def measure_large_pool(asked: argparse.Namespace) -> Result:
    """Building, opening, facets and memory at a million."""
    with scratch(asked) as folder:
        pool, database = Path(folder) / "pool", Path(folder) / "plain.sqlite"
        ingest = seconds(lambda: _fill(pool, database, asked.profiles))
        collection = LocalCollection(pool, WITHOUT_INDEX)
        rebuild = seconds(collection.seal)
        collection.close()
        measured: Result = msgspec.json.decode(
            subprocess.run(
                [sys.executable, "-m", "benchmarks.pool_truth", "--probe", folder], capture_output=True, check=True
            ).stdout
        )
    opening = measured.pop("opening_s")
    return {
        "what": "one pool of small made-up profiles, no HNSW index (building one would only slow the rebuilding). "
        "Opening: a new process, from nothing to the first exact count, every checksum verified, files in the page "
        "cache. Rebuilding: LocalCollection.seal. Facets: 400 skills under a filter, beside GROUP BY over an indexed "
        "table. Memory: of a process that has counted under every kind of filter and in every facet",
        "profiles": asked.profiles,
        "ingest_profiles_per_s": round(asked.profiles / ingest),
        "rebuilding_s": round(rebuild, 2),
        "opening_s": round(opening, 3),
        "opening_over_rebuilding": round(opening / rebuild, 4),
        **measured,
    }


def _fill(pool: Path, database: Path, count: int) -> None:
    collection = LocalCollection(pool, WITHOUT_INDEX)
    plain = sqlite3.connect(database, isolation_level=None)
    plain.execute("PRAGMA synchronous = OFF")
    plain.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, years INTEGER, seniority TEXT)")
    plain.execute("CREATE TABLE skills (person INTEGER, skill TEXT, PRIMARY KEY (person, skill)) WITHOUT ROWID")
    number = 0
    for batch in small_people(count):
        collection.upsert(batch)
        plain.execute("BEGIN")
        for one in batch:
            number += 1
            plain.execute("INSERT INTO people VALUES (?, ?, ?)", (number, one.facts.years, one.facts.seniority))
            plain.executemany("INSERT INTO skills VALUES (?, ?)", [(number, skill) for skill in one.facts.skills])
        plain.execute("COMMIT")
    plain.execute("CREATE INDEX by_years ON people (years, seniority)")
    plain.execute("CREATE INDEX by_skill ON skills (skill, person)")
    plain.execute("ANALYZE")
    plain.close()
    collection.close()


def probe(folder: Path) -> Result:
    """In a process of its own: opening, facets beside SQLite, and memory."""
    started, before = time.perf_counter(), anonymous_bytes()
    collection = LocalCollection(folder / "pool", WITHOUT_INDEX)
    with collection.view() as view:
        count = view.count()
        opening = time.perf_counter() - started
        result = {"opening_s": opening} | _facets_beside_sqlite(view, folder / "plain.sqlite")
        for where in filters(300):
            view.count(where)
        for field in get_args(FacetField):
            view.facets([field], Filter(years=YearsRange(min=3)), 50)
        view.listing(sort="name")
        own = anonymous_bytes() - before
        mapped = mapped_bytes("postings.seal")
    collection.close()
    return result | {
        "own_bytes_per_profile": round(own / count, 1),
        "mapped_postings_bytes_per_profile": round(mapped / count, 1),
        "filters_and_counts_bytes_per_profile": round((own + mapped) / count, 1),
    }


def _facets_beside_sqlite(view: Any, database: Path) -> Result:
    where = Filter(years=YearsRange(min=5, max=20), seniority=("senior", "lead"))
    query = """SELECT skill, COUNT(*) FROM people JOIN skills ON person = id
               WHERE years BETWEEN 5 AND 20 AND seniority IN ('senior', 'lead') GROUP BY skill ORDER BY 2 DESC, 1"""
    plain = sqlite3.connect(database)
    theirs = plain.execute(query).fetchall()
    first = seconds(lambda: view.facets(["skill"], where, 400))
    ours = [(value.value, value.count) for value in view.facets(["skill"], where, 400)["skill"]]
    assert ours == theirs[:400], "facets differ from GROUP BY"
    slow = statistics.median(seconds(lambda: plain.execute(query).fetchall()) for _ in range(3))
    fast = statistics.median(seconds(lambda: view.facets(["skill"], where, 400)) for _ in range(20))
    plain.close()
    return {
        "facets": {
            "skills": len(ours),
            "qualifying": view.count(where),
            "first_ms": round(first * 1e3, 1),
            "ms": round(fast * 1e3, 2),
            "sqlite_group_by_ms": round(slow * 1e3, 1),
            "ratio": round(fast / slow, 5),
        }
    }


# --- people, filters and clocks ----------------------------------------------------------------------------


def real_sized(count: int, sections: int = 8) -> list[EncodedProfile]:
    """Profiles of some 10 kB, with ids, texts and vectors that occur once."""
    rng, numbers = random.Random(0), np.random.default_rng(0)
    words = [f"word{i}" for i in range(3_000)]
    entries = {"sections": sections, "terms": 150, "skills": 20, "one": 1}
    centres = numbers.standard_normal((50, 384))
    people = []
    for _ in range(count):
        about = f"text-{rng.randbytes(8).hex()} " + " ".join(rng.choices(words, k=120))
        roles = tuple(Role(company="c", title="t", bullets=(" ".join(rng.choices(words, k=60)),)) for _ in range(4))
        profile = Profile(id=f"person-{rng.randbytes(8).hex()}", name="Ada Example", about=about, roles=roles)
        vector = (centres[rng.randrange(50)] + numbers.standard_normal(384)).astype(np.float32)
        features = _features(numbers, entries, 384)
        vector /= np.linalg.norm(vector)
        people.append(EncodedProfile(profile, facts(rng), vector, features, "bench"))
    return people


def small_people(count: int, batch: int = 2_000) -> Iterator[list[EncodedProfile]]:
    """Many small profiles, a batch at a time."""
    rng, numbers = random.Random(1), np.random.default_rng(1)
    kinds = [_features(numbers, dict.fromkeys(GROUPS, 1), 8) for _ in range(100)]
    for start in range(0, count, batch):
        vectors = numbers.standard_normal((min(batch, count - start), 32)).astype(np.float32)
        yield [
            EncodedProfile(Profile(id=f"p{start + i:07}", name=f"N{i}"), facts(rng), vector, rng.choice(kinds), "bench")
            for i, vector in enumerate(vectors)
        ]


def _features(numbers: np.random.Generator, entries: dict[str, int], width: int) -> Features:
    columns = {}
    for c in COLUMNS:
        length = entries.get(c.group, 2)
        own = width if c.width < 0 else c.width
        shape = (length, own) if own else (length,)
        columns[c.name] = numbers.integers(0, 100, shape).astype(c.dtype)
    return Features({group: np.array([0, entries.get(group, 2)], np.int64) for group in GROUPS}, columns)


SKILLS = [f"Skill {i}" for i in range(400)]
_SKILL_WEIGHTS = list(np.cumsum(1 / np.arange(1, 401) ** 0.7))


def facts(rng: random.Random) -> Derived:
    """Some nine distinct skills out of 400, three places, one to four of 20,000 companies, one of 5,000 titles."""
    ever = tuple(f"company {int(20_000 * rng.random() ** 2)}" for _ in range(rng.randrange(1, 5)))
    city = rng.randrange(500)
    return Derived(
        skills=tuple(sorted(set(rng.choices(SKILLS, cum_weights=_SKILL_WEIGHTS, k=12)))),
        seniority=rng.choice(SENIORITIES),
        places=(f"city {city}", f"state {city // 10}", f"country {city // 100}"),
        years=rng.randrange(41),
        companies_now=ever[:1],
        companies_ever=ever,
        workplaces=(rng.choice(("remote", "hybrid", "on-site")),),
        badges=("top rated",) if rng.random() < 0.1 else (),
        certifications=(f"certificate {rng.randrange(50)}",) if rng.random() < 0.3 else (),
        title=f"title {int(5_000 * rng.random() ** 2)} of work",
    )


def filters(count: int) -> list[Filter]:
    """Filters of every key, some selective and some not."""
    rng = random.Random(2)
    makers: list[Callable[[], Filter]] = [
        lambda: Filter(skills_all=tuple(rng.sample(SKILLS, 2))),
        lambda: Filter(skills_any=tuple(rng.sample(SKILLS, 5)), skills_none=(rng.choice(SKILLS),)),
        lambda: Filter(location=(f"city {rng.randrange(500)}", f"country {rng.randrange(5)}")),
        lambda: Filter(years=YearsRange(rng.randrange(10), rng.randrange(10, 40)), seniority=("senior",)),
        lambda: Filter(company_ever=(f"company {rng.randrange(20_000)}",), workplace=("remote",)),
        lambda: Filter(company_now=(f"company {rng.randrange(2_000)}",), badges=("top rated",)),
        lambda: Filter(certifications=(f"certificate {rng.randrange(50)}",), company_none=("company 1",)),
        lambda: Filter(title_contains=f"title {rng.randrange(100)}"),
    ]
    return [makers[i % len(makers)]() for i in range(count)]


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def anonymous_bytes() -> int:
    """Memory of this process that no file backs."""
    found = re.search(r"Anonymous: +(\d+) kB", Path("/proc/self/smaps_rollup").read_text())
    assert found
    return int(found[1]) * 1024


def mapped_bytes(name: str) -> int:
    """Pages of a mapped file that are in memory on this process's account."""
    blocks = re.split(r"\n(?=[0-9a-f]+-[0-9a-f]+ )", Path("/proc/self/smaps").read_text())
    sizes = [re.search(r"Rss: +(\d+) kB", block) for block in blocks if name in block.split("\n", 1)[0]]
    return sum(int(size[1]) * 1024 for size in sizes if size)


if __name__ == "__main__":
    main()
