"""The nearest who qualify: found by the server, scored here, by the routine that scores in every engine.

The server's vectors take two bytes a number and its sums are its own, so its order is only nearly that of the scores.
By how much it can be off is known (`Off`): whoever may be nearer than the last of the k is fetched and scored too.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.collection import protocol
from recommender.collection.common.scores import Found, best, nobody, scores_of
from recommender.collection.postgres.query.plan import Plan, choose
from recommender.collection.postgres.server.half import Fetched, Half, halves_of, signs, vectors_of
from recommender.collection.postgres.server.manifest import Manifest
from recommender.collection.postgres.server.snapshot import Clause, Snapshot
from recommender.collection.protocol import Candidates, SearchPlan

Floats = NDArray[np.float32]
_READ = "seq, embedding, vector, id"
_NEAREST = "ORDER BY embedding <#> %b LIMIT %s"
#: Of several tables: how many times its share each is asked for, and how many more.
_SHARE, _SPARE = 1.25, 32
#: Rows whose ids are kept where they are sent along.
_KEPT = 1_000
#: How many times as many rows are fetched where others may be nearer.
_WIDER = 4
#: What rounding to float32 changes of a number at most, as a share.
_UNIT = float(np.finfo(np.float32).eps) / 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for the nearest.

    Attributes:
        qualifying: how many qualify; exact.
    """

    vector: Floats
    k: int
    where: Clause
    qualifying: int
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Trace(protocol.Trace):
    """What a later view needs to know of how somebody was found.

    Attributes:
        pool: whose numbers rows are.
        end: generation that was searched.
        way: how it was.
        k: how many were asked for.
    """

    pool: str
    end: int
    way: str
    k: int
    exact: bool


def search(snapshot: Snapshot, asked: Asked, ids: dict[int, str]) -> Candidates:
    """The min(k, number that qualify) nearest, best first; ties by row.

    Args:
        ids: row → profile id, to which those are added that are sent along.
    """
    now = snapshot.now
    started = time.perf_counter()
    plan = planned(now, asked)
    found, steps = None, list[str]()
    if plan.way == "lists" and asked.qualifying:
        found = _by_lists(snapshot, asked, plan, ids)
        steps.append(f"asked {plan.probes} lists for {plan.near}, scored {len(found[0])}")
    if found is None or len(found[0]) < min(asked.k, asked.qualifying):
        found = _by_all(snapshot, asked, plan.wanted, steps, ids)
    rows, scores = best(*found, asked.k)
    took = round((time.perf_counter() - started) * 1e3, 3)
    trace = Trace(now.pool, now.generation, plan.way, asked.k, asked.exact)
    done = SearchPlan(
        plan.way, plan.why, asked.k, asked.qualifying, now.profiles, tuple(steps), plan.expected, took
    )  # fmt: skip
    return Candidates(rows, scores, trace, done)


def planned(now: Manifest, asked: Asked) -> Plan:
    """How `search` would begin."""
    return choose(asked.qualifying, now.profiles, asked.k, has_lists=now.has_lists, exact=asked.exact)


def scored(snapshot: Snapshot, where: Clause, vector: Floats, ids: dict[int, str]) -> Found:
    """All who qualify, who are few, with their scores."""
    return _scored(snapshot.each(_READ, where), snapshot.now, vector, ids)


def _by_lists(snapshot: Snapshot, asked: Asked, plan: Plan, ids: dict[int, str]) -> Found:
    half, dimension = Half(asked.vector), len(asked.vector)
    # named, as a node's rows are waited for beside the others' only where it gives what they are sorted by
    select = f"{_READ}, {signs('embedding', dimension)} <~> {signs('%b', dimension)} AS apart"
    tables = len(snapshot.now.tables)  # each has about its share of the nearest
    near = plan.near if tables == 1 else min(int(_SHARE * plan.near / tables) + _SPARE, plan.near)
    with snapshot.connection.pipeline():
        snapshot.connection.execute("SELECT set_config('ivfflat.probes', %s, true)", (str(plan.probes),))
        # of those near by signs, the nearest by their numbers: to send all would take longer than to compare them
        rows = snapshot.each(
            select, asked.where, "ORDER BY apart LIMIT %s", (near,),
            selected=(half,), then=_NEAREST, then_values=(half, plan.wanted),
        )  # fmt: skip
    return _scored(rows, snapshot.now, asked.vector, ids)


def _by_all(snapshot: Snapshot, asked: Asked, wanted: int, steps: list[str], ids: dict[int, str]) -> Found:
    """All who can be among the k nearest, each scored."""
    now, half = snapshot.now, Half(asked.vector)
    off = _off(now, asked.vector, half)
    while 0 < wanted < asked.qualifying:
        fetched = snapshot.each(_READ, asked.where, _NEAREST, (half, wanted))
        rows, scores = _scored(fetched, now, asked.vector, ids)
        farthest = float(_products(fetched, half).min()) if fetched else -np.inf
        steps.append(f"compared all {asked.qualifying} who qualify, scored {len(rows)}")
        if farthest + off < np.partition(scores, len(scores) - asked.k)[len(scores) - asked.k]:
            return rows, scores
        wanted *= _WIDER
    steps.append(f"scored all {asked.qualifying} who qualify")
    return scored(snapshot, asked.where, asked.vector, ids) if asked.qualifying else nobody()


def _off(now: Manifest, vector: Floats, half: Half) -> float:
    """How far the server's product of two vectors and the score can be apart.

    By what rounding changes of either (Cauchy-Schwarz), and n products summed in any order (Higham 2002, 3.1), twice.
    """
    asked = vector.astype(np.float64)
    length, changed = np.linalg.norm(asked), np.linalg.norm(asked - half.held)
    summed = 4 * len(vector) * _UNIT * (now.longest + now.inexact) * length
    return float(now.inexact * length + now.longest * changed + summed)


def _scored(fetched: list[Fetched], now: Manifest, vector: Floats, ids: dict[int, str]) -> Found:
    if not fetched or now.layout is None:
        return nobody()
    if len(fetched) <= _KEPT:
        ids |= {row[0]: row[3] for row in fetched}
    scores = scores_of(vectors_of(fetched, now.layout.dimension), vector)
    return np.array([row[0] for row in fetched], np.int64), scores


def _products(fetched: list[Fetched], half: Half) -> Floats:
    """What the server ordered these by, but for the order of its sums."""
    held: Floats = halves_of([row[1] for row in fetched], len(half.numbers)) @ half.held
    return held
