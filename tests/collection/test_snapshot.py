"""A snapshot is one generation, whatever is written after it; and answers as the pool did."""

from __future__ import annotations

import os
import random
from pathlib import Path

import numpy as np
import pytest

from recommender.collection import Collection, Filter, LocalCollection, Snapshotting, View, open_snapshot
from recommender.collection.local.care import snapshot as care
from recommender.collection.local.follower import Tuning
from recommender.errors import CollectionError, CollectionReadOnly, PoolNotFound
from tests.collection.people import DIMENSION, person

SMALL = Tuning(index_from=12, tail_rows=1_000, loaded_rows=1_000)


def filled(folder: Path) -> LocalCollection:
    """Forty sealed people, of whom one left and one was replaced since, and three who came since."""
    rng, pool = random.Random(3), LocalCollection(folder, SMALL)
    pool.upsert([person(f"p{number:02}", rng) for number in range(40)])
    pool.seal()
    pool.upsert([person(name, rng) for name in ("late1", "late2", "late3", "p07")])
    pool.delete(["p03", "late2"])
    return pool


def seen(view: View) -> tuple[object, ...]:
    rows, vector = view.rows(), np.ones(DIMENSION, np.float32)
    found = view.search(vector, 9)
    return (
        view.generation,
        view.ids(rows),
        view.profiles(rows),
        view.facts(rows),
        view.vectors(rows).tobytes(),
        view.features(rows).columns["sparse_weight"].tobytes(),
        view.ids(found.rows),
        found.scores.tobytes(),
        view.count(Filter(skills_any=("Python",))),
    )


def seen_in(pool: Collection) -> tuple[object, ...]:
    with pool.view() as view:
        return seen(view)


def test_it_is_the_pool_of_its_moment(tmp_path: Path) -> None:
    pool = filled(tmp_path / "pool")
    before = seen_in(pool)
    assert isinstance(pool, Snapshotting)
    generation = pool.snapshot(tmp_path / "kept")
    pool.delete(["p05", "late1"])
    pool.upsert([person("later", random.Random(9))])
    pool.seal()
    pool.seal()  # the segment that the snapshot is of is swept away
    kept = open_snapshot(tmp_path / "kept")
    assert seen_in(kept) == before
    assert before[0] == generation
    assert kept.fingerprint == pool.fingerprint
    assert seen_in(pool) != before
    pool.close()
    kept.close()


@pytest.mark.parametrize("people", [0, 5])
def test_of_a_pool_without_derived_files(people: int, tmp_path: Path) -> None:
    pool, rng = LocalCollection(tmp_path / "pool"), random.Random(1)
    pool.upsert([person(f"p{number}", rng) for number in range(people)])
    pool.snapshot(tmp_path / "kept")
    kept = open_snapshot(tmp_path / "kept")
    with pool.view() as view, kept.view() as other:
        assert (len(other), other.ids(other.rows())) == (people, view.ids(view.rows()))
    pool.close()
    kept.close()


def test_sealed_files_are_shared_and_nobody_elses(tmp_path: Path) -> None:
    pool = filled(tmp_path / "pool")
    pool.snapshot(tmp_path / "kept")
    pool.close()
    (linked,) = (tmp_path / "kept" / "derived").glob("*/vectors.seal")
    assert linked.stat().st_nlink == 2
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0
    assert (tmp_path / "kept" / "pool.sqlite").stat().st_size < (tmp_path / "pool" / "pool.sqlite").stat().st_size


def test_on_another_file_system_it_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refused)
    pool = filled(tmp_path / "pool")
    before = seen_in(pool)
    pool.snapshot(tmp_path / "kept")
    pool.close()
    kept = open_snapshot(tmp_path / "kept")
    assert seen_in(kept) == before
    kept.close()


def test_a_segment_swept_away_meanwhile_is_taken_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pool, linked, gone = filled(tmp_path / "pool"), care._link, list[Path]()

    def swept(file: Path, to: Path) -> None:
        if not gone:
            gone.append(file)
            raise FileNotFoundError(file)
        linked(file, to)

    monkeypatch.setattr(care, "_link", swept)
    before = seen_in(pool)
    pool.snapshot(tmp_path / "kept")
    kept = open_snapshot(tmp_path / "kept")
    assert (seen_in(kept), len(gone)) == (before, 1)
    monkeypatch.setattr(care, "_TURNS", 0)
    with pytest.raises(CollectionError, match="renewed again and again"):
        pool.snapshot(tmp_path / "other")
    assert not (tmp_path / "other").exists()
    pool.close()
    kept.close()


def test_what_it_refuses(tmp_path: Path) -> None:
    pool = filled(tmp_path / "pool")
    pool.snapshot(tmp_path / "kept")
    kept = open_snapshot(tmp_path / "kept")
    with pytest.raises(CollectionReadOnly):
        kept.upsert([])
    with pytest.raises(CollectionReadOnly):
        kept.delete(["p01"])
    kept.close()
    with pytest.raises(CollectionError, match="is not empty"):
        pool.snapshot(tmp_path / "kept")
    with pytest.raises(PoolNotFound):
        open_snapshot(tmp_path / "nowhere")
    (sealed,) = (tmp_path / "kept" / "derived").glob("*/vectors.seal")
    sealed.unlink()
    with pytest.raises(CollectionError, match="begin the run anew"):
        open_snapshot(tmp_path / "kept")
    pool.close()
