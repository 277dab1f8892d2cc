"""The crash loop: a client writes, it or the server is killed at random moments, and nothing may be amiss.

The client is a process of its own (`python -m tests.collection.postgres.crash URL SEED`) that does what the loop over a
folder does (`tests.collection.crash`: storing, deleting, linking, taking apart, compacting), from its seed, and says of
every step that it was acknowledged. So what is found must be what those steps make of the pool that was there, with or
without the one under way.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field

import psycopg

from recommender.collection import check
from recommender.collection.postgres.collection import PostgresCollection
from tests.collection import crash
from tests.collection.model import Model
from tests.collection.postgres.server import Server


@dataclass
class Outcome:
    """What the loop saw; `wrong` is to be empty.

    Attributes:
        linked, apart: links and pairs of those who were unlinked, counted after every kill.
    """

    kills: int = 0
    acknowledged: int = 0
    linked: int = 0
    apart: int = 0
    wrong: list[str] = field(default_factory=list)


def write(url: str, seed: int) -> None:
    """Do step after step, and say of each that it is done."""
    rng = random.Random(seed)
    with closing(PostgresCollection(url, create=False)) as pool:
        while True:
            crash.do(pool, *crash.step(rng, 0))
            sys.stdout.write("a")
            sys.stdout.flush()


def run(server: Server, rounds: int, seed: int = 1) -> Outcome:
    """So many kills, every third of the server, the others of the client."""
    outcome, rng, url, world = Outcome(), random.Random(seed), server.new_url(), Model()
    PostgresCollection(url).close()
    for round_ in range(rounds):
        steps = rng.randrange(2**31)
        command = [sys.executable, "-m", "tests.collection.postgres.crash", url, str(steps)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        said = process.stdout.read(1)
        time.sleep(rng.random() * 0.3)
        if round_ % 3 == 2:
            server.stop(signal.SIGKILL)
        process.kill()
        said += process.communicate()[0]
        if round_ % 3 == 2:
            server.start()
        _wait(server)
        outcome.kills += 1
        outcome.acknowledged += len(said)
        world = _found(url, crash.worlds_after(world, steps, 0, said.decode(), crash.Outcome()), outcome)
    return outcome


def _wait(server: Server) -> None:
    """Until the server is done with what the client that was killed had sent."""
    left = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    with psycopg.connect(server.url(), autocommit=True) as connection:
        while connection.execute(left).fetchone() != (0,):
            time.sleep(0.01)


def _found(url: str, possible: list[Model], outcome: Outcome) -> Model:
    """What is there."""
    outcome.wrong += [f"{one.place}: {one.problem}" for one in check(url)]
    with closing(PostgresCollection(url, create=False)) as pool, pool.view() as view:
        world = crash.whole_world(view, "w0-")
    found = crash.seen(world)
    if found not in (may_be := list(map(crash.seen, possible))):
        differing = min((set(one.items()) ^ set(found.items()) for one in may_be), key=len)
        outcome.wrong.append(f"not as it was written: {sorted(dict(differing))}")
    outcome.linked += len(world.links)
    outcome.apart += len(world.apart)
    return world


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]))
