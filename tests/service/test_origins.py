"""Pages of other sites that may call the service from a browser, and those that may not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from recommender.errors import SettingsError
from recommender.service import create_app
from recommender.service.asgi.origins import Origins
from recommender.settings import Settings
from tests.service.guarded import OWN, Guarded
from tests.service.people import Client, Rooms

TALENT, OTHER = "https://talent.example", "https://other.example"
ASKS = {"access-control-request-method": "PUT", "access-control-request-headers": "authorization"}


@pytest.fixture
def open_to_one(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings.load(data=tmp_path / "pool", allowed_origins=f"{TALENT}, http://localhost:3000")
    with Client(create_app(settings, Rooms)) as client:
        yield client


def allowed(
    client: TestClient, origin: str, method: str = "GET", path: str = "/v1/profiles", **more: str
) -> str | None:
    answer = client.request(method, path, headers={"origin": origin, **more})
    found: str | None = answer.headers.get("access-control-allow-origin")
    return found


def test_without_the_setting_no_page_of_another_site_is_let_in(filled: TestClient) -> None:
    for origin in (TALENT, "http://localhost:3000", "null"):
        for answer in (
            filled.get("/v1/profiles", headers={"origin": origin}),
            filled.options("/v1/profiles/ada", headers={"origin": origin} | ASKS),
        ):
            assert not [name for name in answer.headers if name.startswith("access-control")]
            assert "vary" not in answer.headers or "origin" not in answer.headers["vary"].lower()


def test_a_page_of_a_named_origin_asks_reads_and_stores(open_to_one: TestClient) -> None:
    headers = {"origin": TALENT, "sec-fetch-site": "cross-site"}
    stored = open_to_one.put("/v1/profiles/a", json={"title": "Nurse"}, headers=headers)
    assert stored.status_code == 201
    for answer in (stored, open_to_one.get("/v1/profiles/a", headers=headers), open_to_one.get("/no", headers=headers)):
        assert answer.headers["access-control-allow-origin"] == TALENT
        assert "x-request-id" in answer.headers["access-control-expose-headers"]
        assert "origin" in answer.headers["vary"].lower()
        assert "access-control-allow-credentials" not in answer.headers
    assert allowed(open_to_one, "http://localhost:3000") == "http://localhost:3000"


@pytest.mark.parametrize(
    "origin", [OTHER, "http://talent.example", "https://talent.example:444", f"{TALENT}.other.example", "null", ""]
)
def test_another_origin_is_let_in_no_more_than_before(open_to_one: TestClient, origin: str) -> None:
    assert allowed(open_to_one, origin) is None
    headers = {"origin": origin, "sec-fetch-site": "cross-site"}
    assert open_to_one.put("/v1/profiles/a", json={"title": "Nurse"}, headers=headers).status_code == 403
    answer = open_to_one.options("/v1/profiles/a", headers={"origin": origin} | ASKS)
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert "origin" in answer.headers["vary"].lower(), "what is kept of it is not for others"


def test_a_browser_is_told_beforehand_what_may_be_sent(open_to_one: TestClient) -> None:
    answer = open_to_one.options("/v1/profiles/a", headers={"origin": TALENT} | ASKS)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == TALENT
    assert answer.headers["access-control-allow-methods"] == "DELETE, GET, HEAD, OPTIONS, PUT"
    assert {"authorization", "x-api-key", "content-type"} <= set(
        answer.headers["access-control-allow-headers"].split(", ")
    )
    assert "authorization" in answer.headers["access-control-allow-headers"]
    assert int(answer.headers["access-control-max-age"]) > 0
    plain = open_to_one.options("/v1/profiles/a", headers={"origin": TALENT})
    assert plain.headers["allow"] == "DELETE, GET, HEAD, OPTIONS, PUT"


def test_with_keys_such_a_page_asks_with_one_and_never_by_a_session(tmp_path: Path) -> None:
    made = Guarded(tmp_path, allowed_origins=(TALENT,))
    with made.client as client:
        key = made.key("read", "write")
        headers = {"origin": TALENT, "sec-fetch-site": "same-site"}
        assert client.options("/v1/profiles/ada", headers=headers | ASKS).status_code == 204, "a preflight has no key"
        answer = client.get("/v1/profiles/ada", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["access-control-allow-origin"] == TALENT, "so that the page can read why"
        assert client.get("/v1/profiles/ada", headers=headers | key).status_code == 200
        text = key["authorization"].split()[1]
        client.post("/sign-in", data={"key": text}, headers=OWN, follow_redirects=False)
        assert client.get("/v1/profiles/ada", headers=OWN).status_code == 200
        assert client.get("/v1/profiles/ada", headers=headers).status_code == 401
        assert client.delete("/v1/profiles/ada", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "text", ["*", "talent.example", "https://talent.example/", "https://*.example", "ftp://x", "null"]
)
def test_what_is_no_origin_is_a_setting_that_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="setting allowed_origins: .* is no origin; give some as https"):
        Origins(Settings.load(allowed_origins=(text,)))
