"""How lists of vectors are asked, and how newcomers come into the indexes."""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest

from recommender.collection.postgres.collection import PostgresCollection
from recommender.collection.postgres.query.plan import choose, lists_of
from recommender.collection.postgres.server.place import place_of
from recommender.collection.postgres.server.schema import VERSION
from tests.collection.contract import people
from tests.collection.postgres.server import Server


@pytest.mark.parametrize(
    ("qualifying", "near", "probes"),
    [(5_000, 402, 402), (10_000, 402, 201), (100_000, 704, 36), (1_000_000, 1_232, 20)],
)
def test_of_more_people_lists_are_asked_for_more(qualifying: int, near: int, probes: int) -> None:
    plan = choose(qualifying, 1_000_000, 161, has_lists=True, exact=False)
    assert (plan.near, plan.probes) == (near, probes)


def test_a_list_is_as_long_as_there_are_lists() -> None:
    assert [lists_of(many) for many in (0, 1, 10_000, 1_000_000)] == [1, 1, 100, 1_000]


def test_lists_are_made_anew_of_four_times_as_many(server: Server) -> None:
    url = server.new_url()
    with (
        closing(PostgresCollection(url, index_from=50)) as pool,
        psycopg.connect(server.url(), autocommit=True, options=f"-c search_path={place_of(url).schema}") as made,
    ):
        for many, lists in ((64, 8), (255, 8), (256, 16)):
            pool.upsert(people(many))
            pool.seal()
            assert options(made, "ivfflat") == {f"lists={lists}"}
            with pool.view() as view:
                found = view.search(view.vectors([view.row("p0")])[0], 1)
                assert (view.plans[-1].profiles, view.ids(found.rows)) == (many, ["p0"])


def test_an_older_pool_files_entries_together_too_and_gets_lists_for_its_graph(server: Server) -> None:
    url = server.new_url()
    with closing(PostgresCollection(url, index_from=50)) as pool:
        pool.upsert(people(60))
    with psycopg.connect(
        server.url(), autocommit=True, options=f"-c search_path={place_of(url).schema},public"
    ) as made:
        assert options(made, "gin") == {"fastupdate=on", "gin_pending_list_limit=256"}
        (name,) = made.execute(
            "SELECT relname FROM pg_class WHERE oid IN (SELECT indexrelid FROM pg_index "
            "WHERE indrelid = 'profiles'::regclass) AND relname LIKE '%has%'"
        ).fetchone() or ("",)
        made.execute(f"ALTER INDEX {name} RESET (gin_pending_list_limit)".encode())
        made.execute(f"ALTER INDEX {name} SET (fastupdate = off)".encode())
        made.execute(
            "CREATE INDEX graph ON profiles USING hnsw ((binary_quantize(embedding)::bit(16)) bit_hamming_ops)"
        )
        made.execute("ALTER TABLE pool RENAME lists TO graph")
        made.execute("UPDATE pool SET version = 3")
        with closing(PostgresCollection(url, index_from=50)) as pool:
            assert options(made, "gin") == {"fastupdate=on", "gin_pending_list_limit=256"}
            assert options(made, "hnsw") == options(made, "ivfflat") == set()
            pool.compact()
            assert options(made, "ivfflat") == {"lists=7"}
        assert made.execute("SELECT version FROM pool").fetchone() == (VERSION,)


def options(connection: psycopg.Connection, kind: str) -> set[str]:
    """Those of the one index of this kind over profiles."""
    found = connection.execute(
        "SELECT c.reloptions FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam "
        "WHERE i.indrelid = 'profiles'::regclass AND a.amname = %s",
        (kind,),
    ).fetchone()
    return set(found[0]) if found else set()
