"""Derived files are made anew by a process of their own, which leaves nothing behind whatever becomes of it."""

from __future__ import annotations

import gc
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import filelock
import pytest

from recommender.collection import LocalCollection, check
from recommender.collection.local import renewal
from recommender.collection.local.follower import Tuning
from recommender.collection.local.sealed.hnsw import BuildStopped
from recommender.collection.local.truth import database
from recommender.collection.local.truth.schema import writers_lock
from recommender.errors import CollectionError
from tests.collection.contract import assert_contents
from tests.collection.model import Model
from tests.collection.people import person, vector

ASIDE = Tuning(index_from=12, tail_rows=4, tail_share=0.1, loaded_rows=10**6, aside_rows=0, retry_seconds=0.0)


@pytest.fixture
def filled(tmp_path: Path) -> tuple[LocalCollection, Model]:
    rng, pool, model = random.Random(1), LocalCollection(tmp_path / "pool", ASIDE), Model()
    given = [person(f"person-{number}", rng) for number in range(30)]
    pool.upsert(given)
    model.upsert(given)
    return pool, model


def names(pool: LocalCollection) -> list[str]:
    """What lies in the folder of derived files."""
    return sorted(path.name for path in pool.path.glob("derived/*"))


def assert_renewed(pool: LocalCollection, model: Model) -> None:
    with pool.view():  # which begins the renewal
        renewing = pool._pool.follower._renewing
    assert renewing is not None
    renewing.join(60)
    with pool.view() as view:
        assert view.sealed is not None
        assert len(view.sealed) == 30
        assert_contents(view, model, view.rows())
    assert len(names(pool)) == 1
    assert check(pool.path) == []
    pool.close()


def test_a_process_makes_them_anew(filled: tuple[LocalCollection, Model], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.collection.local.follower.publish", None)  # this process makes none
    assert_renewed(*filled)


def test_where_no_process_can_be_started_this_one_does_it(
    filled: tuple[LocalCollection, Model], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert_renewed(*filled)
    assert "no process could be started to renew derived files" in caplog.text


def test_it_is_stopped_at_once_and_leaves_nothing_that_counts(filled: tuple[LocalCollection, Model]) -> None:
    pool, _ = filled
    stopped = threading.Event()
    stopped.set()
    with pytest.raises(BuildStopped):
        renewal.publish_aside(pool.path, 12, stopped)
    assert [name for name in names(pool) if not name.startswith(".building-")] == []
    pool.close()


def test_who_finds_another_at_work_says_so(filled: tuple[LocalCollection, Model]) -> None:
    pool, _ = filled
    with writers_lock(pool.path), pytest.raises(filelock.Timeout):
        renewal.publish_aside(pool.path, 12, threading.Event())
    pool.close()


def test_what_went_wrong_is_told(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match=r"nothing could not be made anew: .*; run `recommender check`"):
        renewal.publish_aside(tmp_path / "nothing", 12, threading.Event())


def test_it_ends_where_who_started_it_does(filled: tuple[LocalCollection, Model]) -> None:
    """Its input ends with that process; it is waiting for nothing else here, and would not end for hours."""
    pool, _ = filled
    waiting = (
        "import time; from recommender.collection.local import renewal; "
        "renewal.publish = lambda *_: time.sleep(9_999); "
        f"renewal.main({str(pool.path)!r}, 12)"
    )
    process = subprocess.Popen([sys.executable, "-c", waiting], stdin=subprocess.PIPE)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(3)
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(60) == 1
    pool.close()


def test_a_pool_at_rest_is_made_anew_for_less_and_the_files_before_are_removed_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 30 sealed rows 16 who came since are borne, and of a pool at rest 2."""
    now = time.monotonic()
    monkeypatch.setattr("recommender.collection.local.follower.time.monotonic", lambda: now)
    rng, tuning = random.Random(2), Tuning(index_from=12, tail_rows=16, tail_share=0.0, aside_rows=10**6)
    people = [person(f"person-{number}", rng) for number in range(33)]
    pool = LocalCollection(tmp_path / "pool", tuning)
    pool.upsert(people[:30])
    pool.seal()
    pool.upsert(people[30:])

    def sealed_after(seconds: float) -> int:
        nonlocal now
        now += seconds
        with pool.view():
            renewing = pool._pool.follower._renewing
        if renewing is not None:
            renewing.join(60)
        with pool.view() as view:
            assert view.sealed is not None
            assert len(view) == 33
            return len(view.sealed)

    assert sealed_after(0) == 30
    assert sealed_after(tuning.rest_seconds - 1) == 30
    first = names(pool)
    assert sealed_after(2) == 33
    assert len(names(pool)) == 2, "others may still be opening the files before"
    assert sealed_after(tuning.rest_seconds + 1) == 33
    assert len(names(pool)) == 1
    assert names(pool) != first
    assert check(pool.path) == []
    pool.close()


def test_a_pool_that_nothing_was_sealed_of_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    monkeypatch.setattr("recommender.collection.local.follower.time.monotonic", lambda: now)
    pool = LocalCollection(tmp_path / "pool", Tuning(tail_rows=16))
    pool.upsert([person(f"person-{number}", random.Random(number)) for number in range(9)])
    for _ in range(2):
        with pool.view() as view:
            assert view.sealed is None
        assert pool._pool.follower._renewing is None
        now += 1_000
    pool.close()


def test_the_log_is_cut_once_it_was_written_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LOG_BYTES", 1 << 16)
    pool, rng = LocalCollection(tmp_path / "pool"), random.Random(3)
    pool.upsert([person(f"person-{number}", rng) for number in range(2_500)])
    log = pool.path / "pool.sqlite-wal"
    assert log.stat().st_size > 1 << 20
    for number in range(3):
        pool.upsert([person(f"other-{number}", rng)])
    assert log.stat().st_size <= 1 << 16
    pool.close()


def test_files_that_were_replaced_are_closed_without_the_collector_of_cycles(tmp_path: Path) -> None:
    """In a process of many old objects it comes by seldom, and files would stay mapped until then."""
    rng, pool = random.Random(2), LocalCollection(tmp_path / "pool", Tuning(index_from=12, tail_rows=10**6))
    pool.upsert([person(f"person-{number}", rng) for number in range(30)])
    gc.collect()
    gc.disable()
    try:
        for number in range(4):
            pool.upsert([person(f"person-{number}", rng)])
            pool.seal()
            with pool.view() as view:
                found = view.search(vector(rng), 5)
                view.features(found.rows).columns["section_code"]
                view.features(found.rows).columns["loss_id"]
                view.profiles(found.rows)
                assert view.sealed is not None
        opened = {os.readlink(f"/proc/self/fd/{one}") for one in os.listdir("/proc/self/fd") if _is_open(one)}
        folders = {Path(file).parent.name for file in opened if str(tmp_path) in file and "/derived/" in file}
        assert len(folders) == 1
    finally:
        gc.enable()
    pool.close()


def _is_open(descriptor: str) -> bool:
    return os.path.lexists(f"/proc/self/fd/{descriptor}")
