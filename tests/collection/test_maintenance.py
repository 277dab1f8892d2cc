"""Compacting, exporting, backing up, restoring and checking a pool."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import numpy as np
import pytest

from recommender.collection import Filter, Finding, LocalCollection, check, restore
from recommender.collection.common import checksums
from recommender.collection.local.follower import Tuning
from recommender.collection.local.query.selection import MOST_KNOWN
from recommender.collection.local.sealed.file import reader
from recommender.collection.local.truth import store
from recommender.collection.local.truth.database import PAGE_BYTES
from recommender.collection.local.truth.place import FILE_NAME
from recommender.collection.local.view import LocalView
from recommender.collection.maintenance import Repaired
from recommender.encoding.encoded import EncodedProfile
from recommender.errors import CollectionCorrupt, CollectionError, ProfileNotFound
from tests.collection.contract import assert_contents, assert_same
from tests.collection.model import Model
from tests.collection.people import DIMENSION, person, random_filter

SMALL = Tuning(index_from=12, tail_rows=4, tail_share=0.1, loaded_rows=8, retry_seconds=0.0)


@pytest.fixture
def filled(tmp_path: Path) -> tuple[LocalCollection, Model]:
    """A pool with replaced and deleted profiles, sealed in the middle of its history."""
    rng, pool, model = random.Random(1), LocalCollection(tmp_path / "pool", SMALL), Model()
    for turn in range(4):
        given = [person(f"person-{rng.randrange(60)}", rng) for _ in range(20)]
        pool.upsert(given)
        model.upsert(given)
        leaving = sorted(model.held)[:3]
        assert pool.delete(leaving) == model.delete(leaving)
        if turn == 1:
            pool.seal()
    return pool, model


def assert_equal(pool: LocalCollection, model: Model) -> None:
    rng = random.Random(2)
    with pool.view() as view:
        assert len(view) == len(model.held)
        assert_contents(view, model, view.rows())
        for _ in range(20):
            assert_same(view, model, rng, random_filter(rng, list(model.held)))


def traces(folder: Path, people: list[EncodedProfile]) -> list[str]:
    """Files of the folder in which an id, a text or a vector of these people can be read."""
    marks = [m for p in people for m in (p.profile_id.encode(), str(p.profile.about).encode(), p.vector.tobytes())]
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return [path.name for path, content in files.items() if any(mark in content for mark in marks)]


def with_own_vector(one: EncodedProfile, number: int) -> EncodedProfile:
    """The same with a vector that nobody shares."""
    vector = np.random.default_rng(number).standard_normal(DIMENSION).astype(np.float32)
    return EncodedProfile(one.profile, one.facts, vector, one.features, one.fingerprint)


def test_compact_leaves_no_byte_of_the_deleted_and_the_rest_as_it_was(tmp_path: Path) -> None:
    rng, pool, model = random.Random(3), LocalCollection(tmp_path / "pool", SMALL), Model()
    everyone = [with_own_vector(person(f"someone-{i:03}-{rng.randrange(10**6):06}", rng), i) for i in range(120)]
    for start in range(0, 120, 40):
        pool.upsert(everyone[start : start + 40])
        with pool.view() as view:
            assert view.count() == start + 40
    pool.seal()
    leaving, staying = everyone[::3], [p for i, p in enumerate(everyone) if i % 3]
    replaced = [EncodedProfile(p.profile, p.facts, -p.vector, p.features, p.fingerprint) for p in staying[:10]]
    pool.delete([p.profile_id for p in leaving])
    pool.upsert(replaced)
    model.upsert([*staying[10:], *replaced])
    assert traces(pool.path, leaving)
    report = pool.compact()
    assert report.profiles == 80
    assert traces(pool.path, leaving) == []
    old_vectors = [p.vector.tobytes() for p in staying[:10]]
    assert not [f for f in pool.path.rglob("*") if f.is_file() and any(v in f.read_bytes() for v in old_vectors)]
    assert_equal(pool, model)
    assert check(pool.path) == []
    pool.close()


def test_compacting_an_emptied_pool(tmp_path: Path) -> None:
    pool, one = LocalCollection(tmp_path / "pool"), with_own_vector(person("only-one-here", random.Random(4)), 4)
    pool.upsert([one])
    pool.seal()
    pool.delete([one.profile_id])
    assert pool.compact().profiles == 0
    assert traces(pool.path, [one]) == []
    with pool.view() as view:
        generation = view.generation
        assert len(view) == 0
    assert pool.upsert([one]) > generation
    assert check(pool.path) == []
    pool.close()


def test_a_process_that_missed_departures_before_a_compact_starts_afresh(tmp_path: Path) -> None:
    pool, other = LocalCollection(tmp_path / "pool", SMALL), LocalCollection(tmp_path / "pool", SMALL)
    rng, model = random.Random(5), Model()
    people = [person(f"p{i}", rng) for i in range(30)]
    pool.upsert(people)
    model.upsert(people)
    with other.view() as view:
        assert len(view) == 30
    pool.delete([f"p{i}" for i in range(10)])
    model.delete([f"p{i}" for i in range(10)])
    pool.compact()
    assert_equal(other, model)
    assert_equal(pool, model)
    pool.close()
    other.close()


def test_export_gives_all_that_is_held(filled: tuple[LocalCollection, Model]) -> None:
    pool, model = filled
    someone = next(iter(model.held.values()))
    held = pool.export(someone.profile_id)
    assert (held.profile, held.facts) == (someone.profile, someone.facts)
    assert held.fingerprint == someone.fingerprint
    np.testing.assert_array_equal(np.array(held.vector, np.float32), someone.vector)
    for name, entries in held.features.items():
        np.testing.assert_array_equal(np.array(entries), someone.features.columns[name].tolist())
    assert someone.profile_id.encode() in msgspec.json.encode(held)
    with pytest.raises(ProfileNotFound):
        pool.export("nobody")
    pool.close()


def test_backup_holds_one_moment_and_restores_to_it(filled: tuple[LocalCollection, Model], tmp_path: Path) -> None:
    pool, model = filled
    written = pool.backup(tmp_path / "backups" / "monday")
    pool.delete(list(model.held))
    assert written.profiles == len(model.held)
    assert restore(tmp_path / "backups" / "monday", tmp_path / "again") == written
    again = LocalCollection(tmp_path / "again", SMALL)
    assert_equal(again, model)
    assert check(again.path) == []
    assert again.upsert([person("later", random.Random(6))]) == written.generation + 1
    again.close()
    pool.close()


def test_a_backup_of_large_pages_has_small_ones(filled: tuple[LocalCollection, Model], tmp_path: Path) -> None:
    pool, _ = filled
    pool.close()
    with closing(sqlite3.connect(pool.path / FILE_NAME)) as connection:
        for statement in ("journal_mode = DELETE", "page_size = 4096"):
            connection.execute(f"PRAGMA {statement}")
        connection.execute("VACUUM")
    with closing(LocalCollection(pool.path, SMALL)) as again:
        again.backup(tmp_path / "backup")
    sizes = []
    for folder in (pool.path, tmp_path / "backup"):
        with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
            sizes += connection.execute("PRAGMA page_size").fetchone()
    assert sizes == [4096, PAGE_BYTES]


def test_a_backup_needs_a_new_folder_outside_of_the_pool(filled: tuple[LocalCollection, Model], tmp_path: Path) -> None:
    pool, _ = filled
    with pytest.raises(CollectionError, match="within the pool"):
        pool.backup(pool.path / "backup")
    pool.backup(tmp_path / "backup")
    with pytest.raises(CollectionError, match="not empty"):
        pool.backup(tmp_path / "backup")
    with pytest.raises(CollectionError, match="not empty"):
        restore(tmp_path / "backup", pool.path)
    with pytest.raises(CollectionError, match="not a backup"):
        restore(pool.path, tmp_path / "elsewhere")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "pool"]
    pool.close()


def test_an_altered_backup_is_refused(filled: tuple[LocalCollection, Model], tmp_path: Path) -> None:
    pool, _ = filled
    pool.backup(tmp_path / "backup")
    damage(tmp_path / "backup" / FILE_NAME, 9_000)
    with pytest.raises(CollectionCorrupt, match="checksum"):
        restore(tmp_path / "backup", tmp_path / "again")
    assert not (tmp_path / "again").exists()
    pool.close()


def damage(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at % len(content)] ^= 0x5A
    path.write_bytes(content)


def test_check_finds_nothing_in_a_sound_pool(filled: tuple[LocalCollection, Model]) -> None:
    pool, _ = filled
    assert pool.check() == []
    pool.seal()
    assert pool.check() == []
    pool.close()


ROTTEN = {
    "UPDATE profiles SET facts = x'c1' WHERE seq = {last}": "checksum of its facts",
    "UPDATE profiles SET vector = substr(vector, 5) WHERE seq = {last}": "checksum of its vector",
    "UPDATE profiles SET features = CAST(features || x'00' AS BLOB) WHERE seq = {last}": "checksum of its features",
    "UPDATE profiles SET document = 'a text', vector = 7 WHERE seq = {last}": "checksum of its document and vector",
    "UPDATE profiles SET id = 'x' WHERE seq = {last}": "checksum of its number, id and name",
    "UPDATE profiles SET id = CAST(x'ff00' AS TEXT) WHERE seq = {last}": "checksum of its number, id and name",
    "UPDATE profiles SET name = 'Somebody Else' WHERE seq = {last}": "checksum of its number, id and name",
    "UPDATE profiles SET seq = seq + 70 WHERE seq = {last}": "checksum of its number, id and name",
    "UPDATE profiles SET checks = x'' WHERE seq = {last}": "its checksums are damaged",
    "UPDATE pool SET floor = 1000": "the row that says where the pool stands is damaged",
    "UPDATE pool SET columns = CAST(x'ff' AS TEXT)": "the row that says where the pool stands is damaged",
    "DELETE FROM pool": "the row that says where the pool stands is damaged",
    "UPDATE departures SET seq = {last} WHERE seq = (SELECT min(seq) FROM departures)": "who left is damaged",
    "UPDATE departures SET gone = 'x' WHERE gone = (SELECT min(gone) FROM departures)": "who left is damaged",
    "DELETE FROM profiles WHERE seq = {last}": "of the numbers since 0 are of nobody",
    "DELETE FROM departures": "neither stored nor logged",
}


@pytest.mark.parametrize("statement", ROTTEN)
def test_check_names_what_does_not_match_its_checksum(filled: tuple[LocalCollection, Model], statement: str) -> None:
    pool, _ = filled
    findings = check_after(pool, statement.format(last="(SELECT max(seq) FROM profiles)"))
    assert ROTTEN[statement] in " / ".join(f.problem for f in findings)
    assert all("recommender" in finding.fix for finding in findings)


#: What no byte that rots brings about: rows that are wrong and have the checksum of what they are.
FORGED = {
    "UPDATE profiles SET facts = x'c1' WHERE seq = {last}": "cannot be decoded",
    "UPDATE profiles SET vector = substr(vector, 5) WHERE seq = {last}": "cannot be decoded",
    "UPDATE profiles SET features = CAST(features || x'00' AS BLOB) WHERE seq = {last}": "follows it",
    "UPDATE profiles SET document = x'7b' WHERE seq = {last}": "cannot be decoded",
    "UPDATE profiles SET id = 'x' WHERE seq = {last}": "its document is of",
    "UPDATE pool SET floor = 1000": "lies above generation",
    "UPDATE departures SET seq = {last} WHERE seq = (SELECT min(seq) FROM departures)": "bears the number of a",
    "UPDATE departures SET gone = gone + 1000 WHERE gone = (SELECT min(gone) FROM departures)": "left before it came",
    "UPDATE profiles SET name = 'Somebody Else' WHERE seq = (SELECT min(seq) FROM profiles)": "another id or name",
    "INSERT INTO departures (seq, gone) SELECT 1000, max(seq) FROM profiles": "still stored",
}


@pytest.mark.parametrize("statement", FORGED)
def test_check_names_what_does_not_fit(filled: tuple[LocalCollection, Model], statement: str) -> None:
    pool, _ = filled
    findings = check_after(pool, statement.format(last="(SELECT max(seq) FROM profiles)"), seal)
    assert FORGED[statement] in " / ".join(f.problem for f in findings)
    assert all("recommender" in finding.fix for finding in findings)


def check_after(
    pool: LocalCollection, statement: str, then: Callable[[sqlite3.Connection], None] = lambda _: None
) -> list[Finding]:
    """What is found once a statement has changed the database behind the pool's back."""
    connection = sqlite3.connect(pool.path / FILE_NAME)
    connection.execute(statement)
    then(connection)
    connection.commit()
    connection.close()
    findings = pool.check()
    pool.close()
    return findings


