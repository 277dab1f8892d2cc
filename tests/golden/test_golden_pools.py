"""Every on-disk format that ever was still opens, and says what it said."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import msgspec
import pytest

from recommender.collection import LocalCollection, check
from recommender.collection.local.truth import database, place, schema
from recommender.errors import CollectionError
from tests.golden.make_pool import Answers, answers

HERE = Path(__file__).parent
VERSIONS = sorted(int(path.name.removeprefix("pool-v")) for path in HERE.glob("pool-v*") if path.is_dir())


def test_there_is_a_golden_pool_of_every_format() -> None:
    assert list(range(1, schema.FORMAT + 1)) == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_an_old_pool_opens_and_answers_as_it_did(version: int, tmp_path: Path) -> None:
    shutil.copytree(HERE / f"pool-v{version}", tmp_path / "pool")
    expected = msgspec.json.decode((HERE / f"pool-v{version}.json").read_bytes(), type=Answers)
    if version < schema.FORMAT:
        with pytest.raises(CollectionError, match="older format"):
            check(tmp_path / "pool")
    for _ in range(2):  # as found, and as left behind
        pool = LocalCollection(tmp_path / "pool")
        assert answers(pool) == expected
        # derived files of an older format are built anew soon; here before the pool is closed
        pool.seal()
        pool.close()
    assert check(tmp_path / "pool") == []
    connection = database.connect(tmp_path / "pool")
    assert schema.check_format(connection, tmp_path / "pool") == schema.FORMAT
    connection.close()


def test_derived_files_of_an_older_format_are_left_and_those_built_anew_are_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(HERE / "pool-v2", tmp_path / "pool")
    for message in ("rows.seal is no sealed file of format", ""):
        pool = LocalCollection(tmp_path / "pool")
        with pool.view() as view:
            assert view.count() == 9
        assert message in caplog.text
        assert ("not used" in caplog.text) == bool(message)
        assert pool._pool.follower.newest is not None
        assert (pool._pool.follower.newest.base is None) == bool(message)
        pool.seal()
        pool.close()
        caplog.clear()


def test_a_pool_of_a_later_version_is_refused(tmp_path: Path) -> None:
    shutil.copytree(HERE / "pool-v1", tmp_path / "pool")
    with sqlite3.connect(tmp_path / "pool" / place.FILE_NAME) as connection:
        connection.execute(f"PRAGMA user_version = {schema.FORMAT + 1}")
    connection.close()
    with pytest.raises(CollectionError, match="upgrade recommender"):
        LocalCollection(tmp_path / "pool")
    with pytest.raises(CollectionError, match="upgrade recommender"):
        check(tmp_path / "pool")


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / place.FILE_NAME)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    with pytest.raises(CollectionError, match="another database"):
        LocalCollection(tmp_path)
