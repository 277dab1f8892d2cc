"""The tables of a pool, the versions that they have had, and making a new pool.

All of a pool lies in one schema. Who may read it needs USAGE on the schema and SELECT on its tables, of which
`contacts` may be left out.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import psycopg

from recommender.collection.postgres.server.connections import Connection, connect, plain_errors
from recommender.collection.postgres.server.place import Place
from recommender.collection.postgres.server.terms import LISTED, column
from recommender.errors import CollectionError, PoolNotFound

_LISTS = ", ".join(f'{column(field)} text[] COLLATE "C"' for field in LISTED)
#: Where nobody asks for a value by its rows: titles and names are asked for by their words.
_INDEXED = ", ".join(column(field) for field in LISTED)
#: Some eighty entries a profile, spread all over the index, are filed together once there are so many kB of them: until
#: then each question looks through those that wait.
_GATHERED = "fastupdate = on, gin_pending_list_limit = 256"

#: What profiles are, on whichever server they lie: columns of the table, and what every table of them has.
PROFILES = f"""
    id text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    name bytea,
    nameless boolean NOT NULL,
    sort_name text COLLATE "C" NOT NULL,
    years integer,
    years_up integer NOT NULL,
    years_down integer NOT NULL,
    title_words text COLLATE "C" NOT NULL,
    {_LISTS},
    document bytea NOT NULL,
    facts bytea NOT NULL,
    features bytea NOT NULL,
    vector bytea,
    embedding halfvec NOT NULL,
    checks bytea NOT NULL
"""
CONTACTS = """
    id text COLLATE "C" NOT NULL,
    contact bytea NOT NULL,
    checks bigint NOT NULL
"""


def indexes(table: str) -> tuple[str, ...]:
    """Statements that give a table of profiles what questions are answered by, but for the lists of vectors."""
    return (
        *(
            f"ALTER TABLE {table} ALTER COLUMN {name} SET STORAGE EXTERNAL"
            for name in ("document", "features", "embedding", "vector")
        ),
        f"CREATE INDEX ON {table} USING gin ({_INDEXED}) WITH ({_GATHERED})",
        f"CREATE INDEX ON {table} (years)",
        f"CREATE INDEX ON {table} (nameless, sort_name, id)",
        f"CREATE INDEX ON {table} (years_up, id)",
        f"CREATE INDEX ON {table} (years_down, id)",
    )


_FIRST = (
    """CREATE TABLE pool (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        pool text NOT NULL,
        version integer NOT NULL,
        generation bigint NOT NULL DEFAULT 0,
        profiles bigint NOT NULL DEFAULT 0,
        fingerprint text,
        dimension integer,
        columns text,
        longest real NOT NULL DEFAULT 0,
        inexact real NOT NULL DEFAULT 0,
        graph boolean,
        tables text[] NOT NULL DEFAULT '{profiles}',
        CHECK ((fingerprint IS NULL) = (dimension IS NULL) AND (fingerprint IS NULL) = (columns IS NULL))
    )""",
    f"CREATE TABLE profiles ({PROFILES}, PRIMARY KEY (id), UNIQUE (seq))",
    *indexes("profiles"),
    f"CREATE TABLE contacts ({CONTACTS}, PRIMARY KEY (id), "  # noqa: ISC004
    "CONSTRAINT whose FOREIGN KEY (id) REFERENCES profiles ON DELETE CASCADE)",
    # the log of who left: number of the change, number of the profile that it took away
    "CREATE TABLE departures (seq bigint PRIMARY KEY, gone bigint NOT NULL)",
    """CREATE TABLE tallies (
        field text COLLATE "C" NOT NULL,
        term text COLLATE "C" NOT NULL,
        value bytea NOT NULL,
        profiles bigint NOT NULL,
        words text[] COLLATE "C" NOT NULL,
        PRIMARY KEY (field, term)
    ) WITH (fillfactor = 70)""",
    """CREATE TABLE value_words (
        field text COLLATE "C" NOT NULL,
        word text COLLATE "C" NOT NULL,
        term text COLLATE "C" NOT NULL,
        PRIMARY KEY (field, word, term),
        FOREIGN KEY (field, term) REFERENCES tallies ON DELETE CASCADE
    )""",
    "CREATE INDEX ON value_words (field, term)",
    """CREATE TABLE word_forms (
        field text COLLATE "C" NOT NULL,
        word text COLLATE "C" NOT NULL,
        forms bigint[] NOT NULL,
        PRIMARY KEY (field, word)
    )""",
    "CREATE INDEX ON word_forms USING gin (forms) WITH (fastupdate = off)",
    """CREATE TABLE places (
        id text COLLATE "C" PRIMARY KEY,
        seq bigint NOT NULL,
        x real NOT NULL,
        y real NOT NULL,
        number smallint NOT NULL
    )""",
)

_SECOND = (
    # whose place another profile takes; all else asks `profiles`, and knows nothing of them
    f"""CREATE TABLE linked ({PROFILES}, linked_to text COLLATE "C" NOT NULL, PRIMARY KEY (id), UNIQUE (seq))""",
    "CREATE INDEX ON linked (linked_to)",
    # contact details may be of either
    "ALTER TABLE contacts DROP CONSTRAINT IF EXISTS whose",
)

_THIRD = (
    """CREATE TABLE apart (
        one text COLLATE "C" NOT NULL,
        other text COLLATE "C" NOT NULL,
        PRIMARY KEY (one, other)
    )""",
    "CREATE INDEX ON apart (other)",
)


def _gather(connection: Connection) -> None:
    """Have entries of the index over values wait for others."""
    found = connection.execute(
        "SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
        "JOIN pg_am a ON a.oid = c.relam WHERE i.indrelid = to_regclass('profiles') AND a.amname = 'gin'"
    )
    for (name,) in found.fetchall():
        connection.execute(f"ALTER INDEX {name} SET ({_GATHERED})".encode())


#: Version → what makes it of the one before.
_MIGRATIONS: tuple[tuple[str | Callable[[Connection], None], ...], ...] = (
    _FIRST,
    _SECOND,
    _THIRD,
    (_gather,),
    # lists in place of a graph, which whoever seals the pool next makes
    (
        "DROP INDEX IF EXISTS graph",
        "ALTER TABLE pool RENAME graph TO lists",
        "UPDATE pool SET lists = false WHERE lists",
    ),
    # columns packed more tightly (`common/shortened.py`): those that are there are read as they are
    (),
)
VERSION = len(_MIGRATIONS)

#: No two processes make or bring up pools of one database at once.
_LOCK = 0x72706F6C


def make(place: Place) -> None:
    """Make an empty pool where there is none, and bring up an older one.

    Raises `CollectionError` where the schema holds other things, or the server lacks pgvector.
    """
    with plain_errors(place), connect(place) as connection, connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        if version(connection, place) == 0:
            _assert_free(connection, place)
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {place.schema}")
        assert_pgvector(connection, place)
        bring_up(connection, place)


def version(connection: Connection, place: Place) -> int:
    """The version of the pool's tables, 0 where there is none; raises `CollectionError` for a later one than ours."""
    (there,) = _one(connection, "SELECT to_regclass(%s) IS NOT NULL", f"{place.schema}.pool")
    if not there:
        return 0
    found = connection.execute("SELECT version FROM pool").fetchone()
    number = int(found[0]) if found else 0
    if number > VERSION:
        raise CollectionError(f"the pool at {place} has version {number}, made by a later one; upgrade recommender")
    return number