def seal(connection: sqlite3.Connection) -> None:
    """Give every row the checksum of what it is."""
    rows = connection.execute(
        "SELECT seq, CAST(id AS BLOB), CAST(name AS BLOB), document, facts, vector, features FROM profiles"
    )
    for seq, profile_id, name, *parts in rows.fetchall():
        sealed = checksums.seal(seq, profile_id, name, checksums.of_parts(*parts))
        connection.execute("UPDATE profiles SET checks = ? WHERE seq = ?", (sealed, seq))
    for seq, gone in connection.execute("SELECT seq, gone FROM departures").fetchall():
        checked = checksums.of_numbers(seq, gone)
        connection.execute("UPDATE departures SET checks = ? WHERE seq = ?", (checked, seq))
    store.change_pool(connection)


def test_check_names_a_damaged_database(filled: tuple[LocalCollection, Model]) -> None:
    pool, _ = filled
    pool.compact()
    pool.close()
    content = bytearray((pool.path / FILE_NAME).read_bytes())
    content[5 * 4096 : 6 * 4096] = bytes(4096)
    (pool.path / FILE_NAME).write_bytes(content)
    findings = check(pool.path)
    assert findings
    assert "restore" in findings[0].fix


def test_check_of_a_folder_without_a_pool(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="no pool at"):
        check(tmp_path)


