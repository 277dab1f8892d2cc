"""Storing profiles and taking them out, each within one transaction, which writers take turns in.

Each stored profile bears a number, `seq`, never used again: replacing a profile is a new number, and the old one goes
into the log of departures. So numbers are those of changes, the highest is the generation, and what bears one never
changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from recommender.collection.common.codec import Layout
from recommender.collection.postgres.server.connections import Connection, Rows, Statement
from recommender.collection.postgres.server.manifest import Manifest
from recommender.collection.postgres.server.terms import COUNTED, LISTED, column, is_storable
from recommender.collection.postgres.truth.read import links_of
from recommender.collection.postgres.truth.rows import COLUMNS, Row, contact_check
from recommender.collection.postgres.truth.tallies import change
from recommender.errors import FingerprintMismatch

_LISTS = [field for field in COUNTED if field in LISTED]
#: Of nobody where profiles lie on other servers, which may be known only when it is sent already.
_TAKE_OUT = f"""DELETE FROM profiles WHERE id = ANY(%s) AND (SELECT tables = '{{profiles}}' FROM pool)
RETURNING id, seq, years::text, {", ".join(map(column, _LISTS))}"""
#: Of profiles on other servers, where somebody may still see them.
_TAKE_OUT_LATER = f"""UPDATE profiles SET gone = %s WHERE id = ANY(%s) AND gone IS NULL
RETURNING id, seq, years::text, {", ".join(map(column, _LISTS))}"""
_TAKE_OUT_LINKED = "DELETE FROM linked WHERE id = ANY(%s) RETURNING id, seq"
_INSERT = f"INSERT INTO profiles ({', '.join(COLUMNS)}) VALUES ({', '.join(['%b'] * len(COLUMNS))})"
_INSERT_LINKED = f"INSERT INTO linked ({', '.join(COLUMNS)}, linked_to) VALUES ({', '.join(['%b'] * len(COLUMNS))}, %b)"
_CONTACT = "INSERT INTO contacts (id, contact, checks) VALUES (%b, %b, %b)"
_DEPARTED = "INSERT INTO departures SELECT * FROM unnest(%b::bigint[], %b::bigint[])"
_CHANGED = """UPDATE pool SET generation = %s, profiles = profiles + %s, longest = greatest(longest, %s),
inexact = greatest(inexact, %s)"""

Tallied = Counter[tuple[str, str]]


def upsert(
    connection: Connection, now: Manifest, rows: Sequence[Row], layouts: dict[Layout, str], found: Rows | None = None
) -> int:
    """Store rows of distinct ids, replacing those that are there, by who holds the pool's row; the new generation.

    Args:
        found: who was there, as `take_out` gave it.
    """
    if not rows:
        return now.generation
    agree(connection, now, layouts)
    links = links_of(connection, [row.stored.profile_id for row in rows]) if now.has_links else {}
    return store(connection, now, rows, links, found)


def take_out(ids: Sequence[str]) -> Statement:
    """What takes the profiles that have a place out of the table, where all are on one server."""
    return _TAKE_OUT, (list(ids),)


def store(
    connection: Connection, now: Manifest, rows: Sequence[Row], links: Mapping[str, str], found: Rows | None = None
) -> int:
    """As `upsert`, of rows whose layout is the pool's.

    Args:
        links: id → that of the profile which takes its place.
    """
    gone, tallied = _taken_out(connection, [row.stored.profile_id for row in rows], now, found)
    numbered = list(enumerate(rows, now.generation + len(gone.seqs) + 1))
    placed = [(seq, row) for seq, row in numbered if row.stored.profile_id not in links]
    others = [(seq, row, links[row.stored.profile_id]) for seq, row in numbered if row.stored.profile_id in links]
    contacts = [
        (row.stored.profile_id, row.contact, contact_check(row.contact)) for row in rows if row.contact is not None
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, [row.columns(seq) for seq, row in placed])
        if others:
            cursor.executemany(_INSERT_LINKED, [[*row.columns(seq, to), to] for seq, row, to in others])
        if contacts:
            cursor.executemany(_CONTACT, contacts)
    longest = max(float(np.linalg.norm(row.half.held.astype(np.float64))) for row in rows)
    lengths = [one * (1 + 1e-6) for one in (longest, max(row.inexact for row in rows))]
    last = now.generation + len(gone.seqs) + len(rows)
    connection.execute(_CHANGED, (last, len(placed) - gone.placed, *lengths))
    for _, row in placed:
        tallied.update(row.counted)
    change(connection, tallied)  # last, as its answer is waited for
    return last


def depart(connection: Connection, now: Manifest, profile_ids: Iterable[str]) -> list[str]:
    """Take profiles out, and log that they left, by who holds the pool's row; who was there, in the order asked."""
    asked = [one for one in dict.fromkeys(profile_ids) if is_storable(one)]
    gone, tallied = _taken_out(connection, asked, now)
    if gone.seqs:
        connection.execute(_CHANGED, (now.generation + len(gone.seqs), -gone.placed, 0, 0))
        change(connection, tallied)
    return [one for one in asked if one in gone.seqs]


