"""Signing in to the pages: what the browser keeps, how long, and who cannot make use of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recommender.keys import KeyFile, Scope
from recommender.service import create_app
from recommender.service.access.admission import COOKIE
from recommender.settings import Settings
from tests.service.guarded import OWN, PAGE, Guarded
from tests.service.people import ADA, Client, Rooms


def sign_in(guarded: Guarded, *scopes: str, **more: Any) -> Any:
    """The answer to a new key with these scopes."""
    text = guarded.key(*scopes)["authorization"].split()[1]
    form = {"key": text, "after": "/profiles?skill=Kafka"} | more.pop("form", {})
    return guarded.client.post("/sign-in", data=form, headers=OWN, follow_redirects=False, **more)


def test_a_page_without_a_right_is_where_a_key_is_given(guarded: Guarded) -> None:
    guarded.key("read")
    page = guarded.client.get("/sign-in")
    assert (page.status_code, 'type="password"' in page.text) == (200, True)
    time.sleep(0.3)
    page = guarded.client.get("/profiles?skill=Kafka", headers=PAGE)
    assert page.status_code == 401
    assert 'value="/profiles?skill=Kafka"' in page.text
    assert "Ada" not in page.text


def test_the_browser_keeps_a_session_and_not_the_key(guarded: Guarded) -> None:
    answer = sign_in(guarded, "read")
    assert (answer.status_code, answer.headers["location"]) == (303, "/profiles?skill=Kafka")
    (cookie,) = SimpleCookie(answer.headers["set-cookie"]).values()
    assert cookie.key == COOKIE
    assert "rk_" not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (True, "strict", "/", "")
    assert int(cookie["max-age"]) == 12 * 3600 - 1 or int(cookie["max-age"]) == 12 * 3600
    page = guarded.client.get("/profiles/ada", headers=PAGE)
    assert page.status_code == 200
    assert "Sign out" in page.text
    assert guarded.client.get("/v1/profiles/ada").status_code == 200, "the pages' own scripts ask with it too"
    assert guarded.client.delete("/v1/profiles/ada", headers=OWN).status_code == 403, "it opens what the key does"


def test_signing_out_ends_it_also_for_who_copied_it(guarded: Guarded) -> None:
    sign_in(guarded, "read")
    copied = dict(guarded.client.cookies)
    answer = guarded.client.post("/sign-out", headers=OWN, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert dict(guarded.client.cookies) == {}
    time.sleep(0.3)
    guarded.client.cookies.update(copied)
    assert guarded.client.get("/profiles").status_code == 401


def test_a_session_ends_with_its_key(guarded: Guarded) -> None:
    sign_in(guarded, "read")
    assert guarded.client.get("/profiles").status_code == 200
    for key in guarded.file.listing():
        guarded.file.revoke(key.id, datetime.now(UTC))
    time.sleep(0.3)
    assert guarded.client.get("/profiles").status_code == 401


def test_a_wrong_key_opens_nothing(guarded: Guarded) -> None:
    guarded.key("read")
    for form in ({"key": "rk_00000000_" + "a" * 43}, {"key": ""}, {}, {str(n): "x" for n in range(20)}):
        answer = guarded.client.post("/sign-in", data=form, headers=OWN | PAGE)
        assert answer.status_code == 401
        assert "give another" in answer.text
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://other.example"}])
def test_a_page_of_another_site_neither_signs_in_nor_makes_use_of_a_session(
    guarded: Guarded,
    headers: dict[str, str],
) -> None:
    sign_in(guarded, "read", "write")
    assert guarded.client.delete("/v1/profiles/ada", headers=headers).status_code == 403
    assert guarded.client.post("/sign-in", data={"key": "x"}, headers=headers).status_code == 403
    assert guarded.client.post("/sign-out", headers=headers).status_code == 403
    assert guarded.client.get("/v1/profiles/ada", headers=headers).status_code == 401, "no session of a foreign page"
    assert guarded.client.get("/v1/profiles/ada").status_code == 200


def test_a_browser_that_does_not_say_where_it_comes_from_changes_nothing_by_a_session(
    guarded: Guarded,
) -> None:
    sign_in(guarded, "read", "write")
    assert guarded.client.delete("/v1/profiles/ada").status_code == 401
    assert guarded.client.delete("/v1/profiles/ada", headers=OWN).status_code == 204


@pytest.mark.parametrize(
    "after", ["https://other.example/", "//other.example", "/\\other.example", "/a\r\nset-cookie: x=y", "é", ""]
)
def test_signing_in_leads_nowhere_else(guarded: Guarded, after: str) -> None:
    assert sign_in(guarded, "read", form={"after": after}).headers["location"] == "/"


@pytest.fixture
def proxied(tmp_path: Path) -> Iterator[TestClient]:
    """Behind a proxy that speaks https and shows the service under a path."""
    settings = Settings.load(
        data=tmp_path / "pool", root_path="/people", trusted_proxies=("*",), allowed_hosts=("people.example",)
    )
    with Rooms(settings) as recommender:
        list(recommender.ingest([ADA]))
    with Client(create_app(settings, Rooms)) as client:
        yield client


def test_behind_a_proxy_the_cookie_is_for_https_and_for_the_path_alone(proxied: TestClient, tmp_path: Path) -> None:
    read = frozenset({Scope.READ})
    _, text = KeyFile(tmp_path / "pool.access").create(read, datetime.now(UTC), None, None, None)
    headers = {"x-forwarded-proto": "https", "x-forwarded-host": "people.example", "origin": "https://people.example"}
    form = {"key": text, "after": "/people/profiles"}
    answer = proxied.post("/sign-in", data=form, headers=headers, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/people/profiles")
    (cookie,) = SimpleCookie(answer.headers["set-cookie"]).values()
    assert (cookie["secure"], cookie["path"]) == (True, "/people/")
    elsewhere = proxied.post("/sign-in", data=form | {"after": "/other"}, headers=headers, follow_redirects=False)
    assert elsewhere.headers["location"] == "/people/"
