"""What keeps a pool in PostgreSQL healthy: the index, erasing, refreshing, damage, backups, copies."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import numpy as np
import psycopg
import pytest

from recommender.collection import (
    Filter,
    LocalCollection,
    View,
    check,
    is_pool,
    open_collection,
    open_snapshot,
    restore,
)
from recommender.collection.copying import copy_into
from recommender.collection.postgres.collection import PostgresCollection
from recommender.encoding.encoded import EncodedProfile
from recommender.errors import CollectionCorrupt, CollectionError, FingerprintMismatch
from tests.collection.contract import CollectionContract, Opened, assert_contents, people
from tests.collection.model import Model
from tests.collection.people import FINGERPRINT, person, random_facts, vector
from tests.collection.postgres.server import Server


class TestPostgresCollectionWithLists(CollectionContract):
    """The same with an index over vectors from the first profiles on, asked wherever it can be."""

    @pytest.fixture
    def opened(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> Opened:
        from recommender.collection.postgres.query import plan

        monkeypatch.setattr(plan, "_EXACT", (1e9, 0.0))
        url = server.new_url()

        def opened() -> PostgresCollection:
            pool = PostgresCollection(url, index_from=1)
            pool.seal()
            return pool

        return opened


@pytest.fixture
def url(server: Server) -> str:
    return server.new_url()


@pytest.fixture
def pool(url: str) -> Iterator[PostgresCollection]:
    with closing(PostgresCollection(url)) as one:
        yield one


def in_pool(server: Server, url: str, statement: str, *values: object) -> list[tuple[object, ...]]:
    """What the server itself says, past the engine."""
    schema = url.rpartition("=")[2]
    with psycopg.connect(server.url(), autocommit=True, options=f"-c search_path={schema},public") as connection:
        done = connection.execute(statement, values)
        return done.fetchall() if done.description else []


def test_lists_find_nearly_all_and_never_too_few(url: str) -> None:
    everyone, rng = people(600), random.Random(1)
    with closing(PostgresCollection(url, index_from=500)) as pool:
        pool.upsert(everyone)
        with pool.view() as view:
            assert [one.why for one in view.plans] == []
            view.search(vector(rng), 5)
            assert view.plans[-1].why == "there is no index"
        pool.seal()
        with pool.view() as view:
            found, hits = [], 0
            for _ in range(30):
                query = vector(rng)
                found.append(view.search(query, 10))
                hits += len(set(found[-1].rows) & set(view.search(query, 10, exact=True).rows))
            assert hits >= 297
            few = Filter(profile_ids=tuple(f"p{at}" for at in range(7)))
            assert len(view.search(vector(rng), 10, few).rows) == 7


def test_compact_leaves_no_byte_of_who_was_deleted(server: Server, url: str, pool: PostgresCollection) -> None:
    rng = random.Random(2)
    leaving = person("leaving", rng)
    marked = msgspec.structs.replace(leaving.profile, name="Zebedee Quagmire", about="Zebedee mends clavichords")
    pool.upsert([*people(50), EncodedProfile(marked, leaving.facts, leaving.vector, leaving.features, "made-up/1")])
    pool.delete(["leaving"])
    done = pool.compact()
    assert done.profiles == 50
    assert any("write-ahead log" in one for one in done.beyond)
    for table in ("profiles", "contacts", "tallies", "value_words", "word_forms", "departures"):
        ((file,),) = in_pool(server, url, "SELECT pg_relation_filepath(to_regclass(%s))", table)
        in_pool(server, url, "CHECKPOINT")
        held = (server.folder / "data" / str(file)).read_bytes()
        assert b"leaving" not in held, table
        assert b"zebedee" not in held.lower(), table
    assert in_pool(server, url, "SELECT * FROM departures") == []


def test_compact_waits_for_questions_and_says_so(pool: PostgresCollection, monkeypatch: pytest.MonkeyPatch) -> None:
    from recommender.collection.postgres.care import compact
    from recommender.errors import CollectionReadOnly

    monkeypatch.setattr(compact, "_WAIT_SECONDS", 0.2)
    pool.upsert(people(3))
    with pool.view() as view:
        assert len(view.rows()) == 3
        pool.delete(["p0"])
        with pytest.raises(CollectionReadOnly, match="run compact again"):
            pool.compact()
        assert len(view.rows()) == 3
    assert pool.compact().profiles == 2


def test_refresh_replaces_facts_and_nothing_else(pool: PostgresCollection) -> None:
    model = Model()
    pool.upsert(people(20))

    def anew(profile, vector_, features):  # type: ignore[no-untyped-def]
        old = next(one for one in people(20) if one.profile.id == profile.id)
        facts = msgspec.structs.replace(old.facts, years=77)
        made = EncodedProfile(profile, facts, vector_, features, "made-up/1.1")
        model.upsert([made])
        return made

    assert pool.refresh(anew) == 20
    assert pool.fingerprint == "made-up/1.1"
    with pool.view() as view:
        assert view.facets(["years"])["years"][0].value == "77"
        assert_contents(view, model, view.rows())
        with pytest.raises(FingerprintMismatch):
            pool.refresh(lambda profile, v, f: EncodedProfile(profile, view.facts([view.row("p0")])[0], v[:5], f, "x"))


def test_damage_is_found_named_and_taken_out(server: Server, url: str, pool: PostgresCollection) -> None:
    pool.upsert(people(5))
    assert check(url) == []
    in_pool(server, url, "UPDATE profiles SET document = set_byte(document, 3, 7) WHERE id = 'p2'")
    in_pool(server, url, "UPDATE tallies SET profiles = profiles + 1 WHERE field = 'skill' AND term = 'Go'")
    found = check(url)
    assert [one.place for one in found] == ["profile number 3", "counts of skill"]
    assert "checksum of its document" in found[0].problem
    with pool.view() as view, pytest.raises(CollectionCorrupt, match="'p2'"):
        view.profiles([view.row("p2")])
    assert [one.profile_id for one in pool.repair().beyond] == ["p2"]
    assert [one.profile_id for one in pool.repair(discard=True).beyond] == ["p2"]
    with pool.view() as view:
        assert len(view) == 4


def test_a_pool_is_copied_either_way_and_goes_on_where_it_was(tmp_path: Path, pool: PostgresCollection) -> None:
    model, everyone = Model(), people(40)
    with closing(LocalCollection(tmp_path / "pool")) as folder, closing(LocalCollection(tmp_path / "back")) as back:
        for some in (everyone, [person("p7", random.Random(9))]):
            folder.upsert(some)
            model.upsert(some)
        pool.upsert(everyone[:7])
        with folder.view() as view:
            assert copy_into(view, pool) == 33
            assert copy_into(view, pool) == 0
        with pool.view() as view:
            assert_contents(view, model, view.rows())
            assert copy_into(view, back) == 40
        with back.view() as view:
            assert_contents(view, model, view.rows())
        back.upsert([person("other", random.Random(3))])
        with pool.view() as view, pytest.raises(CollectionError, match="'other', say"):
            copy_into(view, back)


def test_a_copy_that_differs_is_found(tmp_path: Path, pool: PostgresCollection, server: Server, url: str) -> None:
    with closing(LocalCollection(tmp_path / "pool")) as folder:
        folder.upsert(people(10))
        with folder.view() as view:
            copy_into(view, pool)
            in_pool(server, url, "UPDATE profiles SET facts = (SELECT facts FROM profiles WHERE id = 'p1')")
            from recommender.collection.copying import verify

            with pytest.raises(CollectionCorrupt, match="is not the same"):
                verify(view, pool)
            assert copy_into(view, pool) == 10  # what differs is stored again


def test_a_backup_is_put_back_as_a_new_pool(tmp_path: Path, pool: PostgresCollection, server: Server) -> None:
    model, other = Model(), server.new_url()
    model.upsert(people(30))
    pool.upsert(people(30))
    assert pool.backup(tmp_path / "backup").profiles == 30
    assert not is_pool(other)
    assert restore(tmp_path / "backup", other).profiles == 30
    with closing(open_collection(other)) as again, again.view() as view:
        assert_contents(view, model, view.rows())


def test_places_on_the_map_are_kept_and_go_with_who_leaves(pool: PostgresCollection) -> None:
    pool.upsert(people(30))
    assert pool.lay_out(lambda features: np.full(len(features), 4, np.uint8))
    pool.delete(["p3"])
    pool.upsert([person("new", random.Random(3))])
    with pool.view() as view:
        plane = view.plane()
        assert plane is not None
        assert plane.rows.tolist() == view.rows().tolist()
        assert np.isfinite(plane.places).all(axis=1).tolist() == [True] * 29 + [False]
        assert plane.groups.tolist() == [4] * 29 + [0]


def test_export_gives_all_that_is_stored(pool: PostgresCollection) -> None:
    one = person("one", random.Random(3))
    pool.upsert([one])
    held = pool.export("one")
    assert (held.profile, held.facts, held.number) == (one.profile, one.facts, 1)
    assert held.vector == tuple(one.vector.tolist())


def test_people_whose_profiles_are_linked_are_copied_as_they_are(tmp_path: Path, pool: PostgresCollection) -> None:
    def said(view: View) -> list[object]:
        return [
            view.ids(view.rows()),
            view.linked(),
            view.kept_apart(),
            view.profiles([view.row(f"p{at}") for at in range(12)]),
        ]

    with closing(LocalCollection(tmp_path / "pool")) as folder, closing(LocalCollection(tmp_path / "back")) as back:
        folder.upsert(people(9))
        folder.link([["p2", "p4", "p1"], ["p7", "p0"]])
        folder.upsert([person(f"p{at}", random.Random(at)) for at in range(9, 12)])
        with folder.view() as view:
            assert copy_into(view, pool) == 9
            assert copy_into(view, pool) == 0
            with pool.view() as copy:
                assert said(copy) == said(view)
                assert copy_into(copy, back) == 9
            with back.view() as again:
                assert said(again) == said(view)
        folder.unlink(["p4"])
        with folder.view() as view:
            assert view.kept_apart() == {("p1", "p4"), ("p2", "p4")}
            copy_into(view, pool)
            with pool.view() as copy:
                assert said(copy) == said(view)


def test_links_are_looked_after(pool: PostgresCollection, tmp_path: Path, server: Server, url: str) -> None:
    pool.upsert(people(6))
    pool.link([["p1", "p2"], ["p4", "p5"]])
    pool.keep_apart([("p2", "p3")])
    assert (pool.export("p2").linked, pool.export("p2").kept_apart) == (("p1",), ("p3",))
    facts = random_facts(random.Random(1))
    assert pool.refresh(lambda *parts: EncodedProfile(parts[0], facts, parts[1], parts[2], FINGERPRINT)) == 6
    pool.compact()
    with pool.view() as view:
        assert view.linked() == {"p2": "p1", "p5": "p4"}
    assert check(url) == []
    pool.backup(tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "restored")
    with closing(LocalCollection(tmp_path / "restored")) as restored, restored.view() as held:
        assert (len(held), held.linked()) == (4, {"p2": "p1", "p5": "p4"})
        assert held.kept_apart() == {("p2", "p3")}
    in_pool(server, url, "UPDATE linked SET linked_to = 'p3' WHERE id = 'p2'")
    in_pool(server, url, "DELETE FROM profiles WHERE id = 'p4'")
    found = {finding.place: finding.problem for finding in check(url)}
    assert found["profile 'p5'"] == "is linked to a profile that takes no place"
    assert any("checksum of its number, id and name" in problem for problem in found.values())


def test_a_pool_of_an_older_version_is_brought_up_when_it_is_opened(
    pool: PostgresCollection, server: Server, url: str
) -> None:
    pool.upsert(people(3))
    in_pool(server, url, "DROP TABLE apart")
    in_pool(server, url, "ALTER TABLE pool RENAME lists TO graph")
    in_pool(server, url, "UPDATE pool SET version = 2")
    with closing(open_collection(url)) as again:
        again.link([["p0", "p1"]])
        again.unlink(["p1"])
        with again.view() as view:
            assert view.kept_apart() == {("p0", "p1")}


def test_a_snapshot_is_of_one_generation_whatever_is_written_later(pool: PostgresCollection, tmp_path: Path) -> None:
    """Of 30 people five leave and one is linked before it, and somebody comes and leaves after it."""
    rng = random.Random(3)
    pool.upsert(people(30))
    pool.delete([f"p{number}" for number in range(5)])
    pool.link([("p7", "p8")])
    with pool.view() as view:
        rows = view.rows()
        ids, generation, asked = view.ids(rows), view.generation, vector(rng)
        expected = view.ids(view.search(asked, 9).rows)
    assert pool.snapshot(tmp_path / "kept") == generation
    pool.upsert([person("late", rng)])
    pool.delete(["p20"])
    with closing(open_snapshot(tmp_path / "kept")) as kept, kept.view() as view:
        assert (view.generation, view.ids(view.rows()), view.linked()) == (generation, ids, {"p8": "p7"})
        assert view.ids(view.search(asked, 9).rows) == expected
        assert len(view.profiles(view.rows())) == 24
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_a_snapshot_of_nobody(pool: PostgresCollection, tmp_path: Path) -> None:
    pool.snapshot(tmp_path / "kept")
    with closing(open_snapshot(tmp_path / "kept")) as kept, kept.view() as view:
        assert len(view) == 0
