"""What the words for a score mean: `python -m benchmarks.bands [--shared ../shared/data]`.

Pairs that people judged are scored as the product scores them. A band begins at the lowest whole score from which on a
pair is more likely than not graded as the band says, likelihood rising with the score (isotonic regression): "very
close" 2.5 and up (shortlisted at once), "close" 1.5 and up (worth a look), "related" 0.5 and up (alike in something).
Chosen on every other seed of each judged set and reported on those between; for requests chosen on those of
`verdicts/requests.jsonl` and reported on the sixteen others. Written to `results/bands.json`: no text, no id.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.provenance import keep, provenance
from benchmarks.quality import Grades, judged_grades, judged_people, pool_of, read_resumes
from benchmarks.requests import OWN, graded
from benchmarks.requests import pool_of as people_asked
from recommender.collection.filter import Filter
from recommender.encoding import ProfileEncoder, load_encoder
from recommender.matching import Matcher, Query
from recommender.skills import Vocabulary

RESULTS = Path(__file__).parent / "results" / "bands.json"
#: Score and grade of a judged pair.
Pairs = list[tuple[float, float]]
#: Band → what its pairs are graded at least, more likely than not.
BANDS = {"very close": 2.5, "close": 1.5, "related": 0.5}
EVEN = 0.5


def pairs_of_seeds(shared: Path, name: str, encoder: ProfileEncoder) -> dict[str, Pairs]:
    """Seed → its judged pairs, of one set."""
    grades = judged_grades(shared, name)
    with pool_of(read_resumes(shared, judged_people(shared, name), encoder.vocabulary), encoder) as matcher:
        return {seed: _scored(matcher, Query(like=(seed,)), wanted) for seed, wanted in grades.items()}


def pairs_of_requests(
    shared: Path, place: Path | None, requests: tuple[dict[str, str], Grades], encoder: ProfileEncoder
) -> dict[str, Pairs]:
    """Request → its judged pairs."""
    texts, grades = requests
    people = {candidate for wanted in grades.values() for candidate in wanted}
    with people_asked(place, shared, people, encoder) as matcher:
        return {name: _scored(matcher, Query(text=texts[name]), wanted) for name, wanted in grades.items()}


def _scored(matcher: Matcher, query: Query, wanted: Mapping[str, float]) -> Pairs:
    asked = msgspec.structs.replace(query, k=len(wanted), where=Filter(profile_ids=tuple(wanted)))
    return [(match.score, wanted[match.profile_id]) for match in matcher.similar(asked).matches]


def lowest(pairs: Pairs, grade: float) -> int:
    """The lowest whole score at which a pair is more likely than not graded so; 100 where that is never so."""
    ordered = sorted(pairs)
    likely = rising([float(graded >= grade) for _, graded in ordered])
    return next((math.ceil(score) for (score, _), share in zip(ordered, likely, strict=True) if share >= EVEN), 100)


def rising(values: Sequence[float]) -> list[float]:
    """The values that never fall and are nearest to these (pool adjacent violators; Ayer et al. 1955)."""
    pools: list[tuple[float, int]] = []
    for value in values:
        total, size = value, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / size:
            before, many = pools.pop()
            total, size = total + before, size + many
        pools.append((total, size))
    return [total / size for total, size in pools for _ in range(size)]


def shares(pairs: Pairs, begins: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Band → how many pairs, the share of them graded 2.5, 1.5 and 0.5 and up, and their mean grade."""
    found, top = {}, math.inf
    for band, low in (*begins.items(), ("distant", 0.0)):
        grades = [grade for score, grade in pairs if low <= score < top]
        top = low
        parts = {f"grade {least}+": _mean([grade >= least for grade in grades]) for least in BANDS.values()}
        found[band] = {"pairs": len(grades), **parts, "mean grade": _mean(grades)}
    return found


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 3) if values else 0.0


def measured(chosen_on: Mapping[str, Pairs], others: Mapping[str, Pairs]) -> dict[str, Any]:
    """Where bands begin by these seeds, what they are worth there, and on the others."""
    these, those = ([pair for pairs in seeds.values() for pair in pairs] for seeds in (chosen_on, others))
    begins = {band: lowest(these, grade) for band, grade in BANDS.items()}
    return {
        "seeds": len(chosen_on) + len(others),
        "pairs": len(these) + len(those),
        "begins": begins,
        "begins by the others": {band: lowest(those, grade) for band, grade in BANDS.items()},
        "on the seeds chosen on": shares(these, begins),
        "on the others": shares(those, begins),
    }


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--pool", type=Path, help="as of `benchmarks.requests`")
    parser.add_argument("--own-pool", type=Path, help="as of `benchmarks.requests`")
    given = parser.parse_args()
    encoder, shared = ProfileEncoder(load_encoder(), Vocabulary.shipped()), given.shared
    sets = {name: pairs_of_seeds(shared, name, encoder) for name in ("trades", "it")}
    both = {f"{name} {seed}": pairs for name, seeds in sets.items() for seed, pairs in seeds.items()}
    halves = [{seed: both[seed] for seed in sorted(both)[at::2]} for at in (0, 1)]
    own = pairs_of_requests(
        shared, given.own_pool, graded(OWN / "requests.jsonl", OWN / "request_grades.jsonl"), encoder
    )
    sixteen = graded(shared / "requests.dev.jsonl", shared / "requests.dev.judgments.jsonl")
    asked = measured(own, pairs_of_requests(shared, given.pool, sixteen, encoder))
    results: dict[str, Any] = {**provenance(), "profiles": measured(*halves), "requests": asked}
    print(json.dumps(results, indent=1))
    keep(RESULTS, results)


if __name__ == "__main__":
    main()
