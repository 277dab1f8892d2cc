"""Makes `encoding/text/skill_rarity.tsv`: `python -m recommender.training.skill_rarity FOLDER`.

FOLDER holds `skillsets_jd.jsonl.gz` ({"skills": [...]}, a line an advert: skill2vec, MIT). Counted are the adverts in
which each skill of the shipped vocabulary is, however it is written there.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from pathlib import Path

import msgspec

from recommender.skills import Vocabulary

OUT = Path(__file__).parents[1] / "encoding" / "text" / "skill_rarity.tsv"


def main(folder: Path, vocabulary: Vocabulary) -> None:
    """Write the file."""
    counts: Counter[str] = Counter()
    adverts = 0
    with gzip.open(folder / "skillsets_jd.jsonl.gz") as stream:
        for line in stream:
            listed = msgspec.json.decode(line)["skills"]
            names = {vocabulary.canonical(raw) for raw in listed if vocabulary.known(raw)}
            adverts += bool(names)
            counts.update(names)
    rows = [f"{name}\t{count}" for name, count in sorted(counts.items())]
    head = ["# adverts of skill2vec (MIT) in which a skill stands; * is all of them", f"*\t{adverts}"]
    OUT.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Vocabulary.shipped())