def test_any_damaged_or_missing_derived_file_is_found_and_never_served(
    filled: tuple[LocalCollection, Model], caplog: pytest.LogCaptureFixture
) -> None:
    pool, model = filled
    pool.seal()
    pool.close()
    where = Filter(skills_any=("Go", "Rust"))
    patient = Tuning(loaded_rows=10**6, retry_seconds=1e6)
    for number, path in enumerate(sorted((pool.path / "derived" / published(pool.path)).iterdir())):
        whole = path.read_bytes()
        DAMAGES[number % 4](path)
        (finding,) = check(pool.path)
        assert path.name in finding.problem
        assert "compact" in finding.fix
        caplog.clear()
        again = LocalCollection(pool.path, patient)
        again._pool.follower._stopped.set()  # hold back the renewal that would fix it
        with again.view() as view:
            assert view.count(where) == len(model.ids(where))
        assert f"to be rebuilt from the database: {path.name}" in caplog.text
        again.close()
        path.write_bytes(whole)
    assert check(pool.path) == []


def flip(path: Path) -> None:
    damage(path, 70)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


DAMAGES: tuple[Callable[[Path], None], ...] = (flip, cut, empty, Path.unlink)


def published(folder: Path) -> str:
    connection = sqlite3.connect(folder / FILE_NAME)
    (name,) = connection.execute("SELECT published FROM pool").fetchone()
    connection.close()
    return str(name)


