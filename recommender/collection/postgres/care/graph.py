"""The index over vectors, pgvector's HNSW: made where there are enough of them, kept by the server from then on."""

from __future__ import annotations

from recommender.collection.postgres.server.connections import Connection
from recommender.collection.postgres.server.manifest import GRAPH, manifest

#: Profiles from which on comparing all of them takes longer than asking an index.
INDEX_FROM = 5_000
#: Neighbours of each, and how many are looked at as it is filed (pgvector's own, but for the second).
_M, _CONSTRUCTION = 16, 100
#: Memory to build in: a graph that does not fit takes many times as long.
_MEMORY = "2GB"


def make_graph(connection: Connection, index_from: int = INDEX_FROM) -> None:
    """Make the index where it is missing, beside readers and writers; outside of a transaction.

    Nothing where there are few, or where this role does not own the tables.
    """
    (owns,) = connection.execute("SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'profiles'::regclass"
    ).fetchone() or (False,)  # fmt: skip
    if not owns:
        return
    now = manifest(connection)
    if now.layout is not None and now.profiles >= index_from and not now.has_graph:
        connection.execute(f"DROP INDEX IF EXISTS {GRAPH}")  # one that was not finished
        connection.execute(f"SET maintenance_work_mem = '{_MEMORY}'")
        connection.execute("SET statement_timeout = 0")
        connection.execute(
            f"CREATE INDEX CONCURRENTLY {GRAPH} ON profiles USING hnsw "
            f"((embedding::halfvec({now.layout.dimension})) halfvec_ip_ops) "
            f"WITH (m = {_M}, ef_construction = {_CONSTRUCTION})"
        )
        connection.execute("RESET maintenance_work_mem")
        connection.execute("RESET statement_timeout")
    connection.execute("VACUUM (ANALYZE) profiles")
    connection.execute("ANALYZE tallies, value_words, word_forms")
