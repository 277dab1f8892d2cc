"""Requests that were not meant for this service, or that a page of another site had a browser send."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from recommender.service import create_app
from recommender.service.asgi.sites import Authority, Sites
from recommender.settings import Settings
from tests.service.people import Client, Rooms

NURSE = {"name": "Mira Fenwick", "title": "Nurse"}


def asked(client: TestClient, **headers: str) -> int:
    return client.get("/v1/profiles", headers=headers).status_code


def taken(asked: str, **settings: object) -> bool:
    """Whether a service with these settings takes a request to this host."""
    scope = {"type": "http", "method": "GET", "http_version": "1.1", "headers": [(b"host", asked.encode())]}
    try:
        Sites(Settings.load(**settings)).check(scope)
    except Exception:
        return False
    return True


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "LOCALHOST:1", "127.0.0.1:8000", "[::1]:8000", "[::1]", "localhost."]
)
def test_this_machine_is_asked_by_its_loopback_names_on_any_port(host: str) -> None:
    assert taken(host)


@pytest.mark.parametrize(
    "host",
    [
        *("rebound.example", "localhost.rebound.example", "127.0.0.1.rebound.example:8000", "203.0.113.9", "127.0.0.2"),
        *("", "localhost:80:80", "user@localhost", "localhost/x", "localhost,localhost", "[::1", "[rebound.example]"),
    ],
)
def test_another_host_is_refused(host: str) -> None:
    assert not taken(host)


def test_names_are_added_by_setting_and_by_listening_on_them() -> None:
    assert taken("people.intra.example:8443", allowed_hosts="talent.example, People.Intra.example")
    assert not taken("rebound.example", allowed_hosts="talent.example")
    assert taken("anything.example", allowed_hosts=("*",))
    assert taken("192.0.2.7:8000", host="192.0.2.7")
    assert taken("[2001:db8::7]:8000", host="2001:db8::7")


def test_who_listens_everywhere_is_asked_by_any_address_and_not_by_any_name() -> None:
    assert taken("192.0.2.7:8000", host="0.0.0.0")
    assert taken("[2001:db8::7]", host="::")
    assert not taken("rebound.example", host="0.0.0.0")


def test_a_foreign_host_is_one_clear_line(filled: TestClient) -> None:
    answer = filled.get("/v1/profiles/ada", headers={"host": "rebound.example:8000"})
    assert answer.status_code == 421
    assert answer.headers["content-type"] == "application/problem+json"
    assert "'rebound.example'" in answer.json()["detail"]
    assert "allowed_hosts" in answer.json()["detail"]
    assert "Ada" not in answer.text
    assert filled.get("/profiles/ada", headers={"host": "rebound.example"}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://other.example"},
        {"origin": "http://localhost:3000"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://localhost:3000"},
        {"sec-fetch-site": "cross-site", "origin": "http://localhost"},
    ],
)
def test_a_page_of_another_site_changes_and_asks_nothing(client: TestClient, headers: dict[str, str]) -> None:
    client.put("/v1/profiles/mira", json=NURSE)
    text = headers | {"content-type": "text/plain"}
    for answer in (
        client.post("/v1/profiles", content=b'{"id": "planted", "title": "Nurse"}', headers=text),
        client.post("/v1/profiles", json=NURSE, headers=headers),
        client.put("/v1/profiles/mira", json={"title": "Overwritten"}, headers=headers),
        client.delete("/v1/profiles/mira", headers=headers),
        client.post("/v1/count", json={}, headers=headers),
        client.post("/match", data={"text": "nurse", "kind": "text"}, headers=headers),
    ):
        assert answer.status_code == 403, answer.request.url
        assert "another site" in answer.text
    assert client.get("/v1/profiles", headers=headers).json()["count"] == 1
    assert client.get("/v1/profiles/mira").json()["title"] == "Nurse"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://localhost"},
        {"origin": "http://LOCALHOST:80"},
        {"sec-fetch-site": "same-origin", "origin": "http://localhost"},
        # behind a proxy that gives its own Host, the browser still says that the page is ours
        {"sec-fetch-site": "same-origin", "origin": "https://people.example"},
        {"sec-fetch-site": "none"},
    ],
)
def test_programs_and_our_own_pages_change_what_they_like(client: TestClient, headers: dict[str, str]) -> None:
    assert client.put("/v1/profiles/mira", json=NURSE, headers=headers).status_code == 201
    assert client.post("/match", data={"text": "nurse", "kind": "text"}, headers=headers).status_code == 200


def test_two_hosts_or_none_are_refused_but_for_a_plain_probe(filled: TestClient) -> None:
    sites = Sites(Settings.load())
    scope = {"type": "http", "method": "GET", "http_version": "1.0", "headers": []}
    sites.check(scope)
    assert filled.get("/healthz", headers=[("host", "localhost"), ("host", "localhost")]).status_code == 400


def test_an_authority_is_a_host_and_a_port() -> None:
    assert Authority.read("[::1]:80") == ("::1", 80)
    assert Authority.read("Talent.Example.") == ("talent.example", None)
    assert Authority.read("a" * 300) is None


def test_people_are_kept_in_no_shared_cache(filled: TestClient) -> None:
    for path in ("/", "/profiles", "/v1/profiles/ada", "/v1/profiles/nobody", "/v1/profiles/ada/similar"):
        assert filled.get(path).headers["cache-control"] == "private, no-cache", path
    assert filled.get("/static/pages.css").headers["cache-control"] == "no-cache", "of nobody; asked for again"


def test_what_a_proxy_says_is_believed_of_trusted_ones_alone(tmp_path: Path) -> None:
    """The test client asks from an address that is none, "testclient"."""
    said = {"x-forwarded-host": "rebound.example", "x-forwarded-prefix": "/elsewhere"}
    with Client(create_app(Settings.load(data=tmp_path, trusted_proxies="10.0.0.0/8"), Rooms)) as client:
        assert asked(client, **said) == 200
        assert "/elsewhere" not in client.get("/profiles", headers=said).text
    with Client(create_app(Settings.load(data=tmp_path, trusted_proxies="*"), Rooms)) as client:
        assert asked(client, **said) == 421
        assert asked(client, host="upstream.example", **{"x-forwarded-host": "localhost"}) == 200
