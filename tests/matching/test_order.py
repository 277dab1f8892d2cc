"""One order for one question: whoever qualifies comes once, wherever pages end, in pools full of ties."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import msgspec
import pytest

from recommender.collection import Candidates
from recommender.collection.filter import Filter, YearsRange
from recommender.collection.local.view import LocalView
from recommender.matching import Match, Matcher, Query
from recommender.matching.ranking import rank as ranking
from recommender.matching.ranking.cursor import digest
from recommender.profile import Profile
from tests.matching.fakes import encoder, matcher_of, person


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows and blocks of a size at which 200 people are many."""
    for name, size in {"WINDOW": 24, "HEAD": 9, "BLOCK": 40, "LARGEST_BLOCK": 70}.items():
        monkeypatch.setattr(ranking, name, size)


def crowd(rng: random.Random) -> list[Profile]:
    """200 people, most of them copies or nearly so of a few."""
    found: list[Profile] = []
    while len(found) < 200:
        number, trade = rng.randrange(8), rng.choice(("nurse", "welder", "backend"))
        for _ in range(rng.choice((1, 1, 2, 30))):
            name = rng.choice((f"Person{number} Example", f"Someone{len(found)} Else", None))
            found.append(person(number, trade, id=f"p{len(found)}", name=name))
    return found[:200]


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    return matcher_of(crowd(random.Random(11)), tmp_path_factory.mktemp("crowd"))


def walked(matcher: Matcher, query: Query, sizes: random.Random | int) -> list[Match]:
    found: list[Match] = []
    while True:
        k = sizes if isinstance(sizes, int) else sizes.choice((1, 2, 7, 8, 40))
        answer = matcher.similar(msgspec.structs.replace(query, k=k))
        assert [match.rank for match in answer.matches] == list(
            range(len(found) + 1, len(found) + 1 + len(answer.matches))
        )
        found += answer.matches
        if answer.next_cursor is None:
            return found
        assert len(answer.matches) == k, "a page that is not the last is full"
        query = msgspec.structs.replace(query, cursor=answer.next_cursor)


WHERES = (
    Filter(),
    Filter(skills_any=("Triage", "Kafka")),
    Filter(years=YearsRange(min=5)),
    Filter(skills_none=("Triage",)),
)


def random_query(rng: random.Random) -> Query:
    return Query(
        like=tuple({f"p{rng.randrange(200)}" for _ in range(rng.choice((1, 1, 2)))}),
        unlike=(f"p{rng.randrange(200)}",) if rng.random() < 0.2 else (),
        where=rng.choice(WHERES),
        min_score=rng.choice((None, None, 0.0, 20.0, 45.0, 99.0)),
        diversity=rng.choice((0.0, 0.0, 0.6, 1.0)),
        fold_duplicates=rng.random() < 0.3,
    )


@pytest.mark.parametrize("seed", range(12))
def test_pages_of_any_size_are_one_order(matcher: Matcher, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(4):
        query = random_query(rng)
        whole = walked(matcher, query, 1000)
        assert len({match.profile_id for match in whole}) == len(whole)
        assert walked(matcher, query, rng) == whole
        assert walked(matcher, query, 9) == whole, "a page that ends where the first places do"


def test_a_window_that_ends_in_a_tie_is_looked_beyond_and_not_everybody(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, bool]] = []
    search = LocalView.search

    def noted(view: LocalView, vector: Any, k: int, *rest: Any, exact: bool = False) -> Candidates:
        asked.append((k, exact))
        return search(view, vector, k, *rest, exact=exact)

    monkeypatch.setattr(LocalView, "search", noted)
    wider = 0
    for number in range(0, 200, 5):
        asked.clear()
        matcher.similar(Query(like=(f"p{number}",), k=5))
        assert {*asked} <= {(25, False), (89, False), (356, False)}
        wider += (89, False) in asked
    assert wider


@pytest.mark.parametrize("seed", range(6))
def test_everyone_who_qualifies_comes_once(matcher: Matcher, seed: int) -> None:
    rng = random.Random(100 + seed)
    for fold in (False, True):
        query = msgspec.structs.replace(random_query(rng), min_score=None, fold_duplicates=fold)
        message = [who for match in walked(matcher, query, 30) for who in (match.profile_id, *match.duplicates)]
        with matcher.collection.view() as view:
            everyone = set(view.ids(view.rows(query.where))) - set(query.like)
        assert len(message) == len(set(message))
        assert set(message) == everyone


@pytest.mark.parametrize("seed", range(6))
def test_a_lowest_score_leaves_out_exactly_those_below_it(matcher: Matcher, seed: int) -> None:
    rng = random.Random(200 + seed)
    query = msgspec.structs.replace(random_query(rng), min_score=None, diversity=0.0, fold_duplicates=False)
    scores = {match.profile_id: match.score for match in walked(matcher, query, 1000)}
    for lowest in (0.0, sorted(scores.values())[len(scores) // 2], 60.0, 100.0):
        kept = walked(matcher, msgspec.structs.replace(query, min_score=lowest), rng)
        assert {m.profile_id: m.score for m in kept} == {who: s for who, s in scores.items() if s >= lowest}


def test_beyond_the_first_places_all_stand_by_score_and_then_by_the_digest_of_the_id(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "BLOCK", 500)
    monkeypatch.setattr(ranking, "LARGEST_BLOCK", 500)
    for number in range(0, 200, 23):
        found = walked(matcher, Query(like=(f"p{number}",)), 1000)
        for part in (found[:9], found[9:]):
            assert part == sorted(part, key=lambda match: (-match.score, digest(match.profile_id)))


def test_a_score_is_the_same_wherever_it_stands(matcher: Matcher) -> None:
    query = Query(like=("p3",))
    for match in walked(matcher, query, 1000):
        alone = matcher.similar(msgspec.structs.replace(query, where=Filter(profile_ids=(match.profile_id,))))
        assert [(m.profile_id, m.score, m.contributions) for m in alone.matches] == [
            (match.profile_id, match.score, match.contributions)
        ]


@pytest.mark.parametrize("seed", range(4))
def test_while_people_come_and_go_those_who_stay_come_once(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    matcher = matcher_of(crowd(rng), tmp_path)
    query = msgspec.structs.replace(random_query(rng), min_score=None, fold_duplicates=False, where=Filter())
    staying, shown = {f"p{number}" for number in range(200)} - set(query.like), []
    gone = rng.sample(sorted(staying - set(query.unlike)), 40)
    for step in range(1000):
        answer = matcher.similar(msgspec.structs.replace(query, k=rng.choice((3, 9, 25))))
        shown += [match.profile_id for match in answer.matches]
        if answer.next_cursor is None:
            break
        query = msgspec.structs.replace(query, cursor=answer.next_cursor)
        matcher.collection.upsert(
            encoder().encode([person(rng.randrange(8), "nurse", id=f"new-{step}-{n}") for n in range(12)])
        )
        matcher.collection.delete([gone.pop()] if gone else [])
    assert len(shown) == len(set(shown))
    assert staying - set(shown) <= {f"p{n}" for n in range(200)} - set(shown)
    with matcher.collection.view() as view:
        still = set(view.ids(view.rows())) & staying
    assert still <= set(shown)
