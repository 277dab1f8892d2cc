"""Kept answers, of several who ask, through random writes: what is given is what a fresh question would get."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from recommender.collection import EVERYTHING, Sight, View
from recommender.collection.filter import EVERYONE, Filter, YearsRange
from recommender.errors import ProfileNotFound
from recommender.keys import Scope
from recommender.matching import Answered, Query
from recommender.matching.ranking import rank as ranking
from recommender.profile import Profile
from recommender.reading import Found
from recommender.service.answers.address import Address
from recommender.service.answers.answers import Answers
from recommender.settings import Settings
from tests.matching.fakes import WORDS
from tests.service.people import Rooms, engineer, nurse

IDS = [f"eng-{number:03}" for number in range(100)]
READ = frozenset({Scope.READ})
#: Whoever asks: all there is, without who may move, and with contact details but for the own company's people.
CALLERS = (
    (frozenset(Scope), EVERYTHING),
    (READ, Sight(outlooks=False)),
    (READ | {Scope.CONTACT}, Sight(outlooks=True, companies=("Company 3",))),
)


@pytest.fixture(autouse=True)
def small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "WINDOW", 20)
    monkeypatch.setattr(ranking, "HEAD", 15)


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    with Rooms(Settings.load(data=tmp_path / "pool")) as recommender:
        rng = random.Random(9)
        list(recommender.ingest([*(somebody(rng, number) for number in range(100)), *(nurse(one) for one in range(9))]))
        yield recommender


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many answers were looked at one by one, each time that some were."""
    numbers: list[int] = []
    again = Rooms.again

    def noting(self: Rooms, view: View, answers: Sequence[Answered]) -> list[Answered | None]:
        numbers.append(len(answers))
        return again(self, view, answers)

    monkeypatch.setattr(Rooms, "again", noting)
    return numbers


def asked(number: int) -> tuple[Query, Address]:
    """A question, and where it is asked by whom; the same number is the same question."""
    own = random.Random(number)
    rights, sight = own.choice(CALLERS)
    query = Query(
        like=(own.choice(IDS),),
        k=own.choice((1, 3, 10)),
        where=own.choice((EVERYONE, EVERYONE, Filter(years=YearsRange(min=6)))),
    )
    return query, Address(f"/v1/{number}", b"", rights, sight, is_whole=True)


def somebody(rng: random.Random, number: int) -> Profile:
    """No two of whom are equally near to anybody."""
    return msgspec.structs.replace(engineer(number), about=" ".join(rng.choices(WORDS, k=7)))


def store(recommender: Rooms, profile: Profile) -> None:
    recommender.store([Found(profile, "here", "1")])


def write(recommender: Rooms, rng: random.Random, number: int) -> None:
    kind = rng.random()
    if kind < 0.6:
        one = somebody(rng, rng.randrange(100)) if rng.random() < 0.4 else nurse(10 + number % 40)
        store(recommender, one)
    elif kind < 0.8:
        recommender.delete(f"eng-{rng.randrange(20, 100):03}")
    elif kind < 0.9:
        pair = [f"eng-{one:03}" for one in rng.sample(range(20), 2)]
        with recommender.collection.view() as view:
            there = [one for one in pair if view.count(Filter(profile_ids=(one,)))]
        recommender.collection.link([there] if len(there) == 2 else [])
    elif kind < 0.97:
        recommender.collection.unlink([f"eng-{rng.randrange(20):03}"])
    else:
        recommender.collection.seal()


@pytest.mark.parametrize("room", [10**8, 300_000])
def test_whoever_asks_gets_what_is_fresh(rooms: Rooms, room: int) -> None:
    rng = random.Random(6)
    answers = Answers(rooms, room, 0)
    at_once = 0
    for step in range(60):
        write(rooms, rng, step)
        for number in [rng.randrange(25) for _ in range(8)]:
            query, address = asked(number)
            rendered = answers.at_once(address)
            at_once += rendered is not None
            with rooms.collection.view() as view:
                seen = view.seen_by(address.sight)
                try:
                    fresh = msgspec.json.encode(rooms.similar(query, seen))
                except ProfileNotFound:
                    assert rendered is None
                    continue
            assert (rendered or answers.ask(query, address)).body() == fresh, (step, query)
    assert at_once > (100 if room == 10**8 else 10)


def test_what_nothing_touches_is_given_without_being_looked_at(rooms: Rooms, looked_at: list[int]) -> None:
    answers = Answers(rooms, 10**8, 0)
    questions = [asked(number) for number in range(20)]
    first = [answers.ask(*one) for one in questions]
    far = msgspec.structs.replace(nurse(9), id="far", core_skills=("Falconry",), other_skills=(), about="Falcons.")
    store(rooms, far)
    answers.ask(Query(like=("far",)), questions[0][1]._replace(path="/v1/far"))
    del looked_at[:]
    again = [answers.at_once(address) for _, address in questions]
    filtered = [query.where != EVERYONE for query, _ in questions]
    assert [one is None for one in again] == filtered, "of these alone it is not known at once"
    assert 0 < sum(filtered) < 10
    assert looked_at == []
    given = [one or answers.ask(*question) for one, question in zip(again, questions, strict=True)]
    assert [one.etag for one in given] == [one.etag for one in first]
    assert sum(looked_at) == sum(filtered)
    with rooms.collection.view() as view:
        assert {msgspec.json.decode(one.body())["generation"] for one in given} == {view.generation}


def test_those_asked_for_least_lately_are_packed_before_any_is_forgotten(rooms: Rooms) -> None:
    # Of ten people each: what an answer rests on is not packed, so that packing a short answer makes little room.
    questions = [(msgspec.structs.replace(query, k=10), address) for query, address in map(asked, range(25))]
    plain = Answers(rooms, 10**8, 0)
    whole = [plain.ask(*one).body() for one in questions]
    distinct = len({str(query) + str(address.rights) + str(address.sight) for query, address in questions})
    sizes = sum(map(len, plain._kept.values()))
    answers = Answers(rooms, sizes * 9 // 10, 0)
    for one in questions:
        answers.ask(*one)
    assert len(answers._kept) == distinct, "none was forgotten"
    packed = [kept.is_packed for kept in answers._kept.values()]
    assert 0 < sum(packed) < distinct
    assert packed == sorted(packed, reverse=True), "the first of them"
    assert answers._bytes == sum(map(len, answers._kept.values())) <= sizes * 9 // 10
    again = [answers.at_once(address) for _, address in questions]
    assert [one.body() for one in again if one] == whole
    assert answers._bytes == sum(map(len, answers._kept.values())) <= sizes * 9 // 10
