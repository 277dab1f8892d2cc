"""What is not a pool is not taken for one, and a pool that is replaced while it is open is noticed."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from recommender.collection import LocalCollection, check, make_pool, restore
from recommender.collection.local.collection import _LOOK_SECONDS
from recommender.collection.local.truth.place import FILE_NAME
from recommender.errors import CollectionCorrupt, CollectionError, PoolNotFound
from tests.collection.people import person


def listing(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def ids(pool: LocalCollection) -> list[str]:
    with pool.view() as view:
        return sorted(view.ids(view.rows()))


def pool_of(folder: Path, *names: str) -> LocalCollection:
    pool = LocalCollection(folder)
    pool.upsert(person(name, random.Random(name)) for name in names)
    return pool


#: What lies there: the files in a folder, a file in its place, or nothing; and what is said of it.
NOT_POOLS: dict[str, tuple[list[str] | str | None, type[CollectionError], str]] = {
    "nothing": (None, PoolNotFound, "no pool at .*recommender ingest"),
    "an empty folder": ([], PoolNotFound, "it is empty"),
    "a file": ("notes", PoolNotFound, "it is a file"),
    "other things": (["passwd"], PoolNotFound, "it holds passwd"),
    "a database of 0 bytes": ([FILE_NAME], CollectionCorrupt, "0 bytes"),
    "derived files alone": (["derived"], CollectionCorrupt, "is gone"),
    "a log alone": ([f"{FILE_NAME}-wal"], CollectionCorrupt, "is gone"),
}
TAKEN = ["a file", "other things", "a database of 0 bytes", "derived files alone", "a log alone"]


def lay(place: Path, kind: str) -> None:
    """Put there what is no pool."""
    content = NOT_POOLS[kind][0]
    if isinstance(content, str):
        place.write_text(content)
    elif content is not None:
        place.mkdir()
        for name in content:
            (place / name).touch()


@pytest.mark.parametrize("kind", NOT_POOLS)
def test_a_question_makes_no_pool_and_leaves_nothing_behind(tmp_path: Path, kind: str) -> None:
    _, error, said = NOT_POOLS[kind]
    lay(tmp_path / "place", kind)
    before = listing(tmp_path)
    with pytest.raises(error, match=said):
        LocalCollection(tmp_path / "place", create=False)
    assert listing(tmp_path) == before


@pytest.mark.parametrize(
    "kind", ["a file", "other things", "a database of 0 bytes", "derived files alone", "a log alone"]
)
def test_no_pool_is_made_where_other_things_lie(tmp_path: Path, kind: str) -> None:
    lay(tmp_path / "place", kind)
    before = listing(tmp_path)
    with pytest.raises(CollectionError, match="name (a new folder|the folder of a pool)|restore BACKUP"):
        make_pool(tmp_path / "place")
    assert listing(tmp_path) == before


def test_a_pool_is_made_in_the_root_of_a_file_system_and_after_a_making_that_was_killed(tmp_path: Path) -> None:
    (tmp_path / "lost+found").mkdir()
    (tmp_path / f".making-{FILE_NAME}").write_bytes(b"half")
    make_pool(tmp_path)
    make_pool(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"lost+found", FILE_NAME, "derived.lock"}
    assert check(tmp_path) == []


def test_a_database_without_a_pool_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("PRAGMA user_version = 0")
    connection.execute("VACUUM")
    connection.close()
    with pytest.raises(CollectionError, match="no tables|0 bytes"):
        LocalCollection(tmp_path, create=False)


def soon() -> None:
    time.sleep(_LOOK_SECONDS + 0.05)


def test_a_backup_put_in_the_place_of_an_open_pool_is_served_and_written_to(tmp_path: Path) -> None:
    pool = pool_of(tmp_path / "pool", "ann", "bob")
    pool.backup(tmp_path / "kept")
    pool.delete(["ann"])
    pool.upsert([person("cat", random.Random(3))])
    (tmp_path / "pool").rename(tmp_path / "old")
    restore(tmp_path / "kept", tmp_path / "pool")
    soon()
    assert ids(pool) == ["ann", "bob"]
    pool.upsert([person("dan", random.Random(4))])
    pool.close()
    assert ids(LocalCollection(tmp_path / "pool")) == ["ann", "bob", "dan"]
    assert ids(LocalCollection(tmp_path / "old")) == ["bob", "cat"], "what was acknowledged there is kept there"


def test_while_nothing_is_there_every_call_says_so_and_it_goes_on_when_it_is_back(tmp_path: Path) -> None:
    pool = pool_of(tmp_path / "pool", "ann")
    (tmp_path / "pool").rename(tmp_path / "aside")
    with pytest.raises(PoolNotFound):
        pool.upsert([person("bob", random.Random(2))])
    soon()
    calls: list[Callable[[], object]] = [lambda: ids(pool), lambda: pool.delete(["ann"]), lambda: pool.export("ann"),
                                         pool.seal, pool.compact, lambda: pool.fingerprint]  # fmt: skip
    for call in calls:
        with pytest.raises(PoolNotFound, match="no pool at"):
            call()
    assert not (tmp_path / "pool").exists()
    (tmp_path / "aside").rename(tmp_path / "pool")
    soon()
    assert ids(pool) == ["ann"]
    pool.upsert([person("bob", random.Random(2))])
    assert ids(pool) == ["ann", "bob"]
    pool.close()


@pytest.mark.parametrize("way", ["copied over", "moved over"])
def test_a_database_put_over_the_one_in_use_is_noticed(tmp_path: Path, way: str) -> None:
    pool_of(tmp_path / "other", "dan", "eve").close()
    pool_of(tmp_path / "pool", "ann").close()
    pool = LocalCollection(tmp_path / "pool")
    assert ids(pool) == ["ann"]
    other, here = tmp_path / "other" / FILE_NAME, tmp_path / "pool" / FILE_NAME
    shutil.copyfile(other, here) if way == "copied over" else os.replace(other, here)
    soon()
    assert ids(pool) == ["dan", "eve"]
    pool.upsert([person("fay", random.Random(6))])
    pool.close()
    assert ids(LocalCollection(tmp_path / "pool")) == ["dan", "eve", "fay"]


def test_a_log_that_was_removed_takes_nothing_acknowledged_with_it(tmp_path: Path) -> None:
    pool = pool_of(tmp_path / "pool", "ann")
    for leftover in ("-wal", "-shm"):
        (tmp_path / "pool" / f"{FILE_NAME}{leftover}").unlink()
    pool.upsert([person("bob", random.Random(2))])
    shutil.copytree(tmp_path / "pool", tmp_path / "copy")
    assert ids(LocalCollection(tmp_path / "copy")) == ["ann", "bob"]
    pool.close()
    assert ids(LocalCollection(tmp_path / "pool")) == ["ann", "bob"]
    assert check(tmp_path / "pool") == []


def test_derived_files_removed_under_an_open_pool_are_no_loss(tmp_path: Path) -> None:
    pool = pool_of(tmp_path / "pool", "ann", "bob")
    pool.seal()
    shutil.rmtree(tmp_path / "pool" / "derived")
    assert ids(pool) == ["ann", "bob"]
    pool.upsert([person("cat", random.Random(3))])
    pool.backup(tmp_path / "kept")
    pool.compact()
    assert ids(pool) == ["ann", "bob", "cat"]
    assert pool.check() == []
    pool.close()


def test_no_write_is_acknowledged_that_the_pool_at_its_place_does_not_hold(tmp_path: Path) -> None:
    """Whoever is said "stored" while one pool is exchanged for another, again and again, is in one of the two."""
    pool = pool_of(tmp_path / "pool", "ann")
    pool.backup(tmp_path / "kept")
    stored: list[str] = []
    ended = threading.Event()

    def write() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            try:
                pool.upsert([person(f"p{number}", random.Random(number))])
                stored.append(f"p{number}")
            except CollectionError:
                time.sleep(0.001)

    writer = threading.Thread(target=write)
    writer.start()
    for turn in range(10):
        time.sleep(0.03)
        (tmp_path / "pool").rename(tmp_path / f"old{turn}")
        restore(tmp_path / "kept", tmp_path / "pool")
    time.sleep(0.1)
    ended.set()
    writer.join()
    pool.close()
    kept = set(ids(LocalCollection(tmp_path / "pool")))
    for turn in range(10):
        kept |= set(ids(LocalCollection(tmp_path / f"old{turn}")))
    assert len(stored) > 10
    assert set(stored) <= kept
