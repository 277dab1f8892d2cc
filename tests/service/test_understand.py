"""`POST /v1/understand`, and questions in words: what was understood, who meets it, and what cannot be asked."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient


def test_what_is_understood_comes_part_by_part(filled: TestClient) -> None:
    text = "engineering manager, Kafka, not PHP, 3+ years"
    answer = filled.post("/v1/understand", json={"text": text}).json()
    request = answer["request"]
    assert [part["values"] for part in request["titles"]] == [["engineering manager"]]
    assert [(part["values"], part["stance"]) for part in request["skills"]] == [(["Kafka"], "must"), (["PHP"], "not")]
    assert (request["years"]["min"], request["years"]["max"]) == (3, None)
    for part in (*request["titles"], *request["skills"], request["years"]):
        assert text[part["start"] : part["end"]] == part["words"]
    kafka = filled.post("/v1/count", json={"where": {"skills_all": ["Kafka"], "skills_none": ["PHP"]}}).json()["count"]
    assert answer["counts"]["without"][1] == {"condition": "3+ years", "count": kafka}


def test_a_request_is_asked_as_it_came_back(filled: TestClient) -> None:
    text = "engineering manager, Kafka, not PHP"
    request = filled.post("/v1/understand", json={"text": text}).json()["request"]
    by_text = filled.post("/v1/similar", json={"text": text, "k": 5}).json()
    by_request = filled.post("/v1/similar", json={"request": request, "k": 5}).json()
    assert by_text["request"] == request
    assert by_request["matches"] == by_text["matches"]
    assert by_text["matches"][0]["asked"] == "1 of 1 must"
    (kafka,) = by_text["matches"][0]["conditions"]
    assert (kafka["condition"], kafka["met"]) == ("Kafka", True)
    assert kafka["field"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"text": "Python, not Python"}, "both asked for and excluded"),
        ({"text": "nurse " * 35_000}, "a body here may have 100000 bytes"),
        ({"text": "nurse AND (place:Leeds"}, "closing parenthesis is missing"),
        ({"text": "must:colour:red"}, "no key"),
        ({"request": {"skills": [{"values": []}]}}, "has no value"),
        ({"request": {"skills": [{"values": ["Go"]}], "colour": "red"}}, "colour"),
        ({"request": {"years": {"min": 9, "max": 2}}}, "smaller number first"),
        ({"request": {}, "text": "nurse"}, "give one of them"),
    ],
)
def test_what_cannot_be_asked_is_one_clear_line(filled: TestClient, body: dict[str, object], said: str) -> None:
    answer = filled.post("/v1/similar", json=body)
    assert answer.status_code in (413, 422)
    assert said in answer.json()["detail"]


def test_another_language_and_nothing_understood_are_said(filled: TestClient) -> None:
    german = filled.post("/v1/similar", json={"text": "wir suchen einen Entwickler mit Erfahrung in Kafka"}).json()
    assert german["notice"].startswith("the text is in German")
    assert german["request"]["skills"][0]["values"] == ["Kafka"]
    nothing = filled.post("/v1/similar", json={"text": "!!! ---"}).json()
    assert (nothing["matches"], nothing["counts"]) == ([], None)
    assert "nothing in the question says what work is done" in nothing["notice"]
