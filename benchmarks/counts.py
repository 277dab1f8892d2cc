"""How long an exact count of a boolean condition takes among a million people: `python -m benchmarks.counts`.

    python -m benchmarks.counts [--people 1000000] [--folder DIR] [--conditions 2000]

The pool is that of `benchmarks.suggestions`: made-up people, whose skills, titles, places, companies and years are
drawn from the sample's. Conditions are drawn by a seed: one key to four, of values that people have as often as they
have them, with AND, OR and NOT nested up to three deep; then the fixed shapes of the rows. One at a time in one thread,
each in a view of its own, so that nothing is kept between them but what the pool keeps of bitmaps it has read.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.provenance import keep, provenance
from benchmarks.suggestions import filled
from recommender.collection import Collection, Filter, View
from recommender.collection.filter import YearsRange
from recommender.collection.protocol import FacetField

RESULTS = Path(__file__).parent / "results" / "counts.json"
#: Facets whose values conditions ask for, and how many of the commonest are drawn from.
FIELDS: tuple[FacetField, ...] = ("skill", "location", "seniority", "company_ever")
VALUES = 400


class Drawn:
    """Draws values as often as people have them, and conditions of them."""

    def __init__(self, view: View, seed: int) -> None:
        self.rng = random.Random(seed)
        found = view.facets(FIELDS, Filter(), VALUES)
        self.values = {name: [(one.value, one.count) for one in found[name]] for name in FIELDS}

    def some(self, field: FacetField, count: int) -> tuple[str, ...]:
        """Values of a field, at most `count`."""
        names, counts = zip(*self.values[field], strict=True)
        return tuple(dict.fromkeys(self.rng.choices(names, counts, k=count)))

    def key(self) -> Filter:
        """A condition on one key."""
        match self.rng.randrange(7):
            case 0:
                return Filter(skills_all=self.some("skill", self.rng.choice((1, 2, 3))))
            case 1:
                return Filter(skills_any=self.some("skill", self.rng.choice((2, 3, 5))))
            case 2:
                return Filter(skills_none=self.some("skill", self.rng.choice((1, 2))))
            case 3:
                return Filter(location=self.some("location", self.rng.choice((1, 2))))
            case 4:
                low = self.rng.randrange(15)
                return Filter(years=YearsRange(low, self.rng.choice((None, low + 5))))
            case 5:
                return Filter(seniority=self.some("seniority", 2))
            case _:
                return Filter(company_ever=self.some("company_ever", 2))

    def condition(self, deep: int = 3) -> Filter:
        """Conditions nested up to `deep`."""
        if deep == 0 or self.rng.random() < 0.3:
            return self.key()
        parts = tuple(self.condition(deep - 1) for _ in range(self.rng.choice((2, 2, 3, 4))))
        match self.rng.randrange(3):
            case 0:
                return Filter(all_of=parts)
            case 1:
                return Filter(any_of=parts)
            case _:
                return Filter(all_of=parts[1:], not_=parts[0])


def timed(collection: Collection, conditions: Sequence[Filter]) -> dict[str, Any]:
    """Milliseconds a count, of the processor and by the clock, and how many people are counted."""
    took, worked, counts = list[float](), list[float](), list[int]()
    for where in conditions:
        with collection.view() as view:
            began, busy = time.perf_counter(), time.process_time()
            counts.append(view.count(where))
            took.append(1000 * (time.perf_counter() - began))
            worked.append(1000 * (time.process_time() - busy))
    times = {
        f"{name} p{at} ms": round(float(np.percentile(those, at)), 3)
        for name, those in (("processor", worked), ("clock", took))
        for at in (50, 95)
    }
    return {**times, "median count": int(np.median(counts))}


def measure(collection: Collection, count: int, seed: int = 8) -> dict[str, Any]:
    """All figures."""
    with collection.view() as view:
        draw, people = Drawn(view, seed), len(view)
    rows: dict[str, Callable[[], Filter]] = {
        "one skill": lambda: Filter(skills_all=draw.some("skill", 1)),
        "two skills": lambda: Filter(skills_all=draw.some("skill", 2)),
        "any of five skills, in one place": lambda: Filter(
            skills_any=draw.some("skill", 5), location=draw.some("location", 1)
        ),
        "AND, OR and NOT, nested up to three deep": draw.condition,
    }
    timed(collection, [draw.key() for _ in range(200)])  # pages in, as in a service that runs
    return {"people": people, **{row: timed(collection, [make() for _ in range(count)]) for row, make in rows.items()}}


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path("index_data") / "pool-suggestions")
    parser.add_argument("--conditions", type=int, default=2000)
    given = parser.parse_args()
    collection = filled(given.folder / str(given.people), given.people)
    keep(RESULTS, {**provenance(), **measure(collection, given.conditions)})
    collection.close()


if __name__ == "__main__":
    main()
