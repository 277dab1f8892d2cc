"""Static files: kept for good under the hash of what they hold, and asked for anew under any other address."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from recommender.service.pages.assets import asset


def test_an_address_names_what_the_file_holds() -> None:
    assert re.fullmatch(r"/static/pages\.css\?v=[0-9a-f]{12}", asset("pages.css"))
    assert asset("pages.css")[-12:] != asset("pages.js")[-12:]
    with pytest.raises(FileNotFoundError):
        asset("nothing.css")


def test_only_a_file_asked_for_by_its_hash_is_kept_for_good(client: TestClient) -> None:
    def kept(url: str) -> str:
        return client.get(url).headers["cache-control"]

    assert kept(asset("pages.css")) == "public, max-age=31536000, immutable"
    assert kept("/static/pages.css") == "no-cache"
    assert kept("/static/pages.css?v=000000000000") == "no-cache"


def test_every_page_asks_for_its_files_by_their_hash(client: TestClient) -> None:
    page = client.get("/").text
    asked = re.findall(r'(?:href|src)="(/static/[^"#]+)', page)
    assert len(asked) >= 4
    assert all("?v=" in one for one in asked)
