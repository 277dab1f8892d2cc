"""One connection that writes for all threads: what waits together is committed together, and synced once.

The first thread to come leads: it carries out everything that has been handed in, each piece in a savepoint
of its own so that one that fails takes nothing else with it, commits once, and wakes the others. Whoever
comes meanwhile waits for the next turn. No thread returns before its own work is durable.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from recommender.collection.local.truth import database
from recommender.errors import CollectionError, CollectionReadOnly

T = TypeVar("T")


#: What SQLite says of a value or a statement; all else is of the disk, the lock or the file, and concerns the group.
_OWN = (sqlite3.InterfaceError, sqlite3.ProgrammingError, sqlite3.IntegrityError, sqlite3.DataError)


class _Piece(Generic[T]):
    """Work that one thread has handed in."""

    def __init__(self, work: Callable[[sqlite3.Connection], T]) -> None:
        self.work = work
        self.done = False
        self.result: T | None = None
        self.error: BaseException | None = None


def _work_apart(piece: _Piece[object], connection: sqlite3.Connection) -> None:
    """Do one piece so that it leaves nothing behind where it fails for reasons of its own."""
    connection.execute("SAVEPOINT piece")
    try:
        piece.result = piece.work(connection)
    except sqlite3.Error as error:
        if not isinstance(error, _OWN):
            raise
        piece.error = error
        connection.execute("ROLLBACK TO piece")
    except Exception as error:
        piece.error = error
        connection.execute("ROLLBACK TO piece")
    connection.execute("RELEASE piece")


class GroupCommit:
    """Carries out writing work for many threads of one process; `refusal`: why it cannot, where it cannot."""

    def __init__(self, folder: Path, refusal: CollectionReadOnly | None = None) -> None:
        self._folder = folder
        self._refusal = refusal
        self._connection: sqlite3.Connection | None = None
        self._changed = threading.Condition()
        self._waiting: list[_Piece[object]] = []
        self._led = False
        self._closed = False

    def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do this work within a transaction; what it returns, once that is durable."""
        piece = _Piece(work)
        with self._changed:
            if self._closed:
                raise CollectionError("this collection is closed; open it anew")
            if self._refusal is not None:
                raise CollectionReadOnly(str(self._refusal)) from self._refusal
            self._waiting.append(piece)  # type: ignore[arg-type]
            self._changed.wait_for(lambda: piece.done or not self._led)
            if not piece.done:
                self._led = True
        if not piece.done:
            self._lead()
        if piece.error is not None:
            raise piece.error
        return piece.result  # type: ignore[return-value]

    def close(self) -> None:
        """Finish what has been handed in, then let go of the file."""
        with self._changed:
            self._closed = True
            self._changed.wait_for(lambda: not self._led and not self._waiting)
            self._drop()

    def _lead(self) -> None:
        with self._changed:
            pieces, self._waiting = self._waiting, []
        try:
            with database.plain_errors(self._folder):
                self._commit(pieces)
        except BaseException as error:
            # whatever was begun is rolled back with the connection; a connection that failed is not trusted again
            self._drop()
            # what interrupts this thread is none of the others' business, but their work was not done either
            theirs = error if isinstance(error, Exception) else CollectionError("the write was interrupted; try again")
            for piece in pieces:
                piece.error = piece.error or theirs
            if theirs is not error:
                raise
        finally:
            with self._changed:
                for piece in pieces:
                    piece.done = True
                self._led = False
                self._changed.notify_all()

    def _commit(self, pieces: list[_Piece[object]]) -> None:
        if self._connection is None:
            self._connection = database.connect(self._folder)
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        if len(pieces) == 1:
            pieces[0].result = pieces[0].work(connection)
        else:
            for piece in pieces:
                _work_apart(piece, connection)
        connection.execute("COMMIT")

    def _drop(self) -> None:
        """Close the connection, and with it whatever of a transaction is left; the next work opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
