"""The crash loop: a client writes, it or the server is killed at random moments, and nothing may be amiss.

The client is a process of its own (`python -m tests.collection.postgres.crash URL SEED`) that tells of every batch that
was acknowledged. Batch n holds `PEOPLE` profiles, every one of which says n; each batch replaces all of the one before
and takes out one more, or puts it back. So what is found must be a batch as a whole, and none before the last that was
acknowledged.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field, replace

import msgspec

from recommender.collection import check
from recommender.collection.postgres.collection import PostgresCollection
from recommender.encoding.encoded import EncodedProfile
from tests.collection.people import person
from tests.collection.postgres.server import Server

PEOPLE = 4


@dataclass
class Outcome:
    """What the loop saw; `wrong` is to be empty."""

    kills: int = 0
    acknowledged: int = 0
    wrong: list[str] = field(default_factory=list)


def batch(number: int) -> list[EncodedProfile]:
    """Everybody of a batch."""
    rng = random.Random(number)
    made = [person(f"p{at}", rng, years=number % 80) for at in range(PEOPLE)]
    return [replace(one, profile=msgspec.structs.replace(one.profile, about=f"batch {number}")) for one in made]


def write(url: str, first: int) -> None:
    """Write batch after batch, telling of each; a person "odd" is there after odd ones."""
    with closing(PostgresCollection(url, create=False)) as pool:
        number = first
        while True:
            pool.upsert(batch(number))
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
            if number % 2:
                pool.upsert([person("odd", random.Random(number))])
            else:
                pool.delete(["odd"])
            number += 1


def run(server: Server, rounds: int, seed: int = 1) -> Outcome:
    """So many kills, every third of the server, the others of the client."""
    outcome, rng, url, last = Outcome(), random.Random(seed), server.new_url(), 0
    PostgresCollection(url).close()
    for round_ in range(rounds):
        command = [sys.executable, "-m", "tests.collection.postgres.crash", url, str(last + 1)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        told = [int(process.stdout.readline() or last)]
        time.sleep(rng.random() * 0.3)
        if round_ % 3 == 2:
            server.stop(signal.SIGKILL)
        process.kill()
        told += [int(line) for line in process.communicate()[0].split(b"\n") if line.strip()]
        if round_ % 3 == 2:
            server.start()
        outcome.kills += 1
        outcome.acknowledged += len(told)
        last = _found(url, max(told), outcome)
    return outcome


def _found(url: str, acknowledged: int, outcome: Outcome) -> int:
    """The batch that is there."""
    outcome.wrong += [f"{one.place}: {one.problem}" for one in check(url)]
    with closing(PostgresCollection(url, create=False)) as pool, pool.view() as view:
        rows = [view.row(f"p{at}") for at in range(PEOPLE)]
        said = {str(one.about) for one in view.profiles(rows)}
        number = int(said.pop().removeprefix("batch ")) if len(said) == 1 else -1
        if number < acknowledged:
            outcome.wrong.append(f"batch {acknowledged} was acknowledged, {number} is there")
        elif view.profiles(rows) != [one.profile for one in batch(number)]:
            outcome.wrong.append(f"batch {number} is not there as it was written")
    return number


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]))
