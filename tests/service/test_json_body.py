"""A body that is JSON: decoded once on its way to a profile, however it is sent; what is broken is looked at again."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from fastapi.testclient import TestClient

from recommender.reading.formats import records

WELDER = {"id": "quill", "title": "Welder of zeppelins", "core_skills": ["Welding"]}
JSON, LINES = "application/json", "application/x-ndjson"


class Decodings:
    """How often something was decoded that holds the mark."""

    def __init__(self) -> None:
        self.count, self.mark = 0, b"zeppelins"

    def counted(self, decode: Callable[..., Any]) -> Callable[..., Any]:
        def counting(content: bytes | str, *args: Any, **kwargs: Any) -> Any:
            self.count += self.mark in (content.encode() if isinstance(content, str) else content)
            return decode(content, *args, **kwargs)

        return counting


class Counted:
    """A decoder that counts."""

    def __init__(self, decodings: Decodings, decoder: Any) -> None:
        self.decode = decodings.counted(decoder.decode)


@pytest.fixture
def decodings(monkeypatch: pytest.MonkeyPatch) -> Decodings:
    """Every way that bytes are decoded as JSON of any shape; a stored profile is read back by another."""
    found = Decodings()
    monkeypatch.setattr(msgspec.json, "decode", found.counted(msgspec.json.decode))
    monkeypatch.setattr(json, "loads", found.counted(json.loads))
    for name in ("_decoder", "_members"):
        monkeypatch.setattr(records, name, Counted(found, getattr(records, name)))
    return found


BODIES = {
    "one line": (json.dumps(WELDER), JSON),
    "several lines": (json.dumps(WELDER, indent=2), JSON),
    "an array": (json.dumps([WELDER]), JSON),
    "a line of several": (json.dumps(WELDER) + "\n", LINES),
    "JSON under another name": (json.dumps(WELDER), "text/plain"),
}


@pytest.mark.parametrize(("body", "kind"), BODIES.values(), ids=BODIES.keys())
def test_a_body_to_be_stored_is_decoded_once(client: TestClient, decodings: Decodings, body: str, kind: str) -> None:
    answer = client.post("/v1/profiles", content=body, headers={"content-type": kind})
    assert answer.status_code == 201, answer.text
    assert decodings.count == 1


def test_a_json_resume_is_decoded_once(client: TestClient, decodings: Decodings) -> None:
    """Its own key tells its body from the profile that is made of it, which is compared with it as JSON."""
    decodings.mark = b'"basics"'
    assert client.post("/v1/profiles", json={"basics": {"label": "Welder"}}).status_code == 201
    assert decodings.count == 1


def test_a_profile_that_is_put_is_decoded_once(client: TestClient, decodings: Decodings) -> None:
    assert client.put("/v1/profiles/quill", json=WELDER).status_code == 201
    assert decodings.count == 1


def test_a_profile_that_is_asked_about_is_decoded_once(filled: TestClient, decodings: Decodings) -> None:
    answer = filled.post("/v1/similar", content=json.dumps({"profile": WELDER}), headers={"content-type": JSON})
    assert answer.status_code == 200, answer.text
    assert decodings.count == 1


def test_a_profile_in_the_form_of_the_page_is_decoded_once(filled: TestClient, decodings: Decodings) -> None:
    answer = filled.post("/match", data={"text": json.dumps(WELDER), "kind": "page"})
    assert answer.status_code == 200, answer.text
    assert decodings.count == 1


def test_an_array_of_very_many_values_is_read_member_by_member(
    client: TestClient, decodings: Decodings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recommender.service.json_body.MOST_COMMAS", 2)
    body = json.dumps([WELDER, {"title": "Nurse"}, {"title": "Midwife"}])
    assert client.post("/v1/profiles", content=body, headers={"content-type": JSON}).json()["stored"] == 3


def test_a_record_is_named_by_the_line_it_is_on(client: TestClient) -> None:
    def refused(body: str) -> str:
        answer = client.post("/v1/profiles", content=body, headers={"content-type": JSON})
        assert answer.status_code == 422
        place: str = answer.json()["rejected"][0]["place"]
        return place

    assert refused('{"title": 7}') == "line 1"
    assert refused('\n \n{"title": 7}\n') == "line 3"
    assert refused('{"title":\n7}') == ""
    assert refused('[{"title": 7}]') == "record 1"


def test_a_first_line_that_ends_in_a_brace_may_be_the_first_of_one_record(client: TestClient) -> None:
    body = '{"extras": {}\n, "title": "Welder"}'
    assert client.post("/v1/profiles", content=body, headers={"content-type": JSON}).status_code == 201


@pytest.mark.parametrize("deep", [98, 99, 150, 5000])
def test_how_deep_a_record_may_be_nested_is_the_same_stored_and_asked_about(client: TestClient, deep: int) -> None:
    profile = '{"title": "Welder", "extras": {"x": ' + "[" * deep + "]" * deep + "}}"
    stored = client.post("/v1/profiles", content=profile, headers={"content-type": JSON})
    asked = client.post("/v1/similar", content='{"profile": ' + profile + "}", headers={"content-type": JSON})
    assert stored.status_code == (201 if deep == 98 else 422)
    assert asked.status_code == {98: 200, 99: 422, 150: 422, 5000: 400}[deep]
    if deep in (99, 150):
        assert asked.json()["detail"] == "line 1: broken JSON (nested more than 100 levels deep); fix the record"
