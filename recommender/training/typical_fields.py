"""Makes `insights/work/typical.tsv`: `python -m recommender.training.typical_fields FOLDER`.

FOLDER holds `resumes.dev.jsonl.gz` (public résumés, collected in `AS_OF`). Counted are, over the half of them by which
insights are chosen (`CHOSEN` of the first byte of their ids' SHA-256), the skills that each person's last years show,
by field of work: of every occupation of at least `PEOPLE` people, or end of one, the mean part that a
field has. Nothing but counts is kept.
"""

from __future__ import annotations

import gzip
import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

import msgspec

from recommender.facts import held_skills
from recommender.insights.work.career import career_of
from recommender.insights.work.named import named_in
from recommender.insights.work.titles import occupation_in
from recommender.insights.work.usual import categories, fields, keys_of, lately
from recommender.profile import Profile
from recommender.reading import read_bytes
from recommender.skills import Vocabulary

OUT = Path(__file__).parents[1] / "insights" / "work" / "typical.tsv"
CHOSEN, PEOPLE, FEWEST, AS_OF = 0, 40, 8, "2019-07"
_HEAD = "# occupation (* all of them), field, its mean part of people's skills; by training.typical_fields"


def chosen(profile_id: str) -> bool:
    """Whether a résumé is of the half that insights are chosen by."""
    return hashlib.sha256(profile_id.encode()).digest()[0] % 2 == CHOSEN


def profiles(folder: Path, vocabulary: Vocabulary) -> Iterator[Profile]:
    """The résumés of that half."""
    with gzip.open(folder / "resumes.dev.jsonl.gz") as stream:
        for entry in map(msgspec.json.decode, stream):
            if chosen(entry["id"]):
                text = msgspec.json.encode({"id": entry["id"], "text": text_of(entry)})
                read = read_bytes(text, source="r.jsonl", vocabulary=vocabulary, on_notice=lambda _: None, as_of=AS_OF)
                yield from (one for one in read if isinstance(one, Profile))


def text_of(entry: dict[str, Any]) -> str:
    """A résumé as one text: title, text, and the skills that its person listed."""
    skills = ", ".join(name for name, _ in entry["skills"])
    return "\n".join(filter(None, [entry["title"], entry["text"], f"\nSkills\n{skills}" if skills else ""]))


def main(folder: Path, vocabulary: Vocabulary) -> None:
    """Write the file."""
    parts: dict[str, list[dict[str, float]]] = defaultdict(list)
    for profile in profiles(folder, vocabulary):
        held = held_skills(profile, vocabulary)
        counts = categories(lately(named_in(held), career_of(profile)), vocabulary)
        total = counts.total()
        found = occupation_in(profile.title or "")
        if total >= FEWEST:
            shares = {category: count / total for category, count in counts.items()}
            for key in keys_of(found.plain) if found else ["*"]:
                parts[key].append(shares)
    rows = [
        f"{key}\t{category}\t{fmean(column):.3f}"
        for key, people in sorted(parts.items())
        if len(people) >= PEOPLE
        for category in fields()
        if fmean(column := [shares.get(category, 0.0) for shares in people]) >= 0.005
    ]
    OUT.write_text("\n".join([_HEAD, *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Vocabulary.shipped())
