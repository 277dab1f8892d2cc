"""Compaction beside others: it waits for its turn, and what it promises holds whoever reads and writes meanwhile."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from recommender.collection import LocalCollection
from recommender.collection.local.truth import database
from recommender.collection.local.truth.schema import writers_lock
from recommender.errors import CollectionError, CollectionReadOnly
from tests.collection.people import person


@contextmanager
def others_at_work(folder: Path, writers: int) -> Iterator[list[str]]:
    """So many threads that each write and ask through a collection of its own; the errors they met."""
    ended, errors = threading.Event(), list[str]()

    def work(number: int) -> None:
        pool, rng = LocalCollection(folder), random.Random(number)
        while not ended.is_set():
            try:
                pool.upsert([person(f"w{number}-{rng.randrange(40)}", rng) for _ in range(5)])
                with pool.view() as view:
                    assert view.count() == len(view.profiles(view.rows()))
            except (CollectionError, AssertionError) as error:
                errors.append(repr(error))
        pool.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    try:
        yield errors
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def test_it_waits_its_turn_among_writers_and_leaves_nothing_of_the_deleted(tmp_path: Path) -> None:
    pool = LocalCollection(tmp_path / "pool")
    pool.upsert([person(f"p{i}", random.Random(i)) for i in range(100)])
    with others_at_work(pool.path, writers=4) as errors:
        for turn in range(4):
            gone = f"somebody-to-forget-{turn}"
            pool.upsert([person(gone, random.Random(turn))])
            pool.seal()
            pool.delete([gone])
            pool.compact()
            holding = [path.name for path in pool.path.rglob("*") if gone.encode() in bytes_of(path)]
            assert holding == []
    assert errors == []
    assert pool.check() == []
    pool.close()


def bytes_of(path: Path) -> bytes:
    """What a file holds; nothing, where another process has renewed it meanwhile."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        return b""


def test_what_keeps_it_waiting_too_long_is_said_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.3)
    pool, other = LocalCollection(tmp_path / "pool"), LocalCollection(tmp_path / "pool")
    pool.upsert([person("ann", random.Random(1))])
    started = time.monotonic()
    with other.view(), pytest.raises(CollectionReadOnly, match="run compact again when less is going on"):
        pool.compact()
    with writers_lock(pool.path), pytest.raises(CollectionReadOnly, match="derived files .* try again"):
        pool.compact()
    assert time.monotonic() - started < 20
    assert pool.compact().profiles == 1
    pool.close()
    other.close()
