"""The nearest of many rows at once: whichever way they are found, those of a plain scan, whoever else is asked for."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pyroaring import BitMap

from recommender.collection import LocalCollection
from recommender.collection.local.follower import Tuning
from recommender.collection.local.generation.state import State
from recommender.collection.local.query import neighbours as module
from recommender.collection.local.query.neighbours import neighbours
from recommender.collection.local.sealed.hnsw import Hnsw
from recommender.collection.local.sealed.vectors import Vectors
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.quantisation import rounded
from tests.collection.people import person

SEALED, RECENT, WIDTH, COPIES = 600, 40, 24, 30


@pytest.fixture(scope="module", params=[True, False], ids=["a byte a number", "floats"])
def state(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[State]:
    """600 sealed rows with an index, 30 of them copies of one, and 40 in the tail; one in 20 deleted since."""
    rng, numbers = random.Random(1), np.random.default_rng(1)
    people = list[EncodedProfile]()
    for i in range(SEALED + RECENT):
        one, drawn = person(f"p{i}", rng), numbers.standard_normal(WIDTH)
        unit = (drawn / np.linalg.norm(drawn)).astype(np.float32)
        vector = people[5].vector if 5 < i <= 5 + COPIES else rounded(unit) if request.param else unit
        people.append(EncodedProfile(one.profile, one.facts, vector, one.features, one.fingerprint))
    pool = LocalCollection(tmp_path_factory.mktemp("pool"), Tuning(index_from=100, tail_rows=10**6))
    pool.upsert(people[:SEALED])
    pool.seal()
    pool.upsert(people[SEALED:])
    pool.delete([f"p{i}" for i in range(0, SEALED + RECENT, 20)])
    with pool.view() as view:
        yield view._state
    pool.close()


def plain(state: State, row: int, k: int, rows: list[int]) -> tuple[list[int], list[float]]:
    (query,) = state.vectors(np.array([row]))
    others = np.array([one for one in rows if one != row], np.int64)
    scores = [float(np.vecdot(vector, query)) for vector in state.vectors(others)]
    best = sorted(zip((-score for score in scores), others.tolist(), strict=True))[:k]
    return [row for _, row in best], [-score for score, _ in best]


def lists(found: list[tuple[NDArray[np.int64], NDArray[np.float32]]]) -> list[tuple[list[int], list[float]]]:
    return [(rows.tolist(), scores.tolist()) for rows, scores in found]


#: Sealed rows, a copy among them, and rows of the tail.
ASKED = np.array([1, 7, 8, 599, 301, 605, 637])


@pytest.mark.parametrize("share", [1.0, 0.7, 0.1, 0.0])
@pytest.mark.parametrize("k", [1, 5, 45, 1_000])
def test_they_are_those_of_a_plain_scan(state: State, k: int, share: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Multiplied 100 rows at a time."""
    monkeypatch.setattr(module, "_AT_ONCE", 100)
    chance = random.Random(k)
    rows = [row for row in state.live if chance.random() < share]
    expected = [plain(state, row, k, rows) for row in ASKED.tolist()]
    assert lists(neighbours(state, ASKED, ASKED, k, BitMap(rows))) == expected


@pytest.mark.parametrize("k", [1, 5, 45])
def test_the_graph_finds_nearly_all_of_them_with_the_same_scores(
    state: State, k: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each by itself as among others; those in the tail all, and never fewer than k."""
    monkeypatch.setattr(module, "_ASKED", 1.0)
    monkeypatch.setattr(module._Block, "of_all", only_the_tail(module._Block.of_all))
    asked, rows, missed = np.array(sorted(state.live)), sorted(state.live), 0
    together = lists(neighbours(state, asked, asked, k, state.live))
    for row, (near, scores) in zip(asked.tolist(), together, strict=True):
        everybody = dict(zip(*plain(state, row, len(rows), rows), strict=True))
        assert len(set(near)) == k
        assert scores == [everybody[one] for one in near]
        wanted = [one for one, _ in zip(everybody, range(k), strict=False)]
        assert {one for one in wanted if one >= SEALED} <= set(near)
        missed += len([one for one in wanted if one not in near and everybody[one] > scores[-1]])
    assert missed <= 0.01 * k * len(asked)
    for part in (asked[:3], asked[::-1][:50], asked[-4:]):
        alone = [together[rows.index(row)] for row in part.tolist()]
        assert lists(neighbours(state, part, part, k, state.live)) == alone


def only_the_tail(honest: object) -> object:
    def of_all(self: object, vectors: Vectors, start: int, rows: NDArray[np.int64]) -> object:
        assert start == SEALED
        return honest(self, vectors, start, rows)  # type: ignore[operator]

    return of_all


def test_a_graph_that_comes_back_short_is_made_up_for(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the first question it finds nobody but itself."""
    monkeypatch.setattr(module, "_ASKED", 1.0)
    honest = Hnsw.around

    def around(self: Hnsw, rows: NDArray[np.int64], vectors: NDArray[np.float32], wanted: int) -> object:
        places, near = honest(self, rows, vectors, wanted)
        kept = (places > 0) | (near == rows[places])
        return places[kept], near[kept]

    monkeypatch.setattr(Hnsw, "around", around)
    rows = sorted(state.live)
    found = lists(neighbours(state, ASKED, ASKED, 9, state.live))
    assert [len(near) for near, _ in found] == [9] * len(ASKED)
    assert found[0] == plain(state, int(ASKED[0]), 9, rows)


def test_of_copies_those_of_the_lowest_rows_come(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows 5 to 35 are the same, and 20 is deleted: of row 7 the nearest four are 5, 6, 8 and 9."""
    for asked in (1.0, 0.0):
        monkeypatch.setattr(module, "_ASKED", asked)
        (found,) = neighbours(state, np.array([7]), np.array([7]), 4, state.live)
        assert found[0].tolist() == [5, 6, 8, 9]
        assert len(set(found[1].tolist())) == 1


def test_nobody_has_neighbours_in_a_pool_of_one(tmp_path: Path) -> None:
    pool = LocalCollection(tmp_path / "pool")
    pool.upsert([person("p", random.Random(1))])
    with pool.view() as view:
        assert [one.rows.tolist() for one in view.neighbours([0], 3)] == [[]]
        assert view.neighbours([], 3) == []
    pool.close()
