"""`GET /v1/suggest` over the pool of the other tests."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.service.people import ADA, POOL


@pytest.mark.parametrize("typed", ["ada", "quill", "Quill, Ada", "quil ada", "ada qulil", "ÁDA QUI", "adaquill"])
def test_a_person_is_found_by_name(filled: TestClient, typed: str) -> None:
    answer = filled.get("/v1/suggest", params={"q": typed, "kind": "name"}).json()
    assert answer["suggestions"][0] == {"kind": "name", "value": ADA.name, "count": 1, "profile_ids": ["ada"]}
    assert answer["generation"] == len(POOL)


def test_kinds_come_together_with_exact_counts(filled: TestClient) -> None:
    found = filled.get("/v1/suggest", params={"q": "kafak"}).json()["suggestions"]
    counted = filled.post("/v1/count", json={"where": {"skills_all": ["Kafka"]}}).json()["count"]
    assert {"kind": "skill", "value": "Kafka", "count": counted, "profile_ids": []} in found
    places = filled.get("/v1/suggest?q=ger&kind=place&kind=skill&limit=1").json()["suggestions"]
    counted = filled.post("/v1/count", json={"where": {"location": ["Germany"]}}).json()["count"]
    assert places == [{"kind": "place", "value": "germany", "count": counted, "profile_ids": []}]


def test_nothing_typed_suggests_nothing(filled: TestClient) -> None:
    assert filled.get("/v1/suggest?q=").json()["suggestions"] == []


@pytest.mark.parametrize(
    ("query", "named"), [("", "q"), ("q=a&kind=salary", "kind"), ("q=a&limit=0", "limit"), ("q=a&colour=red", "colour")]
)
def test_what_cannot_be_asked_is_named(filled: TestClient, query: str, named: str) -> None:
    answer = filled.get(f"/v1/suggest?{query}")
    assert answer.status_code == 422
    assert named in answer.json()["detail"]
