"""Bodies of many records: how many are taken, and how much of what was wrong with them is said."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from recommender.service.app import create_app
from recommender.settings import Settings
from tests.service.people import Client, Rooms

NDJSON = {"content-type": "application/x-ndjson"}


def test_a_body_of_too_many_records_is_refused_whole(tmp_path: Path) -> None:
    settings = Settings.load(data=tmp_path / "pool", max_body_records=3)
    with Client(create_app(settings, Rooms)) as client:
        body = b'{"title": "Welder"}\n' * 4
        refused = client.post("/v1/profiles", content=body, headers=NDJSON)
        assert refused.status_code == 413
        assert "3 records" in refused.json()["detail"]
        assert "max_body_records" in refused.json()["detail"]
        assert client.post("/v1/count", json={}).json()["count"] == 0


def test_rejections_are_counted_and_the_first_are_listed(client: TestClient) -> None:
    answer = client.post("/v1/profiles", content=b"{x\n" * 5_000 + b'{"title": "Welder"}\n', headers=NDJSON)
    assert answer.status_code == 207
    rejected = answer.json()["rejected"]
    assert len(rejected) == 101
    assert rejected[-1]["reason"] == "4,900 more of 5,000 refused records are not listed"
    assert answer.json()["stored"] == 1


def test_bad_lines_to_the_size_of_a_body_are_a_short_answer(tmp_path: Path) -> None:
    with Client(create_app(Settings.load(data=tmp_path / "pool"), Rooms)) as client:
        answer = client.post("/v1/profiles", content=b"{x}\n" * 4_000_000, headers=NDJSON)
    assert answer.status_code == 413
    assert "a body may have 10,000 records" in answer.json()["detail"]
    assert len(answer.content) < 10_000


def test_notices_are_counted_and_the_first_are_listed(client: TestClient) -> None:
    body = {"title": "Welder", **{f"k{number}": 1 for number in range(500)}}
    notices = client.post("/v1/profiles", json=body).json()["notices"]
    assert len(notices) == 101
    assert notices[-1]["message"] == "400 more of 500 notices are not listed"