@pytest.mark.parametrize("column", ["document", "facts", "vector", "features"])
def test_a_damaged_profile_is_set_aside_and_named_and_can_be_taken_out(
    filled: tuple[LocalCollection, Model], column: str, caplog: pytest.LogCaptureFixture
) -> None:
    pool, model = filled
    victim = list(model.held)[3]
    change(pool, f"UPDATE profiles SET {column} = substr({column}, 1, 9) WHERE id = '{victim}'")
    pool.close()
    shutil.rmtree(pool.path / "derived")
    again = LocalCollection(pool.path, Tuning(loaded_rows=10**6, tail_rows=10**6))
    others = Model()
    others.upsert([one for profile_id, one in model.held.items() if profile_id != victim])
    assert_equal(again, others)
    assert f"checksum of its {column}" in caplog.text.partition("left out of every answer: stored profile number ")[2]
    assert f"'{victim}'" not in caplog.text, "who it is, is said to who may know"
    with again.view() as view:
        assert [one.profile_id for one in view.damaged] == [victim]
        with pytest.raises(
            CollectionCorrupt, match=rf"'{victim}'.* is damaged.*checksum of its {column}.*delete {victim}"
        ):
            view.row(victim)
    with pytest.raises(CollectionCorrupt, match=f"'{victim}'.* is damaged"):
        again.export(victim)
    with pytest.raises(CollectionCorrupt, match=f"'{victim}'.* is damaged"):
        again.compact()
    again.seal()
    assert_equal(again, others)
    assert [f"'{victim}'" in finding.place for finding in again.check()] == [True]
    assert again.delete([victim]) == [victim]
    assert_equal(again, others)
    again.compact()
    assert_equal(again, others)
    assert again.check() == []
    again.close()


