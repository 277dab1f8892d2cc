"""A hostile run over every door of the service: whatever comes in, it answers, soon, and others are not kept waiting.

`HOSTILE_INPUTS` says how many (50,000), `HOSTILE_SEED` which.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import numpy as np
import pytest

from recommender import collection
from tests.hostile.corpus import PROFILE, Request, requests

pytestmark = pytest.mark.slow

COUNT = int(os.environ.get("HOSTILE_INPUTS", "50000"))
SEED = int(os.environ.get("HOSTILE_SEED", "1"))
#: Bytes of the largest texts drawn.
MOST = 2 * 2**20
#: Seconds of processor time that any request may take, and what each profile that it stored adds.
ALLOWED, ALLOWED_A_PROFILE = 2.0, 0.2
#: Seconds within which 99 of 100 looks at /healthz are answered, whatever else goes on.
HEALTHY = 0.1
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """The product's own command in a process of its own."""

    def __init__(self, data: Path, log: Path) -> None:
        self.log = log
        with log.open("wb") as out:
            command = [sys.executable, "-c", "from recommender.cli import main; main()"]
            self.process = subprocess.Popen(
                [*command, "serve", "--data", str(data), "--port", "0"], stdout=out, stderr=out
            )
        for _ in range(1_200):
            found = re.search(r"running on http://127\.0\.0\.1:(\d+)", log.read_text(errors="replace"))
            if found:
                self.port = int(found[1])
                return
            assert self.process.poll() is None, log.read_text(errors="replace")
            time.sleep(0.1)
        raise AssertionError("the server did not start in two minutes")

    def cpu_seconds(self) -> float:
        """Processor time of the process, of its children, and of those of them that ended."""
        ticks = sum(_ticks(self.process.pid, ended=True))
        for child in _children(self.process.pid):
            ticks += sum(_ticks(child, ended=False))
        return ticks / TICKS

    def stop(self) -> int:
        """Ask it to end; its exit status."""
        self.process.terminate()
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return -9


def _children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            yield from map(int, task.read_text().split())
        except OSError:
            continue


def _ticks(pid: int, *, ended: bool) -> list[int]:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
    return [int(field) for field in fields[11 : 15 if ended else 13]]


class Client:
    """One connection, made anew where the server closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, request: Request) -> tuple[int, bytes, str]:
        """Status, body and media type."""
        for attempt in (1, 2):
            try:
                self.connection.request(request.method, request.path, request.body or None, request.headers)
                answer = self.connection.getresponse()
                return answer.status, answer.read(), answer.headers.get("content-type", "")
            except (http.client.HTTPException, OSError):
                # closed after an answer that refused a body: once more on a fresh connection tells
                self.connection.close()
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
                if attempt == 2:
                    raise
        raise AssertionError


@contextmanager
def watched_health(port: int) -> Iterator[list[float]]:
    """Seconds that each look at /healthz took, twenty a second, while the block runs."""
    took: list[float] = []
    done = threading.Event()

    def watch() -> None:
        client = Client(port)
        while not done.wait(0.05):
            started = time.perf_counter()
            client.ask(Request("GET", "/healthz", b"", {}))
            took.append(time.perf_counter() - started)
        client.connection.close()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield took
    finally:
        done.set()
        thread.join(130)


def stored(status: int, body: bytes) -> int:
    """How many profiles an answer says were stored."""
    if status not in (200, 201, 207) or b'"stored"' not in body[:200_000]:
        return 0
    return int(msgspec.json.decode(body)["stored"])


def test_nothing_that_is_sent_fails_stalls_or_spoils_the_service(tmp_path: Path) -> None:
    people = [{**PROFILE, "id": f"p-{number}", "name": f"Person{number} Example"} for number in range(40)]
    source, data = tmp_path / "people.jsonl", tmp_path / "pool"
    source.write_bytes(b"\n".join(msgspec.json.encode(one) for one in people))
    ingest = [sys.executable, "-c", "from recommender.cli import main; main()", "ingest", str(source)]
    subprocess.run([*ingest, "--data", str(data)], check=True, capture_output=True)
    server = Server(data, tmp_path / "server.log")
    failures: list[str] = []
    try:
        client = Client(server.port)
        client.ask(Request("POST", "/v1/similar", b'{"text": "warm up"}', {"content-type": "application/json"}))
        with watched_health(server.port) as health:
            before = server.cpu_seconds()
            for number, request in enumerate(requests(SEED, COUNT, MOST)):
                message = f"{number} (seed {SEED}): {request.method} {request.path[:80]} of {len(request.body)} bytes"
                try:
                    status, body, kind = client.ask(request)
                except (http.client.HTTPException, OSError) as error:
                    failures.append(f"{message}: {error!r}")
                    assert server.process.poll() is None, "the server died"
                    continue
                now = server.cpu_seconds()
                took, before = now - before, now
                if status >= 500:
                    failures.append(f"{message}: {status} {body[:300]!r}")
                if status >= 400 and request.method != "HEAD" and "html" not in kind:
                    assert kind.startswith("application/problem+json"), f"{message}: {status} {kind}"
                if took > ALLOWED + ALLOWED_A_PROFILE * stored(status, body):
                    failures.append(f"{message}: {status} after {took:.1f} s of processor time")
        client.connection.close()
    finally:
        status = server.stop()
    log = server.log.read_text(errors="replace")
    assert not failures, "\n".join(failures[:40])
    assert "Traceback" not in log, log[log.index("Traceback") :][:3_000]
    assert status in (0, -signal.SIGTERM)
    assert np.percentile(health, 99) <= HEALTHY
    assert collection.check(data) == []
