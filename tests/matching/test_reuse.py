"""An answer that is given again is the one that a fresh question gets, whatever was written meanwhile."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from recommender.collection.filter import Filter, YearsRange
from recommender.matching import Matcher, Query
from recommender.matching.ranking import rank as ranking
from recommender.profile import Profile
from tests.matching.fakes import TRADES, WORDS, encoder, matcher_of, person


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in {"WINDOW": 12, "HEAD": 8, "BLOCK": 30, "LARGEST_BLOCK": 50}.items():
        monkeypatch.setattr(ranking, name, size)


def somebody(rng: random.Random, number: int) -> Profile:
    about = " ".join(rng.choices(WORDS, k=6))
    return person(rng.randrange(40), rng.choice(list(TRADES)), id=f"p{number}", about=about)


def random_query(rng: random.Random) -> Query:
    where = rng.choice((Filter(), Filter(), Filter(skills_any=("Triage", "k8s")), Filter(years=YearsRange(min=6))))
    return Query(
        like=tuple({f"p{rng.randrange(240)}" for _ in range(rng.choice((1, 1, 2)))}),
        unlike=(f"p{rng.randrange(240)}",) if rng.random() < 0.2 else (),
        where=where,
        k=rng.choice((1, 3, 8, 20)),
        min_score=rng.choice((None, None, None, 30.0)),
        diversity=rng.choice((0.0, 0.0, 0.0, 0.5)),
        fold_duplicates=rng.random() < 0.1,
    )


def test_an_answer_given_again_through_random_writes_is_the_fresh_one(tmp_path: Path) -> None:
    rng = random.Random(4)
    matcher, encode = matcher_of([somebody(rng, number) for number in range(240)], tmp_path / "pool"), encoder().encode
    asked = []
    for _ in range(40):
        query = random_query(rng)
        with matcher.collection.view() as view:
            asked.append((query, matcher.answered(view, query)))
    again = gone = 0
    for step in range(60):
        if rng.random() < 0.75:
            matcher.collection.upsert(encode([somebody(rng, rng.choice((rng.randrange(240), 240 + step)))]))
        else:
            matcher.collection.delete([f"p{rng.randrange(180, 240)}"])
        held, asked = asked, []
        with matcher.collection.view() as view:
            for (query, _), renewed in zip(held, matcher.again(view, [one for _, one in held]), strict=True):
                if renewed is not None:
                    assert renewed.answer == matcher.similar(query, view), query
                    asked.append((query, renewed))
        again, gone = again + len(asked), gone + len(held) - len(asked)
    assert again > 150
    assert gone > 20


@pytest.mark.parametrize(
    "changes",
    [
        {"profile": person(3, "nurse", id=None)},
        {"text": "welder"},
        {"min_score": 5.0},
        {"diversity": 0.5},
        {"fold_duplicates": True},
        {"k": 30},
    ],
)
def test_what_rests_on_more_than_the_nearest_holds_for_its_own_generation_alone(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    rng = random.Random(3)
    matcher = matcher_of([somebody(rng, number) for number in range(60)], tmp_path / "pool")
    with matcher.collection.view() as view:
        assert matcher.answered(view, Query(like=("p1",), k=5)).basis is not None
        assert matcher.answered(view, Query(like=("p1",), **{"k": 5, **changes})).basis is None  # type: ignore[arg-type]


def kept(matcher: Matcher, query: Query):  # type: ignore[no-untyped-def]
    with matcher.collection.view() as view:
        return matcher.answered(view, query)


def test_the_headline_and_the_next_page_are_those_of_now(tmp_path: Path) -> None:
    rng = random.Random(1)
    crowd = [somebody(rng, number) for number in range(150)] + [person(1, "nurse", id="seed")]
    matcher = matcher_of(crowd, tmp_path / "pool")
    answered = kept(matcher, Query(like=("seed",), k=5))
    count = answered.answer.headline.count
    far = person(1, "welder", id="far", core_skills=(*TRADES["welder"][1], *TRADES["nurse"][1]))
    matcher.collection.upsert(encoder().encode([far]))
    with matcher.collection.view() as view:
        (renewed,) = matcher.again(view, [answered])
        fresh = matcher.similar(Query(like=("seed",), k=5), view)
    assert renewed is not None, "somebody far away changes no match"
    assert renewed.answer.headline.count == count + 1 == fresh.headline.count  # type: ignore[union-attr]
    assert renewed.answer.generation == answered.answer.generation + 1


def test_a_profile_that_is_asked_about_and_was_replaced_is_asked_anew(tmp_path: Path) -> None:
    rng = random.Random(2)
    matcher = matcher_of([somebody(rng, number) for number in range(40)], tmp_path / "pool")
    answered = kept(matcher, Query(like=("p1",), unlike=("p2",), k=5))
    matcher.collection.upsert(encoder().encode([somebody(rng, 2)]))
    with matcher.collection.view() as view:
        assert matcher.again(view, [answered]) == [None]


def test_who_is_left_out_and_comes_later_is_not_said_to_be_missing(tmp_path: Path) -> None:
    rng = random.Random(3)
    matcher, encode = matcher_of([somebody(rng, number) for number in range(60)], tmp_path / "pool"), encoder().encode
    queries = [Query(like=(f"p{number}",), where=Filter(exclude_ids=("p90",)), k=3) for number in range(20)]
    with matcher.collection.view() as view:
        held = [matcher.answered(view, query) for query in queries]
    assert all(one.answer.unmatched for one in held)
    matcher.collection.upsert(encode([somebody(rng, 90)]))
    with matcher.collection.view() as view:
        again = matcher.again(view, held)
        fresh = [matcher.similar(query, view) for query in queries]
    assert not any(one.unmatched for one in fresh)
    assert sum(one is not None for one in again) > 5
    assert all(one is None or one.answer == new for one, new in zip(again, fresh, strict=True))
