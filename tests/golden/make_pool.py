"""Writes the golden pool of the present format: `python -m tests.golden.make_pool` (never over an older one).

The folder `pool-vN` holds a small pool as format N left it on disk, `pool-vN.json` what is in it.
"""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import msgspec

from recommender.collection import LocalCollection
from recommender.collection.local.truth import place, schema
from recommender.insights import Derived
from recommender.profile import Profile
from tests.collection.people import person

HERE = Path(__file__).parent


class Answers(msgspec.Struct):
    """What a pool says of itself; fields that profiles or facts gained since are at their defaults."""

    generation: int
    ids: list[str]
    profiles: list[Profile]
    facts: list[Derived]
    nearest: list[str]
    term_ids: list[int]


def make(target: Path) -> Answers:
    """Fill a new pool with a dozen people, replace two, delete three; what ought to be found."""
    rng = random.Random(20)
    pool = LocalCollection(target)
    pool.upsert(person(f"golden-{i}", rng) for i in range(12))
    pool.upsert([person("golden-3", rng), person("golden-4", rng)])
    pool.seal()
    pool.delete(["golden-0", "golden-5", "golden-11"])
    expected = answers(pool)
    pool.close()
    return expected


def answers(pool: LocalCollection) -> Answers:
    """What a pool says of itself."""
    with pool.view() as view:
        rows = view.rows()
        columns = view.features(rows).columns  # as the encoder of that time named them
        return Answers(
            generation=view.generation,
            ids=view.ids(rows),
            profiles=view.profiles(rows),
            facts=view.facts(rows),
            nearest=view.ids(view.search(view.vectors(rows[:1])[0], 5).rows),
            term_ids=columns["sparse_id" if "sparse_id" in columns else "term_id"].tolist(),
        )


def main() -> None:
    """Write the pool and what is in it."""
    target = HERE / f"pool-v{schema.FORMAT}"
    if target.exists():
        raise SystemExit(f"{target.name} is there already: a golden pool is never rewritten")
    expected = make(target)
    with sqlite3.connect(target / place.FILE_NAME) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for leftover in (*target.glob("*-wal"), *target.glob("*-shm"), *target.glob("*.lock")):
        leftover.unlink()
    (HERE / f"{target.name}.json").write_bytes(msgspec.json.format(msgspec.json.encode(expected)) + b"\n")


if __name__ == "__main__":
    main()
