"""`/v1/profiles`: what is stored, what is refused, and what comes back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import msgspec
import pytest
from fastapi.testclient import TestClient

from recommender.profile import profile_to_json
from tests.service.people import ADA, engineer, nurse

PROBLEM = "application/problem+json"
PAGE = """Grace Fieldstone

Staff Nurse

Leeds, United Kingdom8 yrs experience

Core Skills

Patient CareTriage

About

I look after people.

Experience

St Aldate Hospital

Staff Nurse

Jan 2018Present · 8 yrs · Leeds

Patient CareTriage
"""


def put(client: TestClient, profile_id: str, **fields: object) -> Any:
    return client.put(f"/v1/profiles/{profile_id}", json=fields)


def stored_ids(client: TestClient) -> list[str]:
    return [profile["id"] for profile in client.get("/v1/profiles").json()["profiles"]]


def test_a_profile_put_is_the_profile_got_but_for_its_contact(client: TestClient) -> None:
    answer = client.put("/v1/profiles/ada", content=profile_to_json(ADA))
    assert answer.status_code == 201
    assert answer.headers["location"] == "/v1/profiles/ada"
    assert answer.json() | {"notices": [], "generation": 0} == {
        "stored": 1, "ids": ["ada"], "rejected": [], "notices": [], "generation": 0
    }  # fmt: skip
    got = client.get("/v1/profiles/ada")
    assert got.headers["content-type"] == "application/json"
    assert got.content == profile_to_json(msgspec.structs.replace(ADA, contact=None))


def test_contact_is_in_no_answer_of_any_route(client: TestClient) -> None:
    client.put("/v1/profiles/ada", content=profile_to_json(ADA))
    client.put("/v1/profiles/eng", content=profile_to_json(msgspec.structs.replace(engineer(1), id="eng")))
    for path in ("/v1/profiles/ada", "/v1/profiles", "/v1/profiles/eng/similar", "/", "/profiles/ada", "/profiles"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "ada.quill@example.org" not in answer.text, path
        assert "555 0100" not in answer.text, path


def test_contact_is_returned_where_the_operator_exposes_it(tmp_path: Path) -> None:
    from recommender.service import create_app
    from recommender.settings import Settings
    from tests.service.people import Client, Rooms

    with Client(create_app(Settings.load(data=tmp_path, expose_contact=True), Rooms)) as client:
        client.put("/v1/profiles/ada", content=profile_to_json(ADA))
        assert client.get("/v1/profiles/ada").json()["contact"]["emails"] == ["ada.quill@example.org"]
        assert client.get("/v1/profiles").json()["profiles"][0]["contact"]["phones"] == ["+1 555 0100"]


def test_put_again_replaces(client: TestClient) -> None:
    first = put(client, "ada", name="Ada", title="Nurse")
    second = put(client, "ada", name="Ada", title="Engineer")
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["generation"] > first.json()["generation"]
    assert client.get("/v1/profiles/ada").json()["title"] == "Engineer"
    assert client.get("/v1/profiles").json()["count"] == 1


@pytest.mark.parametrize("profile_id", ["team/7", "Zoë O’Hara", "a b?c#d", "名"])
def test_an_id_may_be_any_text(client: TestClient, profile_id: str) -> None:
    path = f"/v1/profiles/{quote(profile_id, safe='')}"
    client.put("/v1/profiles/other", json={"title": "Staff Nurse", "core_skills": ["Triage"]})
    answer = client.put(path, json={"title": "Nurse", "core_skills": ["Triage"]})
    assert (answer.status_code, answer.json()["ids"]) == (201, [profile_id])
    assert client.get(answer.headers["location"]).json()["id"] == profile_id
    assert [m["profile_id"] for m in client.get(f"{path}/similar").json()["matches"]] == ["other"]
    page = client.get("/profiles/other").text
    link = re.search(r'href="(/profiles/[^"#]+)"', page[page.index("match-1") :])
    assert link is not None
    assert client.get(link[1]).status_code == 200
    assert client.delete(path).status_code == 204


def test_put_takes_a_page_as_text(client: TestClient) -> None:
    answer = client.put("/v1/profiles/grace", content=PAGE, headers={"content-type": "text/plain; charset=utf-8"})
    assert answer.status_code == 201, answer.text
    profile = client.get("/v1/profiles/grace").json()
    assert (profile["name"], profile["title"], profile["years_of_experience"]) == ("Grace Fieldstone", "Staff Nurse", 8)
    assert profile["core_skills"] == ["Patient Care", "Triage"]


def test_put_under_another_id_than_the_body_says_is_refused(client: TestClient) -> None:
    answer = put(client, "ada", id="grace", title="Nurse")
    assert answer.status_code == 422
    assert "'grace'" in answer.json()["detail"]
    assert stored_ids(client) == []


def test_post_without_an_id_makes_one(client: TestClient) -> None:
    answer = client.post("/v1/profiles", json={"name": "Ada", "title": "Engineer"})
    assert answer.status_code == 201
    (profile_id,) = answer.json()["ids"]
    assert len(profile_id) == 26
    assert answer.headers["location"] == f"/v1/profiles/{profile_id}"
    assert client.get(f"/v1/profiles/{profile_id}").json()["name"] == "Ada"


def test_post_an_array(client: TestClient) -> None:
    answer = client.post("/v1/profiles", json=[msgspec.to_builtins(nurse(n)) for n in range(3)])
    assert answer.status_code == 201
    assert answer.json()["stored"] == 3
    assert stored_ids(client) == ["nurse-0", "nurse-1", "nurse-2"]


def test_of_one_id_twice_in_a_body_the_first_stands_and_the_second_is_told_of(client: TestClient) -> None:
    people = [{"id": "a", "title": "Nurse"}, {"id": "b", "title": "Rigger"}, {"id": "a", "title": "Midwife"}]
    answer = client.post("/v1/profiles", json=people)
    body = answer.json()
    assert (answer.status_code, body["stored"], body["ids"]) == (207, 2, ["a", "b"])
    [rejected] = body["rejected"]
    assert (rejected["place"], rejected["field"]) == ("record 3", "id")
    assert "'a' is the id of record 1 too" in rejected["reason"]
    assert client.get("/v1/profiles/a").json()["title"] == "Nurse"


@pytest.mark.parametrize(
    "path", ["", "%20", "%20a", "..%2Fa", "a%2F%2E%2E", "a%00b", "a%07b", "Zoe%CC%88", "x" * 201, "a%2Fsimilar"]
)
def test_an_id_that_cannot_be_addressed_is_refused_at_the_door(client: TestClient, path: str) -> None:
    assert client.put(f"/v1/profiles/{path}", json={"title": "Nurse"}).status_code in (404, 405, 422)
    answer = client.post("/v1/profiles", json={"id": unquote(path), "title": "Nurse"})
    assert answer.status_code == 422
    assert "the id " in answer.json()["detail"]
    assert stored_ids(client) == []


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("years_of_experience", "-3", "years_of_experience"),
        ("years_of_experience", "1" + "0" * 30, "years_of_experience"),
        ("as_of", '"0001"', "as_of"),
        ("roles", '[{"end": "9999-12-31"}]', "roles[0].end"),
        ("education", '[{"start": "0000-01"}]', "education[0].start"),
        ("extras", "[" * 3_000 + "]" * 3_000, ""),
        ("nickname", '{"a":' * 150 + "1" + "}" * 150, ""),
        ("nickname", "1" * 5_000, ""),
        ("nickname", "1e999", ""),
        ("nickname", '"\\ud800"', ""),
        ("id", '""', "id"),
        ("nickname", "NaN", ""),
        ("title", "5", "title"),
    ],
    ids=lambda value: value[:20],
)
def test_one_poisonous_record_costs_itself_alone(client: TestClient, field: str, value: str, named: str) -> None:
    bad = f'{{"name": "Li Wen", "{field}": {value}}}'
    sound = [profile_to_json(nurse(number)).decode() for number in range(2)]
    for body, kind, place in (
        (f"[{sound[0]},{bad},{sound[1]}]", "application/json", "record 2"),
        (f"{sound[0]}\n{bad}\n{sound[1]}\n", "application/x-ndjson", "line 2"),
    ):
        answer = client.post("/v1/profiles", content=body, headers={"content-type": kind})
        assert (answer.status_code, answer.json()["ids"]) == (207, ["nurse-0", "nurse-1"]), answer.text[:300]
        assert [(r["place"], r["field"]) for r in answer.json()["rejected"]] == [(place, named)]
        assert len(answer.json()["rejected"][0]["reason"]) < 300
        assert client.get("/v1/profiles").json()["count"] == 2
    alone = client.put("/v1/profiles/x", content=bad, headers={"content-type": "application/json"})
    assert alone.status_code in (400, 422)
    assert stored_ids(client) == ["nurse-0", "nurse-1"]


@pytest.mark.parametrize("kind", ["application/x-ndjson", "application/jsonl"])
def test_a_bad_line_costs_itself_alone(client: TestClient, kind: str) -> None:
    lines = [profile_to_json(nurse(0)), b'{"id": "x", "title": 7}', b"{broken", profile_to_json(nurse(1))]
    answer = client.post("/v1/profiles", content=b"\n".join(lines), headers={"content-type": kind})
    assert answer.status_code == 207
    body = answer.json()
    assert (body["stored"], body["ids"]) == (2, ["nurse-0", "nurse-1"])
    assert [rejected["place"] for rejected in body["rejected"]] == ["line 2", "line 3"]
    assert body["rejected"][0]["field"] == "title"
    assert stored_ids(client) == ["nurse-0", "nurse-1"]


def test_a_bad_record_of_an_array_is_named_by_its_place(client: TestClient) -> None:
    answer = client.post("/v1/profiles", json=[{"id": "a", "title": "Nurse"}, {"id": "b", "core_skills": "Triage"}])
    assert answer.status_code == 207
    (rejected,) = answer.json()["rejected"]
    assert "2" in rejected["place"]
    assert rejected["field"] == "core_skills"


def test_where_all_are_bad_nothing_is_stored(client: TestClient) -> None:
    answer = client.post("/v1/profiles", json=[{"title": 1}, {"roles": [{"start": 5}]}])
    assert answer.status_code == 422
    assert answer.headers["content-type"] == PROBLEM
    body = answer.json()
    assert body["type"] == "urn:recommender:problem:not-a-profile"
    assert [rejected["field"] for rejected in body["rejected"]] == ["title", "roles[0].start"]
    assert stored_ids(client) == []


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{broken", "application/json", 400),
        (b"", "application/json", 400),
        (b"\x00\x01\x02\x03" * 8, "application/octet-stream", 422),
        (b"\x1f\x8b\x08\x00rest", "application/json", 422),
        (b'{"name": 3}', "application/json", 422),
        (b"[]", "application/json", 422),
        (b"   ", "text/plain", 422),
    ],
)
def test_what_is_no_profile_is_one_clear_problem(client: TestClient, content: bytes, kind: str, status: int) -> None:
    for answer in (
        client.post("/v1/profiles", content=content, headers={"content-type": kind}),
        client.put("/v1/profiles/x", content=content, headers={"content-type": kind}),
    ):
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == PROBLEM
        assert answer.json()["detail"]
        assert "\n" not in answer.json()["detail"]
    assert stored_ids(client) == []


def test_delete_takes_out_and_a_second_delete_is_a_404(client: TestClient) -> None:
    put(client, "ada", title="Engineer")
    assert client.delete("/v1/profiles/ada").status_code == 204
    assert client.get("/v1/profiles/ada").status_code == 404
    again = client.delete("/v1/profiles/ada")
    assert again.status_code == 404
    assert again.json()["detail"] == "no profile with id 'ada' in this pool; check the id"


def test_a_listing_pages_through_everybody_who_qualifies(filled: TestClient) -> None:
    seen: list[str] = []
    cursor: str | None = None
    while True:
        params = {"where": '{"location": ["Germany"]}', "limit": "20"} | ({"cursor": cursor} if cursor else {})
        page = filled.get("/v1/profiles", params=params).json()
        assert page["count"] == 52
        seen += [profile["id"] for profile in page["profiles"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [f"eng-{number:03}" for number in range(1, 104, 2)]


def test_a_listing_sorts(filled: TestClient) -> None:
    page = filled.get("/v1/profiles", params={"sort": "-years", "limit": 3}).json()
    assert [profile["years_of_experience"] for profile in page["profiles"]] == [17, 17, 17]


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"where": '{"colour": []}'}, "colour"),
        ({"where": "{"}, "not a filter"),
        ({"limit": "0"}, "limit"),
        ({"limit": "1001"}, "limit"),
        ({"page": "2"}, "unknown parameter 'page'"),
        ({"limit": "many"}, "limit"),
        ({"sort": "height"}, "sort"),
        ({"cursor": "nonsense"}, "cursor"),
    ],
)
def test_a_listing_that_cannot_be_asked(filled: TestClient, params: dict[str, str], named: str) -> None:
    answer = filled.get("/v1/profiles", params=params)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == PROBLEM
    assert named in answer.json()["detail"]
