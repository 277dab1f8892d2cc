"""Request ids, the log of requests, and that nobody is named in any log."""

from __future__ import annotations

import io
import json
import logging
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recommender.errors import CollectionCorrupt
from recommender.wiring import Recommender
from tests.service.guarded import Guarded
from tests.service.live import serving


@pytest.mark.parametrize("sent", ["a", "9f1c-7/x:y.z_=+@", "x" * 128])
def test_a_request_s_id_is_given_back(filled: TestClient, sent: str) -> None:
    for path in ("/v1/profiles/ada", "/v1/profiles/nobody", "/nowhere", "/static/pages.css", "/"):
        assert filled.get(path, headers={"x-request-id": sent}).headers["x-request-id"] == sent


@pytest.mark.parametrize("sent", ["", "two words", "x" * 129, 'a"b', "a\tb", "<b>"])
def test_what_is_no_id_is_replaced_by_one(filled: TestClient, sent: str) -> None:
    given = {filled.get("/healthz", headers={"x-request-id": sent}).headers["x-request-id"] for _ in range(3)}
    assert len(given) == 3
    assert all(len(number) == 32 and sent not in (number, " ") for number in given)


def test_a_request_is_a_line_that_tells_of_nobody(guarded: Guarded, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    app: Any = guarded.client.app
    app.state.request_log.to = log = io.BytesIO()
    key = guarded.key("read", name="portal") | {"x-request-id": "number-1"}
    for path in (
        "/v1/profiles/ada?secret=Quill",
        "/v1/profiles/ada/similar",
        "/v1/profiles?where=colour:Quill",
        "/Quill",
    ):
        guarded.client.get(path, headers=key)
    guarded.client.put("/v1/profiles/ada", json={"name": "Quill"}, headers=key)
    guarded.client.get("/v1/profiles/ada", headers={"x-request-id": "number-1"})
    guarded.client.get("/static/pages.css")
    found = [json.loads(line) for line in log.getvalue().splitlines()]
    one = "/v1/profiles/{profile_id:profile_id}"
    assert [(line["method"], line["route"], line["status"], line["key"]) for line in found] == [
        ("GET", one, 200, "portal"),
        ("GET", f"{one}/similar", 200, "portal"),
        ("GET", "/v1/profiles", 422, "portal"),
        ("GET", "unmatched", 404, "portal"),
        ("PUT", one, 403, "portal"),
        ("GET", one, 401, None),
        ("GET", "unmatched", 200, None),
    ]
    assert [line["request"] for line in found[:6]] == ["number-1"] * 6
    assert set(found[0]) == {"at", "method", "route", "status", "ms", "key", "request"}
    assert all(0 < line["ms"] < 60_000 for line in found)
    said = json.dumps([{name: value for name, value in line.items() if name != "request"} for line in found])
    assert "ada" not in said
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("httpx")]
    assert "Quill" not in said + " ".join(ours)
    log.close()
    assert guarded.client.get("/healthz").status_code == 200, "a log that takes nothing more holds nobody up"


def test_what_goes_wrong_is_logged_without_whom(
    filled: TestClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"gone": "Ada Quill, ada.quill@example.org"}
    failures = (
        (RuntimeError("Ada Quill"), "because of KeyError"),
        (CollectionCorrupt("profile 'ada.quill' is damaged: row 7; restore a backup"), "profile … is damaged: row 7;"),
    )
    raised: list[Exception] = []

    def fail(*_: object) -> None:
        try:
            del names[names["gone"]]
        except KeyError as error:
            raise raised[-1] from error

    monkeypatch.setattr(Recommender, "answered_together", fail)
    for failure, said in failures:
        raised.append(failure)
        caplog.clear()
        answer = filled.get("/v1/profiles/ada/similar?k=41", headers={"x-request-id": "number-2"})
        assert answer.status_code in (500, 503)
        assert said in caplog.text
        assert "(request number-2)" in caplog.text
        assert "quill" not in caplog.text.lower()


def test_a_server_prints_a_line_a_request_unless_told_not_to(tmp_path: Any) -> None:
    for kept in (True, False):
        with serving(tmp_path / str(kept), access_log=kept) as live:
            assert live.ask("GET /healthz?x=y", b"")[0] == 200
            live.process.terminate()
            live.process.wait()
            found = [line for line in live.logged().splitlines() if line.startswith("{")]
            assert len(found) == int(kept)
            assert not kept or json.loads(found[0])["route"] == "/healthz"
