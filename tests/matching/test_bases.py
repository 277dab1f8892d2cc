"""Answers that are held to be untouched by what was written are those that a fresh question gets."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from recommender.collection import LocalCollection
from recommender.collection.filter import EVERYONE, Filter
from recommender.collection.local.follower import Tuning
from recommender.collection.local.query.plan import Way
from recommender.matching import Answered, Bases, Matcher, Query, recounted
from recommender.matching import bases as bases_module
from recommender.matching.ranking import rank as ranking
from recommender.profile import Profile
from tests.collection.ways import force
from tests.matching.fakes import TRADES, encoder, person
from tests.matching.test_reuse import somebody

PEOPLE = 240


@pytest.fixture(autouse=True)
def small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in {"WINDOW": 12, "HEAD": 8}.items():
        monkeypatch.setattr(ranking, name, size)


def pool(folder: Path, people: list[Profile], tuning: Tuning) -> Matcher:
    """Of these people, all of them sealed."""
    collection, profile_encoder = LocalCollection(folder, tuning), encoder()
    collection.upsert(profile_encoder.encode(people))
    collection.seal()
    return Matcher(collection, profile_encoder)


def random_question(rng: random.Random) -> Query:
    return Query(
        like=tuple(f"p{rng.randrange(PEOPLE)}" for _ in range(rng.choice((1, 1, 1, 2)))),
        unlike=(f"p{rng.randrange(PEOPLE)}",) if rng.random() < 0.1 else (),
        where=rng.choice((EVERYONE, EVERYONE, EVERYONE, Filter(skills_any=("Triage",)))),
        exclude_ids=(f"p{rng.randrange(PEOPLE)}",) if rng.random() < 0.2 else (),
        k=rng.choice((1, 3, 8)),
    )


def write(matcher: Matcher, rng: random.Random, number: int) -> None:
    ids = [f"p{rng.randrange(PEOPLE)}" for _ in range(2)]
    kind = rng.random()
    if kind < 0.65:
        one = somebody(rng, rng.choice((rng.randrange(PEOPLE), PEOPLE + number)))
        matcher.collection.upsert(encoder().encode([one]))
    elif kind < 0.8:
        matcher.collection.delete(ids[:1])
    elif kind < 0.9:
        with matcher.collection.view() as view:
            present = [one for one in set(ids) if view.count(Filter(profile_ids=(one,)))]
        matcher.collection.link([present] if len(present) == 2 else [])
    else:
        matcher.collection.unlink(ids)


@pytest.mark.parametrize("way", [None, "graph", "scan"])
def test_what_nothing_touches_is_what_a_fresh_question_gets(
    tmp_path: Path, way: Way | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng, bases, tuning = random.Random(5), Bases[int](), Tuning(tail_rows=10**6)
    if way:
        force(way, monkeypatch)
        tuning = Tuning(index_from=60, tail_rows=10**6)
    matcher = pool(tmp_path / "pool", [somebody(rng, number) for number in range(PEOPLE)], tuning)
    asked: dict[int, tuple[Query, Answered]] = {}
    with matcher.collection.view() as view:
        for number in range(60):
            query = random_question(rng)
            asked[number] = query, matcher.answered(view, query)
            bases.put(number, asked[number][1])
    held = len(bases)
    assert 30 < held < 60, "those with a filter are not held"
    earlier = matcher.collection.latest()
    good = doubtful = again = 0
    for step in range(40):
        for part in range(rng.choice((1, 1, 3))):
            write(matcher, rng, 10 * step + part)
        with matcher.collection.view() as view:
            later = matcher.collection.latest()
            assert earlier is not None
            assert later is not None
            changes = later.changes_since(earlier)
            assert changes is not None
            settled, earlier = bases.settle(earlier, later, changes), later
            good, doubtful = good + len(settled.good), doubtful + len(settled.doubtful)
            for name in rng.sample(list(settled.good), min(10, len(settled.good))):
                query, answered = asked[name]
                answer = msgspec.structs.replace(answered.answer, generation=later.generation)
                if answer.headline:
                    answer = msgspec.structs.replace(answer, headline=recounted(answer.headline, settled.good[name]))
                assert answer == matcher.similar(query, view), query
            for name in settled.doubtful:
                query, answered = asked[name]
                assert answered.basis is not None
                since = replace(answered.basis, since=changes.since)
                (renewed,) = matcher.again(view, [answered._replace(basis=since)])
                if renewed is not None:
                    assert renewed.answer == matcher.similar(query, view), query
                    asked[name] = query, renewed
                    bases.put(name, renewed)
                    again += 1
    assert good > 300
    assert doubtful > 100
    assert again > 50


def test_nothing_written_touches_nothing(tmp_path: Path) -> None:
    rng, bases = random.Random(1), Bases[str]()
    matcher = pool(tmp_path / "pool", [somebody(rng, number) for number in range(40)], Tuning())
    with matcher.collection.view() as view:
        answered = matcher.answered(view, Query(like=("p1",), k=3))
        bases.put("one", answered)
    latest = matcher.collection.latest()
    assert latest is not None
    changes = latest.changes_since(latest)
    assert changes is not None
    assert bases.settle(latest, latest, changes) == ({"one": answered.answer.headline.count}, set())  # type: ignore[union-attr]
    bases.drop("one")
    assert len(bases) == 0
    assert bases.settle(latest, latest, changes) == ({}, set())


class Counted(NamedTuple):
    """What the headline of an answer counts before something is written and after; after by the basis, if it holds."""

    before: int
    held: int | None
    after: int


def count_after(folder: Path, *written: Profile) -> Counted:
    """Of the answer about a nurse, before and after these are written."""
    rng, bases = random.Random(2), Bases[str]()
    crowd = [person(number, "nurse", id=f"n{number}", about="ward " * 9) for number in range(40)]
    matcher = pool(folder, [*crowd, BOTH, *(somebody(rng, number) for number in range(99))], Tuning())
    with matcher.collection.view() as view:
        answered = matcher.answered(view, Query(like=("n1",), k=3))
        bases.put("n1", answered)
        earlier = matcher.collection.latest()
    matcher.collection.upsert(encoder().encode(written))
    with matcher.collection.view() as view:
        later = matcher.collection.latest()
        assert earlier is not None
        assert later is not None
        changes = later.changes_since(earlier)
        assert changes is not None
        held = bases.settle(earlier, later, changes).good.get("n1")
        fresh = matcher.similar(Query(like=("n1",), k=3), view)
    before, after = answered.answer.headline, fresh.headline
    assert before is not None
    assert after is not None
    return Counted(before.count, held, after.count)


BOTH = person(7, "welder", id="both", core_skills=(*TRADES["nurse"][1], *TRADES["welder"][1]), about="steel " * 9)


@pytest.mark.parametrize(
    ("written", "more"),
    [
        ((msgspec.structs.replace(BOTH, id="another"),), 1),
        ((msgspec.structs.replace(BOTH, years_of_experience=9),), 0),
        ((person(7, "welder", id="both", about="steel " * 9),), -1),
        ((person(8, "welder", id="new", about="steel " * 9),), 0),
    ],
)
def test_a_headline_counts_who_has_its_skills_now(tmp_path: Path, written: tuple[Profile, ...], more: int) -> None:
    counted = count_after(tmp_path / "pool", *written)
    assert counted.held == counted.after == counted.before + more


def test_a_published_segment_leaves_nothing_to_hold_on_to(tmp_path: Path) -> None:
    rng, collection = random.Random(3), LocalCollection(tmp_path / "pool")
    collection.upsert(encoder().encode([somebody(rng, number) for number in range(60)]))
    with collection.view():
        earlier = collection.latest()
    collection.upsert(encoder().encode([somebody(rng, 61)]))
    collection.seal()
    with collection.view():
        later = collection.latest()
    assert earlier is not None
    assert later is not None
    assert later.changes_since(earlier) is None


def test_of_many_who_came_at_once_no_answer_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bases_module, "MOST_CAME", 2)
    for came, is_held in ((2, True), (3, False)):
        far = [person(number, "welder", id=f"far-{number}", about="steel " * 9) for number in range(came)]
        assert (count_after(tmp_path / str(came), *far).held is not None) is is_held
