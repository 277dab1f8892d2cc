"""The planner: whichever way it goes, the rows and the scores are those of a plain scan."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray
from pyroaring import BitMap

from recommender.collection import Filter, LocalCollection, YearsRange
from recommender.collection.common.scores import best
from recommender.collection.local.follower import Tuning
from recommender.collection.local.generation.state import State
from recommender.collection.local.query import exact, search
from recommender.collection.local.query.exact import Products
from recommender.collection.local.query.expected import Expected, can_be_among
from recommender.collection.local.query.plan import Way
from recommender.collection.local.query.selected import MOST_REMEMBERED, RESERVE, Selected
from recommender.collection.local.sealed import hnsw
from recommender.collection.local.sealed.hnsw import Hnsw, build
from recommender.collection.local.sealed.vectors import Rows, Vectors
from recommender.collection.protocol import Candidates
from recommender.collection.sight import Sight
from recommender.encoding.encoded import EncodedProfile
from tests.collection.contract import check_found_again
from tests.collection.people import person, vector
from tests.collection.ways import force

ROWS, RECENT, WIDTH = 600, 40, 24


@pytest.fixture(scope="module", params=[20, 3])
def state(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[State]:
    """600 sealed rows with an index, 40 in the tail, one in 20 or one in three deleted since."""
    rng, numbers = random.Random(1), np.random.default_rng(1)
    people = []
    for i in range(ROWS + RECENT):
        one = person(f"p{i}", rng)
        vector = numbers.standard_normal(WIDTH).astype(np.float32)
        people.append(EncodedProfile(one.profile, one.facts, vector, one.features, one.fingerprint))
    pool = LocalCollection(tmp_path_factory.mktemp("pool"), Tuning(index_from=100, tail_rows=10**6))
    pool.upsert(people[:ROWS])
    pool.seal()
    pool.upsert(people[ROWS:])
    pool.delete([f"p{i}" for i in range(0, ROWS + RECENT, request.param)])
    with pool.view() as view:
        assert view._state.base is not None
        assert view._state.base.index is not None
        yield view._state
    pool.close()


def plain(state: State, query: NDArray[np.float32], k: int, rows: list[int]) -> tuple[list[int], list[float]]:
    scored = [(-float(np.vecdot(state.vectors(np.array([row]))[0], query)), row) for row in rows]
    best = sorted(scored)[:k]
    return [row for _, row in best], [-score for score, _ in best]


def products(state: State, query: NDArray[np.float32]) -> Products:
    assert state.base is not None
    return Products(state.base.vectors, query)


def test_what_is_expected_is_found_as_it_is_found_by_itself(state: State) -> None:
    """Vectors of the pool among them, whose copies' products are the same; k of which many rows are not among."""
    assert state.base is not None
    numbers = np.random.default_rng(8)
    vectors = np.vstack(
        [numbers.standard_normal((5, WIDTH)).astype(np.float32) * 1e3, state.base.vectors.take(slice(3))]
    )
    expected = Expected(state.base.vectors, vectors)
    for query in vectors:
        ahead = Products(state.base.vectors, query, expected)
        for k in (1, 5, 40):
            assert ahead.nearest(k, np.arange(ROWS)) is not None
            for selected in (state.live, BitMap(range(0, ROWS, 3)) & state.live):
                found = search.search(state, ahead, k, Selected(state, selected), exact=True)
                rows, scores = plain(state, query, k, list(selected))
                assert found.rows.tolist() == rows
                assert found.scores.tolist() == scores


def test_only_a_vector_that_was_expected_among_others_is_near(state: State) -> None:
    assert state.base is not None
    both = state.base.vectors.take(slice(2)).copy()
    assert Expected(state.base.vectors, both).near(both[1]) is not None
    assert Expected(state.base.vectors, both).near(state.base.vectors.take(slice(5, 6))[0]) is None
    assert Expected(state.base.vectors, both[:1]).near(both[0]) is None


def test_whoever_can_be_among_the_greatest_is_kept() -> None:
    """Each can be .1 off: of the two greatest, .5 and .45, the last can be .35, and .3 can be .4."""
    products = np.array([0.5, 0.2, 0.45, 0.3, 0.24], np.float32)
    assert can_be_among(products, 0.1, 2).tolist() == [True, False, True, True, False]
    assert can_be_among(products, 0.0, 9).all()


@pytest.mark.parametrize("share", [0.0, 0.002, 0.05, 0.3, 0.6, 0.98, 1.0])
@pytest.mark.parametrize("k", [1, 5, 60, 1000])
def test_min_of_k_and_the_qualifying_come_back_best_first(state: State, share: float, k: int) -> None:
    rng, numbers = random.Random(k), np.random.default_rng(k)
    for _ in range(5):
        rows = sorted(row for row in state.live if rng.random() < share)
        query = numbers.standard_normal(WIDTH).astype(np.float32)
        found = search.search(state, products(state, query), k, Selected(state, BitMap(rows)))
        wanted_rows, wanted_scores = plain(state, query, k, rows)
        assert len(found.rows) == min(k, len(rows))
        assert found.rows.tolist() == wanted_rows
        assert found.scores.tolist() == wanted_scores


