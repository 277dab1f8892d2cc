"""Looking for damage: every checksum, and whether what is counted for the whole pool is what there is."""

from __future__ import annotations

from collections.abc import Iterator

from recommender.collection.local.truth import checksums, codec, damage
from recommender.collection.local.truth.packing import pack_vector
from recommender.collection.local.truth.store import Insert
from recommender.collection.maintenance import Damaged, Finding
from recommender.collection.postgres.query.search import vectors_of
from recommender.collection.postgres.server.connections import Connection
from recommender.collection.postgres.server.manifest import Manifest, manifest
from recommender.collection.postgres.server.terms import COUNTED, LISTED, column
from recommender.collection.postgres.truth.rows import contact_check

_STEP = 500
_READ = """SELECT seq, embedding, vector, convert_to(id, 'UTF8'), name, document, facts, features, checks
FROM profiles WHERE seq > %s ORDER BY seq LIMIT %s"""
_ANEW = "recommender refresh"


def findings(connection: Connection) -> Iterator[Finding]:
    """Everything that is wrong with the pool, in one snapshot."""
    now = manifest(connection)
    for one in damaged(connection, now):
        yield Finding(f"profile number {one.seq}", damage.message(one).split("; ")[0], "recommender check --repair")
    yield from _contacts(connection)
    (there, last) = connection.execute("SELECT count(*), coalesce(max(seq), 0) FROM profiles").fetchone() or (0, 0)
    if there != now.profiles or last > now.generation:
        what = f"says {now.profiles} profiles up to number {now.generation}; there are {there} up to {last}"
        yield Finding("the row of the pool", what, "recommender restore BACKUP")
    for field in COUNTED:
        wrong = connection.execute(_tallies(field), (field,)).fetchone() or (0,)
        if wrong[0]:
            yield Finding(f"counts of {field}", f"{wrong[0]} values have another count than is kept", _ANEW)


def damaged(connection: Connection, now: Manifest) -> Iterator[Damaged]:
    """The stored profiles whose checksums do not hold, or that cannot be decoded."""
    last = 0
    while True:
        with connection.cursor(binary=True) as cursor:
            rows = cursor.execute(_READ, (last, _STEP)).fetchall()
        if not rows:
            return
        last = rows[-1][0]
        layout = now.layout or codec.Layout.none()
        vectors = vectors_of([row[:3] for row in rows], layout.dimension)
        for (seq, _, _, profile_id, name, document, facts, features, checks), vector in zip(rows, vectors, strict=True):
            parts = (document, facts, pack_vector(vector), features)
            problem = checksums.problem(seq, profile_id, name, parts, checks)
            if problem is None:
                text = None if name is None else name.decode()
                problem = damage.problem_of(Insert(seq, profile_id.decode(), text, *parts, 0), layout)
            if problem is not None:
                yield Damaged(seq, profile_id.decode(), problem)


def _contacts(connection: Connection) -> Iterator[Finding]:
    (may,) = connection.execute("SELECT has_table_privilege('contacts', 'SELECT')").fetchone() or (False,)
    if not may:
        return
    with connection.cursor(binary=True) as cursor:
        for profile_id, contact, checks in cursor.execute("SELECT id, contact, checks FROM contacts"):
            if contact_check(contact) != checks:
                what = "the checksum of its contact details does not hold"
                yield Finding(f"profile {profile_id!r}", what, "store the profile again")


def _tallies(field: str) -> str:
    """How many values of a field have another count than is kept."""
    source = (
        f"SELECT term, count(*) AS n FROM profiles, unnest({column(field)}) AS term GROUP BY 1"
        if field in LISTED
        else "SELECT years::text AS term, count(*) AS n FROM profiles WHERE years IS NOT NULL GROUP BY 1"
    )
    return f"""SELECT count(*) FROM ({source}) AS real
FULL JOIN (SELECT term, profiles FROM tallies WHERE field = %s) AS kept USING (term)
WHERE n IS DISTINCT FROM profiles"""
