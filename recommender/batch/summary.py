"""What is said of a run beside its file: how much was matched of what, how it was asked, and what was no query."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import msgspec

from recommender.batch.pieces import Asking, Slow, Unanswered
from recommender.reading import Rejected


class Reject(msgspec.Struct, frozen=True):
    """A query without rows: one that could not be read, or was read and could not be answered.

    Attributes:
        query_id: where one was known.
        source, place: the file, and where in it ("line 12"); of a query that is from no file "query 7".
        field: at fault, "" where it is the query as a whole.
    """

    query_id: str | None
    source: str
    place: str
    field: str
    reason: str

    @classmethod
    def of(cls, one: Rejected | Unanswered) -> Self:
        """Either."""
        if isinstance(one, Rejected):
            return cls(None, one.source, one.place, one.field, one.reason)
        return cls(one.query_id, one.source, one.place or f"query {one.line}", "", one.reason)


class Seconds(msgspec.Struct, frozen=True):
    """What took how long.

    Attributes:
        run: by the clock, of the process that ended the run.
        matching: of all processes, one after another, those of interrupted runs among them.
        writing: of putting the pieces together.
    """

    run: float
    matching: float
    writing: float


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the queries.

    Attributes:
        queries, matches: how many were answered, by how many rows.
        unanswered: those that could not be.
        rejected: how many queries there are without rows, those that could not be read among them.
        generation, profiles: of the pool that was asked, and how many it held.
        fingerprint, scoring: of what made its numbers, and of what makes scores of them.
        kept: queries that an interrupted run had done.
        known: queries whose answers follow from an earlier file.
        sha256: of the file.
        slowest: queries that took longest, each by the mean of those worked out with it.
    """

    out: str
    queries: int
    matches: int
    rejected: int
    unanswered: tuple[Unanswered, ...]
    generation: int
    profiles: int
    fingerprint: str
    scoring: str
    version: str
    schema: int
    asked: Asking
    pieces: int
    kept: int
    known: int
    sha256: str
    seconds: Seconds
    slowest: tuple[Slow, ...]

    @staticmethod
    def place(out: Path) -> Path:
        """Where that of a file is: "matches.summary.json" beside "matches.parquet"."""
        return out.with_suffix(".summary.json")
