"""Whatever the umask, nobody but the owner may look into what holds people."""

from __future__ import annotations

import os
import random
import stat
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from recommender.batch.forms.form import form_of
from recommender.collection import LocalCollection, restore
from recommender.encoding import VectorFile
from tests.collection.people import person


@pytest.fixture(autouse=True)
def open_to_all() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    """What others than the owner may do anything with, the folder among it."""
    paths = (folder, *folder.rglob("*"))
    return sorted(str(path.relative_to(folder)) for path in paths if stat.S_IMODE(path.lstat().st_mode) & 0o077)


def test_a_pool_its_backup_and_what_is_restored_are_the_owners_alone(tmp_path: Path) -> None:
    pool = LocalCollection(tmp_path / "pool")
    pool.upsert(person(f"p{i}", random.Random(i)) for i in range(20))
    pool.seal()
    assert open_to_others(pool.path) == []
    assert {path.name for path in pool.path.iterdir()} >= {"pool.sqlite", "pool.sqlite-wal", "pool.sqlite-shm"}
    pool.backup(tmp_path / "kept")
    pool.compact()
    assert open_to_others(pool.path) == []
    for path in (tmp_path / "kept").rglob("*"):
        path.chmod(0o666 if path.is_file() else 0o777)
    restore(tmp_path / "kept", tmp_path / "again")
    assert open_to_others(tmp_path / "again") == []
    pool.close()


def test_an_older_pool_is_closed_to_others_when_it_is_opened(tmp_path: Path) -> None:
    pool = LocalCollection(tmp_path / "pool")
    pool.upsert([person("ann", random.Random(1))])
    pool.seal()
    pool.close()
    for path in (pool.path, *pool.path.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    LocalCollection(tmp_path / "pool").close()
    assert open_to_others(tmp_path / "pool") == []


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl"])
def test_matches_are_the_owners_alone(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"matches{suffix}"
    out.touch(0o666)
    tmp_path.chmod(0o700)
    form_of(out).join(out, [], b"{}", "explained")
    assert open_to_others(tmp_path) == []


def test_embeddings_are_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "vectors.npz"
    path.touch(0o666)
    VectorFile("made-up", np.zeros(1, np.uint64), np.zeros((1, 4), np.int8)).save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(VectorFile.load(path)) == 1
