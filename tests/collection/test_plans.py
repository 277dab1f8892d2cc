"""Plans: chosen by what they cost, and whatever is chosen finds what scoring everybody finds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray
from pyroaring import BitMap

from recommender.collection import LocalCollection
from recommender.collection.common.asked import query_vector
from recommender.collection.local.follower import Tuning
from recommender.collection.local.generation.state import State
from recommender.collection.local.query import approximate, search
from recommender.collection.local.query import plan as planning
from recommender.collection.local.query.exact import Products
from recommender.collection.local.query.plan import Plan, Segmented, Way, choose
from recommender.collection.local.query.selected import Selected
from recommender.collection.local.sealed import build
from recommender.collection.local.sealed.costs import Costs
from recommender.collection.local.sealed.signs import Signs, signs_of
from recommender.collection.protocol import Candidates
from recommender.encoding.encoded import EncodedProfile
from recommender.errors import QueryError
from tests.collection.people import person
from tests.collection.ways import force

ROWS, RECENT, WIDTH, GROUPS = 4_000, 60, 96, 40
Floats = NDArray[np.float32]


def unit(vectors: NDArray[np.float64]) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), np.float32)


def drawn(numbers: np.random.Generator, count: int) -> Floats:
    """Unit vectors around as many middles as there are groups, always the same middles."""
    middles = np.random.default_rng(0).standard_normal((GROUPS, WIDTH))
    return unit(middles[numbers.integers(GROUPS, size=count)] + 0.7 * numbers.standard_normal((count, WIDTH)))


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    """4,000 sealed rows, 60 in the tail, every ninth deleted since."""
    mould, numbers = person("p", random.Random(1)), np.random.default_rng(1)
    people = [
        EncodedProfile(
            msgspec.structs.replace(mould.profile, id=f"p{i}"), mould.facts, vector, mould.features, mould.fingerprint
        )
        for i, vector in enumerate(drawn(numbers, ROWS + RECENT))
    ]
    pool = LocalCollection(tmp_path_factory.mktemp("pool"), Tuning(index_from=100, tail_rows=10**6))
    pool.upsert(people[:ROWS])
    pool.seal()
    pool.upsert(people[ROWS:])
    pool.delete([f"p{i}" for i in range(0, ROWS + RECENT, 9)])
    with pool.view() as view:
        yield view._state
    pool.close()


def asked(state: State, query: Floats, k: int, rows: NDArray[np.int64]) -> Candidates:
    """What is found, which is the same where the filter is usual and copies of what it admits are kept."""
    assert state.base is not None
    selected, products = Selected(state, BitMap(rows.tolist())), Products(state.base.vectors, query)
    found = search.search(state, products, k, selected)
    selected.is_usual = True
    again = search.search(state, products, k, selected)
    assert (again.rows.tolist(), again.scores.tolist()) == (found.rows.tolist(), found.scores.tolist())
    return found


def nearest(state: State, query: Floats, k: int, rows: NDArray[np.int64]) -> list[int]:
    """By scoring every row."""
    scores = np.vecdot(state.vectors(rows), query)
    return [int(row) for row in rows[np.lexsort((rows, -scores))][:k]]


@pytest.mark.parametrize("way", ["exact", "scan", "graph"])
def test_each_way_finds_the_min_of_k_and_the_qualifying_with_their_own_scores(
    way: Way, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    force(way, monkeypatch)
    rng, numbers, living = random.Random(2), np.random.default_rng(2), np.array(sorted(state.live))
    recalls, ways = [], set()
    for query in drawn(numbers, 150):
        k, share = rng.choice((1, 4, 10, 60, 5_000)), rng.choice((0.0, 0.001, 0.01, 0.1, 0.3, 0.5, 0.9, 1.0))
        rows = living[numbers.random(len(living)) < share]
        found = asked(state, query, k, rows)
        wanted = nearest(state, query, k, rows)
        assert len(found.rows) == len(set(found.rows.tolist())) == len(wanted)
        assert set(found.rows.tolist()) <= set(rows.tolist())
        assert found.scores.tolist() == np.vecdot(state.vectors(found.rows), query).tolist()
        assert np.array_equal(np.lexsort((found.rows, -found.scores)), np.arange(len(found.rows)))
        assert found.plan is not None
        ways.add(found.plan.way)
        if found.plan.way == "exact":
            assert found.rows.tolist() == wanted
        recalls += [len(set(wanted) & set(found.rows.tolist())) / len(wanted)] if wanted else []
    assert way in ways
    assert np.mean(recalls) >= 0.99


@pytest.mark.parametrize("way", ["scan", "graph"])
@pytest.mark.parametrize("share", [0.15, 0.5])
def test_a_filter_that_admits_only_those_far_from_the_question_hides_nobody(
    way: Way, share: float, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    force(way, monkeypatch)
    numbers, living = np.random.default_rng(3), np.array(sorted(state.live))
    recalls = []
    for query in drawn(numbers, 40):
        by_nearness = living[np.argsort(np.vecdot(state.vectors(living), query))]
        rows = np.sort(by_nearness[: int(share * len(living))])
        found, wanted = asked(state, query, 10, rows), nearest(state, query, 10, rows)
        assert len(found.rows) == 10
        recalls.append(len(set(wanted) & set(found.rows.tolist())) / 10)
    assert np.mean(recalls) >= 0.98


def test_a_scan_scores_whoever_may_be_as_near_as_those_it_scored_first(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The surer it has to be the more it scores, in the end all; by estimates that were never off, few."""
    force("scan", monkeypatch)
    living, several, recalls = np.array(sorted(state.live)), [], []
    for sure in (0.0, 1.5, 1e6):
        monkeypatch.setattr(approximate, "_SURE", np.float32(sure))
        found_of_all, scored = [], 0
        for query in drawn(np.random.default_rng(12), 30):
            found, wanted = asked(state, query, 10, living), nearest(state, query, 10, living)
            found_of_all.append(len(set(wanted) & set(found.rows.tolist())) / 10)
            rested = search.reach(found)
            assert rested is not None
            scored += len(rested.seen)
        recalls.append(np.mean(found_of_all))
        several.append(scored)
    assert several[0] < several[1] < several[2]
    assert recalls[0] < recalls[1] <= recalls[2] == 1.0
    assert found.plan is not None
    assert found.plan.steps[-2] == f"scored all {np.count_nonzero(living < ROWS)} who qualify"


