"""Profiles linked as one person, over HTTP and on pages."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import msgspec
from fastapi.testclient import TestClient

from recommender.collection import LocalCollection
from recommender.profile import profile_to_json
from tests.service.people import ADA, engineer


def test_a_person_takes_one_place_and_each_profile_names_the_others(client: TestClient, tmp_path: Path) -> None:
    for profile_id in ("ada", "ada-2019"):
        client.put(f"/v1/profiles/{profile_id}", content=profile_to_json(msgspec.structs.replace(ADA, id=profile_id)))
    client.put("/v1/profiles/ben", content=profile_to_json(msgspec.structs.replace(engineer(1), id="ben")))
    assert client.get("/v1/profiles/ada/linked").json()["profile_ids"] == ["ada"]
    assert client.post("/v1/count", json={}).json()["count"] == 3
    with closing(LocalCollection(tmp_path / "pool")) as pool:
        pool.link([["ada", "ada-2019"]])
    assert client.post("/v1/count", json={}).json()["count"] == 2
    for profile_id in ("ada", "ada-2019"):
        assert client.get(f"/v1/profiles/{profile_id}/linked").json()["profile_ids"] == ["ada", "ada-2019"]
        answer = client.get(f"/v1/profiles/{profile_id}/similar").json()
        assert [match["profile_id"] for match in answer["matches"]] == ["ben"]
    assert 'href="/profiles/ada-2019"' in client.get("/profiles/ada").text
    page = client.get("/profiles/ada-2019").text
    assert "Counted and found as the same person's other profile" in page.replace("&#39;", "'")
    assert 'href="/profiles/ada"' in page
    assert [one["id"] for one in client.get("/v1/profiles").json()["profiles"]] == ["ada", "ben"]
    assert client.get("/v1/profiles/nobody/linked").status_code == 404
