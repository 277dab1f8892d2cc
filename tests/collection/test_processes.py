"""Threads and processes on one pool: nobody waits for long, nobody sees half a write."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from recommender.collection import Filter, LocalCollection, check
from recommender.collection.local.follower import Tuning
from recommender.collection.local.truth.schema import writers_lock
from recommender.errors import CollectionError, ProfileNotFound
from tests.collection.people import person, vector

SMALL = Tuning(index_from=30, tail_rows=20, tail_share=0.1, loaded_rows=40, retry_seconds=0.02)


def in_child(work: Callable[[], None]) -> int:
    """Run `work` in a forked process; its exit status, 0 where it raised nothing."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException as error:
            os.write(2, f"{error!r}\n".encode())
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_what_another_process_wrote_is_seen_by_the_next_view(tmp_path: Path) -> None:
    mine = LocalCollection(tmp_path / "pool")
    mine.upsert([person("first", random.Random(1))])
    with mine.view() as view:
        assert view.count() == 1
    mine.close()

    def write() -> None:
        pool = LocalCollection(tmp_path / "pool")
        pool.upsert([person("second", random.Random(2))])
        pool.delete(["first"])
        pool.close()

    assert in_child(write) == 0
    mine = LocalCollection(tmp_path / "pool")
    with mine.view() as before:
        assert before.ids(before.rows()) == ["second"]
        other = LocalCollection(tmp_path / "pool")
        other.delete(["second"])
        with mine.view() as after:
            assert after.count() == 0
        assert [p.id for p in before.profiles(before.rows())] == ["second"]
    other.close()
    mine.close()


def test_readers_never_see_half_a_batch_while_writers_and_renewals_go_on(tmp_path: Path) -> None:
    """Each batch gives all of a family the same mark, so a generation shows each family whole, under one mark."""
    pools = [LocalCollection(tmp_path / "pool", SMALL) for _ in range(2)]
    marks, families, size = ("Go", "Rust", "SQL"), 4, 5
    stop, wrong = threading.Event(), []

    def write(family: int) -> None:
        rng = random.Random(family)
        while not stop.is_set():
            mark = rng.choice(marks)
            pools[family % 2].upsert([person(f"f{family}-{i}", rng, skills=(mark,)) for i in range(size)])
            if rng.random() < 0.2:
                pools[family % 2].delete([f"f{family}-{i}" for i in range(size)])

    def read(pool: LocalCollection, seed: int) -> None:
        rng = random.Random(seed)
        while not stop.is_set():
            with pool.view() as view:
                counts = [view.count(Filter(skills_all=(mark,))) for mark in marks]
                facets = {value.value: value.count for value in view.facets(["skill"], limit=9)["skill"]}
                found = view.search(vector(rng), 7)
                totals = (sum(counts), len(view), sum(facets.values()), len(view.listing(limit=100).profiles))
                if (
                    any(count % size for count in counts)
                    or len(set(totals)) != 1
                    or len(found.rows) != min(7, totals[0])
                ):
                    wrong.append((counts, totals, len(found.rows)))

    threads = [threading.Thread(target=write, args=(family,)) for family in range(families)]
    threads += [threading.Thread(target=read, args=(pool, seed)) for seed, pool in enumerate(pools * 2)]
    for thread in threads:
        thread.start()
    time.sleep(3)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert pools[0].check() == []
    for pool in pools:
        pool.close()


def test_renewed_segments_are_taken_up_by_all_processes(tmp_path: Path) -> None:
    one, other = (LocalCollection(tmp_path / "pool", SMALL) for _ in range(2))
    rng = random.Random(3)
    with other.view() as view:
        assert len(view) == 0
    one.upsert([person(f"p{i}", rng) for i in range(25)])
    one.seal()
    ended = time.monotonic() + 10
    while segment_of(other) is None and time.monotonic() < ended:
        with other.view() as view:
            assert view.count() == 25
        time.sleep(0.01)
    assert segment_of(other) is not None
    one.close()
    other.close()


def segment_of(pool: LocalCollection) -> str | None:
    state = pool._pool.follower.newest
    return state.base.name if state and state.base else None


