"""Quotas of keys and addresses, what answers say of them, and how little memory they take."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from recommender.keys import KeyFile
from recommender.service import create_app
from recommender.service.access import buckets
from recommender.service.access.buckets import Buckets, Taken
from recommender.service.access.rates import Rates, _network
from recommender.settings import Settings
from tests.service.guarded import Guarded
from tests.service.people import Client, Rooms


def test_a_quota_is_used_up_and_comes_back_evenly() -> None:
    """Six a minute: one comes back every ten seconds."""
    held = Buckets()
    assert [held.take("a", 6, 1000.0) for _ in range(7)] == [
        *(Taken(left, 60 - 10 * left, 0) for left in (5, 4, 3, 2, 1, 0)),
        Taken(0, 60, 10),
    ]
    assert held.take("b", 6, 1000.0).remaining == 5, "another name has a quota of its own"
    assert held.take("a", 6, 1009.9).retry_in == 1
    assert held.take("a", 6, 1010.0) == Taken(0, 60, 0)
    assert held.take("a", 6, 1065.0) == Taken(4, 15, 0), "five came back, of which this is one"
    assert held.take("a", 6, 9999.0) == Taken(5, 10, 0), "and never more than all"


def test_processes_share_what_is_used() -> None:
    with tempfile.TemporaryFile() as file:
        one = Buckets(file.fileno())
        other = Buckets(os.dup(file.fileno()))
        assert [held.take("a", 3, 5.0).remaining for held in (one, other, one)] == [2, 1, 0]
        assert other.take("a", 3, 5.0).retry_in == 20


def test_memory_is_bounded_and_who_used_most_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "_SETS", 1)
    held = Buckets()
    for _ in range(6):
        held.take("busy", 6, 1000.0)
    for number in range(1000):
        assert held.take(f"passer-by {number}", 6, 1000.0).retry_in == 0
    assert held.take("busy", 6, 1000.0).retry_in == 10
    assert buckets.SIZE < 2**20


@pytest.mark.parametrize(
    ("client", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_whom_an_address_stands_for(client: str, network: str) -> None:
    assert _network(client) == network


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings.load(data=tmp_path / "pool", rate_per_address=5, rate_per_key=3)
    with Client(create_app(settings, Rooms)) as client:
        yield client


def test_too_many_from_one_address_are_told_when_to_come_back(limited: TestClient) -> None:
    for left in (4, 3, 2, 1, 0):
        answer = limited.get("/v1/profiles")
        assert answer.status_code == 200
        assert answer.headers["ratelimit-policy"] == '"address";q=5;w=60, "key";q=3;w=60'
        assert answer.headers["ratelimit"].startswith(f'"address";r={left};t=')
    for path in ("/v1/profiles", "/", "/nowhere", "/static/pages.css"):
        answer = limited.get(path)
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "12"), path
        assert answer.headers["ratelimit"].startswith('"address";r=0;t=')
    answer = limited.get("/v1/profiles")
    assert answer.json()["type"] == "urn:recommender:problem:too-many-requests"
    assert answer.headers["content-type"] == "application/problem+json"
    for path in ("/healthz", "/readyz"):
        answer = limited.get(path)
        assert answer.status_code == 200
        assert "ratelimit" not in answer.headers


def test_too_many_with_one_key(tmp_path: Path) -> None:
    made = Guarded(tmp_path, rate_per_key=3)
    with made.client as client:
        one, other = made.key("read"), made.key("read")
        assert [client.get("/v1/profiles", headers=one).status_code for _ in range(4)] == [200, 200, 200, 429]
        answer = client.get("/v1/profiles", headers=one)
        assert answer.headers["ratelimit"].startswith('"key";r=0;t=')
        assert int(answer.headers["retry-after"]) == 20
        assert client.get("/v1/profiles", headers=other).status_code == 200
        assert client.get("/v1/profiles").status_code == 401
        assert client.put("/v1/profiles/x", headers=other).status_code == 403
        assert client.get("/v1/profiles", headers=other).status_code == 200
        assert client.get("/v1/profiles", headers=other).status_code == 429, "what was refused counted too"


def test_who_tries_keys_is_held_up(limited: TestClient, tmp_path: Path) -> None:
    KeyFile(tmp_path / "pool.access").create(frozenset(), datetime.now(UTC), None, None, None)
    time.sleep(0.3)
    tried = [limited.get("/v1/profiles", headers={"x-api-key": f"rk_{n:08x}_{'a' * 43}"}) for n in range(6)]
    assert [answer.status_code for answer in tried] == [401] * 5 + [429]


def test_there_is_no_limit_on_loopback_and_a_usual_one_elsewhere(filled: TestClient) -> None:
    assert "ratelimit" not in filled.get("/v1/profiles").headers
    for settings, policy in (
        ({}, ""),
        ({"host": "0.0.0.0"}, '"address";q=6000;w=60, "key";q=6000;w=60'),
        ({"host": "0.0.0.0", "rate_per_address": 0}, '"key";q=6000;w=60'),
    ):
        assert Rates(Settings.load(**settings), Buckets())._policy == policy
