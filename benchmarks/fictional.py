"""Fictional requests over the sample pool: are they understood, and are the right people first?

    python -m benchmarks.fictional [--fuzzed 10000] [--pool DIR]

`tests/asking/*.jsonl` hold requests with the right parts of each. Those of `fictional.jsonl` ask for what résumés of
the graded set lack (places, workplace, languages, certificates), and their answers are graded by construction, from the
sample's own record: 3 for somebody of the occupation (and specialism) asked for who meets every condition, one less
for each that is missed, not below 1, and 0 for another occupation or for what is excluded.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.provenance import keep, provenance
from recommender.asking import understand
from recommender.errors import QueryError
from recommender.evaluation import ndcg
from recommender.matching import Query
from recommender.profile import Profile, profile_from_json
from recommender.sample_pool import sample_folder
from recommender.settings import Settings
from recommender.skills import Vocabulary
from recommender.wiring import Recommender
from tests.asking.fictional import Occupations, fuzzed, grade, is_true
from tests.asking.test_answer_key import KEYS, KINDS, found, wanted

RESULTS = Path(__file__).parent / "results" / "fictional.json"
GOOD, FIRST = 2, 5


def understood(keys: Sequence[dict[str, Any]], vocabulary: Vocabulary) -> dict[str, float]:
    """Kind of part → F1 over these requests."""
    counts = {kind: Counter[str]() for kind in KINDS}
    for key in keys:
        right, said = wanted(key), found(understand(key["text"], vocabulary, {"Manchester"}.__contains__))
        for kind, count in counts.items():
            both = right[kind] & said[kind]
            count.update(right=len(both), there=len(right[kind]) + len(said[kind]))
    return {kind: round(2 * count["right"] / count["there"], 3) for kind, count in counts.items() if count["there"]}


def answered(recommender: Recommender, people: Mapping[str, Profile], occupations: Occupations) -> dict[str, Any]:
    """How well the answers are ordered, and whether what is said of each match is true."""
    gains, first, claims = list[float](), list[float](), Counter[bool]()
    for key in KEYS["fictional.jsonl"]:
        grades = {name: grade(key, one, occupations[name]) for name, one in people.items()}
        answer = recommender.similar(Query(text=key["text"], k=10))
        run = [match.profile_id for match in answer.matches]
        gains.append(ndcg(run, grades))
        first.append(float(np.mean([grades[name] >= GOOD for name in run[:FIRST]])))
        for match in answer.matches[:FIRST]:
            claims.update(is_true(met, key, people[match.profile_id]) for met in match.conditions)
    return {
        "requests": len(gains),
        "ndcg@10": round(float(np.mean(gains)), 4),
        "first five graded 2 or better": round(float(np.mean(first)), 3),
        "answers looked at": FIRST * len(gains),
        "claims": claims.total(),
        "false": claims[False],
    }


def crashes(count: int, vocabulary: Vocabulary) -> dict[str, int]:
    """Made-up texts: understood, refused with a line that says why, or neither."""
    outcomes = Counter[str]()
    for text in fuzzed(random.Random(8), count):
        try:
            understand(text, vocabulary)
            outcomes["understood"] += 1
        except QueryError:
            outcomes["refused"] += 1
        except Exception:
            outcomes["crashed"] += 1
    return {name: outcomes[name] for name in ("understood", "refused", "crashed")}


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fuzzed", type=int, default=10_000)
    parser.add_argument("--pool", type=Path, help="a folder for the sample's pool, filled where it is not yet")
    given = parser.parse_args()
    with gzip.open(sample_folder() / "profiles.jsonl.gz") as lines:
        people = {str(one.id): one for one in map(profile_from_json, lines)}
    with gzip.open(sample_folder() / "latent.jsonl.gz") as lines:
        latent = {one["id"]: (one["occupation"], one["specialism"]) for one in map(json.loads, lines)}
    with (
        tempfile.TemporaryDirectory() as folder,
        Recommender(
            Settings.load(data=given.pool or Path(folder) / "pool"), sample_folder() / "vectors.npz"
        ) as recommender,
    ):
        for _ in recommender.ingest(people.values()):
            pass
        vocabulary = recommender.vocabulary
        keep(
            RESULTS,
            {
                **provenance(),
                "parts understood (F1)": {name: understood(keys, vocabulary) for name, keys in KEYS.items()},
                "answers": answered(recommender, people, latent),
                "made-up texts": crashes(given.fuzzed, vocabulary),
            },
        )


if __name__ == "__main__":
    main()