def change(pool: LocalCollection, statement: str) -> None:
    """Change the database behind the pool's back."""
    with sqlite3.connect(pool.path / FILE_NAME) as connection:
        connection.execute(statement)
    connection.close()


def test_a_document_of_the_tail_that_rots_while_the_pool_is_open_is_named(
    filled: tuple[LocalCollection, Model],
) -> None:
    pool, model = filled
    with pool.view() as view:
        victim = str(view.profiles(view.rows()[-1:])[0].id)
    change(pool, f"UPDATE profiles SET document = CAST(x'00' || substr(document, 2) AS BLOB) WHERE id = '{victim}'")
    with pool.view() as view, pytest.raises(CollectionCorrupt, match=f"'{victim}'.* is damaged"):
        view.profiles([view.row(victim)])
    assert victim in model.held
    pool.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE profiles SET document = substr(document, 1, 9) WHERE id = '{}'",
        "UPDATE profiles SET id = 'who is this' WHERE id = '{}'",
        "UPDATE profiles SET name = x'00', facts = 'nothing' WHERE id = '{}'",
        "UPDATE profiles SET checks = zeroblob(20) WHERE id = '{}'",
        "UPDATE profiles SET seq = seq + 1000 WHERE id = '{}'",
    ],
)
def test_what_rotted_in_the_database_is_put_back_from_the_derived_files(
    filled: tuple[LocalCollection, Model], statement: str
) -> None:
    pool, model = filled
    pool.seal()
    victim = list(model.held)[3]
    change(pool, statement.format(victim))
    assert "check --repair" in " / ".join(finding.fix for finding in pool.check())
    with pytest.raises(CollectionCorrupt):
        pool.compact()
    assert pool.repair() == Repaired((victim,), ())
    assert pool.check() == []
    pool.compact()
    assert_same_people(pool, model)
    pool.close()


def assert_same_people(pool: LocalCollection, model: Model) -> None:
    """Everybody as given, in whatever order."""
    with pool.view() as view:
        assert {str(p.id): p for p in view.profiles(view.rows())} == {i: one.profile for i, one in model.held.items()}
        for profile_id, one in model.held.items():
            row = [view.row(profile_id)]
            assert view.facts(row) == [one.facts]
            np.testing.assert_array_equal(view.vectors(row), [one.vector])


def test_renewed_derived_files_take_over_the_good_copy_of_what_rotted(filled: tuple[LocalCollection, Model]) -> None:
    pool, model = filled
    pool.seal()
    victim = list(model.held)[3]
    change(pool, f"UPDATE profiles SET vector = zeroblob(64) WHERE id = '{victim}'")
    pool.seal()
    assert_equal(pool, model)
    assert pool.repair().restored == (victim,)
    assert pool.check() == []
    pool.close()


def test_what_nothing_holds_a_copy_of_is_taken_out_where_that_is_asked_for(
    filled: tuple[LocalCollection, Model],
) -> None:
    pool, model = filled
    pool.close()
    shutil.rmtree(pool.path / "derived")
    pool = LocalCollection(pool.path)
    victim = list(model.held)[3]
    change(pool, f"UPDATE profiles SET id = x'fffe' WHERE id = '{victim}'")
    (damaged,) = pool.repair().beyond
    assert "check --repair --discard" in " / ".join(finding.fix for finding in pool.check())
    assert pool.repair(discard=True) == Repaired((), (damaged,))
    del model.held[victim]
    assert_same_people(pool, model)
    assert pool.check() == []
    pool.close()


