"""Places on a plane: neighbours stay neighbours, and nothing stays of who was deleted."""

from __future__ import annotations

import logging
import random
from pathlib import Path

import faiss
import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.collection import LocalCollection
from recommender.collection.plane import lay_out, place
from recommender.encoding.features import Features
from tests.collection.people import person


def trades(count: int, each: int) -> NDArray[np.float32]:
    """Unit vectors in as many groups, which two principal components cannot tell apart."""
    rng = np.random.default_rng(3)
    middles = rng.normal(size=(count, 24))
    vectors = np.repeat(middles, each, axis=0) + 0.35 * rng.normal(size=(count * each, 24))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def of_own_trade(places: NDArray[np.float32], each: int, nearest: int = 10) -> float:
    """The share of people's nearest on the plane who are of their trade."""
    index = faiss.IndexFlatL2(2)
    index.add(np.ascontiguousarray(places))
    _, rows = index.search(np.ascontiguousarray(places), nearest + 1)
    own = np.arange(len(places))[:, None] // each
    return float((rows[:, 1:] // each == own).mean())


def test_who_is_alike_is_near_where_two_components_cannot_say_so() -> None:
    vectors = trades(20, 20)
    places = lay_out(vectors)
    middle = vectors - vectors.mean(axis=0)
    two = np.asarray(middle @ np.linalg.svd(middle, full_matrices=False)[2][:2].T, np.float32)
    assert of_own_trade(two, 20) < 0.75
    assert of_own_trade(places, 20) > 0.95


def test_the_same_vectors_have_the_same_places_within_the_unit_square() -> None:
    vectors = trades(5, 12)
    places = lay_out(vectors)
    assert np.array_equal(places, lay_out(vectors.copy()))
    assert places.min() >= 0
    assert places.max() <= 1
    assert np.isfinite(places).all()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 17])
def test_few_people_and_people_at_one_place_are_laid_out_too(count: int) -> None:
    alike = np.tile(np.eye(1, 8, dtype=np.float32), (count, 1))
    for vectors in (alike, np.asarray(np.random.default_rng(1).normal(size=(count, 8)), np.float32)):
        places = lay_out(vectors)
        assert places.shape == (count, 2)
        assert np.isfinite(places).all()


def test_who_came_later_goes_among_those_who_are_like_them() -> None:
    """Weights are closeness to the fourth power: 1 and 1/16."""
    places = np.asarray([[0.2, 0.2], [0.8, 0.4]], np.float32)
    between = place(places, np.asarray([1.0, 0.5], np.float32))
    assert between == pytest.approx([(0.2 + 0.8 / 16) / (17 / 16), (0.2 + 0.4 / 16) / (17 / 16)])
    assert place(places[:0], np.empty(0, np.float32)).tolist() == [0.5, 0.5]


def numbered(features: Features) -> NDArray[np.uint8]:
    """A group for everybody: 1 + the level, which test features hold."""
    return np.asarray(features.columns["seniority"].astype(np.int64) % 5 + 1, np.uint8)


@pytest.fixture
def pool(tmp_path: Path) -> LocalCollection:
    made = LocalCollection(tmp_path / "pool")
    made.upsert([person(f"p{i:03}", random.Random(i)) for i in range(60)])
    return made


def files(pool: LocalCollection) -> list[Path]:
    return sorted(pool.path.rglob("plane.seal"))


def test_places_are_kept_with_the_pool_and_found_by_whoever_opens_it(pool: LocalCollection) -> None:
    with pool.view() as view:
        assert view.plane() is None
    assert pool.lay_out(numbered)
    with pool.view() as view:
        plane = view.plane()
        assert plane is not None
        assert plane.rows.tolist() == view.rows().tolist()
        assert plane.places == pytest.approx(lay_out(view.vectors(view.rows())))
        assert plane.groups.tolist() == numbered(view.features(view.rows())).tolist()
    pool.close()
    with LocalCollection(pool.path).view() as view:
        again = view.plane()
        assert again is not None
        assert np.array_equal(again.places, plane.places)


def test_an_empty_pool_has_no_places(tmp_path: Path) -> None:
    assert not LocalCollection(tmp_path / "pool").lay_out(numbered)


def test_who_came_since_has_none_and_who_was_deleted_is_not_there(pool: LocalCollection) -> None:
    pool.lay_out(numbered)
    pool.delete(["p007"])
    pool.upsert([person("new", random.Random(99))])
    with pool.view() as view:
        plane = view.plane()
        assert plane is not None
        assert view.ids(plane.rows) == view.ids(view.rows())
        missing = [view.ids([row])[0] for row, at in zip(plane.rows, plane.places, strict=True) if np.isnan(at[0])]
    assert missing == ["new"]


def test_compacting_leaves_no_place_of_anybody_deleted(pool: LocalCollection) -> None:
    pool.lay_out(numbered)
    (before,) = files(pool)
    with pool.view() as view:
        plane = view.plane()
        assert plane is not None
        place_of_7 = plane.places[plane.rows == view.row("p007")].tobytes()
    assert place_of_7 in before.read_bytes()
    pool.delete(["p007"])
    pool.compact()
    assert not [path for path in pool.path.rglob("*") if path.is_file() and place_of_7 in path.read_bytes()]
    pool.lay_out(numbered)
    with pool.view() as view:
        plane = view.plane()
        assert plane is not None
        assert len(plane.rows) == 59
        assert not np.isnan(plane.places).any()


def test_a_damaged_file_is_said_in_the_log_and_made_anew(
    pool: LocalCollection, caplog: pytest.LogCaptureFixture
) -> None:
    pool.lay_out(numbered)
    (file,) = files(pool)
    content = bytearray(file.read_bytes())
    content[80] ^= 1
    file.write_bytes(content)
    with caplog.at_level(logging.WARNING), pool.view() as view:
        assert view.plane() is None
    assert "does not match its checksum" in caplog.text
    (finding,) = pool.check()
    assert finding.place.endswith(", plane")
    assert finding.fix == "recommender map works them out anew"
    pool.lay_out(numbered)
    with pool.view() as view:
        assert view.plane() is not None
    assert pool.check() == []


def test_many_newcomers_are_laid_out_with_the_others(pool: LocalCollection) -> None:
    pool.lay_out(numbered)
    pool.upsert([person(f"n{i:03}", random.Random(1000 + i)) for i in range(30)])
    pool.lay_out(numbered)
    with pool.view() as view:
        plane = view.plane()
        assert plane is not None
        assert len(plane.rows) == 90
        assert not np.isnan(plane.places).any()
