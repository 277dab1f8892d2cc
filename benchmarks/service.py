"""The service under load, beside an empty FastAPI route under the same load, in one run. Needs wrk and two cores.

    python -m benchmarks.service [--data DIR] [--seconds 5] [--rounds 3]

Servers are `recommender serve` processes without a line of log a request, and one uvicorn process with an empty route;
wrk asks with 16 connections. Every round asks, one after the other, so that all meet the same machine:

- the empty route;
- ten matches of a stored profile, other ids each time, of a server that keeps no answers and has loaded the model;
- the same, ids by Zipf's law over (up to) 10,000, of one that keeps them and was asked each once.

Then, one after the other, the latter again while this process stores one profile a second, and 20, that are encoded
already (every other one is new, the others are there); with the tags of answers known to the client, so that it is told
that nothing changed; short texts, one at a time and 32 at once, beside the encoder alone in this process; kept answers
while 1,000 connections idle and 200 send a byte of a request a second; and distinct ids of two workers.

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
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import msgspec
import numpy as np

from benchmarks.provenance import keep, provenance
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


def measure(folder: Path, recommender: Recommender, seconds: float, rounds: int) -> dict[str, object]:
    """Every figure."""
    ids = everyone(recommender.collection)
    np.random.default_rng(7).shuffle(ids)
    paths = [f"/v1/profiles/{quote(one, safe='')}/similar?k={K}" for one in ids]
    distinct, zipf, nothing = folder / "distinct.txt", folder / "zipf.txt", folder / "empty.txt"
    distinct.write_text("\n".join(paths))
    zipf.write_text("\n".join(paths[:MOST_IDS]))
    nothing.write_text("/empty")
    data, found = recommender.settings.folder, dict[str, list[Load]]()

    def ask(name: str, ask: Callable[[], Load]) -> None:
        found.setdefault(name, []).append(ask())

    with ExitStack() as servers:
        port = free_port()
        command = ["-m", "uvicorn", "--factory", "benchmarks.serving:empty", "--port", str(port), "--no-access-log"]
        empty = servers.enter_context(started(command, port, "/empty"))
        fresh = servers.enter_context(service(data, RECOMMENDER_ANSWERS_BYTES="0", RECOMMENDER_WARM="true"))
        kept = servers.enter_context(service(data, RECOMMENDER_MAX_CONNECTIONS="2000"))
        for path in reversed(paths[:MOST_IDS]):  # each was asked once, those that are asked most the latest
            urlopen(kept + path).read()
        for number in range(rounds):
            ask("empty_route", lambda: wrk(folder, empty, nothing, seconds))
            ask("distinct", lambda: wrk(folder, fresh, distinct, seconds, FROM=str(number * 1_200)))  # noqa: B023
            ask("zipf", lambda: wrk(folder, kept, zipf, seconds, ZIPF="1"))
        for per_second in (1, 20):
            with writing(recommender, per_second):
                wrk(folder, kept, zipf, seconds, ZIPF="1")
                for _ in range(rounds):
                    ask(f"zipf_{per_second}_written", lambda: wrk(folder, kept, zipf, seconds, ZIPF="1"))
        tags = folder / "tags.txt"
        tags.write_text("\n".join(tagged(kept, paths[:1_000])))
        for _ in range(rounds):
            ask("unchanged", lambda: wrk(folder, kept, tags, seconds, ZIPF="1"))
        words = texts(folder, fresh, recommender, seconds)
        before = wrk(folder, kept, zipf, seconds, ZIPF="1")
        with crowd(kept, 1_000, 200):
            crowded = wrk(folder, kept, zipf, seconds, ZIPF="1")
    with service(data, RECOMMENDER_ANSWERS_BYTES="0", RECOMMENDER_WORKERS="2") as two:
        wrk(folder, two, distinct, seconds)
        ask("distinct_two_workers", lambda: wrk(folder, two, distinct, seconds, FROM="1800"))
    base = found["empty_route"]
    return {
        **{name: median(loads, base[: len(loads)]) for name, loads in found.items()},
        "two_workers_over_one": round(
            found["distinct_two_workers"][0].per_second / statistics.median(x.per_second for x in found["distinct"]), 2
        ),
        "texts": words,
        "crowded_p99_over_alone": round(crowded.p99_ms / before.p99_ms, 2),
        "crowded_failed": crowded.failed,
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, help="a pool that stands already; it is written to [default: the sample's]"
    )
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed; apt-get install wrk")
    ran = provenance()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings.load(data=args.data) if args.data else sample(folder / "pool")
        with Recommender(settings) as recommender:
            profiles = recommender.count()
            measured = measure(folder, recommender, args.seconds, args.rounds)
    what = f"{K} matches with explanations of a stored profile, {CLIENTS} clients"
    keep(
        args.out,
        {**ran, "what": what, "profiles": profiles, "seconds": args.seconds, "rounds": args.rounds, **measured},
    )


if __name__ == "__main__":
    main()
