"""Answers that are given again: the same bytes as a fresh one's, for as long as that is proven, and no longer."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import random
from collections.abc import Hashable, Sequence
from pathlib import Path

import msgspec
import pytest
from fastapi.testclient import TestClient

from recommender.collection import View
from recommender.collection.local.collection import LocalCollection
from recommender.errors import RecommenderError
from recommender.matching import Answered, Query
from recommender.matching.ranking import rank as ranking
from recommender.profile import profile_to_json
from recommender.service import create_app
from recommender.service.answers import rendered
from recommender.service.answers.packing import deflated, gzipped
from recommender.service.answers.rendered import is_held, takes_gzip
from recommender.settings import Settings
from tests.service.people import POOL, Client, Rooms, engineer, nurse
from tests.service.test_similar import rooms
from tests.service.test_together import put

ADA = "/v1/profiles/ada/similar"
PLAIN = {"accept-encoding": "identity"}


@pytest.fixture(autouse=True)
def small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """So small that of a hundred people most are no candidates."""
    monkeypatch.setattr(ranking, "WINDOW", 20)
    monkeypatch.setattr(ranking, "HEAD", 15)


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[Query]:
    """The questions that were worked out, in their order."""
    asked: list[Query] = []
    answered = Rooms.answered_together

    def noting(self: Rooms, queries: Sequence[Query], view: View) -> list[Answered | RecommenderError]:
        asked.extend(queries)
        return answered(self, queries, view)

    monkeypatch.setattr(Rooms, "answered_together", noting)
    return asked


@pytest.fixture
def full(client: TestClient) -> TestClient:
    list(rooms(client).ingest(POOL))
    return client


def test_what_was_asked_before_is_not_worked_out_again(full: TestClient, worked_out: list[Query]) -> None:
    first = full.get(f"{ADA}?k=5")
    assert full.get(f"{ADA}?k=5").content == first.content
    assert full.get(f"{ADA}?k=5&diversity=0").content == first.content, "the same question, written otherwise"
    assert full.post("/v1/similar", json={"like": ["ada"], "k": 5}).content == first.content
    assert len(worked_out) == 1
    assert full.get(f"{ADA}?k=6").json()["matches"][:5] == first.json()["matches"]
    assert len(worked_out) == 2


def test_through_writes_an_answer_is_the_fresh_one(full: TestClient, worked_out: list[Query]) -> None:
    rng, asked = random.Random(8), 0
    for step in range(30):
        if rng.random() < 0.3:
            full.delete(f"/v1/profiles/eng-{rng.randrange(20, 100):03}")
        else:
            somebody = engineer(rng.randrange(100)) if rng.random() < 0.4 else nurse(30 + step)
            put(full, somebody)
        for seed in ("ada", "eng-003", "eng-007"):
            answer = full.get(f"/v1/profiles/{seed}/similar?k=5")
            asked += 1
            before = len(worked_out)
            assert answer.content == msgspec.json.encode(rooms(full).similar(Query(like=(seed,), k=5)))
            del worked_out[before:]
    assert 0 < len(worked_out) <= asked - 10


def test_a_server_is_not_asked_while_other_requests_would_wait(
    full: TestClient, worked_out: list[Query], monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp, on_loop = LocalCollection.stamp, list[bool]()

    def noting(collection: LocalCollection) -> Hashable:
        with contextlib.suppress(RuntimeError):
            on_loop.append(asyncio.get_running_loop().is_running())
        return stamp(collection)

    monkeypatch.setattr(LocalCollection, "stamp", noting)
    monkeypatch.setattr(LocalCollection, "is_at_hand", False)
    assert full.get(ADA).content == full.get(ADA).content
    assert (len(worked_out), on_loop) == (1, []), "kept, and given by a thread"


def test_a_tag_stays_for_as_long_as_nothing_but_the_generation_changes(full: TestClient) -> None:
    first = full.get(ADA)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    assert first.headers["vary"] == "Authorization, X-API-Key, Cookie, Accept-Encoding"
    assert full.get(ADA).headers["vary"] == first.headers["vary"], "kept"
    put(full, nurse(31))
    again = full.get(ADA)
    assert again.headers["etag"] == tag
    assert again.json()["generation"] == first.json()["generation"] + 1
    unchanged = full.get(ADA, headers={"if-none-match": f'"other", {tag}'})
    assert (unchanged.status_code, unchanged.content, unchanged.headers["etag"]) == (304, b"", tag)
    full.delete(f"/v1/profiles/{first.json()['matches'][0]['profile_id']}")
    changed = full.get(ADA, headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


@pytest.mark.parametrize("path", ["/v1/profiles/ada", "/v1/profiles?limit=3", "/profiles/ada"])
def test_whatever_is_got_has_a_tag(full: TestClient, path: str) -> None:
    tag = full.get(path).headers["etag"]
    unchanged = full.get(path, headers={"if-none-match": tag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert full.get(path, headers={"if-none-match": 'W/"other"'}).status_code == 200
    assert full.head(path).headers["etag"] == tag


def test_an_answer_to_a_post_has_no_conditions(full: TestClient) -> None:
    tag = full.get(ADA).headers["etag"]
    answer = full.post("/v1/similar", json={"like": ["ada"]}, headers={"if-none-match": tag})
    assert answer.status_code == 200


@pytest.mark.parametrize("path", [ADA, "/profiles/ada", "/static/swagger/swagger-ui.css", "/openapi.json"])
def test_answers_are_packed_for_who_takes_them_so(full: TestClient, path: str) -> None:
    plain = full.get(path, headers=PLAIN)
    assert "content-encoding" not in plain.headers
    for _ in range(2):  # worked out, and kept
        with full.stream("GET", path, headers={"accept-encoding": "br, gzip;q=0.5"}) as packed:
            raw = b"".join(packed.iter_raw())
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(raw) == plain.content
        assert len(raw) < len(plain.content) / 2


@pytest.mark.parametrize("size", [0, 1, 70_000, 200_000])
def test_a_body_of_packed_parts_is_the_whole(size: int) -> None:
    parts = [bytes(random.Random(at).choices(b"abcd", k=size)) for at in range(3)]
    assert gzip.decompress(gzipped(parts[0], parts[1], deflated(parts[1]), parts[2])) == b"".join(parts)


def test_matches_are_packed_once_for_all_generations(full: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    packed: list[bytes] = []
    monkeypatch.setattr(rendered, "deflated", lambda said: packed.append(said) or deflated(said))  # type: ignore[func-returns-value]
    answer = rooms(full).similar(Query(like=("ada",), k=10))
    kept = rendered.Rendered(answer)
    for generation in (answer.generation, 7, 8):
        kept = kept.at(generation)
        assert gzip.decompress(kept.gzip_body()) == msgspec.json.encode(
            msgspec.structs.replace(answer, generation=generation)
        )
    assert len(packed) == 1


def test_the_operator_may_allow_an_age(tmp_path: Path) -> None:
    settings = Settings.load(data=tmp_path / "pool", answer_seconds=60)
    with Rooms(settings) as recommender:
        list(recommender.ingest(POOL))
    with Client(create_app(settings, Rooms)) as client:
        for _ in range(2):
            assert client.get(ADA).headers["cache-control"] == "private, max-age=60"


def test_memory_for_answers_is_bounded(tmp_path: Path, worked_out: list[Query]) -> None:
    settings = Settings.load(data=tmp_path / "pool", answers_bytes=60_000)
    with Rooms(settings) as recommender:
        list(recommender.ingest(POOL))
    with Client(create_app(settings, Rooms)) as client:
        for number in (1, 2, 3, 4, 5, 6, 1):
            client.get(f"/v1/profiles/eng-{number:03}/similar?k=5")
        assert len(worked_out) == 7, "the first was forgotten"
        client.get("/v1/profiles/eng-006/similar?k=5")
        assert len(worked_out) == 7


def test_a_profile_that_left_is_not_there(full: TestClient) -> None:
    assert full.get(ADA).status_code == 200
    full.delete("/v1/profiles/ada")
    assert full.get(ADA).status_code == 404


@pytest.mark.parametrize(
    ("accepted", "is_taken"),
    [("gzip", True), ("deflate, GZIP;q=0.1", True), ("*", True), ("gzip;q=0", False), ("br", False), ("", False)],
)
def test_what_takes_gzip(accepted: str, is_taken: bool) -> None:
    assert takes_gzip(accepted) is is_taken


@pytest.mark.parametrize(
    ("stated", "holds"),
    [('W/"a"', True), ('"a"', True), ('"b", W/"a"', True), ("*", True), ('"b"', False), (None, False)],
)
def test_what_holds_a_tag(stated: str | None, holds: bool) -> None:
    assert is_held(stated, 'W/"a"') is holds


def test_a_profile_that_is_stored_and_one_that_is_posted_score_alike(full: TestClient) -> None:
    stored = full.get(f"{ADA}?k=5").json()["matches"]
    profile = next(person for person in POOL if person.id == "ada")
    posted = full.post("/v1/similar", json={"profile": msgspec.json.decode(profile_to_json(profile)), "k": 5})
    assert posted.json()["matches"] == stored
