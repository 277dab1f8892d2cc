"""Many at once: questions beside writes, and the parts of a page beside each other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest
from fastapi.testclient import TestClient

from recommender.collection import Sight, View
from recommender.matching import Answer, Query
from recommender.profile import Profile, profile_to_json
from recommender.service.answers.address import Address
from recommender.service.answers.answers import Answers
from tests.service.people import Rooms, engineer, nurse
from tests.service.test_similar import rooms


def put(client: TestClient, person: Profile) -> int:
    answer = client.put(f"/v1/profiles/{person.id}", content=profile_to_json(person))
    assert answer.status_code in (200, 201), answer.text
    generation: int = answer.json()["generation"]
    return generation


def test_questions_asked_at_once_are_answered_as_if_one_by_one(filled: TestClient) -> None:
    paths = [f"/v1/profiles/eng-{number:03}/similar?k=5" for number in range(24)]
    alone = [filled.get(path).content for path in paths]
    with ThreadPoolExecutor(8) as many:
        together = list(many.map(lambda path: filled.get(path).content, paths))
    assert together == alone


def test_what_was_deleted_is_never_answered_again(client: TestClient) -> None:
    """Somebody comes and goes; once a delete is acknowledged, no question asked after it finds them."""
    for number in range(6):
        put(client, engineer(number))
    stop = threading.Event()
    # odd from before the visitor is put until the delete is acknowledged, even while they are known to be gone
    moment = 0

    def ask() -> None:
        while not stop.is_set():
            before = moment
            body = client.get("/v1/profiles/eng-000/similar?k=50").json()
            ids = {match["profile_id"] for match in body["matches"]}
            # every answer is of one moment: five others, and the visitor or not
            assert len(ids - {"visitor"}) == 5
            assert body["headline"]["count"] == len(ids)
            if before == moment and before % 2 == 0:
                assert "visitor" not in ids

    with ThreadPoolExecutor(3) as many:
        asking = [many.submit(ask) for _ in range(3)]
        try:
            for _ in range(8):
                moment += 1
                put(client, msgspec.structs.replace(engineer(7), id="visitor"))
                assert client.delete("/v1/profiles/visitor").status_code == 204
                moment += 1
                client.get("/v1/profiles/eng-001/similar")
        finally:
            stop.set()
        for thread in asking:
            thread.result()


@pytest.mark.parametrize("before", [True, False], ids=["before the question", "after it"])
def test_a_write_while_a_page_is_made_is_in_none_of_its_parts(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    """Of three nurses one is looked at: two others, in the count, among the matches and in the headline alike."""
    for number in range(3):
        put(client, nurse(number))
    newcomer = once(lambda: put(client, nurse(3)))
    questions = []
    similar: Callable[..., Answer] = Rooms.similar

    def overtaken(self: Rooms, query: Query, *view: View) -> Answer:
        if before:
            newcomer()
        questions.append(query)
        answer = similar(self, query, *view)
        newcomer()
        return answer

    monkeypatch.setattr(type(rooms(client)), "similar", overtaken)
    for others in (2, 3):
        page = client.get("/profiles/nurse-0").text
        assert f"<strong>{others}</strong> people qualify" in page
        assert page.count('class="card match"') == others
        assert f"{others} more professionals with" in page
    assert len(questions) == 2, "each page asks once"


def once(function: Callable[[], Any]) -> Callable[[], None]:
    """The function, doing nothing from its second call on."""
    left = [function]

    def call() -> None:
        if left:
            left.pop()()

    return call


def by_id(client: TestClient, name: str) -> Any:
    return client.get(f"/v1/profiles/{name}/similar?k=5")


def in_words(client: TestClient, text: str) -> Any:
    return client.post("/v1/similar", json={"text": text, "k": 5})


@pytest.mark.parametrize(
    ("ask", "asked", "refused"),
    [
        (by_id, ("eng-000", "eng-001", "nobody", "eng-002", "eng-002"), 404),
        (in_words, ("nurse, triage", "engineer, Kafka", "seniority:none", "Kafka, not Java", "Kafka, not Java"), 422),
    ],
)
def test_questions_that_wait_together_are_worked_off_together(
    filled: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    ask: Callable[[TestClient, str], Any],
    asked: Sequence[str],
    refused: int,
) -> None:
    """While the first is worked out the others come; of these one cannot be answered, and two ask the same."""
    runs: list[int] = []
    begun, go_on = threading.Event(), threading.Event()
    answered = Answers.ask_many

    def slowly(self: Answers, asked: Sequence[Any]) -> Any:
        runs.append(len(asked))
        if not begun.is_set():
            begun.set()
            assert go_on.wait(20)
        return answered(self, asked)

    alone = [ask(filled, one) for one in asked]
    app: Any = filled.app
    running = app.state.running
    app.state.running.answers._kept.clear()
    monkeypatch.setattr(Answers, "ask_many", slowly)
    with ThreadPoolExecutor(8) as many:
        first = many.submit(ask, filled, asked[0])
        assert begun.wait(20)
        others = [many.submit(ask, filled, one) for one in asked[1:]]
        while len(running.together) + len(running.words) < len(others):
            time.sleep(0.005)
        go_on.set()
        together = [one.result() for one in (first, *others)]
    assert runs == [1, 4]
    assert [one.status_code for one in together] == [200, 200, refused, 200, 200]
    assert [one.content for one in together if one.is_success] == [one.content for one in alone if one.is_success]


def test_a_fault_in_one_of_several_costs_the_others_nothing(
    filled: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = Rooms.answered_together

    def faulty(self: Rooms, queries: Sequence[Query], view: View) -> Any:
        if any("eng-001" in query.like for query in queries):
            raise ZeroDivisionError
        return answered(self, queries, view)

    monkeypatch.setattr(Rooms, "answered_together", faulty)
    app: Any = filled.app
    asked = [
        (Query(like=(f"eng-{at:03}",)), Address(f"/{at}", b"", frozenset(), Sight(outlooks=False), True))
        for at in range(3)
    ]
    first, broken, last = app.state.running.answers.ask_many(asked)
    assert isinstance(broken, ZeroDivisionError)
    assert b"eng-" in first.body()
    assert b"eng-" in last.body()