def test_the_cheapest_way_is_chosen_for_how_many_qualify() -> None:
    """Of 100,000: 32 nodes of the graph cost 111 µs; scans 150 + …; a row that is scored a quarter of one."""
    costs = Costs()
    for qualifying, k, way in (
        (100_000, 10, "graph"),
        (100_000, 161, "graph"),
        (50_000, 10, "graph"),
        (10_000, 10, "scan"),
        (10_000, 50, "scan"),
        (13_000, 161, "scan"),
        (5_000, 10, "scan"),
        (4_096, 10, "exact"),
        (100, 10, "exact"),
        (0, 10, "exact"),
        (100_000, 100_000, "exact"),
        (50_000, 30_000, "exact"),
    ):
        planned = choose(Segmented(100_000, qualifying, k, 1024), costs)
        assert planned.plan.way == way, (qualifying, k, planned)
        assert planned.expected[way] == min(planned.expected.values())
    assert choose(Segmented(1_000_000, 100_000, 10, 1024), costs).plan == Plan("graph", 208)


def test_costs_are_measured_when_files_are_made_and_go_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two who have opened the same files plan alike, whatever either would measure."""
    cheap = Costs(score=9.0, estimate=0.0, estimate_closely=0.0, begin_estimates=0.0, begin_visits=1e6)
    monkeypatch.setattr(build, "measured", lambda *_: np.array(cheap, np.float32))
    mould, query = person("p", random.Random(1)), drawn(np.random.default_rng(7), 1)[0]
    with closing(LocalCollection(tmp_path, Tuning(index_from=100, tail_rows=10**6))) as pool:
        pool.upsert(
            EncodedProfile(msgspec.structs.replace(mould.profile, id=f"p{i}"), mould.facts, vector, mould.features, "f")
            for i, vector in enumerate(drawn(np.random.default_rng(8), 1_000))
        )
        pool.seal()
    monkeypatch.undo()
    monkeypatch.setattr(planning, "SCORED_ANYWAY", 0)
    for _ in range(2):
        with closing(LocalCollection(tmp_path)) as pool, pool.view() as view:
            assert view._state.base is not None
            assert view._state.base.costs == Costs(*np.array(cheap, np.float32).tolist())
            plan = view.search(query, 3).plan
            assert plan is not None
            assert plan.way == "scan"
            assert plan.expected_ms["exact"] == pytest.approx(9 * WIDTH / 1024, abs=1e-3)


def test_measured_costs_are_within_a_factor_of_the_usual(state: State) -> None:
    base = state.base
    assert base is not None
    assert base.costs != Costs()
    for found, usual in zip(base.costs, Costs(), strict=True):
        assert usual / 4.001 <= found <= usual * 4.001


def test_a_search_says_what_it_did(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    force("scan", monkeypatch)
    rows, query = np.array(sorted(state.live)), drawn(np.random.default_rng(5), 1)[0]
    plan = asked(state, query, 3, rows).plan
    assert plan is not None
    recent = np.count_nonzero(rows >= ROWS)
    assert (plan.way, plan.why, plan.k) == ("scan", "least is expected of it", 3)
    assert plan.qualifying == plan.profiles == len(rows)
    estimated, first, scored, came = plan.steps
    assert estimated == f"estimated {len(rows) - recent} who qualify"
    assert first == "scored 32"
    several = int(scored.split()[1])
    assert scored == f"scored {several} more"
    assert 3 <= several <= 128
    assert came == f"scored {recent} who came since the files were made"
    assert set(plan.expected_ms) == {"exact", "scan", "graph"}
    assert plan.took_ms > 0
    monkeypatch.setattr(approximate, "_AT_ONCE", 0)
    closely = asked(state, query, 3, rows).plan
    assert closely is not None
    assert closely.steps[:3] == (estimated, first, f"estimated {several} closely")
    assert int(closely.steps[3].split()[1]) <= several


@pytest.mark.parametrize("width", [1, 63, 64, 200, 600, 1_024])
def test_estimates_are_about_the_products_and_the_same_whatever_else_is_estimated(width: int) -> None:
    numbers = np.random.default_rng(6)
    vectors, query = unit(numbers.standard_normal((900, width))), unit(numbers.standard_normal(width))
    vectors[7] = vectors[8]
    signs = Signs(signs_of(vectors))
    asked_, everyone, some = signs.asked(query), np.arange(900), np.array([2, 7, 8, 500])
    exact = vectors @ query
    for estimated in (signs.coarse, signs.fine):
        estimates = estimated(asked_, everyone)
        assert estimated(asked_, some).tolist() == estimates[some].tolist()
        assert estimates[7] == estimates[8]
    copies = signs.only(some)
    asked_copies, all_of_them = copies.asked(query), np.arange(len(some))
    assert copies.coarse(asked_copies).tolist() == signs.coarse(asked_, some).tolist()
    assert copies.fine(asked_copies, all_of_them).tolist() == signs.fine(asked_, some).tolist()
    coarse, fine = (np.std(e(asked_, everyone) - exact) for e in (signs.coarse, signs.fine))
    if width > 1:
        assert fine < coarse < 0.6 * np.std(exact) + 0.05
        assert np.corrcoef(signs.fine(asked_, everyone), exact)[0, 1] > 0.85


def test_a_vector_that_is_the_mean_of_all_is_estimated_as_that() -> None:
    vectors = np.tile(np.array([[0.6, 0.8]], np.float32), (5, 1))
    signs = Signs(signs_of(vectors))
    assert signs.fine(signs.asked(vectors[0]), np.arange(5)).tolist() == pytest.approx([1.0] * 5)


def test_what_a_search_rested_on_is_who_was_looked_at_and_lives(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who had left before cannot leave; the bitmap is the same whenever it is asked for."""
    force("graph", monkeypatch)
    living = np.array(sorted(state.live))
    found = asked(state, drawn(np.random.default_rng(11), 1)[0], 5, living)
    rested = search.reach(found)
    assert rested is not None
    assert rested.way == "graph"
    assert set(found.rows.tolist()) < set(rested.seen.tolist()) <= set(living.tolist())
    assert np.array_equal(rested.seen, np.unique(rested.seen))


@pytest.mark.parametrize("k", [1, 200])
def test_a_number_that_is_not_finite_is_refused_and_great_ones_are_not(k: int) -> None:
    great = np.full(WIDTH, 3e38, np.float32)  # whose squares and whose sum are beyond what a float holds
    assert query_vector(great, k, WIDTH).tolist() == great.tolist()
    for wrong in (np.nan, np.inf, -np.inf):
        great[5] = wrong
        with pytest.raises(QueryError, match="not finite"):
            query_vector(great, k, WIDTH)


def test_how_so_many_are_searched_for_is_remembered_with_the_filter(state: State) -> None:
    selected = Selected(state, state.live)
    outlines = [selected.outline(k) for k in range(1, 200)]
    assert selected.outline(199) is outlines[-1]
    assert selected.outline(1) == outlines[0]
    assert [one.of.k for one in outlines] == list(range(1, 200))
