"""Counts and facets over HTTP against counts by hand over the same profiles."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.service.people import POOL


def test_count(filled: TestClient) -> None:
    assert filled.post("/v1/count", json={}).json() == {"count": len(POOL), "generation": len(POOL)}
    assert filled.post("/v1/count", content=b"").json()["count"] == len(POOL)
    of_ten = sum(1 for profile in POOL if 10 <= (profile.years_of_experience or 0) <= 12)
    assert filled.post("/v1/count", json={"where": {"years": {"min": 10, "max": 12}}}).json()["count"] == of_ten


def test_facets_count_those_who_qualify(filled: TestClient) -> None:
    body = filled.post(
        "/v1/facets", json={"where": {"location": ["Germany"]}, "fields": ["seniority", "skill"], "limit": 2}
    ).json()
    senior = sum(1 for p in POOL if p.location == "Berlin, Germany" and (p.title or "").startswith("Senior"))
    assert body["count"] == 52
    assert list(body["facets"]) == ["seniority", "skill"]
    assert {"value": "senior", "count": senior} in filled.post(
        "/v1/facets", json={"where": {"location": ["Germany"]}, "fields": ["seniority"]}
    ).json()["facets"]["seniority"]
    assert body["facets"]["skill"] == [
        {"value": "Distributed Systems", "count": 52},
        {"value": "Kafka", "count": 52},
    ]


@pytest.mark.parametrize(
    ("path", "body", "named"),
    [
        ("/v1/count", {"where": {"colour": []}}, "colour"),
        ("/v1/count", {"were": {}}, "were"),
        ("/v1/facets", {"fields": ["shoe size"]}, "shoe size"),
        ("/v1/facets", {"limit": 0}, "limit"),
        ("/v1/facets", {"limit": 10_000}, "limit"),
    ],
)
def test_what_cannot_be_counted(filled: TestClient, path: str, body: dict[str, object], named: str) -> None:
    answer = filled.post(path, json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert named in answer.json()["detail"]
