"""Makes `sample.jsonl`, judgments of the fictional sample pool: `python -m tests.judgments.make_judgments`.

A career of the pool is known by construction: grade 3 for the same specialism at most one level away, 2 for the same
specialism further away, 1 for another specialism of the same occupation, 0 for another occupation.
"""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

HERE = Path(__file__).parent
LATENT = HERE.parents[1] / "index_data" / "sample" / "latent.jsonl.gz"
SEEDS, OF_GRADE = 30, {3: 5, 2: 3, 1: 8, 0: 10}


def grade(one: dict[str, object], other: dict[str, object]) -> int:
    """How alike two careers are, 0 to 3."""
    if one["occupation"] != other["occupation"]:
        return 0
    if one["specialism"] != other["specialism"]:
        return 1
    return 3 if abs(int(str(one["level"])) - int(str(other["level"]))) <= 1 else 2


def main() -> None:
    """Write the file."""
    with gzip.open(LATENT, "rt") as stream:
        careers = [json.loads(line) for line in stream]
    rng = random.Random(7)
    lines = []
    for seed in rng.sample(careers, SEEDS):
        for value, number in OF_GRADE.items():
            fitting = [other for other in careers if other is not seed and grade(seed, other) == value]
            lines += [
                json.dumps({"seed": seed["id"], "candidate": other["id"], "grade": value})
                for other in rng.sample(fitting, min(number, len(fitting)))
            ]
    (HERE / "sample.jsonl").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
