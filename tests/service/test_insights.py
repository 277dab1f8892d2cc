"""Insights over HTTP and on pages: with sources, filtered and counted by, brought up by a refresh."""

from __future__ import annotations

from fastapi.testclient import TestClient

from recommender.profile import profile_to_json
from tests.insights.people import ENGINEER, HEAD


def store(client: TestClient) -> None:
    lines = b"\n".join(map(profile_to_json, (ENGINEER, HEAD)))
    assert (
        client.post("/v1/profiles", content=lines, headers={"content-type": "application/x-ndjson"}).status_code == 201
    )


def test_they_come_with_their_sources(client: TestClient) -> None:
    store(client)
    said = client.get("/v1/profiles/mara/insights").json()
    assert said["profile_id"] == "mara"
    assert said["highlights"][1] == {
        "text": "Cut the time of a booking from 9 seconds to 400 ms with Kafka and Cassandra.",
        "source": "derived",
        "fields": ["roles[0].bullets[0]"],
    }
    assert said["persona"]["text"] == "Senior Software Engineer with expertise in Kafka and Cassandra"
    assert said["core_skills_source"] == "derived"
    assert client.get("/v1/profiles/nobody/insights").status_code == 404


def test_personas_are_a_filter_and_a_facet(client: TestClient) -> None:
    store(client)
    where = {"persona": ["Software Engineer"]}
    assert client.post("/v1/count", json={"where": where}).json()["count"] == 1
    assert client.post("/v1/count", json={"where": {"persona": ["software engineer", "welder"]}}).json()["count"] == 1
    facets = client.post("/v1/facets", json={"fields": ["persona"]}).json()["facets"]["persona"]
    assert {"value": "software engineer", "count": 1} in facets
    assert {"value": "director of nursing", "count": 1} in facets
    listed = client.get("/v1/profiles", params={"where": 'persona="director of nursing"'}).json()
    assert [one["id"] for one in listed["profiles"]] == ["ivo"]


def test_a_match_says_its_persona(client: TestClient) -> None:
    store(client)
    (match,) = client.get("/v1/profiles/ivo/similar").json()["matches"]
    assert match["persona"] == "Senior Software Engineer with expertise in Kafka and Cassandra"


def test_the_page_of_a_person_shows_them_and_that_they_are_made(client: TestClient) -> None:
    store(client)
    page = client.get("/profiles/mara").text
    assert "Cut the time of a booking from 9 seconds to 400 ms with Kafka and Cassandra." in page
    assert "Senior Software Engineer" in page
    assert page.count("Made from what this profile says.") == 2
