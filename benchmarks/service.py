"""The service under load, beside an empty FastAPI route under the same load, in one run. Needs wrk and two cores.

    python -m benchmarks.service [--data DIR] [--seconds 5] [--rounds 3] [--only kept]

Servers are `recommender serve` processes without a line of log a request, and one uvicorn process with an empty route;
wrk asks with 16 connections. Each section has its servers to itself, and rounds that ask the empty route too:

- `distinct`: ten matches of a stored profile, other ids each time, of a server that keeps no answers and has loaded the
  model; and of one of two workers.
- `kept`: the same, ids by Zipf's law over (up to) 10,000, of one that keeps them and was asked each once; then again
  while this process stores one profile a second, and 20, that are encoded already (every other one is new, the others
  are there); and with the tags of answers known to the client, so that it is told that nothing changed.
- `texts`: short ones, one at a time and 32 at once, beside the encoder alone in this process.
- `crowded`: kept answers while 1,000 connections idle and 200 send a byte of a request a second.

Figures are the median round's; ratios are those of requests a second to the empty route's of the same round.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import msgspec
import numpy as np

from benchmarks.provenance import keep_section, provenance
from benchmarks.serving import sample
from recommender.batch import everyone
from recommender.encoding.encoded import EncodedProfile
from recommender.settings import Settings
from recommender.wiring import Recommender

RESULTS = Path(__file__).parent / "results" / "service.json"
CLIENTS, K, MOST_IDS = 16, 10, 10_000

#: wrk's side: paths (and tags) from a file, in order or by Zipf's law.
LUA = """
local paths, tags = {}, {}
for line in io.lines(os.getenv("ASKED")) do
  local path, tag = line:match("([^\\t]*)\\t?(.*)")
  paths[#paths + 1], tags[#tags + 1] = path, tag
end
local zipf, at, sums, sum = os.getenv("ZIPF") == "1", tonumber(os.getenv("FROM") or "0"), {}, 0
for i = 1, #paths do sum = sum + 1 / i; sums[i] = sum end
math.randomseed(7)
local function drawn()
  local wanted, low, high = math.random() * sum, 1, #paths
  while low < high do
    local middle = math.floor((low + high) / 2)
    if sums[middle] < wanted then low = middle + 1 else high = middle end
  end
  return low
end
request = function()
  at = at + 1
  local i = zipf and drawn() or (at - 1) % #paths + 1
  local headers = {}
  if tags[i] ~= "" then headers["If-None-Match"] = tags[i] end
  if os.getenv("TEXTS") == "1" then
    headers["Content-Type"] = "application/json"
    return wrk.format("POST", "/v1/similar", headers, '{"text": "' .. paths[i] .. '"}')
  end
  return wrk.format("GET", paths[i], headers)
end
"""


class Load(msgspec.Struct):
    """What wrk saw."""

    per_second: float
    p50_ms: float
    p99_ms: float
    failed: int


@contextmanager
def started(command: Sequence[str], port: int, ready: str, **environment: str) -> Iterator[str]:
    """A server in a process of its own, until the block ends; its address."""
    process = subprocess.Popen(
        [sys.executable, *command],
        env={**os.environ, "OMP_NUM_THREADS": "1", **environment},
        cwd=Path(__file__).parents[1],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(1_200):
            try:
                urlopen(address + ready).read()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(60)


def service(data: Path, **environment: str) -> AbstractContextManager[str]:
    """A `recommender serve` over the pool; its address."""
    port = free_port()
    command = ["-c", "from recommender.cli import main; main()", "serve", "--data", str(data), "--port", str(port)]
    return started(command, port, "/readyz", RECOMMENDER_ACCESS_LOG="false", **environment)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def wrk(folder: Path, address: str, asked: Path, seconds: float, clients: int = CLIENTS, **how: str) -> Load:
    """The load of so many clients for so long."""
    script = folder / "asked.lua"
    script.write_text(LUA)
    command = [
        "wrk",
        "-t1",
        f"-c{clients}",
        f"-d{seconds:g}s",
        "--timeout",
        "30s",
        "--latency",
        "-s",
        str(script),
        address,
    ]
    said = subprocess.run(
        command, env={**os.environ, "ASKED": str(asked), **how}, capture_output=True, text=True, check=True
    )
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said.stdout)
    return Load(
        float(re.findall(r"Requests/sec:\s+([\d.]+)", said.stdout)[0]),
        _milliseconds(said.stdout, "50%"),
        _milliseconds(said.stdout, "99%"),
        int(refused[1]) if refused else 0,
    )


def _milliseconds(said: str, percentile: str) -> float:
    number, unit = re.findall(rf"{percentile}\s+([\d.]+)(us|ms|s)", said)[0]
    return float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]


@contextmanager
def writing(recommender: Recommender, per_second: float) -> Iterator[None]:
    """So many stored profiles a second written again, every other under a new id, until the block ends."""
    done = threading.Event()
    people = stored(recommender, 200)

    def write() -> None:
        number = 0
        while not done.wait(1 / per_second):
            person = people[number % len(people)]
            if number % 2:
                profile = msgspec.structs.replace(person.profile, id=f"{person.profile_id}-again-{number}")
                person = replace(person, profile=profile)
            recommender.collection.upsert([person])
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        done.set()
        writer.join()


def stored(recommender: Recommender, count: int) -> list[EncodedProfile]:
    """Some of the pool, as they were encoded."""
    with recommender.collection.view() as view:
        rows = np.sort(np.random.default_rng(3).choice(view.rows(), count, replace=False))
        profiles, facts, vectors = view.profiles(rows), view.facts(rows), view.vectors(rows)
        features = [view.features([row]) for row in rows]
        fingerprint = view.fingerprint or ""
    return [
        EncodedProfile(profile, own, vector, of, fingerprint)
        for profile, own, vector, of in zip(profiles, facts, vectors, features, strict=True)
    ]


def tagged(address: str, paths: Sequence[str]) -> list[str]:
    """Paths with the tags of their answers."""
    return [f"{path}\t{urlopen(address + path).headers['etag']}" for path in paths]


SKILLS = {
    "staff nurse": "triage, wound care, medication, dialysis, oncology, pediatrics, surgery, EKG, phlebotomy, hospice",
    "data engineer": "Kafka, Spark, Airflow, dbt, Snowflake, Hadoop, Scala, BigQuery, Python, data modeling",
    "welder": "blueprint reading, TIG, MIG, pipe fitting, steel, aluminium, fabrication, brazing, cutting, safety",
    "accountant": "tax returns, audits, payroll, SAP, budgeting, Excel, IFRS, invoicing, forecasting, QuickBooks",
    "mechanical engineer": "CAD, SolidWorks, HVAC, thermodynamics, FEA, ANSYS, pumps, robotics, tooling, MATLAB",
    "teacher": "maths, physics, phonics, music, lesson plans, special needs, biology, history, drama, assessment",
}
#: No two of which the model reads the same: one that is encoded is remembered, and years are not for the model.
TEXTS = [
    f"{level} {trade}, {first}, {second}, {len(first + second) % 11 + 1}+ years"
    for first_at, second_at in combinations(range(10), 2)
    for level in ("senior", "junior", "lead")
    for trade, skills in SKILLS.items()
    for first, second in [(skills.split(", ")[first_at], skills.split(", ")[second_at])]
]


def texts(folder: Path, address: str, recommender: Recommender, seconds: float) -> dict[str, float]:
    """Short texts: one at a time, 32 at once, and the encoder alone."""
    asked = folder / "texts.txt"
    asked.write_text("\n".join(TEXTS))
    alone = wrk(folder, address, asked, seconds, 1, TEXTS="1", FROM="0")
    together = wrk(folder, address, asked, seconds, 32, TEXTS="1", FROM=str(len(TEXTS) // 2))
    encoder = recommender.profile_encoder.encoder
    encoder.encode(["warm"])
    took = []
    for text in TEXTS:
        begun = time.perf_counter()
        encoder.encode([text])
        took.append((time.perf_counter() - begun) * 1e3)
    single = statistics.median(took)
    return {
        "encoder_p50_ms": round(single, 2),
        "one_at_a_time_p50_ms": alone.p50_ms,
        "over_encoder": round(alone.p50_ms / single, 2),
        "one_at_a_time_per_second": alone.per_second,
        "32_at_once_per_second": together.per_second,
        "32_at_once_over_one": round(together.per_second / alone.per_second, 2),
    }


@contextmanager
def crowd(address: str, idle: int, slow: int) -> Iterator[None]:
    """Connections that ask nothing, and some that ask a byte a second, until the block ends."""
    host, port = address.removeprefix("http://").split(":")
    held = [socket.create_connection((host, int(port))) for _ in range(idle + slow)]
    done = threading.Event()

    def drip() -> None:
        while not done.wait(1.0):
            for one in held[:slow]:
                with suppress(OSError):  # the service took its leave
                    one.sendall(b"G")

    dripping = threading.Thread(target=drip)
    dripping.start()
    try:
        yield
    finally:
        done.set()
        dripping.join()
        for one in held:
            one.close()


def median(loads: Sequence[Load], empty: Sequence[Load]) -> dict[str, float]:
    """The median round, and the median of its ratios to the empty route's."""
    over = statistics.median(one.per_second / other.per_second for one, other in zip(loads, empty, strict=True))
    middle = sorted(loads, key=lambda one: one.per_second)[len(loads) // 2]
    return {
        "per_second": middle.per_second,
        "over_empty_route": round(over, 3),
        "p50_ms": middle.p50_ms,
        "p99_ms": middle.p99_ms,
        "failed": sum(one.failed for one in loads),
    }


class Bench:
    """Servers over a pool, what they are asked, and what wrk saw of each by name.

    Args:
        folder: for what wrk reads.
    """

    def __init__(self, folder: Path, recommender: Recommender, seconds: float, rounds: int) -> None:
        self.folder, self.recommender, self.seconds, self.rounds = folder, recommender, seconds, rounds
        self.data = recommender.settings.folder
        ids = everyone(recommender.collection)
        np.random.default_rng(7).shuffle(ids)
        self.paths = [f"/v1/profiles/{quote(one, safe='')}/similar?k={K}" for one in ids]
        self.distinct, self.zipf, self.nothing = (folder / f"{name}.txt" for name in ("distinct", "zipf", "empty"))
        self.distinct.write_text("\n".join(self.paths))
        self.zipf.write_text("\n".join(self.paths[:MOST_IDS]))
        self.nothing.write_text("/empty")
        self.found: dict[str, list[Load]] = {}

    def ask(self, name: str, address: str, asked: Path, clients: int = CLIENTS, **how: str) -> Load:
        """One load more of this name."""
        load = wrk(self.folder, address, asked, self.seconds, clients, **how)
        self.found.setdefault(name, []).append(load)
        return load

    def empty(self) -> AbstractContextManager[str]:
        """The empty route."""
        port = free_port()
        command = ["-m", "uvicorn", "--factory", "benchmarks.serving:empty", "--port", str(port), "--no-access-log"]
        return started(command, port, "/empty")

    def fresh(self, **environment: str) -> AbstractContextManager[str]:
        """A service that keeps no answers."""
        return service(self.data, RECOMMENDER_ANSWERS_BYTES="0", **environment)

    @contextmanager
    def keeping(self) -> Iterator[str]:
        """One that keeps them, and was asked each once, those that are asked most the latest."""
        with service(self.data, RECOMMENDER_MAX_CONNECTIONS="2000") as kept:
            for path in reversed(self.paths[:MOST_IDS]):
                urlopen(kept + path).read()
            yield kept

    def summed_up(self) -> dict[str, object]:
        """The median rounds of all that was asked beside the empty route, one load of it to each round."""
        base = self.found["empty_route"]
        return {name: median(loads, base[: len(loads)]) for name, loads in self.found.items()}


def distinct(bench: Bench) -> dict[str, object]:
    """Other ids each time, of one process that keeps nothing and has loaded the model, and of two."""
    with bench.empty() as empty, bench.fresh(RECOMMENDER_WARM="true") as fresh:
        for number in range(bench.rounds):
            bench.ask("empty_route", empty, bench.nothing)
            bench.ask("distinct", fresh, bench.distinct, FROM=str(number * 1_200))
    with bench.fresh(RECOMMENDER_WORKERS="2") as two:
        wrk(bench.folder, two, bench.distinct, bench.seconds)
        both = bench.ask("distinct_two_workers", two, bench.distinct, FROM="1800").per_second
    one = statistics.median(load.per_second for load in bench.found["distinct"])
    return {**bench.summed_up(), "two_workers_over_one": round(both / one, 2)}


def kept(bench: Bench) -> dict[str, object]:
    """Answers that are kept: while nothing is written, while some are, and with their tags known to the client."""
    with bench.empty() as empty, bench.keeping() as keeping:
        for _ in range(bench.rounds):
            bench.ask("empty_route", empty, bench.nothing)
            bench.ask("zipf", keeping, bench.zipf, ZIPF="1")
        for per_second in (1, 20):
            with writing(bench.recommender, per_second):
                wrk(bench.folder, keeping, bench.zipf, bench.seconds, ZIPF="1")
                for _ in range(bench.rounds):
                    bench.ask(f"zipf_{per_second}_written", keeping, bench.zipf, ZIPF="1")
        tags = bench.folder / "tags.txt"
        tags.write_text("\n".join(tagged(keeping, bench.paths[:1_000])))
        for _ in range(bench.rounds):
            bench.ask("unchanged", keeping, tags, ZIPF="1")
    return bench.summed_up()


def worded(bench: Bench) -> dict[str, object]:
    """Short texts."""
    with bench.fresh(RECOMMENDER_WARM="true") as fresh:
        return {**texts(bench.folder, fresh, bench.recommender, bench.seconds)}


def crowded(bench: Bench) -> dict[str, object]:
    """Kept answers while others only hold connections."""
    with bench.keeping() as keeping:
        before = wrk(bench.folder, keeping, bench.zipf, bench.seconds, ZIPF="1")
        with crowd(keeping, 1_000, 200):
            during = wrk(bench.folder, keeping, bench.zipf, bench.seconds, ZIPF="1")
    return {"p99_over_alone": round(during.p99_ms / before.p99_ms, 2), "failed": during.failed}


SECTIONS: dict[str, Callable[[Bench], dict[str, object]]] = {
    "distinct": distinct,
    "kept": kept,
    "texts": worded,
    "crowded": crowded,
}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, help="a pool that stands already; it is written to [default: the sample's]"
    )
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=[*SECTIONS], action="append", help="a section [default: each, one by one]")
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed; apt-get install wrk")
    ran = provenance()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings.load(data=args.data) if args.data else sample(folder / "pool")
        with Recommender(settings) as recommender:
            how = {"profiles": recommender.count(), "seconds": args.seconds, "rounds": args.rounds}
            for section in args.only or SECTIONS:
                measured = SECTIONS[section](Bench(folder, recommender, args.seconds, args.rounds))
                keep_section(args.out, section, {**ran, "clients": CLIENTS, "k": K, **how, **measured})


if __name__ == "__main__":
    main()
