"""`similar`: the answer of the matcher, sent; and what cannot be asked."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from recommender.matching import Answer, Query
from recommender.profile import profile_to_json
from recommender.service.running import Running
from tests.service.people import ADA, POOL, Rooms
from tests.service.test_profiles import PAGE


def rooms(client: TestClient) -> Rooms:
    assert isinstance(client.app, FastAPI)
    state: Running = client.app.state.running
    assert isinstance(state.recommender, Rooms)
    return state.recommender


def in_process(client: TestClient, **query: Any) -> dict[str, Any]:
    answer: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(rooms(client).similar(Query(**query))))
    return answer


def test_similar_is_the_matchers_answer_byte_for_byte(filled: TestClient) -> None:
    answer = filled.get("/v1/profiles/ada/similar")
    assert answer.status_code == 200
    assert answer.content == msgspec.json.encode(rooms(filled).similar(Query(like=("ada",), k=10)))
    body = msgspec.json.decode(answer.content, type=Answer)
    assert body.headline is not None
    assert body.headline.text == "100+ more professionals with Distributed Systems & Platform Infrastructure"
    assert body.headline.count == 104
    assert [match.rank for match in body.matches] == list(range(1, 11))
    assert all(match.profile_id.startswith("eng-") for match in body.matches)
    assert body.generation == len(POOL)


def test_contributions_add_up_to_the_score(filled: TestClient) -> None:
    for match in filled.get("/v1/profiles/ada/similar?k=100").json()["matches"]:
        assert round(sum(c["points"] for c in match["contributions"]), 4) == match["score"]


def test_a_stored_profile_asks_nothing_of_the_encoder(filled: TestClient) -> None:
    before = rooms(filled).encoder.calls
    assert filled.get("/v1/profiles/eng-007/similar").status_code == 200
    assert rooms(filled).encoder.calls == before


def test_get_takes_a_filter(filled: TestClient) -> None:
    answer = filled.get("/v1/profiles/ada/similar", params={"k": 1000, "where": '{"location": ["Leeds"]}'}).json()
    assert sorted(match["profile_id"] for match in answer["matches"]) == ["nurse-0", "nurse-1", "nurse-2", "nurse-3"]
    assert answer["headline"]["count"] == 104, "the headline counts everybody, whatever `where` asks"


def test_post_like_equals_get(filled: TestClient) -> None:
    asked = filled.post("/v1/similar", json={"like": ["ada"], "k": 5}).json()
    assert asked == filled.get("/v1/profiles/ada/similar?k=5").json()


def test_post_several_and_counter_examples(filled: TestClient) -> None:
    question: dict[str, Any] = {"like": ["ada", "eng-001"], "unlike": ["nurse-1"], "k": 7, "exclude_ids": ["eng-004"]}
    answer = filled.post("/v1/similar", json=question).json()
    tuples = {name: tuple(value) if isinstance(value, list) else value for name, value in question.items()}
    assert answer == in_process(filled, **tuples)
    assert {"ada", "eng-001", "eng-004"}.isdisjoint(match["profile_id"] for match in answer["matches"])


def test_post_a_profile_that_is_not_stored(filled: TestClient) -> None:
    answer = filled.post("/v1/similar", content=b'{"k": 3, "profile": ' + profile_to_json(ADA) + b"}").json()
    assert answer["headline"]["count"] == 104
    assert [m["profile_id"] for m in answer["matches"]] == [
        m["profile_id"] for m in filled.get("/v1/profiles/ada/similar?k=3").json()["matches"]
    ]


def test_post_a_page(filled: TestClient) -> None:
    answer = filled.post("/v1/similar", json={"page": PAGE, "k": 4}).json()
    assert answer["headline"]["text"].casefold() == "4 more professionals with patient care & triage"
    assert {match["profile_id"] for match in answer["matches"]} == {"nurse-0", "nurse-1", "nurse-2", "nurse-3"}


def test_post_a_text(filled: TestClient) -> None:
    answer = filled.post("/v1/similar", json={"text": "Registered Nurse for triage and patient care", "k": 2}).json()
    assert all(match["profile_id"].startswith("nurse-") for match in answer["matches"])


def test_skills_of_a_filter_are_known_by_their_other_names(filled: TestClient) -> None:
    where = {"skills_all": ["apache kafka"]}
    assert filled.post("/v1/count", json={"where": where}).json()["count"] == 105
    answer = filled.post("/v1/similar", json={"like": ["nurse-0"], "k": 1000, "where": where}).json()
    assert len(answer["matches"]) == 105


@pytest.mark.parametrize(
    ("question", "status", "named"),
    [
        ({"like": ["ada"], "k": 0}, 422, "k is 0"),
        ({"like": ["ada"], "k": 10_000}, 422, "k is 10000"),
        ({"like": ["ada"], "k": "ten"}, 422, "k"),
        ({"like": ["nobody"]}, 404, "'nobody'"),
        ({"like": ["ada"], "unlike": ["nobody"]}, 404, "'nobody'"),
        ({}, 422, "like"),
        ({"text": "  "}, 422, "text"),
        ({"like": ["ada"], "colour": "red"}, 422, "colour"),
        ({"like": ["ada"], "where": {"colour": "red"}}, 422, "colour"),
        ({"like": ["ada"], "where": {"years": {"min": "x"}}}, 422, "where.years.min"),
        ({"like": ["ada"], "weights": {"charm": 1}}, 422, "charm"),
        ({"like": ["ada"], "diversity": 2}, 422, "diversity"),
        ({"profile": {"title": 7}}, 422, "title"),
        ({"profile": {"title": "Nurse"}, "page": "x"}, 422, "page"),
        ([], 422, "object"),
    ],
)
def test_what_cannot_be_asked(filled: TestClient, question: Any, status: int, named: str) -> None:
    answer = filled.post("/v1/similar", json=question)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["instance"] == "/v1/similar"
    assert named in body["detail"]
    assert "\n" not in body["detail"]


def test_numbers_beyond_64_bits_are_numbers(filled: TestClient) -> None:
    years: dict[str, Any] = {"like": ["ada"], "k": 2, "where": {"years": {"min": -(2**70), "max": 2**70}}}
    assert len(filled.post("/v1/similar", json=years).json()["matches"]) == 2
    years["where"]["years"]["min"] = 2**69
    assert filled.post("/v1/similar", json=years).json()["matches"] == []


@pytest.mark.parametrize("body", [b"{", b"not json", b'{"where": {}', b"\xff"])
def test_malformed_json_is_a_400(filled: TestClient, body: bytes) -> None:
    for path in ("/v1/similar", "/v1/count", "/v1/facets"):
        answer = filled.post(path, content=body)
        assert answer.status_code == 400, answer.text
        assert answer.json()["type"] == "urn:recommender:problem:malformed-json"


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("k=0", "k is 0"),
        ("k=10000", "k is 10000"),
        (f"k={2**70}", "k is 11805"),
        ("k=ten", "k: "),
        ("kk=5", "unknown parameter 'kk'"),
        ("where=x%3D1", "x"),
    ],
)
def test_what_cannot_be_asked_in_the_url(filled: TestClient, query: str, named: str) -> None:
    answer = filled.get(f"/v1/profiles/ada/similar?{query}")
    assert answer.status_code == 422
    assert named in answer.json()["detail"]


def test_an_answer_says_how_the_pool_was_searched_where_that_is_asked(filled: TestClient) -> None:
    """The window is 160, and one more is asked for; so small a pool has no index. Files may have been made of it."""
    plain = filled.get("/v1/profiles/ada/similar").json()
    by_address = filled.get("/v1/profiles/ada/similar?explain=plan").json()
    by_body = filled.post("/v1/similar", json={"like": ["ada"], "explain": "plan"}).json()
    assert "plan" not in plain
    for explained in (by_address, by_body):
        (plan,) = explained.pop("plan")
        assert explained == plain
        everybody = plan["qualifying"]
        assert (plan["way"], plan["k"], plan["profiles"]) == ("exact", 161, everybody + 1)
        assert plan["why"] == "there are too few for an index"
        came, sealed = f"scored {everybody} who came since the files were made", f"scored all {everybody} who qualify"
        assert plan["steps"] in ([came], [sealed])
        assert plan["expected_ms"] == {}
        assert plan["took_ms"] > 0
    assert filled.get("/v1/profiles/ada/similar?explain=scores").status_code == 422
    assert filled.post("/v1/similar", json={"like": ["ada"], "explain": "scores"}).status_code == 422
