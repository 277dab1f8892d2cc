"""What the words for a score mean: `python -m benchmarks.bands [--shared ../shared/data]`.

Pairs that people judged are scored as the product scores them. A band begins at the lowest whole score from which on a
pair is more likely than not graded as the band says, likelihood rising with the score (isotonic regression): "very
close" 2.5 and up (shortlisted at once), "close" 1.5 and up (worth a look), "related" 0.5 and up (alike in something).
Chosen on every other seed of each judged set, or request, and reported on those between. Written to
`results/bands.json`: no text, no id.
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


def pairs_of_requests(shared: Path, encoder: ProfileEncoder) -> dict[str, Pairs]:
    """Request → its judged pairs."""
    texts = {one["request"]: one["text"] for one in _lines(shared / "requests.dev.jsonl")}
    grades: Grades = {}
    for one in _lines(shared / "requests.dev.judgments.jsonl"):
        grades.setdefault(one["request"], {})[one["candidate"]] = one["grade"]
    people = {candidate for wanted in grades.values() for candidate in wanted}
    with pool_of(read_resumes(shared, people, encoder.vocabulary), encoder) as matcher:
        return {name: _scored(matcher, Query(text=texts[name]), wanted) for name, wanted in grades.items()}


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


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


def measured(by_seed: Mapping[str, Pairs]) -> dict[str, Any]:
    """Where bands begin by every other seed, what they are worth there, and on the seeds between."""
    seeds = sorted(by_seed)
    chosen_on, others = ([pair for seed in seeds[at::2] for pair in by_seed[seed]] for at in (0, 1))
    begins = {band: lowest(chosen_on, grade) for band, grade in BANDS.items()}
    return {
        "seeds": len(seeds),
        "pairs": len(chosen_on) + len(others),
        "begins": begins,
        "begins by the others": {band: lowest(others, grade) for band, grade in BANDS.items()},
        "on the seeds chosen on": shares(chosen_on, begins),
        "on the others": shares(others, begins),
    }


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    given = parser.parse_args()
    results: dict[str, Any] = {**provenance()}
    encoder = ProfileEncoder(load_encoder(), Vocabulary.shipped())
    sets = {name: pairs_of_seeds(given.shared, name, encoder) for name in ("trades", "it")}
    both = {f"{name} {seed}": pairs for name, seeds in sets.items() for seed, pairs in seeds.items()}
    results |= {"profiles": measured(both), "requests": measured(pairs_of_requests(given.shared, encoder))}
    print(json.dumps(results, indent=1))
    keep(RESULTS, results)


if __name__ == "__main__":
    main()
