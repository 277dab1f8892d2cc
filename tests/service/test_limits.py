"""How much one request may hold, name and take."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from anyio.from_thread import check_cancelled
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from starlette.requests import ClientDisconnect

from recommender.service import create_app
from recommender.service.running import Running
from recommender.settings import Settings
from tests.service.people import Client, Rooms


@pytest.mark.parametrize("key", ["skills_all", "skills_any", "location", "company_now"])
def test_a_filter_names_a_thousand_values_and_no_more(filled: TestClient, key: str) -> None:
    values = [f"thing {number}" for number in range(1001)]
    assert filled.post("/v1/count", json={"where": {key: values[1:]}}).status_code == 200
    for path, question in (
        ("/v1/count", {}),
        ("/v1/facets", {}),
        ("/v1/similar", {"like": ["ada"]}),
    ):
        answer = filled.post(path, json=question | {"where": {key: values}})
        assert answer.status_code == 422
        assert answer.json()["detail"] == f"{key}: 1001 values, where at most 1000 are taken; ask in parts"
    where = f"{key}=" + "|".join(map(str, range(1001)))
    assert filled.get("/v1/profiles", params={"where": where}).status_code == 422
    assert filled.get("/v1/profiles/ada/similar", params={"where": where}).status_code == 422


def test_ids_may_be_more(filled: TestClient) -> None:
    ids = [str(number) for number in range(10_001)]
    assert filled.post("/v1/count", json={"where": {"exclude_ids": ids[1:]}}).json()["count"] == 109
    assert filled.post("/v1/count", json={"where": {"exclude_ids": ids}}).status_code == 422
    assert filled.post("/v1/similar", json={"text": "nurse", "exclude_ids": ids}).status_code == 422
    for key in ("like", "unlike"):
        assert filled.post("/v1/similar", json={"text": "nurse", key: ids[:1001]}).status_code == 422


@pytest.mark.parametrize("path", ["/profiles", "/profiles/ada", "/"])
@pytest.mark.parametrize("name", ["skill", "location", "seniority"])
def test_a_page_takes_fifty_choices_and_no_more(filled: TestClient, path: str, name: str) -> None:
    chosen = [f"thing {number}" for number in range(51)]
    assert filled.get(path, params={name: chosen[1:]}).status_code == 200
    answer = filled.get(path, params={name: chosen}, headers={"accept": "text/html"})
    assert answer.status_code == 422
    assert "a page takes at most 50" in answer.text


def test_an_address_has_an_end(filled: TestClient) -> None:
    for query in ("where=" + "," * 40_000, "skill=a&" * 2_000, "&" * 300):
        for path in ("/v1/profiles", "/profiles", "/healthz"):
            assert filled.get(f"{path}?{query}").status_code == 414, path


def test_a_form_has_two_fields(filled: TestClient) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    for body in ("&" * 50_000, "text=nurse&" * 5_000):
        assert filled.post("/match", content=body, headers=form).status_code == 400
    assert filled.post("/match", content="text=nurse&kind=text", headers=form).status_code == 200


@pytest.mark.parametrize("path", ["/v1/similar", "/v1/count", "/v1/facets", "/match"])
@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "application/xml"])
def test_another_media_type_is_refused(filled: TestClient, path: str, kind: str) -> None:
    answer = filled.post(path, content=b'{"text": "nurse"}', headers={"content-type": kind})
    assert answer.status_code == 415
    assert kind.partition(";")[0] in answer.json()["detail"]


def test_profiles_come_as_what_they_are(client: TestClient) -> None:
    for kind, status in (
        ("application/x-www-form-urlencoded", 415),
        ("application/x-tar", 415),
        ("image/png", 415),
        ("Application/JSON; charset=utf-8", 201),
    ):
        answer = client.post("/v1/profiles", content=b'{"title": "Nurse"}', headers={"content-type": kind})
        assert answer.status_code == status, kind
        put = client.put("/v1/profiles/a", content=b'{"title": "Nurse"}', headers={"content-type": kind})
        assert put.status_code == status, kind
    packed = client.post("/v1/profiles", content=b"{}", headers={"content-encoding": "gzip"})
    assert packed.status_code == 415


def test_a_body_that_does_not_come_is_waited_for_so_long(tmp_path: Path) -> None:
    async def receive() -> Any:
        await anyio.sleep(30)
        return {"type": "http.disconnect"}

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    with Client(create_app(Settings.load(data=tmp_path, body_seconds=0.05), Rooms)) as client:
        scope: Any = {
            "type": "http", "method": "POST", "path": "/v1/count", "query_string": b"", "http_version": "1.1",
            "headers": [(b"host", b"localhost"), (b"content-length", b"2")],
        }  # fmt: skip
        assert client.portal is not None
        client.portal.call(client.app, scope, receive, send)
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]


def busy(app: FastAPI) -> Running:
    state: Running = app.state.running
    return state


@pytest.fixture
def occupied(client: TestClient) -> Iterator[threading.Event]:
    """Every thread is at work until the event is set."""
    assert isinstance(client.app, FastAPI)
    assert client.portal is not None
    limiter, done = busy(client.app).threads, threading.Event()
    for number in range(int(limiter.total_tokens)):
        client.portal.call(limiter.acquire_on_behalf_of, number)
    yield done
    for number in range(int(limiter.total_tokens)):
        client.portal.call(limiter.release_on_behalf_of, number)


def test_readiness_and_health_wait_behind_no_work(client: TestClient, occupied: threading.Event) -> None:
    assert client.get("/readyz").json()["status"] == "ready"
    assert client.get("/healthz").status_code == 200
    assert client.get("/metrics").status_code == 200


def gone_after(seconds: float) -> Request:
    """A request whose client goes away."""

    async def receive() -> dict[str, str]:
        await anyio.sleep(seconds)
        return {"type": "http.disconnect"}

    return Request({"type": "http", "method": "GET", "path": "/", "headers": []}, receive)


def test_what_waits_for_a_client_that_is_gone_is_never_begun(client: TestClient, occupied: threading.Event) -> None:
    assert isinstance(client.app, FastAPI)
    assert client.portal is not None
    begun = threading.Event()
    with pytest.raises(ClientDisconnect):
        client.portal.call(busy(client.app).work, gone_after(0.01), begun.set)
    assert not begun.is_set()


def test_what_takes_long_ends_when_it_looks_whether_anybody_waits(client: TestClient) -> None:
    assert isinstance(client.app, FastAPI)
    assert client.portal is not None
    steps = []

    def work() -> None:
        for step in range(10_000):
            check_cancelled()
            steps.append(step)
            time.sleep(0.005)

    with pytest.raises(ClientDisconnect):
        client.portal.call(busy(client.app).work, gone_after(0.05), work)
    assert 0 < len(steps) < 10_000


def test_a_client_that_goes_is_counted_as_gone_and_not_as_a_fault(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    async def receive() -> Any:
        return {"type": "http.disconnect"}

    async def send(_: object) -> None:
        raise AssertionError("nobody is there")

    scope: Any = {
        "type": "http", "method": "POST", "path": "/v1/similar", "query_string": b"", "http_version": "1.1",
        "headers": [(b"host", b"localhost"), (b"content-length", b"100")],
    }  # fmt: skip
    assert client.portal is not None
    client.portal.call(client.app, scope, receive, send)
    assert 'route="/v1/similar",status="499"} 1.0' in client.get("/metrics").text
    assert 'status="500"' not in client.get("/metrics").text
    assert caplog.text == ""
