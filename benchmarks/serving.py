"""Latency of ten matches, in process and over HTTP, beside an empty FastAPI route, in one run.

    python -m benchmarks.serving [--data DIR] [--requests 400]

Every round asks one question three ways, one after the other: nothing at all of an empty route (its own uvicorn
process), ten matches of a stored profile over HTTP (a second uvicorn process, over the pool), and the same ten
matches of the matcher in this process. So all three meet the same machine, and the ratios between them can be
compared across machines, which the times cannot. Both servers run one worker, without access log; the client keeps
its connections open, sends one request at a time and reads the whole answer. Times end when the body has arrived;
its JSON is not parsed. Ids differ from round to round until the pool is through.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path

import numpy as np
from fastapi import FastAPI, Response

from benchmarks.provenance import keep, provenance
from recommender.batch import everyone
from recommender.matching import Query
from recommender.profile import Profile
from recommender.reading import read_path
from recommender.sample_pool import sample_folder
from recommender.settings import Settings
from recommender.wiring import Recommender

RESULTS = Path(__file__).parent / "results" / "serving.json"
WARM_UP = 50
K = 10


def empty() -> FastAPI:
    """The least that FastAPI can serve: a route that answers two bytes."""
    app = FastAPI()

    @app.get("/empty")
    async def nothing() -> Response:
        return Response(b"{}", media_type="application/json")

    return app


def serving() -> FastAPI:
    """The application over the pool that RECOMMENDER_DATA names."""
    from recommender.service import create_app

    return create_app(Settings.load())


@contextmanager
def server(factory: str, data: Path) -> Iterator[HTTPConnection]:
    """A uvicorn process of its own, and a connection to it that stays open."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "--factory", f"benchmarks.serving:{factory}", "--port", str(port)]
    environment = {**os.environ, "RECOMMENDER_DATA": str(data), "OMP_NUM_THREADS": "1"}
    quiet = ["--no-access-log", "--log-level", "warning", "--app-dir", str(Path(__file__).parents[1])]
    process = subprocess.Popen([*command, *quiet], env=environment)
    try:
        connection = HTTPConnection("127.0.0.1", port)
        for _ in range(600):
            try:
                connection.connect()
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        # one small request and its answer at a time: waiting to fill a packet would measure the wait
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield connection
        connection.close()
    finally:
        process.terminate()
        process.wait(30)


def fetch(connection: HTTPConnection, path: str) -> bytes:
    """The body of one answer."""
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{path}: {response.status}: {body[:300]!r}")
    return body


def timed(function: Callable[[], object]) -> float:
    """Milliseconds that the call took."""
    started = time.perf_counter()
    function()
    return (time.perf_counter() - started) * 1e3


def rounds(recommender: Recommender, requests: int) -> dict[str, list[float]]:
    """Milliseconds of every round, by way of asking."""
    times: dict[str, list[float]] = {"empty_route": [], "http": [], "in_process": []}
    ids = everyone(recommender.collection)
    np.random.default_rng(7).shuffle(ids)
    data = recommender.settings.folder
    with server("empty", data) as bare, server("serving", data) as full:
        for number, profile_id in enumerate(islice(cycle(ids), WARM_UP + requests)):
            took = {
                "empty_route": timed(lambda: fetch(bare, "/empty")),
                "http": timed(lambda: fetch(full, f"/v1/profiles/{profile_id}/similar?k={K}")),  # noqa: B023
                "in_process": timed(lambda: recommender.similar(Query(like=(profile_id,), k=K))),  # noqa: B023
            }
            if number >= WARM_UP:
                for way, milliseconds in took.items():
                    times[way].append(milliseconds)
    return times


def summary(times: dict[str, list[float]]) -> dict[str, object]:
    """Percentiles in milliseconds, and how much slower HTTP is than its two parts together."""
    ways: dict[str, object] = {
        way: {"p50_ms": round(float(np.percentile(t, 50)), 3), "p95_ms": round(float(np.percentile(t, 95)), 3)}
        for way, t in times.items()
    }
    parts = np.array(times["empty_route"]) + np.array(times["in_process"])
    over = np.array(times["http"]) - parts
    return ways | {
        "http_p50_over_empty_plus_in_process_p50": round(float(np.median(times["http"]) / np.median(parts)), 3),
        "http_p50_over_empty_p50": round(float(np.median(times["http"]) / np.median(times["empty_route"])), 2),
        "median_of_http_minus_both_ms": round(float(np.median(over)), 3),
    }


def sample(folder: Path) -> Settings:
    """The sample pool, ingested into a folder."""
    settings, source = Settings.load(data=folder), sample_folder()
    with Recommender(settings, source / "vectors.npz") as recommender:
        profiles = read_path(source / "profiles.jsonl.gz", vocabulary=recommender.vocabulary, on_notice=print)
        list(recommender.ingest(profile for profile in profiles if isinstance(profile, Profile)))
    return settings


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, help="a pool that stands already [default: the sample pool, ingested anew]"
    )
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args()
    ran = provenance()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.load(data=args.data) if args.data else sample(Path(folder) / "pool")
        with Recommender(settings) as recommender:
            with recommender.collection.view() as view:
                profiles = len(view)
            measured = summary(rounds(recommender, args.requests))
    result = {
        **ran,
        "what": f"{K} matches with explanations of a stored profile, one client, one request at a time",
        "includes": "until the whole body has arrived; the empty route and the pool in a uvicorn process each",
        "versions": {name: version(name) for name in ("fastapi", "starlette", "uvicorn", "msgspec", "numpy")},
        "profiles": profiles,
        "requests": args.requests,
        **measured,
    }
    keep(args.out, result)


if __name__ == "__main__":
    main()
