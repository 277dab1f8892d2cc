"""Derived files are made anew by a process of their own, which leaves nothing behind whatever becomes of it."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from pathlib import Path

import filelock
import pytest

from recommender.collection import LocalCollection, check
from recommender.collection.local import renewal
from recommender.collection.local.follower import Tuning
from recommender.collection.local.sealed.hnsw import BuildStopped
from recommender.collection.local.truth.schema import writers_lock
from recommender.errors import CollectionError
from tests.collection.contract import assert_contents
from tests.collection.model import Model
from tests.collection.people import person

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
