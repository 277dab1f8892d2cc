"""What one row says of the pool as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from recommender.collection.common.codec import Layout
from recommender.collection.postgres.server.connections import Connection, Rows, Statement
from recommender.errors import CollectionCorrupt

#: The index over vectors: pgvector's IVFFlat, made by `seal` where there are enough of them.
LISTS = "lists"
_READ = f"""SELECT pool, generation, profiles, longest, inexact,
coalesce(lists, (SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('{LISTS}')), false),
EXISTS (SELECT FROM linked), has_table_privilege('contacts', 'SELECT'),
tables, fingerprint, dimension, columns FROM pool"""
#: The question for it, and that of who is to write, which holds the row until the end of the transaction.
ASKED: Statement = (_READ, ())
HELD: Statement = (f"{_READ} FOR UPDATE", ())


@dataclass(frozen=True, slots=True)
class Manifest:
    """Where the pool is.

    Attributes:
        pool: a name of its own that this pool was given when it was made.
        generation: the last number given out.
        profiles: how many there are.
        longest: length of the longest vector, as the server has it.
        inexact: length of the largest difference between a vector and what the server has of it.
        has_lists: whether there is an index over vectors.
        has_links: whether somebody is linked to another.
        may_read_contacts: whether this role may.
        tables: those that profiles are in: one of this server, or one of each of several.
    """

    pool: str
    generation: int
    profiles: int
    longest: float
    inexact: float
    has_lists: bool
    has_links: bool
    may_read_contacts: bool
    tables: tuple[str, ...]
    layout: Layout | None

    @property
    def is_spread(self) -> bool:
        """Whether profiles are on other servers."""
        return self.tables != ("profiles",)


def manifest(connection: Connection, *, to_write: bool = False) -> Manifest:
    """The row as this connection's transaction sees it; held until its end by who is to write."""
    statement, values = HELD if to_write else ASKED
    return manifest_of(connection.execute(statement.encode(), values).fetchall())


def manifest_of(rows: Rows) -> Manifest:
    """What the answer to `ASKED` or `HELD` says."""
    if not rows:
        raise CollectionCorrupt("the row that says where the pool stands is gone; recommender restore BACKUP")
    *held, tables, fingerprint, dimension, columns = rows[0]
    layout = Layout(fingerprint, dimension, columns) if fingerprint is not None else None
    values = (*held, tuple(tables), layout)
    return Manifest(*values)