def test_who_is_neither_stored_nor_logged_as_gone_is_not_brought_back(filled: tuple[LocalCollection, Model]) -> None:
    """Their tombstone may have been lost: a deleted person must not return by way of a repair."""
    pool, model = filled
    pool.seal()
    victim = list(model.held)[3]
    pool.delete([victim])
    change(pool, "DELETE FROM departures WHERE seq = (SELECT max(seq) FROM departures)")
    assert pool.repair() == Repaired((), ())
    assert "neither stored nor logged" in " / ".join(finding.problem for finding in pool.check())
    pool.close()


def test_what_a_killed_build_left_behind_is_no_finding_and_is_swept(filled: tuple[LocalCollection, Model]) -> None:
    pool, _ = filled
    for name in (".building-0123abcd", "000000000001-deadbeef"):
        (pool.path / "derived" / name).mkdir()
        (pool.path / "derived" / name / "rows.seal").write_bytes(b"half")
    assert pool.check() == []
    pool.seal()
    left = {path.name for path in (pool.path / "derived").iterdir()}
    assert not left & {".building-0123abcd", "000000000001-deadbeef"}
    pool.close()


def test_damaged_derived_files_are_rebuilt(filled: tuple[LocalCollection, Model]) -> None:
    pool, model = filled
    pool.seal()
    pool.close()
    damage(pool.path / "derived" / published(pool.path) / "postings.seal", 300)
    assert check(pool.path) != []
    again = LocalCollection(pool.path, SMALL)
    assert_equal(again, model)
    assert check(pool.path) == []
    again.close()


@pytest.mark.parametrize("kind", ["documents", "facts", "details", "entries-one", "entries-sparse"])
def test_damage_that_a_question_comes_upon_is_said_and_the_files_are_made_anew(
    filled: tuple[LocalCollection, Model], monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Of large files what is read is checked as it is read, so that nothing that rotted is answered from."""
    monkeypatch.setattr(reader, "LARGE", 0)
    pool, model = filled
    pool.seal()
    pool.close()
    (path,) = pool.path.glob(f"derived/{published(pool.path)}/{kind}.seal")
    damage(path, 70)
    again = LocalCollection(pool.path, SMALL)
    with again.view() as view:
        first = view._state.base
        assert first is not None
        assert len(view) == len(model.held)
        with pytest.raises(CollectionCorrupt, match=rf"{kind}\.seal does not match its checksum; run `recommender"):
            _everything(view)
        assert first.problem == f"{kind}.seal does not match its checksum"
    with again.view():  # which has them made anew in the background
        pass
    renewing = again._pool.follower._renewing
    if renewing is not None:
        renewing.join()
    assert_equal(again, model)
    with again.view() as view:
        assert view._state.base is not first
        _everything(view)
    assert check(pool.path) == []
    again.close()


def _everything(view: LocalView) -> None:
    rows = view.rows()
    view.profiles(rows)
    view.facts(rows)
    features = view.features(rows)
    assert all(len(features.columns[name]) for name in features.columns)


@pytest.mark.slow
def test_a_hundred_thousand_random_conditions_count_what_brute_force_counts(
    filled: tuple[LocalCollection, Model],
) -> None:
    pool, model = filled
    rng, ids = random.Random(77), list(model.held)
    with pool.view() as view:
        for where in (random_filter(rng, ids) for _ in range(100_000)):
            assert view.count(where) == len(model.ids(where)), where
    pool.close()


def test_a_view_that_is_asked_for_long_remembers_few_filters(filled: tuple[LocalCollection, Model]) -> None:
    pool, model = filled
    ids = sorted(model.held)
    with pool.view() as view:
        for number in range(2 * MOST_KNOWN):
            where = Filter(profile_ids=(ids[number % len(ids)], f"nobody-{number}"))
            assert view.count(where) == 1
            assert len(view._selected) <= MOST_KNOWN
    pool.close()
