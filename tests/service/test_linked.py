"""Profiles linked as one person, over HTTP and on pages."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from fastapi.testclient import TestClient

from recommender.collection import LocalCollection
from recommender.profile import profile_to_json
from tests.service.guarded import Guarded
from tests.service.people import ADA, engineer
from tests.service.test_pages import seen


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


@pytest.fixture
def three(client: TestClient) -> TestClient:
    """Three of Ada's profiles, and Ben's."""
    for profile_id in ("ada", "ada-2019", "ada/old"):
        client.put(f"/v1/profiles/{profile_id}", content=profile_to_json(msgspec.structs.replace(ADA, id=profile_id)))
    client.put("/v1/profiles/ben", content=profile_to_json(msgspec.structs.replace(engineer(1), id="ben")))
    return client


def linked(client: TestClient, profile_id: str) -> list[str]:
    ids: list[str] = client.get(f"/v1/profiles/{profile_id}/linked").json()["profile_ids"]
    return ids


def test_profiles_are_linked_and_taken_apart_over_http(three: TestClient, tmp_path: Path) -> None:
    answer = three.post("/v1/profiles/ada/linked", json={"profile_ids": ["ada-2019", "ada/old"]})
    assert (answer.status_code, answer.json()["profile_ids"]) == (200, ["ada", "ada-2019", "ada/old"])
    assert three.post("/v1/count", json={}).json()["count"] == 2
    assert three.delete("/v1/profiles/ada/linked/ada/old").status_code == 204
    assert linked(three, "ada/old") == ["ada/old"]
    assert three.delete("/v1/profiles/ada-2019/linked/ada").status_code == 204
    assert linked(three, "ada-2019") == ["ada-2019"]
    assert three.post("/v1/count", json={}).json()["count"] == 4
    with closing(LocalCollection(tmp_path / "pool")) as pool, pool.view() as view:
        assert view.kept_apart() == {("ada", "ada/old"), ("ada-2019", "ada/old"), ("ada", "ada-2019")}
    again = three.post("/v1/profiles/ada-2019/linked", json={"profile_ids": ["ada"]})
    assert again.json()["profile_ids"] == ["ada-2019", "ada"]


@pytest.mark.parametrize(
    ("path", "body", "status", "kind", "said"),
    [
        ("ada/linked", {"profile_ids": ["nobody"]}, 404, "profile-not-found", "nobody"),
        ("nobody/linked", {"profile_ids": ["ada"]}, 404, "profile-not-found", "nobody"),
        ("ada/linked", {"profile_ids": []}, 422, "not-a-question", "give one id or more"),
        ("ada/linked", {"profile_ids": ["ben"] * 1001}, 422, "not-a-question", "at most 1000"),
        ("ada/linked", {"ids": ["ben"]}, 422, "not-a-question", "ids"),
        ("ada/linked/ben", None, 404, "not-linked", "'ben' is not linked with 'ada'"),
        ("ada/linked/ada", None, 404, "not-linked", "'ada' is not linked with 'ada'"),
        ("ada/linked/nobody", None, 404, "not-linked", "'nobody'"),
        ("nobody/linked/ada", None, 404, "profile-not-found", "nobody"),
    ],
)
def test_what_cannot_be_linked_or_taken_apart_is_said(
    three: TestClient, path: str, body: object, status: int, kind: str, said: str
) -> None:
    address = f"/v1/profiles/{path}"
    answer = three.post(address, json=body) if body else three.delete(address)
    problem = answer.json()
    assert (answer.status_code, problem["type"].rpartition(":")[2]) == (status, kind)
    assert said in problem["detail"]
    assert three.post("/v1/count", json={}).json()["count"] == 4


def test_somebody_is_taken_apart_by_a_form_of_the_page(three: TestClient) -> None:
    three.post("/v1/profiles/ada/linked", json={"profile_ids": ["ada-2019", "ada/old"]})
    (button,) = (one for one in seen(three, "/profiles/ada").all("button") if one.get("value") == "ada/old")
    assert button["name"] == "profile"
    assert "/unlink/ada" in [form.get("action") for form in seen(three, "/profiles/ada").all("form")]
    foreign = {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}
    assert three.post("/unlink/ada", data={"profile": "ada/old"}, headers=foreign).status_code == 403
    answer = three.post("/unlink/ada", data={"profile": "ada/old"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/profiles/ada")
    assert linked(three, "ada") == ["ada", "ada-2019"]
    assert three.post("/unlink/ada", data={"profile": "ada/old"}).status_code == 404
    assert three.post("/unlink/ada", data={}).status_code == 404


def test_who_may_only_read_has_no_form_and_takes_nobody_apart(guarded: Guarded) -> None:
    writing, reading = guarded.key("read", "write"), guarded.key("read")
    sent = {"profile_ids": ["eng-001"]}
    assert guarded.client.post("/v1/profiles/ada/linked", json=sent, headers=reading).status_code == 403
    assert guarded.client.post("/v1/profiles/ada/linked", json=sent, headers=writing).status_code == 200
    assert "/unlink/ada" in guarded.client.get("/profiles/ada", headers=writing).text
    assert "/unlink/ada" not in guarded.client.get("/profiles/ada", headers=reading).text
    assert guarded.client.delete("/v1/profiles/ada/linked/eng-001", headers=reading).status_code == 403
    assert guarded.client.get("/v1/profiles/ada/linked", headers=reading).json()["profile_ids"] == ["ada", "eng-001"]
