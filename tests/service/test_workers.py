"""Several processes on one port: what they share, how they are replaced, and how they end; against real ones."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import anyio
import pytest
from fastapi import FastAPI

from recommender.errors import EncoderError, RecommenderError, SettingsError
from recommender.keys import KeyFile, Scope
from recommender.service import create_app
from recommender.service.asgi.server import listening
from recommender.service.asgi.shared import Shared
from recommender.service.asgi.start import READY, Start
from recommender.service.asgi.workers import run_workers
from recommender.service.problems import ProblemError
from recommender.settings import Settings
from tests.service.live import Live, answer, head, serving
from tests.service.people import Client, Rooms, engineer
from tests.service.test_connections import waited

#: So many connections are to one of two processes alone once in 30,000 times.
MANY = 16
QUOTA = 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pool of five engineers, and the file of keys beside it."""
    folder = tmp_path_factory.mktemp("workers")
    with Rooms(Settings.load(data=folder / "pool")) as recommender:
        list(recommender.ingest(map(engineer, range(5))))
    return folder


@pytest.fixture(scope="module")
def live(folder: Path) -> Iterator[Live]:
    key(folder, "read", name="first")
    with serving(folder, workers=2, rate_per_key=QUOTA, stop_seconds=20) as live:
        yield live


def key(folder: Path, *scopes: str, name: str | None = None) -> str:
    file = KeyFile(folder / "pool.access")
    return file.create(frozenset(map(Scope, scopes)), datetime.now(UTC), name, None, None)[1]


def asked(live: Live, key: str, request: str = "GET /v1/profiles/eng-001", body: bytes = b"") -> int:
    """The status of a request on a connection of its own."""
    with live.connect() as there:
        there.sendall(head(request, body, x_api_key=key) + body)
        return answer(there)[0]


def processes(live: Live) -> list[int]:
    """Every process that has ever served."""
    return [int(number) for number in re.findall(r"Started server process \[(\d+)\]", live.logged())]


