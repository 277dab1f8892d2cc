"""What a pool in PostgreSQL costs as it grows: `python -m benchmarks.postgres_growth URL [--times 1 3 10]`

URL is a database of a server on this machine whose schema `measured_100000` holds the pool of `benchmarks.postgres`.
Larger pools are made of its people by the server itself: documents, values and columns repeat, under ids of their own;
search vectors are mixtures of two people's, so that no two are the same. Their tables are not logged.
Then the same questions are put to all sizes in turn:

- making: seconds of the server's processor to make the index over vectors, and that over values.
- bytes: of tables and indexes a profile, and of these the index over vectors.
- similar: `Recommender.similar` of profiles drawn at random, ten matches: medians of milliseconds, by the clock and of
  the processor, the client's and the server's.
- recall: of the 161 nearest by all numbers, those that a search gives.
- count: of a filter that a quarter passes.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from contextlib import ExitStack, closing
from math import isqrt
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.postgres import FILTERS, timed
from benchmarks.provenance import keep, provenance
from recommender.collection import View
from recommender.collection.postgres.collection import PostgresCollection
from recommender.collection.postgres.server.connections import Connection, connect
from recommender.collection.postgres.server.half import signs
from recommender.collection.postgres.server.place import place_of
from recommender.collection.postgres.truth.rows import COLUMNS
from recommender.collection.sight import EVERYTHING
from recommender.settings import Settings
from recommender.wiring import Recommender

RESULTS = Path(__file__).parent / "results" / "postgres_growth.json"
SOURCE, OF = "measured_100000", 100_000
NEAREST, RECALLED, COUNTED = 161, 10, 7
_TICKS = os.sysconf("SC_CLK_TCK")
_INDEXES = """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = 'profiles'::regclass AND NOT indisunique"""


def processor(pid: int) -> float:
    """Milliseconds of the processor that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS * 1e3


def spent(connection: Connection, statement: str) -> float:
    """Seconds of the server's processor for one statement."""
    pid = connection.info.backend_pid
    before = processor(pid)
    connection.execute(statement.encode())
    return round((processor(pid) - before) / 1e3, 1)


def make(database: str, times: int) -> dict[str, float] | None:
    """The pool of so many times the people, and what its indexes took; None where it is there."""
    url = f"{database}?schema=measured_{times * OF}"
    with closing(PostgresCollection(url)) as pool, pool.view() as view:
        if len(view):
            return None
    with closing(connect(place_of(url))) as made:
        made.execute("SET statement_timeout = 0")
        made.execute("SET max_parallel_maintenance_workers = 0")
        made.execute("SET maintenance_work_mem = '2GB'")
        indexes = made.execute(_INDEXES).fetchall()
        for name, _ in indexes:
            made.execute(f"DROP INDEX {name}".encode())
        made.execute("ALTER TABLE profiles SET UNLOGGED")
        for turn in range(times):
            made.execute(_copied(turn).encode())
        took = {"values_s": round(sum(spent(made, index) for _, index in indexes), 1)}
        made.execute(
            f"INSERT INTO tallies SELECT field, term, value, profiles * {times}, words FROM {SOURCE}.tallies".encode()
        )
        for table in ("value_words", "word_forms"):
            made.execute(f"INSERT INTO {table} SELECT * FROM {SOURCE}.{table}".encode())
        made.execute(
            "UPDATE pool SET (generation, profiles) = (SELECT max(seq), count(*) FROM profiles), "
            "(fingerprint, dimension, columns, longest, inexact) = "
            f"(SELECT fingerprint, dimension, columns, 1.01, inexact FROM {SOURCE}.pool)".encode()
        )
        (dimension,) = made.execute("SELECT dimension FROM pool").fetchone() or (0,)
        took["vectors_s"] = spent(
            made,
            f"CREATE INDEX lists ON profiles USING ivfflat (({signs('embedding', dimension)}) bit_hamming_ops) "
            f"WITH (lists = {isqrt(times * OF)})",
        )
        made.execute("VACUUM (ANALYZE) profiles")
        made.execute("ANALYZE tallies, value_words, word_forms")
    return took


