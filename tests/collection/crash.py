"""The crash loop: several processes write to one pool, are killed at random moments, and nothing may be amiss.

`python -m tests.collection.crash FOLDER --rounds N [--one-in M]` prints what was found as JSON. Each worker writes to
ids of its own. Its history is determined by its seed, and it tells its parent of every step that was acknowledged; so
the parent knows what must be there. A step that was under way when the worker died, or that was refused, may have
happened or not, but wholly or not at all: each makes two worlds of one, and what is found must be one of these worlds.
"""

from __future__ import annotations

import argparse
import ctypes
import logging
import mmap
import os
import random
import select
import signal
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from recommender.collection import LocalCollection, Maintainable, View, check
from recommender.collection.copying import encoded
from recommender.collection.local.follower import Tuning
from recommender.encoding.encoded import EncodedProfile
from recommender.errors import CollectionError, ProfileNotFound
from tests.collection.model import Model
from tests.collection.people import person

WORKERS = 3
IDS = 25
#: So many of them are linked, and written to more often, so that links come and go all the time.
FEW = 6
#: So few rows that segments are renewed, indexed and published all the time.
TUNING = Tuning(index_from=30, tail_rows=15, tail_share=0.1, loaded_rows=40, retry_seconds=0.05)
#: Refusals after which a worker gives up: each doubles the worlds to be thought of.
_MOST_REFUSALS = 5

#: What a world is told apart by: id → all of the profile, whose place another takes, and who it is kept apart from.
Seen = dict[str, tuple[bytes, str | None, frozenset[str]]]


@dataclass
class Outcome:
    """What the loop saw. `lost` and `findings` are to be empty."""

    kills: int = 0
    acknowledged: int = 0
    refused: int = 0
    injected: int = 0
    lost: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    recovery_seconds: list[float] = field(default_factory=list)
    clean_seconds: list[float] = field(default_factory=list)

    def summary(self) -> dict[str, object]:
        """Counts, and the median times of opening after a crash and after a clean end."""
        after_crash, clean = statistics.median(self.recovery_seconds), statistics.median(self.clean_seconds)
        return {
            "kills": self.kills,
            "acknowledged_steps": self.acknowledged,
            "refused_steps": self.refused,
            "injected_faults": self.injected,
            "lost_or_half_written": self.lost,
            "check_findings": self.findings,
            "recovery_ms_median": round(after_crash * 1e3, 3),
            "clean_start_ms_median": round(clean * 1e3, 3),
            "recovery_over_clean_start": round(after_crash / clean, 3),
        }


def step(rng: random.Random, worker: int) -> tuple[str, list[EncodedProfile] | list[str]]:
    """The next thing a worker does: ("upsert", profiles); ("delete", "link" or "unlink", ids); what changes nobody."""
    ids = [f"w{worker}-{i:02}" for i in range(IDS)]
    kind = rng.choices(("upsert", "delete", "link", "unlink", "look", "seal", "compact"), (55, 12, 15, 8, 6, 2, 2))[0]
    some = ids[: FEW if kind in ("link", "unlink") else rng.choice((FEW, IDS))]
    if kind == "upsert":
        return kind, [person(i, rng) for i in rng.sample(some, rng.choice((1, 1, 2, 5)))]
    many = {"delete": (1, 1, 3), "link": (2, 2, 3), "unlink": (1, 1, 2)}.get(kind)
    return kind, rng.sample(some, rng.choice(many)) if many else []


def apply(world: Model, kind: str, given: list[EncodedProfile] | list[str]) -> Model:
    """The world after a step."""
    after = Model()
    after.held, after.links, after.apart = dict(world.held), dict(world.links), set(world.apart)
    ids = [one for one in given if isinstance(one, str)]
    if kind == "upsert":
        after.upsert(one for one in given if isinstance(one, EncodedProfile))
    elif kind == "delete":
        after.delete(ids)
    elif kind == "link" and after.held.keys() >= set(ids):
        after.link(ids)
    elif kind == "unlink":
        after.unlink(ids)
    return after


def seen(world: Model) -> Seen:
    """All that could be lost or half-written."""
    return {
        i: (
            msgspec.json.encode(one.profile) + one.vector.tobytes(),
            world.links.get(i),
            frozenset().union(*(pair for pair in world.apart if i in pair)) - {i},
        )
        for i, one in world.held.items()
    }


def work(folder: Path, seed: int, worker: int, report: int, arm: Callable[[], None]) -> None:
    """In a child process: do step after step, writing one byte each to `report`; a for done, r for refused."""
    logging.disable(logging.CRITICAL)
    pool = LocalCollection(folder, TUNING)
    rng, refusals = random.Random(seed), 0
    arm()
    while refusals < _MOST_REFUSALS:
        kind, given = step(rng, worker)
        try:
            do(pool, kind, given)
            os.write(report, b"a")
        except CollectionError:
            os.write(report, b"r")
            refusals += 1
    time.sleep(60)  # for the kill