def test_rows_that_were_compared_for_one_filter_are_not_compared_for_the_next(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """600 rows are blocks of 256, 256 and 88; three rows of 256 are few, and theirs alone are worked out."""
    monkeypatch.setattr(exact, "_BLOCK", 256)
    compared, honest = list[int](), Vectors.scores

    def scores(self: Vectors, rows: Rows, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        scores = honest(self, rows, vector)
        compared.append(len(scores))
        return scores

    monkeypatch.setattr(Vectors, "scores", scores)
    query = np.random.default_rng(3).standard_normal(WIDTH).astype(np.float32)
    asked, sealed = products(state, query), np.array([row for row in sorted(state.live) if row < ROWS])
    few = sealed[(sealed >= 509) & (sealed < 512)]
    for rows, expected in ((sealed[sealed >= 509], [len(few), 88]), (sealed, [256, 256]), (sealed[3:40], [])):
        compared.clear()
        found = search.search(state, asked, 7, Selected(state, BitMap(rows)), exact=True)
        assert compared[: len(expected)] == expected
        assert sum(compared) == sum(expected)
        assert (found.rows.tolist(), found.scores.tolist()) == plain(state, query, 7, rows.tolist())


def test_an_index_that_comes_back_short_is_made_up_for(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    force("graph", monkeypatch)
    monkeypatch.setattr(Hnsw, "nearest", lambda *_: np.array([3], np.int64))
    query, rows = np.ones(WIDTH, np.float32), sorted(state.live)
    found = search.search(state, products(state, query), 5, Selected(state, BitMap(rows)))
    assert (found.rows.tolist(), found.scores.tolist()) == plain(state, query, 5, rows)


def test_equal_scores_stand_in_the_order_of_rows() -> None:
    rows, scores = np.array([9, 2, 7, 4, 1]), np.array([1.0, 0.5, 1.0, 1.0, 0.5], np.float32)
    assert [x.tolist() for x in best(rows, scores, 4)] == [[4, 7, 9, 1], [1.0, 1.0, 1.0, 0.5]]
    many = np.arange(100)[::-1].copy()
    assert best(many, np.zeros(100, np.float32), 3)[0].tolist() == [0, 1, 2]


def test_an_index_over_other_rows_is_refused() -> None:
    vectors = np.random.default_rng(0).standard_normal((200, 8)).astype(np.float32)
    content = build(vectors, lambda: False, 1)
    assert sorted(Hnsw(content, vectors).nearest(vectors[3], 200).tolist()) == list(range(200))
    with pytest.raises(Exception, match="200 nodes of 200 vectors"):
        Hnsw(content, vectors[:199])


def test_a_filter_that_leaves_one_finds_that_one(tmp_path: Path) -> None:
    pool = LocalCollection(tmp_path, Tuning(index_from=50))
    rng = random.Random(2)
    pool.upsert([person(f"p{i}", rng, skills=("Only",) if i == 77 else ()) for i in range(200)])
    pool.seal()
    with pool.view() as view:
        for k in (1, 2, 100):
            found = view.search(np.ones(16, np.float32), k, Filter(skills_all=("Only",)))
            assert view.ids(found.rows) == ["p77"]
    pool.close()


@pytest.mark.parametrize("copies", [1_500, 2_900])
@pytest.mark.parametrize("apart", [0.0, 1e-4])
@pytest.mark.parametrize("way", ["graph", "scan"])
def test_copies_of_one_vector_hide_nobody(
    way: Way, copies: int, apart: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a graph copies would be one another's only neighbours; a search among them would find nobody else."""
    force(way, monkeypatch)
    rng, numbers = random.Random(4), np.random.default_rng(4)

    def unit(vector: NDArray[np.float64]) -> NDArray[np.float32]:
        return (vector / np.linalg.norm(vector)).astype(np.float32)

    one, mould = numbers.standard_normal(WIDTH), person("p", rng)
    people = []
    for i in range(3_000):
        vector = one + numbers.standard_normal(WIDTH) * (apart if i < copies else 0.6)
        profile = msgspec.structs.replace(mould.profile, id=f"p{i}")
        people.append(EncodedProfile(profile, mould.facts, unit(vector), mould.features, mould.fingerprint))
    rng.shuffle(people)
    pool = LocalCollection(tmp_path, Tuning(index_from=100, tail_rows=10**6))
    pool.upsert(people)
    pool.seal()
    found_of_wanted = []
    with pool.view() as view:
        vectors = view.vectors(view.rows())
        some = Filter(exclude_ids=tuple(f"p{i}" for i in range(0, 3_000, 3)))
        for query in [unit(one + numbers.standard_normal(WIDTH) * 0.6) for _ in range(40)]:
            for where in (Filter(), some):
                found = view.search(query, 15, where)
                wanted = np.sort(np.vecdot(vectors[view.rows(where)], query))[::-1][:15]
                assert len(set(found.rows.tolist())) == 15
                assert set(found.rows.tolist()) <= set(view.rows(where).tolist())
                found_of_wanted.append(
                    len(set(found.scores.tolist()) & set(wanted.tolist())) / len(set(wanted.tolist()))
                )
        exact = view.search(query, 3_000, exact=True)
        assert exact.scores.tolist() == np.sort(np.vecdot(vectors, query))[::-1].tolist()
    assert np.mean(found_of_wanted) >= 0.97
    pool.close()


@pytest.mark.parametrize("way", ["graph", "scan"])
def test_what_is_found_again_is_what_would_be_found(way: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    force(way, monkeypatch)
    rng = random.Random(5)
    pool = LocalCollection(tmp_path, Tuning(index_from=100, tail_rows=10**6))
    pool.upsert([person(f"p{i}", rng) for i in range(1_200)])
    pool.seal()

    def write() -> None:
        pool.delete([f"p{rng.randrange(1_200)}" for _ in range(rng.choice((1, 1, 40)))])
        pool.upsert([person(f"p{rng.randrange(2_000)}", rng)])

    said = sum(check_found_again(pool, rng, write, questions=10) for _ in range(15))
    assert 100 < said < 600  # of 600 times asked
    with pool.view() as view:
        assert view.search(vector(rng), 5).trace.plan.way == way  # type: ignore[union-attr]
    pool.close()


def test_what_a_filter_selects_is_remembered_until_the_pool_changes(tmp_path: Path) -> None:
    """By views of one generation, of the filters asked with last; another sight knows nothing of it."""
    rng, pool = random.Random(5), LocalCollection(tmp_path / "pool", Tuning(index_from=10**6))
    pool.upsert([person(f"p{number}", rng) for number in range(40)])
    where = Filter(years=YearsRange(min=0))
    with pool.view() as view:
        first = view.search(vector(rng), 3, where)
    with pool.view() as view:
        (selected,) = view._searched.values()
        assert not selected.is_usual
        view.search(vector(rng), 3, where)
        assert selected.is_usual
        assert view.seen_by(Sight(outlooks=False))._searched == {}
        for number in range(2 * MOST_REMEMBERED):
            view.search(vector(rng), 3, Filter(exclude_ids=(f"p{number}",)))
        assert len(view._searched) == MOST_REMEMBERED
        assert where not in view._searched
    pool.delete(pool_ids(pool)[:1])
    with pool.view() as view:
        assert view._searched == {}
    assert len(first.rows) == 3
    pool.close()


def pool_ids(pool: LocalCollection) -> list[str]:
    with pool.view() as view:
        return view.ids(view.rows())


@pytest.mark.parametrize("k", [3, RESERVE + 8])
def test_as_many_may_leave_as_are_known_beside_those_who_were_found(k: int, tmp_path: Path) -> None:
    """As many again as were asked for, and no more than the reserve."""
    rng = random.Random(6)
    pool, query = LocalCollection(tmp_path), vector(rng)
    pool.upsert([person(f"p{i}", rng) for i in range(200)])
    with pool.view() as view:
        again: Candidates | None = view.search(query, k)
        first = view.search(query, k)
        nearest = view.ids(view.search(query, 100).rows)
    for left in range(min(k, RESERVE) + 1):
        with pool.view() as view:
            again, fresh = view.finds_again(first, query), view.search(query, k)
        assert again is not None, left
        assert (again.rows.tolist(), again.scores.tolist()) == (fresh.rows.tolist(), fresh.scores.tolist())
        pool.delete([nearest[left]])
    with pool.view() as view:
        assert view.finds_again(first, query) is None, "who comes next is not known any more"
        assert again is not None
        assert view.finds_again(again, query) is None
    pool.close()


def test_whoever_a_search_would_miss_is_led_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clusters of those who are nearly alike, some of which a search would not come into."""
    numbers = np.random.default_rng(4)
    middles = np.repeat(numbers.standard_normal((30, 64)), 120, axis=0)
    spread = middles + 0.05 * numbers.standard_normal(middles.shape)
    vectors = np.asarray(spread / np.linalg.norm(spread, axis=1, keepdims=True), np.float32)

    def missed() -> int:
        index = Hnsw(build(vectors, lambda: False, 1), vectors)
        return sum(row not in index.nearest(vectors[row], 16) for row in range(len(vectors)))

    led = missed()
    monkeypatch.setattr(hnsw, "_link_missed", lambda *_: None)
    assert led < 0.8 * missed()