def test_searches_go_on_while_another_process_writes_derived_files(tmp_path: Path) -> None:
    pool, rng = LocalCollection(tmp_path / "pool", SMALL), random.Random(4)
    with writers_lock(tmp_path / "pool"):
        for turn in range(8):
            pool.upsert([person(f"p{turn}-{i}", rng) for i in range(10)])
            with pool.view() as view:
                assert view.count() == 10 * (turn + 1)
    pool.close()
    assert check(tmp_path / "pool") == []


def test_many_threads_writing_are_committed_in_groups_and_none_is_lost(tmp_path: Path) -> None:
    pool = LocalCollection(tmp_path / "pool")

    def write(writer: int) -> None:
        rng = random.Random(writer)
        for i in range(15):
            generation = pool.upsert([person(f"w{writer}-{i}", rng)])
            with pool.view() as view:
                assert view.generation >= generation
                assert view.row(f"w{writer}-{i}") >= 0

    failures: list[BaseException] = []

    def guarded(writer: int) -> None:
        try:
            write(writer)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(writer,)) for writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with pool.view() as view:
        assert len(view) == 8 * 15
    pool.close()


def at_once(works: Sequence[Callable[[], object]]) -> list[str]:
    """What became of each of these, begun at the same moment by a thread each: "done", or the error's name."""
    together, outcomes = threading.Barrier(len(works)), [""] * len(works)

    def run(number: int) -> None:
        together.wait()
        try:
            works[number]()
            outcomes[number] = "done"
        except CollectionError as error:
            outcomes[number] = type(error).__name__

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_one_piece_that_fails_takes_nothing_else_of_its_group_with_it(tmp_path: Path) -> None:
    pool = LocalCollection(tmp_path / "pool")
    pool.upsert([person("p", random.Random(1))])
    outcomes = at_once(
        [partial(pool.upsert, [person(f"w{w}", random.Random(w), dimension=16 if w % 2 else 17)]) for w in range(6)]
    )
    assert outcomes == ["done" if w % 2 else "FingerprintMismatch" for w in range(6)]
    with pool.view() as view:
        assert sorted(view.ids(view.rows())) == ["p", "w1", "w3", "w5"]
    pool.close()


def test_what_cannot_be_stored_leaves_what_is_stored_beside_it_alone(tmp_path: Path) -> None:
    pool = LocalCollection(tmp_path / "pool")
    works: dict[int, Callable[[], object]] = {
        0: lambda: pool.delete(["\ud800", "nobody"]),
        2: lambda: pool.upsert([person("far", random.Random(2), years=2**70)]),
        4: lambda: pool.upsert([person("half", random.Random(4), title="\udfff")]),
    }
    sound = [partial(pool.upsert, [person(f"w{w}", random.Random(w))]) for w in range(6)]
    outcomes = at_once([works.get(w, sound[w]) for w in range(6)])
    assert outcomes == ["CollectionError" if w in (2, 4) else "done" for w in range(6)]
    with pool.view() as view:
        assert sorted(view.ids(view.rows())) == ["w1", "w3", "w5"]
    with pytest.raises(ProfileNotFound):
        pool.export("\ud800")
    assert pool.check() == []
    pool.close()


def test_many_processes_may_make_one_pool_at_once(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    children = []
    for number in range(6):
        child = os.fork()
        if child == 0:
            try:
                os.close(writing)
                os.read(reading, 1)  # until the parent lets all go
                pool = LocalCollection(tmp_path / "pool")
                pool.upsert([person(f"p{number}", random.Random(number))])
                pool.close()
                os._exit(0)
            except BaseException as error:
                os.write(2, f"{error!r}\n".encode())
                os._exit(1)
        children.append(child)
    os.close(reading)
    os.close(writing)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 6
    pool = LocalCollection(tmp_path / "pool")
    with pool.view() as view:
        assert sorted(view.ids(view.rows())) == [f"p{number}" for number in range(6)]
    assert pool.check() == []
    pool.close()


def test_a_closed_collection_says_so(tmp_path: Path) -> None:
    pool = LocalCollection(tmp_path / "pool")
    pool.close()
    with pytest.raises(CollectionError, match="closed"):
        pool.upsert([person("p", random.Random(1))])
    with pytest.raises(CollectionError, match="closed"), pool.view():
        pass
