"""Looking for damage: every checksum, and whether what is counted for the whole pool is what there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from recommender.collection.common import checksums, codec, damage
from recommender.collection.common.damage import Insert
from recommender.collection.common.packing import pack_vector
from recommender.collection.maintenance import Damaged, Finding
from recommender.collection.postgres.query.facets import counted
from recommender.collection.postgres.server.connections import Connection
from recommender.collection.postgres.server.half import vectors_of
from recommender.collection.postgres.server.manifest import manifest
from recommender.collection.postgres.server.snapshot import Clause, Snapshot
from recommender.collection.postgres.server.terms import COUNTED
from recommender.collection.postgres.truth.rows import contact_check
from recommender.collection.protocol import FacetValue

_STEP = 500
_READ = "seq, embedding, vector, convert_to(id, 'UTF8'), name, document, facts, features, checks"
_KEPT = "SELECT term, profiles FROM tallies WHERE field = %s"
_ANEW = "recommender refresh"


def findings(connection: Connection) -> Iterator[Finding]:
    """Everything that is wrong with the pool, in one snapshot."""
    snapshot = Snapshot(connection, manifest(connection))
    now = snapshot.now
    for one in damaged(snapshot):
        yield Finding(f"profile number {one.seq}", damage.message(one).split("; ")[0], "recommender check --repair")
    if now.may_read_contacts:
        yield from _contacts(connection)
    found = snapshot.each("count(*), coalesce(max(seq), 0)")
    there, last = sum(many for many, _ in found), max(one for _, one in found)
    if there != now.profiles or last > now.generation:
        what = f"says {now.profiles} profiles up to number {now.generation}; there are {there} up to {last}"
        yield Finding("the row of the pool", what, "recommender restore BACKUP")
    lost = "SELECT id FROM linked l WHERE NOT EXISTS (SELECT FROM profiles p WHERE p.id = l.linked_to)"
    for (profile_id,) in connection.execute(lost):
        what = "is linked to a profile that takes no place"
        yield Finding(f"profile {profile_id!r}", what, "recommender duplicates --unlink, with its id")
    for field in COUNTED:
        kept = {FacetValue(*row) for row in connection.execute(_KEPT, (field,))}
        wrong = len({one.value for one in kept ^ set(counted(snapshot, field, Clause("seq > 0"), None))})
        if wrong:
            yield Finding(f"counts of {field}", f"{wrong} values have another count than is kept", _ANEW)


def damaged(snapshot: Snapshot) -> Iterator[Damaged]:
    """The stored profiles whose checksums do not hold, or that cannot be decoded."""
    last = 0
    read = f"{_READ}, NULL"
    while rows := sorted(snapshot.each(read, Clause("seq > %s", (last,)), "ORDER BY seq LIMIT %s", (_STEP,)))[:_STEP]:
        last = rows[-1][0]
        yield from _damaged(snapshot, rows)
    with snapshot.connection.cursor(binary=True) as cursor:
        linked = cursor.execute(f"SELECT {_READ}, convert_to(linked_to, 'UTF8') FROM linked ORDER BY seq".encode())
        while rows := linked.fetchmany(_STEP):
            yield from _damaged(snapshot, rows)


def _damaged(snapshot: Snapshot, rows: Sequence[tuple[Any, ...]]) -> Iterator[Damaged]:
    layout = snapshot.now.layout or codec.Layout.none()
    vectors = vectors_of([row[:3] for row in rows], layout.dimension)
    for row, vector in zip(rows, vectors, strict=True):
        seq, _, _, profile_id, name, document, facts, features, checks, to = row
        parts = (document, facts, pack_vector(vector), features)
        problem = checksums.problem(seq, profile_id, name, parts, checks, to)
        if problem is None:
            text = None if name is None else name.decode()
            problem = damage.problem_of(Insert(seq, profile_id.decode(), text, *parts, 0), layout)
        if problem is not None:
            yield Damaged(seq, profile_id.decode(), problem)


def _contacts(connection: Connection) -> Iterator[Finding]:
    with connection.cursor(binary=True) as cursor:
        for profile_id, contact, checks in cursor.execute("SELECT id, contact, checks FROM contacts"):
            if contact_check(contact) != checks:
                what = "the checksum of its contact details does not hold"
                yield Finding(f"profile {profile_id!r}", what, "store the profile again")
