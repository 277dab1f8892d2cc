"""HEAD, OPTIONS and what is not taken."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

GETS = (
    *("/healthz", "/readyz", "/metrics", "/", "/profiles", "/profiles/ada", "/match", "/docs", "/openapi.json"),
    *("/v1/profiles", "/v1/profiles/ada", "/v1/profiles/ada/similar", "/static/pages.css"),
)


@pytest.mark.parametrize("path", [path for path in GETS if path != "/metrics"])
def test_head_is_get_without_the_body(filled: TestClient, path: str) -> None:
    got, headed = (filled.request(method, path, headers={"x-request-id": "one"}) for method in ("GET", "HEAD"))
    assert (headed.status_code, headed.content) == (200, b"")
    assert headed.headers == got.headers


@pytest.mark.parametrize("path", GETS)
def test_what_is_got_says_so_where_it_is_asked_otherwise(filled: TestClient, path: str) -> None:
    answer = filled.request("PATCH", path)
    assert answer.status_code == 405
    allowed = answer.headers["allow"].split(", ")
    assert {"GET", "HEAD"} <= set(allowed)
    assert "PATCH" not in allowed


def test_allow_names_all_that_a_path_takes(filled: TestClient) -> None:
    for path, allowed in {
        "/v1/profiles/ada": "DELETE, GET, HEAD, OPTIONS, PUT",
        "/v1/profiles": "GET, HEAD, OPTIONS, POST",
        "/v1/profiles/ada/similar": "GET, HEAD, OPTIONS",
        "/v1/similar": "OPTIONS, POST",
        "/match": "GET, HEAD, OPTIONS, POST",
    }.items():
        asked, refused = filled.options(path), filled.request("PATCH", path)
        assert (asked.status_code, asked.headers["allow"]) == (204, allowed)
        assert (refused.status_code, refused.headers["allow"]) == (405, allowed)
    assert filled.head("/v1/similar").status_code == 405
    assert filled.options("/nowhere").status_code == 404


def test_head_of_nobody_is_a_404(filled: TestClient) -> None:
    assert filled.head("/v1/profiles/nobody").status_code == 404


def test_no_id_is_what_another_route_says(client: TestClient) -> None:
    """Nothing can be stored where a GET would be another question."""
    for path, status in (("/v1/profiles/", 404), ("/v1/profiles/a/similar", 405), ("/v1/profiles/a%0A", 404)):
        assert client.put(path, json={"title": "Nurse"}).status_code == status, path
        assert client.delete(path).status_code == status, path
    assert client.post("/v1/count", json={}).json()["count"] == 0
    assert client.put("/v1/profiles/ward/a", json={"title": "Nurse"}).status_code == 201
    assert client.get("/v1/profiles/ward/a/similar").status_code == 200


def test_what_is_measured_of_head_has_its_route(client: TestClient) -> None:
    client.head("/healthz")
    assert 'recommender_requests_total{method="HEAD",route="/healthz",status="200"} 1.0' in client.get("/metrics").text
