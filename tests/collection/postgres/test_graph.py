"""How the graph is asked, and how newcomers come into the indexes."""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest

from recommender.collection.postgres.collection import PostgresCollection
from recommender.collection.postgres.query.plan import MOST_EF, choose
from recommender.collection.postgres.server.place import place_of
from recommender.collection.postgres.server.schema import VERSION
from tests.collection.contract import people
from tests.collection.postgres.server import Server


@pytest.mark.parametrize(("qualifying", "near"), [(5_000, 402), (10_000, 402), (100_000, 954), (1_000_000, 2_263)])
def test_of_more_people_the_graph_is_asked_for_more(qualifying: int, near: int) -> None:
    plan = choose(qualifying, 1_000_000, 161, has_graph=True, exact=False)
    assert (plan.near, plan.ef) == (near, min(near + 48, MOST_EF))


def test_an_older_pool_files_entries_together_too_and_a_graph_takes_newcomers_cheaply(server: Server) -> None:
    url = server.new_url()
    with closing(PostgresCollection(url, index_from=50)) as pool:
        pool.upsert(people(60))
        pool.seal()
    with psycopg.connect(server.url(), autocommit=True, options=f"-c search_path={place_of(url).schema}") as made:
        assert options(made, "gin") == {"fastupdate=on", "gin_pending_list_limit=256"}
        assert options(made, "hnsw") == {"m=16", "ef_construction=32"}
        (name,) = made.execute(
            "SELECT relname FROM pg_class WHERE oid IN (SELECT indexrelid FROM pg_index "
            "WHERE indrelid = 'profiles'::regclass) AND relname LIKE '%has%'"
        ).fetchone() or ("",)
        made.execute(f"ALTER INDEX {name} RESET (gin_pending_list_limit)".encode())
        made.execute(f"ALTER INDEX {name} SET (fastupdate = off)".encode())
        made.execute("UPDATE pool SET version = %s", (VERSION - 1,))
        PostgresCollection(url).close()
        assert options(made, "gin") == {"fastupdate=on", "gin_pending_list_limit=256"}
        assert made.execute("SELECT version FROM pool").fetchone() == (VERSION,)


def options(connection: psycopg.Connection, kind: str) -> set[str]:
    """Those of the one index of this kind over profiles."""
    found = connection.execute(
        "SELECT c.reloptions FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam "
        "WHERE i.indrelid = 'profiles'::regclass AND a.amname = %s",
        (kind,),
    ).fetchone()
    return set(found[0]) if found else set()
