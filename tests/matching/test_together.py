"""Many questions at once get, to the last bit, the answers that each gets by itself."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.collection.filter import Filter, YearsRange
from recommender.errors import EncoderError, ProfileNotFound, QueryError
from recommender.matching import Matcher, Query
from recommender.matching.compared.people import People
from recommender.matching.ranking import points, rank
from recommender.profile import Profile
from tests.matching.fakes import HashEncoder, matcher_of, person

POOL = [person(number, trade) for number in range(40) for trade in ("nurse", "welder", "backend")]
BARE = Profile(id="bare", name="Bare Example")
QUERIES = [
    *(Query(like=(f"{trade}-{number}",)) for number in range(5) for trade in ("nurse", "backend")),
    Query(like=("nurse-7",), k=50),
    Query(like=("nurse-7",), where=Filter(years=YearsRange(min=5))),
    Query(like=("welder-3",), where=Filter(title_contains="nobody at all")),
    Query(like=("welder-3",), where=Filter(profile_ids=("welder-4", "nurse-1")), k=5),
    Query(like=("nurse-1", "welder-1")),
    Query(like=("nurse-1",), unlike=("nurse-2",)),
    Query(like=("nurse-1",), diversity=0.5),
    Query(like=("nurse-1",), fold_duplicates=True),
    Query(like=("nurse-1",), min_score=60),
    Query(like=("nurse-1",), weights={"skills": 3.0}),
    Query(like=("bare",)),
    Query(text="nurse, wound care"),
    Query(text="senior backend engineer, Kafka and Python, not Java, 3+ years"),
    Query(text="Kafka, PostgreSQL, Python, Welding, Triage, Wound Care, Patient Care"),
    Query(text="We look for a nurse who " + "cares for patients on a surgical ward and teaches others. " * 8),
    Query(profile=person(99, "welder", id=None)),
]


@pytest.fixture(scope="module", params=[False, True], ids=["in memory", "sealed"])
def matcher(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Matcher:
    found = matcher_of([*POOL, BARE], tmp_path_factory.mktemp("pool"))
    if request.param:
        found.collection.seal()  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("rows", [1, 200, 1_024])
def test_however_many_are_measured_at_a_time(matcher: Matcher, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = [msgspec.json.encode(matcher.similar(query)) for query in QUERIES[:10]]
    monkeypatch.setattr(points, "_CACHED", rows)
    assert [msgspec.json.encode(answer) for answer in matcher.similar_many(QUERIES[:10])] == alone


def test_runs_of_questions_take_all_of_them_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(points, "_CACHED", 10)
    assert list(points._in_cache([4, 6, 1, 0, 30, 0, 9])) == [(0, 2), (2, 4), (4, 5), (5, 7)]
    assert list(points._in_cache([])) == []


@pytest.mark.parametrize("window", [160, 12])
def test_many_at_once_are_answered_as_each_alone(
    matcher: Matcher, window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rank, "WINDOW", window)
    alone = [msgspec.json.encode(matcher.similar(query)) for query in QUERIES]
    assert [msgspec.json.encode(answer) for answer in matcher.similar_many(QUERIES)] == alone
    assert [msgspec.json.encode(answer) for answer in matcher.similar_many(QUERIES[::-1])] == alone[::-1]


def test_the_second_pages_of_many_are_those_of_each(matcher: Matcher) -> None:
    firsts = matcher.similar_many(QUERIES[:6])
    cursors = [answer.next_cursor for answer in firsts]  # type: ignore[union-attr]
    seconds = [msgspec.structs.replace(query, cursor=at) for query, at in zip(QUERIES, cursors, strict=False)]
    assert matcher.similar_many(seconds) == [matcher.similar(query) for query in seconds]


def test_what_many_say_in_words_is_encoded_in_one_run(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []
    encode = HashEncoder.encode

    def counted(self: HashEncoder, texts: Sequence[str]) -> NDArray[np.float32]:
        runs.append(len(texts))
        return encode(self, texts)

    monkeypatch.setattr(HashEncoder, "encode", counted)
    matcher.similar_many([Query(text=text) for text in ("nurse, triage", "welder, steel", "nurse, triage", "Kafka")])
    assert runs == [3]


def test_what_cannot_be_encoded_costs_itself_alone(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    encode = HashEncoder.encode

    def refused(self: HashEncoder, texts: Sequence[str]) -> NDArray[np.float32]:
        if any("steel" in text for text in texts):
            raise EncoderError("not this one; give another")
        return encode(self, texts)

    monkeypatch.setattr(HashEncoder, "encode", refused)
    first, wrong, second = matcher.similar_many([Query(text=text) for text in ("nurse", "welder, steel", "Kafka")])
    assert isinstance(wrong, EncoderError)
    assert [first, second] == [matcher.similar(Query(text=text)) for text in ("nurse", "Kafka")]


def test_what_cannot_be_asked_costs_itself_alone(matcher: Matcher) -> None:
    nobody, first, wrong, second = matcher.similar_many(
        [Query(like=("nobody",)), QUERIES[0], Query(like=("nurse-1",), k=0), QUERIES[1]]
    )
    assert isinstance(nobody, ProfileNotFound)
    assert isinstance(wrong, QueryError)
    assert [first, second] == [matcher.similar(query) for query in QUERIES[:2]]
    assert matcher.similar_many([]) == []


def test_people_are_read_once_and_the_least_lately_asked_for_are_forgotten(matcher: Matcher) -> None:
    with matcher.collection.view() as view:
        rows = np.array([view.row(f"nurse-{number}") for number in range(3)])
        one = People().of(view, rows[:1])[0]
        people = People(most=2 * one.weight + one.weight // 2)
        first, second = people.of(view, rows[:2])
        assert [first.profile.id, second.profile.id] == ["nurse-0", "nurse-1"]
        assert people.of(view, rows[[1, 0, 1]]) == [second, first, second]
        people.of(view, rows[2:])  # forgets the second
        assert people.of(view, rows[:1])[0] is first
        assert people.of(view, rows[1:2])[0] is not second
        assert (first.name, first.title) == ("Person0 Example", "Registered Nurse")
        assert first.held == frozenset(first.facts.skills)