def _copied(turn: int) -> str:
    """Everybody once more, whose vector from the second turn on is two thirds their own."""
    other = f" JOIN {SOURCE}.profiles q ON q.seq = (p.seq * 31 + {turn * 7919}) % {OF} + 1" if turn else ""
    mixed = "l2_normalize(p.embedding + p.embedding + q.embedding)" if turn else "p.embedding"
    given = {"id": f"'{turn}-' || p.id", "seq": f"p.seq + {turn * OF}", "embedding": mixed}
    columns = ", ".join(given.get(name, f"p.{name}") for name in COLUMNS)
    return f"INSERT INTO profiles ({', '.join(COLUMNS)}) SELECT {columns} FROM {SOURCE}.profiles p{other}"


def sizes(database: str, times: int) -> dict[str, int]:
    """Bytes a profile."""
    place = place_of(f"{database}?schema=measured_{times * OF}")
    with closing(connect(place)) as made:
        found = made.execute(
            "SELECT (SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' "
            "AND relnamespace = to_regnamespace(%s)), pg_relation_size('lists'), profiles FROM pool",
            (place.schema,),
        ).fetchone()
    assert found is not None
    return {"bytes_a_profile": int(found[0]) // found[2], "of_these_the_lists": found[1] // found[2]}


def recall(view: View, ids: list[str]) -> float:
    """Of the nearest, those that a search gives."""
    held = []
    for vector in view.vectors([view.row(one) for one in ids]):
        found, nearest = (view.search(vector, NEAREST, exact=exact).rows for exact in (False, True))
        held.append(len(np.intersect1d(found, nearest)) / NEAREST)
    return round(float(np.mean(held)), 4)


def counting(view: View) -> float:
    """Milliseconds of counting who passes a filter, by a view that has remembered nothing yet."""
    took = [timed(lambda: view.seen_by(EVERYTHING).count(FILTERS[3])) for _ in range(COUNTED)]
    return round(statistics.median(took), 1)


def asked(rooms: dict[int, Recommender], ids: dict[int, list[str]]) -> dict[int, dict[str, float]]:
    """The same number of questions put to each, in turn; the first tenth is not counted."""
    took: dict[int, list[tuple[float, float, float]]] = {times: [] for times in rooms}
    pids = {}
    for times, room in rooms.items():
        assert isinstance(room.collection, PostgresCollection)
        with room.collection._connections.alone() as (connection, _):
            pids[times] = connection.info.backend_pid
    for at in range(min(map(len, ids.values()))):
        for times, room in rooms.items():
            before = time.process_time() * 1e3, processor(pids[times])
            clock = timed(lambda room=room, one=ids[times][at]: room.similar(one, k=10))  # type: ignore[misc]
            took[times].append((clock, time.process_time() * 1e3 - before[0], processor(pids[times]) - before[1]))
    return {times: _medians(of[len(of) // 10 :]) for times, of in took.items()}


def _medians(of: list[tuple[float, float, float]]) -> dict[str, float]:
    clock, client, server = zip(*of, strict=True)
    return {
        "ms": round(statistics.median(clock), 1), "p95_ms": round(float(np.percentile(clock, 95)), 1),
        "client_processor_ms": round(statistics.median(client), 1),
        "server_processor_ms": round(statistics.mean(server), 1),  # ticks are of ten milliseconds
    }  # fmt: skip


def _earlier(times: int) -> dict[str, float] | None:
    """What making it took, of a pool that was made in an earlier run."""
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    found: dict[str, float] | None = known.get("sizes", {}).get(str(times * OF), {}).get("making")
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", metavar="URL")
    parser.add_argument("--times", type=int, nargs="+", default=[1, 3, 10])
    parser.add_argument("--questions", type=int, default=200)
    given = parser.parse_args()
    ran, making = provenance(), {times: make(given.database, times) or _earlier(times) for times in given.times}
    rooms, ids, found = {}, {}, dict[int, dict[str, Any]]()
    with ExitStack() as stack:
        for times in given.times:
            url = f"{given.database}?schema=measured_{times * OF}"
            rooms[times] = stack.enter_context(Recommender(Settings.load(data=url)))
            with rooms[times].collection.view() as view:
                drawn = np.random.default_rng(5).choice(view.rows(), given.questions, replace=False)
                ids[times] = view.ids(drawn)
                found[times] = {"recall": recall(view, ids[times][:RECALLED]), "count_ms": counting(view)}
        for times, similar in asked(rooms, ids).items():
            found[times] |= {"making": making[times], **sizes(given.database, times), "similar": similar}
    keep(RESULTS, {**ran, "questions": given.questions, "sizes": {str(times * OF): found[times] for times in found}})


if __name__ == "__main__":
    main()
