"""The service shown under a path: every link, form and file stays under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from recommender.errors import SettingsError
from recommender.profile import profile_to_json
from recommender.service import create_app
from recommender.service.asgi.proxies import Proxies
from recommender.settings import Settings
from tests.service.people import ADA, Client, Rooms, engineer

PATHS = (
    *("/", "/profiles", "/profiles/ada", "/profiles/nobody", "/match", "/docs"),
    *("/shortlist?id=ada&id=eng-001", "/compare?id=ada&id=eng-001", "/compare?id=ada"),
)
PAGE = {"accept": "text/html"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with Client(create_app(Settings.load(data=tmp_path, root_path="people/"), Rooms)) as client:
        for person in (ADA, engineer(1), engineer(2)):
            assert client.put(f"/v1/profiles/{person.id}", content=profile_to_json(person)).status_code == 201
        yield client


def links(page: str) -> list[str]:
    return re.findall(r'(?:href|src|action)="(/[^"]*)"', page)


@pytest.mark.parametrize("path", PATHS)
def test_pages_link_below_the_root_path_alone(client: TestClient, path: str) -> None:
    found = links(client.get(path, headers=PAGE).text)
    assert len(found) >= 4
    assert [link for link in found if not link.startswith("/people/")] == []


def test_a_table_of_people_names_their_pages_below_the_root_path(client: TestClient) -> None:
    (ada,) = client.get("/people/shortlist.json?id=ada").json()["people"]
    assert ada["profile"] == "http://localhost/people/profiles/ada"


def test_a_proxy_may_take_the_path_away_or_leave_it(client: TestClient) -> None:
    for path in ("/profiles/ada", "/static/pages.css", "/v1/profiles/ada", "/openapi.json", "/healthz"):
        assert client.get("/people" + path).content == client.get(path).content, path
    assert client.get("/people").status_code == 200
    assert client.get("/people/static/nothing.css", headers=PAGE).status_code == 404


def test_links_lead_somewhere(client: TestClient) -> None:
    for path in PATHS:
        for link in links(client.get(path, headers=PAGE).text):
            assert client.get(link.partition("#")[0].replace("&amp;", "&")).status_code == 200, link


def test_the_document_names_its_server_and_what_is_stored_its_place(client: TestClient) -> None:
    assert client.get("/openapi.json").json()["servers"] == [{"url": "/people"}]
    # relative to /people/docs
    assert 'url: "openapi.json"' in client.get("/static/docs.js").text
    answer = client.post("/v1/profiles", json={"id": "zed", "title": "Nurse"})
    assert answer.headers["location"] == "/people/v1/profiles/zed"
    assert client.head("/people/v1/profiles/zed").status_code == 200
    assert client.options("/people/v1/count").headers["allow"] == "OPTIONS, POST"


def test_a_trusted_proxy_names_the_path_and_anybody_else_does_not(tmp_path: Path) -> None:
    for trusted, expected in (("*", "/elsewhere/"), ("", "/")):
        settings = Settings.load(data=tmp_path / trusted.strip("*"), trusted_proxies=trusted)
        with Client(create_app(settings, Rooms)) as client:
            for said in ("/elsewhere", "/elsewhere/"):
                found = links(client.get("/match", headers={"x-forwarded-prefix": said}).text)
                assert all(link.startswith(expected) and not link.startswith("//") for link in found)
            for odd in ("//rebound.example", 'x"><script>', "/a b", "http://rebound.example"):
                found = links(client.get("/match", headers={"x-forwarded-prefix": odd}).text)
                assert "/match#results" in found


@pytest.mark.parametrize(("given", "path"), [("", ""), ("/", ""), ("people", "/people"), ("/a/b-c/", "/a/b-c")])
def test_a_root_path_is_written_in_any_way(given: str, path: str) -> None:
    assert Settings.load(root_path=given).root_path == path


def test_what_is_no_path_and_no_address_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="setting root_path"):
        Settings.load(root_path="/a b")
    with pytest.raises(SettingsError, match="trusted_proxies: 'proxy' is no address"):
        create_app(Settings.load(data=tmp_path, trusted_proxies="10.0.0.1, proxy"))


@pytest.mark.parametrize(
    ("trusted", "forwarded", "client"),
    [
        (("127.0.0.1",), "203.0.113.9", "203.0.113.9"),
        (("127.0.0.1",), "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # what stands before, anybody may have written
        (("127.0.0.1", "10.0.0.0/8"), "203.0.113.9, 10.0.0.2, 10.0.0.3", "203.0.113.9"),
        (("127.0.0.1",), "203.0.113.9, nonsense", "127.0.0.1"),
        (("127.0.0.1",), "", "127.0.0.1"),
        (("*",), "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ((), "203.0.113.9", "127.0.0.1"),
    ],
)
def test_a_client_s_address_is_the_last_that_no_trusted_proxy_has(
    trusted: tuple[str, ...], forwarded: str, client: str
) -> None:
    headers = [(b"x-forwarded-for", forwarded.encode()), (b"x-forwarded-proto", b"https")]
    scope = {"type": "http", "path": "/", "client": ("127.0.0.1", 9), "headers": headers, "scheme": "http"}
    Proxies(Settings.load(trusted_proxies=trusted)).apply(scope)
    assert scope["client"][0] == client
    assert scope["scheme"] == ("https" if trusted else "http")
