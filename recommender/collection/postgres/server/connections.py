"""`Connections`: those of one process to one pool, used again; and what the server's errors mean to people."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

import psycopg
from psycopg import errors as sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import TupleRow

from recommender.collection.postgres.server import half, texts
from recommender.collection.postgres.server.place import Place
from recommender.errors import (
    CollectionError,
    CollectionReadOnly,
    CollectionUnreachable,
    PoolNotFound,
    RecommenderError,
)

Connection = psycopg.Connection[TupleRow]
#: A statement with a mark for each of its values; and the rows that one gave.
Statement = tuple[str, Sequence[Any]]
Rows = list[TupleRow]

#: Connections that one process opens at most, and seconds that a question waits for one of them.
MOST, WAIT_SECONDS = 24, 10.0
#: Of sessions, where the URL's own options do not say otherwise: a generic plan knows nothing of how many qualify,
#: and what is read at random is in memory or nearly so.
_SESSION = {
    "statement_timeout": "120s",
    "lock_timeout": "30s",
    "idle_in_transaction_session_timeout": "10min",
    "plan_cache_mode": "force_custom_plan",
    "jit": "off",
    "random_page_cost": "1.1",
    "client_min_messages": "error",
    "ivfflat.iterative_scan": "relaxed_order",
}
#: Whoever writes says the same again and again, of rows known by their keys: no plan for each is better than for all.
_WRITE = ("BEGIN ISOLATION LEVEL READ COMMITTED", "SET LOCAL plan_cache_mode = auto")
_READ = ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",)
_CONNECT_SECONDS = 5


class Connections:
    """Opened when they are needed, one for each thread that asks at once; broken ones are thrown away."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._idle: list[Connection] = []
        self._free = threading.BoundedSemaphore(MOST)
        self._closed = False

    @contextmanager
    def transaction(self, *, write: bool = False) -> Iterator[Connection]:
        """As `begun`, with nothing asked at first."""
        with self.begun(write=write) as (connection, _):
            yield connection

    @contextmanager
    def begun(self, *first: Statement, write: bool = False) -> Iterator[tuple[Connection, list[Rows]]]:
        """A transaction of one snapshot, committed at the end of the block; one that only reads unless it is to write.

        Statements that write are sent with the next whose answer is read, or with COMMIT: each wait for the server
        takes about as long as what it does meanwhile. A connection that the server has closed since it was used last
        is replaced without anybody noticing.

        Args:
            first: what is asked in one go with its beginning; the rows of each come with the connection.
        """
        begin: list[Statement] = [(one, ()) for one in (_WRITE if write else _READ)]
        with (
            self._one(*begin, *first) as (connection, answers),
            connection.pipeline() if write else nullcontext(),
        ):
            yield connection, answers[len(begin) :]
            connection.execute("COMMIT")

    @contextmanager
    def alone(self, first: Statement = ("SELECT", ())) -> Iterator[tuple[Connection, Rows]]:
        """A connection without a transaction, each statement its own; with what the first gave."""
        with self._one(first) as (connection, (rows,)):
            yield connection, rows

    def close(self) -> None:
        """Let go of all; nobody is given one afterwards."""
        self._closed = True
        self._drop_idle()

    @contextmanager
    def _one(self, *first: Statement) -> Iterator[tuple[Connection, list[Rows]]]:
        if self._closed:
            raise CollectionError("this collection is closed; open it anew")
        if not self._free.acquire(timeout=WAIT_SECONDS):
            raise CollectionUnreachable(f"{MOST} questions are being put to {self.place} already; try again later")
        try:
            with plain_errors(self.place):
                connection, answers = self._begun(first)
                try:
                    yield connection, answers
                finally:
                    self._give_back(connection)
        finally:
            self._free.release()

    def _begun(self, first: Sequence[Statement]) -> tuple[Connection, list[Rows]]:
        while self._idle:
            try:
                connection = self._idle.pop()
                return connection, _asked(connection, first)
            except IndexError:
                break
            except psycopg.OperationalError as error:
                if not _is_gone(error):
                    raise
                self._drop_idle()  # as it is with the others: the server was started anew
        connection = connect(self.place)
        return connection, _asked(connection, first)

    def _give_back(self, connection: Connection) -> None:
        if not connection.closed and connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            try:
                connection.execute("ROLLBACK")
            except psycopg.Error:
                connection.close()
        if connection.closed:
            return
        self._idle.append(connection)
        if self._closed:
            self._drop_idle()

    def _drop_idle(self) -> None:
        while self._idle:
            self._idle.pop().close()


def _asked(connection: Connection, first: Sequence[Statement]) -> list[Rows]:
    """The rows of each of these, all of which are sent at once; the connection is closed where one fails."""
    try:
        with connection.pipeline():
            asked = [connection.execute(statement.encode(), values) for statement, values in first]
        return [one.fetchall() if one.description else [] for one in asked]
    except BaseException:
        connection.close()
        raise


def _is_gone(error: psycopg.Error) -> bool:
    """Whether it says that the connection is none any more: by nothing that the server said, or as its last word."""
    return error.sqlstate is None or error.sqlstate.startswith("57P")


def connect(place: Place) -> Connection:
    """A connection whose transactions are begun by hand, to the pool's schema."""
    given = conninfo_to_dict(place.conninfo)
    settings = " ".join(f"-c {name}={value}" for name, value in _SESSION.items())
    options = f"{settings} -c search_path={place.schema},public {given.get('options') or ''}"
    connection = psycopg.connect(
        place.conninfo,
        autocommit=True,
        options=options.strip(),
        connect_timeout=int(given.get("connect_timeout") or _CONNECT_SECONDS),
        application_name=given.get("application_name") or "recommender",
    )
    half.register(connection)
    texts.register(connection)
    return connection


@contextmanager
def plain_errors(place: Place) -> Iterator[None]:
    """Turn what the server and libpq say into the errors of this package, with the fix."""
    try:
        yield
    except psycopg.Error as error:
        raise _translated(error, place) from error


def _translated(error: psycopg.Error, place: Place) -> RecommenderError:
    said = _first_line(error)
    match error:
        case sql.UndefinedTable() | sql.InvalidSchemaName():
            return PoolNotFound(f"no pool at {place}; make one with `recommender ingest PATH --data URL`")
        case sql.InsufficientPrivilege():
            return CollectionReadOnly(f"this role may not do that to the pool at {place} ({said}); use another role")
        case sql.ReadOnlySqlTransaction():
            return CollectionReadOnly(f"{place} is a read replica; write to the server that it follows")
        case sql.DiskFull():
            return CollectionReadOnly(f"the disk of {place} is full: nothing was stored; free some space")
        case sql.LockNotAvailable() | sql.DeadlockDetected() | sql.SerializationFailure():
            return CollectionReadOnly(f"another process is writing to the pool at {place}; try again when it is done")
        case sql.QueryCanceled():
            return CollectionUnreachable(f"{place} took too long ({said}); ask for less, or raise statement_timeout")
        case sql.InvalidCatalogName() | sql.InvalidPassword() | sql.InvalidAuthorizationSpecification():
            return CollectionUnreachable(f"{place} refuses the connection ({said}); give another user or database")
        case psycopg.OperationalError():
            return CollectionUnreachable(f"{place} cannot be asked ({said}); try again when it is back")
    return CollectionError(f"the pool at {place}: {said}; run `recommender check`")


def _first_line(error: psycopg.Error) -> str:
    return (error.diag.message_primary or str(error)).strip().splitlines()[0] if str(error) else type(error).__name__
