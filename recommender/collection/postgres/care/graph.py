"""The index over vectors: made where there are enough of them, kept by the server from then on.

It is pgvector's HNSW over the signs of a `halfvec`'s numbers, a bit each: a sixteenth of what the numbers take, built
and asked in a fraction of the time. Those it finds nearest are compared by all their numbers.
"""

from __future__ import annotations

from recommender.collection.postgres.server.connections import Connection, connect, plain_errors
from recommender.collection.postgres.server.half import signs
from recommender.collection.postgres.server.manifest import GRAPH, Manifest, manifest
from recommender.collection.postgres.server.nodes import PART, node_places
from recommender.collection.postgres.server.place import Place

_OWNS = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'profiles'::regclass"
#: Profiles from which on comparing all of them takes longer than asking an index.
INDEX_FROM = 5_000
#: Neighbours of each, and how many are looked at as it is filed (pgvector's own, but for the second).
_M, _CONSTRUCTION = 16, 100
#: How many are looked at as somebody is filed later: pgvector takes no fewer than two for each neighbour.
_LATER = 32
#: Memory to build in: a graph that does not fit takes many times as long.
_MEMORY = "2GB"


def make_graph(connection: Connection, place: Place, index_from: int = INDEX_FROM) -> None:
    """Make the index where it is missing, beside readers and writers; outside of a transaction.

    Nothing where there are few, or where this role does not own the tables.
    """
    (owns,) = connection.execute(_OWNS).fetchone() or (False,)
    if not owns:
        return
    now = manifest(connection)
    wanted = now.layout is not None and now.profiles >= index_from and not now.has_graph
    if now.is_spread:
        for node in node_places(connection, place):
            with plain_errors(node), connect(node) as there:
                _make(there, PART, now if wanted else None)
        _estimate(connection, now)
        if wanted:
            connection.execute("UPDATE pool SET graph = true")
    else:
        _make(connection, "profiles", now if wanted else None)
    connection.execute("ANALYZE tallies, value_words, word_forms")


def _estimate(connection: Connection, now: Manifest) -> None:
    """Let the coordinator know about how many rows nodes have: it takes them for a few dozen else, and would have all
    of them sent rather than have nodes sort and limit them. Three hundred of each are looked at."""
    connection.execute("SET default_statistics_target = 1")
    for table in now.tables:
        connection.execute(f"ANALYZE {table}".encode())
    connection.execute("RESET default_statistics_target")


def _make(connection: Connection, table: str, now: Manifest | None) -> None:
    """The index over one table where a manifest is given; and how its values are spread is looked at anew."""
    if now is not None and now.layout is not None:
        connection.execute(f"DROP INDEX IF EXISTS {GRAPH}")  # one that was not finished
        connection.execute(f"SET maintenance_work_mem = '{_MEMORY}'")
        connection.execute("SET statement_timeout = 0")
        connection.execute(
            f"CREATE INDEX CONCURRENTLY {GRAPH} ON {table} USING hnsw "
            f"(({signs('embedding', now.layout.dimension)}) bit_hamming_ops) "
            f"WITH (m = {_M}, ef_construction = {_CONSTRUCTION})".encode()
        )
        connection.execute(f"ALTER INDEX {GRAPH} SET (ef_construction = {_LATER})")
        connection.execute("RESET maintenance_work_mem")
        connection.execute("RESET statement_timeout")
    connection.execute(f"VACUUM (ANALYZE) {table}".encode())
