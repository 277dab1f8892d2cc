"""Spreading a pool's profiles over other servers: a partition by hash of the id on each, by `postgres_fdw`.

The pool's own server, the coordinator, keeps the row of the pool, tallies and contact details, and asks the nodes
at once. A write is done on the nodes first, where it is seen by nobody, as rows say from which change to which they are
there; it happens when the coordinator commits the number. What was left behind by one that did not come to that is
undone before the next. So a crash between two servers leaves nothing by halves, and there is nothing in doubt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from recommender.collection.postgres.server.connections import Connection, connect, plain_errors
from recommender.collection.postgres.server.manifest import Manifest, manifest
from recommender.collection.postgres.server.place import Place, place_of
from recommender.collection.postgres.server.schema import PROFILES, assert_pgvector, indexes
from recommender.errors import CollectionError

#: The table of a node.
PART = "part"
#: Of every session on a node: what the coordinator would say of one question, nodes are told once.
_NODE_OPTIONS = (
    "-c ivfflat.probes=20 -c ivfflat.iterative_scan=relaxed_order -c jit=off -c random_page_cost=1.1 "
    "-c synchronous_commit=on"
)
_CONNECT_SECONDS = 5
_CONNECTING = ("host", "port", "dbname", "user", "password")


def spread(place: Place, nodes: Sequence[str]) -> None:
    """Have the profiles of a pool that holds nobody yet lie on these servers, by their URLs, an equal share on each.

    Raises `CollectionError` where somebody is in it already.
    """
    places = [place_of(node) for node in nodes]
    for one in places:
        _make_part(one)
    with plain_errors(place), connect(place) as connection, connection.transaction():
        now = manifest(connection, to_write=True)
        if now.profiles or now.is_spread:
            raise CollectionError(f"the pool at {place} holds profiles or is spread already; spread a new one")
        connection.execute("ALTER TABLE contacts DROP CONSTRAINT IF EXISTS whose")
        connection.execute("DROP TABLE profiles")
        connection.execute(f"CREATE TABLE profiles ({PROFILES}, gone bigint) PARTITION BY HASH (id)".encode())
        connection.execute("CREATE EXTENSION IF NOT EXISTS postgres_fdw")
        for at, one in enumerate(places):
            _attach(connection, place, one, at, len(places))
        tables = [f"profiles_{at}" for at in range(len(places))]
        connection.execute("UPDATE pool SET tables = %s, lists = false", (tables,))


def node_places(connection: Connection, place: Place) -> list[Place]:
    """The places of the parts of a pool, in their order; for who may see how they are connected to, its owner."""
    found = connection.execute(
        "SELECT s.srvoptions || m.umoptions || f.ftoptions FROM unnest((SELECT tables FROM pool)) WITH ORDINALITY AS t "
        "(name, at) JOIN pg_foreign_table f ON f.ftrelid = to_regclass(t.name) "
        "JOIN pg_foreign_server s ON s.oid = f.ftserver "
        "JOIN pg_user_mappings m ON m.srvid = s.oid AND m.usename = current_user ORDER BY t.at"
    )
    places = []
    for at, (options,) in enumerate(found):
        given = dict(one.split("=", 1) for one in options)
        conninfo = make_conninfo("", **{name: given[name] for name in _CONNECTING if name in given})
        places.append(Place(conninfo, given["schema_name"], f"{place} (node {at})"))
    return places


def renew_options(connection: Connection, now: Manifest) -> None:
    """Tell nodes from now on what this version tells them."""
    for (server,) in connection.execute(
        "SELECT s.srvname FROM unnest(%s::text[]) AS t (name) JOIN pg_foreign_table f "
        "ON f.ftrelid = to_regclass(t.name) JOIN pg_foreign_server s ON s.oid = f.ftserver",
        (list(now.tables),),
    ).fetchall():
        connection.execute(
            sql.SQL("ALTER SERVER {} OPTIONS (SET options {})").format(
                sql.Identifier(server), sql.Literal(_NODE_OPTIONS)
            )
        )


def _make_part(node: Place) -> None:
    with plain_errors(node), connect(node) as connection, connection.transaction():
        assert_pgvector(connection, node)
        connection.execute(f"CREATE SCHEMA {node.schema}".encode())
        connection.execute(
            f"CREATE TABLE {PART} ({PROFILES}, gone bigint, PRIMARY KEY (id, seq), UNIQUE (seq))".encode()
        )
        for statement in indexes(PART):
            connection.execute(statement.encode())
        connection.execute(f"CREATE INDEX ON {PART} (gone) WHERE gone IS NOT NULL".encode())


def _attach(connection: Connection, place: Place, node: Place, at: int, many: int) -> None:
    given = conninfo_to_dict(node.conninfo)
    server = sql.Identifier(f"{place.schema}_{at}")
    options = {
        "host": given.get("host"), "port": given.get("port"), "dbname": given.get("dbname"), "async_capable": "true",
        "extensions": "vector", "fetch_size": "5000", "options": _NODE_OPTIONS,
        "connect_timeout": str(_CONNECT_SECONDS),
    }  # fmt: skip
    connection.execute(
        sql.SQL("CREATE SERVER {} FOREIGN DATA WRAPPER postgres_fdw OPTIONS ({})").format(server, _options(options))
    )
    login = {"user": given.get("user"), "password": given.get("password")}
    connection.execute(
        sql.SQL("CREATE USER MAPPING FOR CURRENT_USER SERVER {} OPTIONS ({})").format(server, _options(login))
    )
    table = {"schema_name": node.schema, "table_name": PART}
    connection.execute(
        sql.SQL(
            "CREATE FOREIGN TABLE {} PARTITION OF profiles FOR VALUES WITH (MODULUS {}, REMAINDER {}) "
            "SERVER {} OPTIONS ({})"
        ).format(sql.Identifier(f"profiles_{at}"), sql.Literal(many), sql.Literal(at), server, _options(table))
    )


def _options(given: Mapping[str, object]) -> sql.Composed:
    return sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(name), sql.Literal(str(value)))
        for name, value in given.items()
        if value is not None
    )
