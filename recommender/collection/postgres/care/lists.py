"""The index over vectors: made where there are enough of them, kept by the server from then on.

It is pgvector's IVFFlat over the signs of a `halfvec`'s numbers, a bit each: people are divided into lists of those who
are near each other, and a search looks through the lists nearest to it. Those it finds are compared by all their
numbers. It takes whoever comes at the price of finding their list, and is divided anew once there are four times as
many.
"""

from __future__ import annotations

from recommender.collection.postgres.query.plan import lists_of
from recommender.collection.postgres.server.connections import Connection, connect, plain_errors
from recommender.collection.postgres.server.half import signs
from recommender.collection.postgres.server.manifest import LISTS, Manifest, manifest
from recommender.collection.postgres.server.nodes import PART, node_places, renew_options
from recommender.collection.postgres.server.place import Place

_OWNS = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'profiles'::regclass"
#: The index while it is made, in place of an earlier one or of one that was not finished.
_ANEW = f"{LISTS}_anew"
_DIVIDED = f"""SELECT option_value::integer FROM pg_class c, pg_options_to_table(c.reloptions)
WHERE c.oid = to_regclass('{LISTS}') AND option_name = 'lists'"""
#: Profiles from which on comparing all of them takes longer than asking an index.
INDEX_FROM = 5_000
#: How many times as many lists as there are it takes for them to be made anew.
_TOO_FEW = 2
#: Memory to build in.
_MEMORY = "1GB"


def make_lists(connection: Connection, place: Place, index_from: int = INDEX_FROM) -> None:
    """Make the index where it is missing or of too few lists, beside readers and writers; outside of a transaction.

    Nothing where there are few, or where this role does not own the tables.
    """
    (owns,) = connection.execute(_OWNS).fetchone() or (False,)
    if not owns:
        return
    now = manifest(connection)
    wanted = now if now.layout is not None and now.profiles >= index_from else None
    if now.is_spread:
        renew_options(connection, now)
        for node in node_places(connection, place):
            with plain_errors(node), connect(node) as there:
                _make(there, PART, wanted, now.profiles // len(now.tables))
        _estimate(connection, now)
        if wanted and not now.has_lists:
            connection.execute("UPDATE pool SET lists = true")
    else:
        _make(connection, "profiles", wanted, now.profiles)
    connection.execute("ANALYZE tallies, value_words, word_forms")


def _estimate(connection: Connection, now: Manifest) -> None:
    """Let the coordinator know about how many rows nodes have: it takes them for a few dozen else, and would have all
    of them sent rather than have nodes sort and limit them. Three hundred of each are looked at."""
    connection.execute("SET default_statistics_target = 1")
    for table in now.tables:
        connection.execute(f"ANALYZE {table}".encode())
    connection.execute("RESET default_statistics_target")


def _make(connection: Connection, table: str, now: Manifest | None, profiles: int) -> None:
    """The index over one table where a manifest is given; and how its values are spread is looked at anew."""
    (held,) = connection.execute(_DIVIDED).fetchone() or (0,)
    if now is not None and now.layout is not None and lists_of(profiles) >= _TOO_FEW * held:
        connection.execute(f"DROP INDEX IF EXISTS {_ANEW}")
        connection.execute(f"SET maintenance_work_mem = '{_MEMORY}'")
        connection.execute("SET statement_timeout = 0")
        connection.execute(
            f"CREATE INDEX CONCURRENTLY {_ANEW} ON {table} USING ivfflat "
            f"(({signs('embedding', now.layout.dimension)}) bit_hamming_ops) "
            f"WITH (lists = {lists_of(profiles)})".encode()
        )
        with connection.transaction():
            connection.execute(f"DROP INDEX IF EXISTS {LISTS}, graph")
            connection.execute(f"ALTER INDEX {_ANEW} RENAME TO {LISTS}")
        connection.execute("RESET maintenance_work_mem")
        connection.execute("RESET statement_timeout")
    connection.execute(f"VACUUM (ANALYZE) {table}".encode())