def bring_up(connection: Connection, place: Place) -> None:
    """Give a new pool its tables, and an older one what it lacks, within a transaction."""
    held = version(connection, place)
    for steps in _MIGRATIONS[held:]:
        for step in steps:
            if isinstance(step, str):
                connection.execute(step)
            else:
                step(connection)
    if held == 0:
        connection.execute("INSERT INTO pool (pool, version) VALUES (%s, %s)", (secrets.token_hex(8), VERSION))
    elif held < VERSION:
        connection.execute("UPDATE pool SET version = %s", (VERSION,))


def assert_pool(place: Place) -> int:
    """The version of the pool; raises `PoolNotFound` where there is none, `CollectionError` for a later one."""
    with plain_errors(place), connect(place) as connection:
        held = version(connection, place)
    if held == 0:
        raise PoolNotFound(f"no pool at {place}; make one with `recommender ingest PATH --data URL`")
    return held


def grants(place: Place, role: str, *, contacts: bool, write: bool = False) -> list[str]:
    """Statements by which the owner of a pool lets a role read it, or write to it too.

    Args:
        contacts: whether it may read contact details; who writes stores them.
    """
    tables = ["pool", "profiles", "linked", "apart", "tallies", "value_words", "word_forms", "places"]
    tables += ["contacts"] if contacts else []
    may = "SELECT, INSERT, UPDATE, DELETE" if write else "SELECT"
    named = ", ".join(f"{place.schema}.{table}" for table in [*tables, "departures"])
    return [f"GRANT USAGE ON SCHEMA {place.schema} TO {role}", f"GRANT {may} ON {named} TO {role}"]


def _assert_free(connection: Connection, place: Place) -> None:
    (others,) = _one(
        connection,
        "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s",
        place.schema,
    )
    if others:
        raise CollectionError(f"the schema of {place} holds other tables; name another with schema=NAME")


def assert_pgvector(connection: Connection, place: Place) -> None:
    """Have pgvector in the database; raises `CollectionError` where it is not there to be had, or too old."""
    found = connection.execute("SELECT extversion FROM pg_extension WHERE extname = 'vector'").fetchone()
    if found is None:
        try:
            connection.execute("CREATE EXTENSION vector WITH SCHEMA public")
        except (psycopg.errors.UndefinedFile, psycopg.errors.FeatureNotSupported) as error:
            raise CollectionError(f"the server of {place} has no pgvector; install it there") from error
        found = _one(connection, "SELECT extversion FROM pg_extension WHERE extname = 'vector'")
    if tuple(int(part) for part in str(found[0]).split(".")[:2]) < (0, 8):
        raise CollectionError(f"the server of {place} has pgvector {found[0]}; bring it up to 0.8 or later")


def _one(connection: Connection, statement: str, *values: object) -> tuple[Any, ...]:
    found = connection.execute(statement, values).fetchone()
    assert found is not None, "it gives a row"
    return found