class Gone(NamedTuple):
    """Id → number of those who were there and are no more, and how many of them took a place."""

    seqs: dict[str, int]
    placed: int


def _taken_out(
    connection: Connection, ids: Sequence[str], now: Manifest, found: Rows | None = None
) -> tuple[Gone, Tallied]:
    """Who was there and is no more, and by how much that changes the tallies."""
    tallied = Tallied()
    gone = dict[str, int]()
    first = now.generation + 1
    if now.is_spread:
        undo(connection, now)
        found = connection.execute(_TAKE_OUT_LATER, (first, list(ids))).fetchall()
    elif found is None:
        found = connection.execute(*take_out(ids)).fetchall()
    linked = connection.execute(_TAKE_OUT_LINKED, (list(ids),)) if now.has_links else None
    for profile_id, seq, years, *lists in found:
        gone[profile_id] = seq
        if years is not None:
            tallied["years", years] -= 1
        for field, terms in zip(_LISTS, lists, strict=True):
            for one in terms or ():
                tallied[field, one] -= 1
    placed = len(gone)
    gone |= dict(linked.fetchall()) if linked else {}
    if gone:
        connection.execute("DELETE FROM contacts WHERE id = ANY(%s)", (list(gone),))
        seqs = list(range(first, first + len(gone)))
        connection.execute(_DEPARTED, (seqs, [gone[one] for one in ids if one in gone]))
    return Gone(gone, placed), tallied


def undo(connection: Connection, now: Manifest) -> None:
    """Undo on other servers what was begun there by a change that did not happen; by who holds the pool's row."""
    connection.execute("DELETE FROM profiles WHERE seq > %s", (now.generation,))
    connection.execute("UPDATE profiles SET gone = NULL WHERE gone > %s", (now.generation,))


def agree(connection: Connection, now: Manifest, layouts: dict[Layout, str]) -> None:
    """Hold these profiles' layouts to the pool's, which the first profile sets."""
    held = now.layout
    if held is None or (held not in layouts and now.profiles == 0):
        held = next(iter(layouts))
        set_layout(connection, now, held)
    for layout, profile_id in layouts.items():
        if layout != held:
            raise FingerprintMismatch(
                f"profile {profile_id!r} was encoded by {layout}, this pool by {held}; "
                f"encode anew into another pool: recommender ingest PATH --data NEW_POOL"
            )


def set_layout(connection: Connection, now: Manifest, layout: Layout) -> None:
    """Record what this pool's profiles are made by."""
    if now.layout is not None and now.layout.dimension != layout.dimension:
        connection.execute("DROP INDEX IF EXISTS lists")  # it holds vectors of one length
        connection.execute("UPDATE pool SET longest = 0, inexact = 0")
    connection.execute(
        "UPDATE pool SET fingerprint = %s, dimension = %s, columns = %s",
        (layout.fingerprint, layout.dimension, layout.columns),
    )