def do(pool: Maintainable, kind: str, given: list[EncodedProfile] | list[str]) -> None:
    if kind == "upsert":
        pool.upsert([one for one in given if isinstance(one, EncodedProfile)])
    elif kind == "delete":
        pool.delete([one for one in given if isinstance(one, str)])
    elif kind == "link":
        with suppress(ProfileNotFound):
            pool.link([[one for one in given if isinstance(one, str)]])
    elif kind == "unlink":
        pool.unlink([one for one in given if isinstance(one, str)])
    elif kind == "look":
        with pool.view() as view:
            assert view.count() == len(view)
    else:
        getattr(pool, kind)()


def crash_round(folder: Path, rng: random.Random, worlds: list[Model], outcome: Outcome, one_in: int) -> list[Model]:
    """Let workers write, kill them, and compare what is there; each worker's world, as found."""
    seeds = [rng.randrange(2**31) for _ in range(WORKERS)]
    counter = (ctypes.c_long * 1).from_buffer(mmap.mmap(-1, mmap.PAGESIZE))
    pipes, children = [os.pipe() for _ in range(WORKERS)], []
    for worker, (_, report) in enumerate(pipes):
        child = os.fork()
        if child == 0:
            try:
                work(folder, seeds[worker], worker, report, lambda: arm(folder, seeds[worker], one_in, counter))  # noqa: B023
            finally:
                os._exit(1)
        children.append(child)
        os.close(report)
    if rng.random() < 0.7:  # else they may be killed while they open the pool, too
        select.select([reading for reading, _ in pipes], [], [], 10)
    time.sleep(rng.uniform(0.005, 0.12))
    for child in rng.sample(children, WORKERS):
        os.kill(child, signal.SIGKILL)
        outcome.kills += 1
        time.sleep(rng.choice((0, 0.01)))
    reports = []
    for child, (reading, _) in zip(children, pipes, strict=True):
        os.waitpid(child, 0)
        with os.fdopen(reading, "rb") as pipe:
            reports.append(pipe.read().decode())
    outcome.injected += counter[0]
    possible = [worlds_after(worlds[w], seeds[w], w, reports[w], outcome) for w in range(WORKERS)]
    return recover(folder, possible, outcome)


def arm(folder: Path, seed: int, one_in: int, counter: ctypes.Array[ctypes.c_long]) -> None:
    """Let the disk fail from now on, in this process; `counter` is shared with the parent."""
    if one_in:
        ctypes.CDLL(None).fault_arm(os.fsencode(folder), seed, one_in, counter)


def worlds_after(world: Model, seed: int, worker: int, report: str, outcome: Outcome) -> list[Model]:
    """Every world that may be found: acknowledged steps happened; refused ones, and the one under way, perhaps."""
    rng, worlds = random.Random(seed), [world]
    for answer in [*report, "?"]:
        kind, given = step(rng, worker)
        after = [apply(w, kind, given) for w in worlds]
        worlds = after if answer == "a" else [*worlds, *after]
        outcome.acknowledged += answer == "a"
        outcome.refused += answer == "r"
    return worlds


def recover(folder: Path, possible: list[list[Model]], outcome: Outcome) -> list[Model]:
    """Open the pool after the crash, compare it with what may be there, and time that beside a clean start."""
    outcome.recovery_seconds.append(opening_seconds(folder))
    outcome.clean_seconds.append(opening_seconds(folder))
    pool = LocalCollection(folder, TUNING)
    with pool.view() as view:
        found = [whole_world(view, f"w{worker}-") for worker in range(WORKERS)]
    pool.close()
    for worker, world in enumerate(map(seen, found)):
        if world not in (may_be := list(map(seen, possible[worker]))):
            differing = min((set(one.items()) ^ set(world.items()) for one in may_be), key=len)
            outcome.lost.append(f"worker {worker}: {sorted(dict(differing))}")
    outcome.findings += [f"{f.place}: {f.problem}" for f in check(folder)]
    return found


def whole_world(view: View, prefix: str) -> Model:
    """What the pool holds of one worker's, in the order in which it was stored."""
    world = Model()
    world.links = {one: to for one, to in view.linked().items() if one.startswith(prefix)}
    world.apart = {frozenset(pair) for pair in view.kept_apart() if pair[0].startswith(prefix)}
    rows = sorted([*view.rows().tolist(), *map(view.row, world.links)])
    world.upsert(encoded(view, [row for row in rows if view.ids([row])[0].startswith(prefix)]))
    return world


def opening_seconds(folder: Path) -> float:
    """From nothing open to the first answer."""
    started = time.perf_counter()
    pool = LocalCollection(folder, TUNING)
    with pool.view() as view:
        view.count()
    taken = time.perf_counter() - started
    pool.close()
    return taken


def run(folder: Path, rounds: int, seed: int, one_in: int = 0) -> Outcome:
    """Crash a pool `rounds` times; with `one_in` above 0, with disk faults as well (needs the preloaded shim)."""
    rng, outcome = random.Random(seed), Outcome()
    worlds = [Model() for _ in range(WORKERS)]
    LocalCollection(folder, TUNING).close()
    for _ in range(rounds):
        worlds = crash_round(folder, rng, worlds, outcome, one_in)
        if outcome.lost or outcome.findings:
            break
    return outcome


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one-in", type=int, default=0, help="disk faults: one call in so many fails")
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    outcome = run(asked.folder.resolve(), asked.rounds, asked.seed, asked.one_in)
    sys.stdout.write(msgspec.json.encode(outcome.summary()).decode() + "\n")


if __name__ == "__main__":
    main()
