"""Profiles that are linked as one person, in a pool of files: sealed, compacted, backed up, damaged, repaired."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from recommender.collection import Filter, LocalCollection, check, restore
from recommender.collection.local.follower import Tuning
from recommender.collection.local.snapshot import Snapshot
from recommender.collection.local.truth.place import FILE_NAME
from recommender.collection.maintenance import Refresh
from recommender.encoding.encoded import EncodedProfile
from recommender.errors import CollectionCorrupt
from tests.collection.people import FINGERPRINT, person, random_facts

STILL = Tuning(tail_rows=10**6)
ANN = ("p0", "p3", "p5")


@pytest.fixture
def pool(tmp_path: Path) -> LocalCollection:
    """Ten profiles of seven people: three are Ann's, two are Bob's."""
    rng, opened = random.Random(31), LocalCollection(tmp_path / "pool", STILL)
    opened.upsert(person(f"p{i}", rng) for i in range(10))
    opened.link([ANN, ["p7", "p2"]])
    return opened


def people_of(pool: LocalCollection) -> list[tuple[str, ...]]:
    with pool.view() as view:
        assert len(view) == view.count()
        return [view.same_person(one) for one in sorted(view.ids(view.rows()))]


def apart_in(pool: LocalCollection) -> list[tuple[str, str]]:
    with pool.view() as view:
        return sorted(view.kept_apart())


LINKED = [ANN, ("p1",), ("p4",), ("p6",), ("p7", "p2"), ("p8",), ("p9",)]


def test_links_outlive_sealing_compacting_and_opening_anew(pool: LocalCollection) -> None:
    for step in (pool.seal, pool.compact, pool.seal):
        step()
        assert people_of(pool) == LINKED
        assert pool.check() == []
    pool.close()
    again = LocalCollection(pool.path, STILL)
    assert people_of(again) == LINKED
    again.unlink(["p2"])
    assert len(people_of(again)) == 8
    again.seal()
    assert again.check() == []
    again.close()


def test_another_process_follows_links(pool: LocalCollection) -> None:
    with closing(LocalCollection(pool.path, STILL)) as other:
        assert people_of(other) == LINKED
        pool.delete(["p7"])
        pool.unlink(["p5"])
        assert people_of(other) == people_of(pool)
        assert ("p2",) in people_of(other)
        assert ("p0", "p3") in people_of(other)
    pool.close()


def test_a_backup_holds_links(pool: LocalCollection, tmp_path: Path) -> None:
    pool.seal()
    assert pool.backup(tmp_path / "backup").profiles == 10
    pool.unlink([*ANN, "p2"])
    assert len(people_of(pool)) == 10
    pool.close()
    restore(tmp_path / "backup", tmp_path / "restored")
    with closing(LocalCollection(tmp_path / "restored", STILL)) as restored:
        assert people_of(restored) == LINKED


def test_a_backup_holds_who_is_kept_apart(pool: LocalCollection, tmp_path: Path) -> None:
    pool.unlink(["p5"])
    pool.backup(tmp_path / "backup")
    pool.delete(["p5"])
    assert apart_in(pool) == []
    pool.close()
    restore(tmp_path / "backup", tmp_path / "restored")
    with closing(LocalCollection(tmp_path / "restored", STILL)) as restored:
        assert apart_in(restored) == [("p0", "p5"), ("p3", "p5")]
        assert {one: restored.export(one).kept_apart for one in ("p5", "p3", "p7")} == {
            "p5": ("p0", "p3"), "p3": ("p5",), "p7": (),
        }  # fmt: skip


def test_nothing_is_left_of_who_was_kept_apart_and_is_erased(pool: LocalCollection) -> None:
    pool.upsert([person("a-name-to-be-found", random.Random(1))])
    pool.link([["p8", "a-name-to-be-found"]])
    pool.unlink(["a-name-to-be-found"])
    pool.delete(["a-name-to-be-found"])
    pool.compact()
    pool.close()
    assert not [file for file in pool.path.rglob("*") if file.is_file() and b"a-name-to-be-found" in file.read_bytes()]


@pytest.mark.parametrize(
    ("damaged", "said", "left"),
    [
        (
            "UPDATE apart SET other = 'p4' WHERE other = 'p7'",
            "its checksum does not hold",
            [("p0", "p5"), ("p3", "p5")],
        ),
        ("DELETE FROM profiles WHERE id = 'p5'", "'p0' or 'p5' is not there", [("p2", "p7")]),
    ],
)
def test_a_pair_that_rots_or_is_of_nobody_is_noticed_and_forgotten(
    pool: LocalCollection, damaged: str, said: str, left: list[tuple[str, str]]
) -> None:
    pool.unlink(["p5", "p2"])
    assert pool.check() == []
    damage(pool, damaged)
    assert said in [finding.problem for finding in pool.check() if finding.place == "a pair that was unlinked"]
    if "UPDATE" in damaged:
        with pytest.raises(CollectionCorrupt, match="--repair --discard"):
            apart_in(pool)
    pool.repair(discard=True)
    assert apart_in(pool) == left
    assert pool.check() == []
    pool.close()


def test_an_export_names_a_persons_other_profiles(pool: LocalCollection) -> None:
    linked = {one: pool.export(one).linked for one in ("p0", "p3", "p7", "p1")}
    assert linked == {"p0": ("p3", "p5"), "p3": ("p0", "p5"), "p7": ("p2",), "p1": ()}
    pool.close()


def test_facts_derived_anew_leave_links_alone(pool: LocalCollection) -> None:
    rng = random.Random(5)
    anew: Refresh = lambda *parts: EncodedProfile(parts[0], random_facts(rng), parts[1], parts[2], FINGERPRINT)  # noqa: E731
    assert pool.refresh(anew) == 10
    assert people_of(pool) == LINKED
    assert pool.check() == []
    pool.close()


def test_a_link_that_rots_is_noticed_and_put_back(pool: LocalCollection) -> None:
    pool.seal()
    damage(pool, "UPDATE profiles SET linked_to = 'p1' WHERE id = 'p3'")
    assert [finding.place for finding in pool.check() if "checksum" in finding.problem]
    repaired = pool.repair()
    assert (repaired.restored, repaired.beyond) == (("p3",), ())
    assert people_of(pool) == [("p0", "p5", "p3"), *LINKED[1:]]
    assert pool.check() == []
    pool.close()


def test_who_represents_others_and_is_beyond_repair_leaves_them_linked(pool: LocalCollection) -> None:
    damage(pool, "UPDATE profiles SET document = x'00' WHERE id = 'p0'")
    assert [one.profile_id for one in pool.repair(discard=True).beyond] == ["p0"]
    (ann,) = (one for one in people_of(pool) if "p3" in one)
    assert set(ann) == {"p3", "p5"}
    assert pool.check() == []
    pool.close()


def test_a_damaged_profile_is_not_linked(pool: LocalCollection) -> None:
    damage(pool, "UPDATE profiles SET document = x'00' WHERE id = 'p8'")
    with pytest.raises(CollectionCorrupt, match="'p8'"):
        pool.link([["p1", "p8"]])
    pool.close()


def test_a_link_to_nobody_is_found(pool: LocalCollection) -> None:
    pool.close()
    with closing(sqlite3.connect(pool.path / FILE_NAME, isolation_level=None)) as connection:
        connection.execute("DELETE FROM profiles WHERE id = 'p7'")
    assert any(
        finding.place == "profile 'p2'" and "linked to 'p7', which takes no place" in finding.problem
        for finding in check(pool.path)
    )


def test_a_pool_from_before_there_were_links_is_brought_up_and_linked(tmp_path: Path) -> None:
    with closing(LocalCollection(tmp_path / "pool", STILL)) as made:
        made.upsert(person(f"p{i}", random.Random(i)) for i in range(4))
        made.seal()
    with closing(sqlite3.connect(tmp_path / "pool" / FILE_NAME, isolation_level=None)) as connection:
        connection.execute("DROP INDEX links")
        connection.execute("ALTER TABLE profiles DROP COLUMN linked_to")
        connection.execute("PRAGMA user_version = 4")
    with closing(LocalCollection(tmp_path / "pool", STILL)) as pool:
        assert pool.check() == []
        pool.link([["p0", "p1"]])
        assert people_of(pool) == [("p0", "p1"), ("p2",), ("p3",)]
        with pool.view() as view:
            assert view.count(Filter(profile_ids=("p1", "p2"))) == 2


def damage(pool: LocalCollection, statement: str) -> None:
    """Change a row behind the pool's back, and have it read anew."""
    pool.close()
    with closing(sqlite3.connect(pool.path / FILE_NAME, isolation_level=None)) as connection:
        connection.execute(statement)
    pool.__init__(pool.path, STILL)  # type: ignore[misc]


@pytest.mark.parametrize("is_sealed", [True, False])
def test_a_snapshot_holds_links(pool: LocalCollection, tmp_path: Path, is_sealed: bool) -> None:
    if is_sealed:
        pool.seal()
    pool.keep_apart([("p8", "p4")])
    pool.snapshot(tmp_path / "snapshot")
    pool.unlink([*ANN])
    held = Snapshot(tmp_path / "snapshot")
    with held.view() as view:
        assert [view.same_person(one) for one in sorted(view.ids(view.rows()))] == LINKED
        assert view.linked() == {"p3": "p0", "p5": "p0", "p2": "p7"}
        assert view.kept_apart() == {("p4", "p8")}
    held.close()
    pool.close()
