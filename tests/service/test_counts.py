"""Counts and facets over HTTP against counts by hand over the same profiles."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from fastapi.testclient import TestClient

from recommender.facts import stated_levels
from recommender.service.questions import CountRequest, FacetsRequest, SimilarRequest
from tests.service.people import POOL


def test_count(filled: TestClient) -> None:
    assert filled.post("/v1/count", json={}).json() == {"count": len(POOL), "generation": len(POOL), "unmatched": []}
    assert filled.post("/v1/count", content=b"").json()["count"] == len(POOL)
    of_ten = sum(1 for profile in POOL if 10 <= (profile.years_of_experience or 0) <= 12)
    assert filled.post("/v1/count", json={"where": {"years": {"min": 10, "max": 12}}}).json()["count"] == of_ten


def test_facets_count_those_who_qualify(filled: TestClient) -> None:
    body = filled.post(
        "/v1/facets", json={"where": {"location": ["Germany"]}, "fields": ["seniority", "skill"], "limit": 2}
    ).json()
    senior = sum(1 for p in POOL if p.location == "Berlin, Germany" and (p.title or "").startswith("Senior"))
    assert body["count"] == 52
    assert list(body["facets"]) == ["seniority", "skill"]
    assert {"value": "senior", "count": senior} in filled.post(
        "/v1/facets", json={"where": {"location": ["Germany"]}, "fields": ["seniority"]}
    ).json()["facets"]["seniority"]
    assert body["facets"]["skill"] == [
        {"value": "Distributed Systems", "count": 52},
        {"value": "Kafka", "count": 52},
    ]


@pytest.mark.parametrize(
    ("path", "body", "named"),
    [
        ("/v1/count", {"where": {"colour": []}}, "colour"),
        ("/v1/count", {"were": {}}, "were"),
        ("/v1/facets", {"fields": ["shoe size"]}, "shoe size"),
        ("/v1/facets", {"limit": 0}, "limit"),
        ("/v1/facets", {"limit": 10_000}, "limit"),
    ],
)
def test_what_cannot_be_counted(filled: TestClient, path: str, body: dict[str, object], named: str) -> None:
    answer = filled.post(path, json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert named in answer.json()["detail"]


#: Facet → the key of the filter that asks for its values.
FACETS = {
    "skill": "skills_all", "location": "location", "seniority": "seniority", "company": "company_now",
    "workplace": "workplace", "badge": "badges", "certification": "certifications",
}  # fmt: skip


def count(client: TestClient, **where: object) -> int:
    return int(client.post("/v1/count", json={"where": where}).json()["count"])


def test_every_facet_value_as_a_filter_finds_as_many_as_it_counts(filled: TestClient) -> None:
    facets = filled.post("/v1/facets", json={"fields": list(FACETS), "limit": 1000}).json()["facets"]
    assert len(facets["company"]) == 106
    for field, values in facets.items():
        for value in values:
            assert count(filled, **{FACETS[field]: [value["value"]]}) == value["count"], (field, value)


def test_what_a_profile_says_finds_it(client: TestClient) -> None:
    """Every text as it is on the page, and as others write it."""
    role = {"title": "Baker", "company": "Ørsta & Sons, Ltd.", "workplace": "on-site", "start": "2020"}
    client.put("/v1/profiles/liv", json={
        "title": "Sr. Baker (50%)", "location": "Göteborg, Sverige", "badges": ["Open  to Work"], "roles": [role],
        "certifications": ["Livsmedels-hygien"],
    })  # fmt: skip
    client.put("/v1/profiles/other", json={"title": "Data_Baker", "location": "Gothenburg, Nebraska"})
    for key, ways in {
        "location": ["Göteborg, Sverige", "Gothenburg, SE", "sweden", "Sverige"],
        "company_now": ["Ørsta & Sons, Ltd.", "orsta and sons", "ØRSTA & SONS"],
        "company_ever": ["Ørsta & Sons"],
        "badges": ["open to work"],
        "certifications": ["livsmedels–hygien"],
        "seniority": ["senior", "Sr", "Senior-Level"],
        "workplace": ["On Site", "onsite", "in-office"],
    }.items():
        for way in ways:
            assert count(client, **{key: [way]}) == 1, (key, way)
    assert count(client, location=["Gothenburg"]) == 2
    assert count(client, location=["Gothenburg, Nebraska", "Sweden"]) == 2
    titles = {"%": 1, "50%": 1, "5%": 0, "_": 0, "data_baker": 1, "data baker": 0, "Sr_": 0, "!?": 0, "baker": 1}
    assert {title: count(client, title_contains=title) for title in titles} == titles


def test_a_value_that_nobody_has_is_named(filled: TestClient) -> None:
    where = {
        "location": ["Berlin", "Atlantis"], "skills_none": ["Basket Weaving"], "company_none": ["Nowhere Ltd"],
        "profile_ids": ["eng-001", "ghost"], "years": {"min": 90}, "title_contains": "wizard", "seniority": ["intern"],
    }  # fmt: skip
    missed = [
        ("profile_ids", "ghost"), ("skills_none", "Basket Weaving"), ("location", "Atlantis"), ("years", "min 90"),
        ("seniority", "intern"), ("company_none", "Nowhere Ltd"), ("title_contains", "wizard"),
    ]  # fmt: skip
    message = [{"key": key, "value": value} for key, value in missed]
    listing = filled.get("/v1/profiles", params={"where": msgspec.json.encode(where).decode()})
    similar = filled.post("/v1/similar", json={"like": ["eng-002"], "where": where})
    stored = filled.get("/v1/profiles/eng-002/similar", params={"where": msgspec.json.encode(where).decode()})
    counted = filled.post("/v1/count", json={"where": where})
    facets = filled.post("/v1/facets", json={"where": where})
    for answer in (listing, similar, stored, counted, facets):
        assert answer.status_code == 200, answer.text
        assert answer.json()["unmatched"] == message
    assert counted.json()["count"] == 0
    assert filled.post("/v1/count", json={"where": {"location": ["Berlin"]}}).json()["unmatched"] == []


def test_a_page_names_what_nobody_has(filled: TestClient) -> None:
    for path in ("/profiles", "/profiles/eng-001"):
        page = filled.get(path, params={"location": ["Atlantis", "Deutschland"], "skill": "Zorbling"}).text
        assert "Nobody in this pool has the location “Atlantis”" in page, path
        assert "Nobody in this pool has the skill “zorbling”" in page.casefold().replace("nobody", "Nobody"), path
        assert "has the location “Germany”" not in page, path


@pytest.mark.parametrize(
    ("where", "named"),
    [({"seniority": ["wizard"]}, "intern, junior, mid, senior"), ({"workplace": ["moon"]}, "remote, hybrid, on-site")],
)
def test_a_level_that_there_is_not_is_refused_at_every_door(
    filled: TestClient, where: dict[str, object], named: str
) -> None:
    typed = msgspec.json.encode(where).decode()
    for answer in (
        filled.post("/v1/count", json={"where": where}),
        filled.post("/v1/facets", json={"where": where}),
        filled.post("/v1/similar", json={"like": ["eng-001"], "where": where}),
        filled.get("/v1/profiles", params={"where": typed}),
        filled.get("/v1/profiles/eng-001/similar", params={"where": typed}),
    ):
        assert answer.status_code == 422
        assert named in answer.json()["detail"]
    assert filled.get("/profiles", params={"seniority": "wizard"}).status_code == 200


@pytest.mark.parametrize(
    ("path", "kind", "asked"),
    [
        ("/v1/similar", SimilarRequest, {"like": ["eng-001"]}),
        ("/v1/similar", SimilarRequest, {"text": "platform engineer"}),
        ("/v1/count", CountRequest, {}),
        ("/v1/facets", FacetsRequest, {}),
    ],
)
def test_null_is_not_given(filled: TestClient, path: str, kind: type, asked: dict[str, object]) -> None:
    plain = filled.post(path, json=asked)
    nulls = dict.fromkeys(field.name for field in msgspec.structs.fields(kind))
    answer = filled.post(path, json=nulls | asked)
    assert (answer.status_code, answer.json()) == (200, plain.json())
    where = {"where": dict.fromkeys(("location", "years", "skills_all", "title_contains", "profile_ids"))}
    assert filled.post(path, json=asked | where).json() == plain.json()
    assert filled.post(path, json=asked | {"wear": None}).status_code == 422


def test_null_is_not_given_in_a_profile(client: TestClient) -> None:
    role = {"title": "Baker", "company": None, "start": None, "bullets": None, "skills": None}
    body = {
        "title": "Baker", "badges": None, "core_skills": None, "extras": None, "contact": {"emails": None},
        "roles": [role], "education": None, "years_of_experience": None, "as_of": None, "id": None,
    }  # fmt: skip
    answer = client.put("/v1/profiles/liv", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.json()["notices"] == []
    assert client.get("/v1/profiles/liv").json()["roles"][0]["bullets"] == []


WHERE = {"location": ["Deutschland", "Atlantis"]}
QUESTIONS: dict[str, Callable[[TestClient], Any]] = {
    "count": lambda client: client.post("/v1/count", json={"where": WHERE}),
    "facets": lambda client: client.post("/v1/facets", json={"where": WHERE}),
    "listing": lambda client: client.get("/v1/profiles", params={"where": json.dumps(WHERE)}),
    "similar": lambda client: client.post("/v1/similar", json={"like": ["eng-001"], "where": WHERE}),
    "similar to a stored one": lambda client: client.get(
        "/v1/profiles/eng-002/similar", params={"where": json.dumps(WHERE)}
    ),
    "people's page": lambda client: client.get("/profiles", params=WHERE),
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_a_filters_values_are_named_once_a_question(
    filled: TestClient, monkeypatch: pytest.MonkeyPatch, ask: Callable[[TestClient], Any]
) -> None:
    named: list[str] = []

    def counted(name: str) -> tuple[str, ...]:
        named.append(name)
        return stated_levels(name)

    monkeypatch.setattr("recommender.collection.keys.stated_levels", counted)
    assert ask(filled).status_code == 200
    assert named == ["Deutschland", "Atlantis"]