def is_alive(process: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return False


def counted(live: Live, key: str, measure: str) -> int:
    with live.connect() as there:
        there.sendall(head("GET /metrics", x_api_key=key))
        lines = answer(there)[1].decode().splitlines()
    return sum(int(float(line.rpartition(" ")[2])) for line in lines if line.startswith(measure))


def test_all_are_ready_before_the_first_is_asked_and_count_together(live: Live, folder: Path) -> None:
    assert len(processes(live)) == 2
    assert live.ask("GET /readyz")[0] == 200
    scraper, measure = key(folder, "admin"), 'recommender_requests_total{method="GET",route="/healthz",status="200"}'
    before = counted(live, scraper, measure)
    assert [live.ask("GET /healthz")[0] for _ in range(MANY)] == [200] * MANY
    assert [counted(live, scraper, measure) - before for _ in range(MANY)] == [MANY] * MANY
    assert counted(live, scraper, "recommender_profiles ") == 5


def test_a_quota_is_used_up_in_all_of_them(live: Live, folder: Path) -> None:
    one = key(folder, "read")
    found = [asked(live, one) for _ in range(QUOTA + 20)]
    assert QUOTA <= found.count(200) <= QUOTA + 15, "what came back meanwhile"
    assert set(found) == {200, 429}


def test_what_one_wrote_and_a_key_that_came_or_went_is_known_to_all_within_a_second(live: Live, folder: Path) -> None:
    one = key(folder, "read", "write", name="portal")
    assert asked(live, one, "PUT /v1/profiles/new", json.dumps({"title": "Nurse"}).encode()) == 201
    time.sleep(1.0)
    assert [asked(live, one, "GET /v1/profiles/new") for _ in range(MANY)] == [200] * MANY
    assert asked(live, one, "DELETE /v1/profiles/new") == 204
    time.sleep(1.0)
    assert [asked(live, one, "GET /v1/profiles/new") for _ in range(MANY)] == [404] * MANY
    KeyFile(folder / "pool.access").revoke("portal", datetime.now(UTC))
    time.sleep(1.0)
    assert [asked(live, one) for _ in range(MANY)] == [401] * MANY


def test_one_that_dies_is_replaced_and_what_it_counted_stays(live: Live, folder: Path) -> None:
    scraper, measure = key(folder, "admin"), 'recommender_requests_total{method="GET",route="/healthz",status="200"}'
    live.ask("GET /healthz")
    before, victim = counted(live, scraper, measure), processes(live)[0]
    os.kill(victim, signal.SIGKILL)
    assert waited(lambda: len(processes(live)) == 3)
    assert f"process {victim} ended with -9 and is started anew" in live.logged()
    assert live.ask("GET /readyz")[0] == 200
    assert waited(lambda: live.logged().count("Application startup complete") == 3)
    assert [live.ask("GET /healthz")[0] for _ in range(MANY)] == [200] * MANY
    assert counted(live, scraper, measure) == before + MANY


@pytest.mark.parametrize("workers", [1, 2])
def test_a_port_that_others_share_is_taken_all_the_same(live: Live, workers: int) -> None:
    with pytest.raises(SettingsError, match="is taken"), listening(Settings.load(port=live.port, workers=workers)):
        pass


def test_told_to_stop_they_finish_what_they_were_asked_and_end_with_0(live: Live, folder: Path) -> None:
    """The last test of this server: it is no more afterwards."""
    one, begun = key(folder, "read"), folder / "pool" / "slow begun"
    statuses: list[int] = []
    body = json.dumps({"text": "slow"}).encode()
    asking = threading.Thread(target=lambda: statuses.append(asked(live, one, "POST /v1/similar", body)))
    asking.start()
    assert waited(begun.exists)
    live.process.send_signal(signal.SIGTERM)
    asking.join()
    assert statuses == [200]
    assert live.process.wait(30) == 0
    assert not any(is_alive(process) for process in processes(live))
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", live.port))


def test_they_end_with_who_started_them_however_that_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serving(tmp_path, workers=2) as live:
        assert len(list(tmp_path.glob("recommender-*"))) == 1
        live.process.kill()
        live.process.wait()
        assert waited(lambda: not any(is_alive(process) for process in processes(live)))
    assert list(tmp_path.glob("recommender-*")) == []


def fail(settings: Settings, *, shared: Shared) -> FastAPI:
    raise SystemExit(7)


def test_what_cannot_start_is_not_started_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.service.asgi.workers.MOST_FAILURES", 2)
    settings = Settings.load(port=0, workers=2)
    with listening(settings) as sockets, pytest.raises(RecommenderError, match="end before they listen"):
        run_workers(fail, settings, sockets)


class Cold(Rooms):
    """Takes long to load its model, or has none."""

    loaded = threading.Event()
    fault: Exception | None = None

    def warm(self) -> None:
        self.loaded.wait(30)
        if self.fault:
            raise self.fault


def test_readiness_waits_for_the_model_where_it_is_asked_to(tmp_path: Path) -> None:
    with Client(create_app(Settings.load(data=tmp_path / "pool", warm=True), Cold)) as client:
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["type"] == "urn:recommender:problem:starting"
        assert client.get("/healthz").status_code == 200
        assert client.get("/v1/profiles").status_code == 200
        Cold.loaded.set()
        assert waited(lambda: client.get("/readyz").status_code == 200)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Cold, "fault", EncoderError("the model is not there; install it"))
        with Client(create_app(Settings.load(data=tmp_path / "pool", warm=True), Cold)) as client:
            assert waited(lambda: "the model is not there" in client.get("/readyz").text)
            assert client.get("/readyz").status_code == 503
    with Client(create_app(Settings.load(data=tmp_path / "pool"), Cold)) as client:
        assert client.get("/readyz").status_code == 200


def test_a_model_that_was_warmed_is_loaded(tmp_path: Path) -> None:
    with Rooms(Settings.load(data=tmp_path / "pool")) as recommender:
        list(recommender.ingest([engineer(1)]))
        before = recommender.encoder.calls
        recommender.warm()
        assert recommender.encoder.calls > before


def test_one_is_ready_when_all_are(tmp_path: Path) -> None:
    shared = [Shared(tmp_path, number, 2) for number in range(2)]
    start = Start(shared[0])
    with pytest.raises(ProblemError, match="starting"):
        start.check()
    anyio.run(start.run, None)
    with pytest.raises(ProblemError, match="starting"):
        start.check()
    shared[1].note(READY)
    start.check()
