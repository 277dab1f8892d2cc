"""Whatever is sent, the answer is an answer or a problem in one line: never a 500, a hang, or something half stored."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender.collection import Filter
from recommender.profile import Profile
from recommender.service.questions import SimilarRequest
from tests.service.people import POOL

WORDS = st.sampled_from(
    ["ada", "eng-001", "nobody", "Kafka", "", " ", "2020-01", "2020-13", "Senior Nurse", "\x00", "é", "🙂", "a" * 300]
)
SCALARS = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | WORDS | st.text(max_size=8)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def shaped(kind: type[msgspec.Struct]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with the keys of a struct and anything at all in them."""
    likely = st.lists(WORDS, max_size=3) | WORDS | st.integers(0, 20) | VALUES
    return st.dictionaries(st.sampled_from(kind.__struct_fields__), likely, max_size=4)


ROLES = st.fixed_dictionaries(
    {"roles": st.lists(st.dictionaries(st.sampled_from(["start", "end", "title"]), WORDS), max_size=2)}
)
QUESTIONS = st.builds(
    dict.__or__, shaped(SimilarRequest), st.just({}) | st.builds(lambda w: {"where": w}, shaped(Filter))
)
quick = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


def sound(answer: Any) -> None:
    assert answer.status_code in (200, 201, 207, 400, 404, 422), answer.text
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]
        assert "\n" not in answer.json()["detail"]


def as_json(value: Any) -> bytes:
    return msgspec.json.encode(value, enc_hook=str) if not isinstance(value, bytes) else value


@quick
@given(question=QUESTIONS | VALUES)
@pytest.mark.parametrize("path", ["/v1/similar", "/v1/count", "/v1/facets"])
def test_any_question(filled: TestClient, path: str, question: Any) -> None:
    try:
        body = as_json(question)
    except (OverflowError, msgspec.MsgspecError):
        return
    sound(filled.post(path, content=body))


@quick
@given(content=shaped(Profile) | ROLES | VALUES | st.binary(max_size=60))
@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_any_profile(client: TestClient, kind: str, content: Any) -> None:
    try:
        body = as_json(content)
    except (OverflowError, msgspec.MsgspecError):
        return
    before = client.post("/v1/count").json()["count"]
    answer = client.post("/v1/profiles", content=body, headers={"content-type": kind})
    sound(answer)
    after = client.post("/v1/count").json()["count"]
    assert after - before <= (answer.json()["stored"] if answer.status_code < 300 else 0)
    if answer.status_code == 201:
        # what was stored can be shown, listed and matched
        profile_id = answer.json()["ids"][0]
        assert client.get(f"/v1/profiles/{quote(profile_id, safe='')}").status_code == 200 or "/" in profile_id


@quick
@given(where=shaped(Filter) | st.text(max_size=20), sort=WORDS, cursor=st.text(max_size=12))
def test_any_listing(filled: TestClient, where: Any, sort: str, cursor: str) -> None:
    try:
        text = where if isinstance(where, str) else as_json(where).decode()
    except (OverflowError, msgspec.MsgspecError):
        return
    sound(filled.get("/v1/profiles", params={"where": text}))
    sound(filled.get("/v1/profiles", params={"sort": sort, "cursor": cursor}))


@quick
@given(
    query=st.dictionaries(st.sampled_from(["location", "seniority", "skill", "years", "title", "k", "cursor"]), WORDS)
)
def test_any_page(filled: TestClient, query: dict[str, str]) -> None:
    assert filled.get("/profiles/ada", params=query).status_code == 200
    assert filled.get("/profiles", params=query).status_code in (200, 422)


def test_nothing_of_it_all_was_stored_in_the_pool_that_is_read(filled: TestClient) -> None:
    assert filled.post("/v1/count").json()["count"] == len(POOL)
