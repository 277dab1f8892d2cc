"""Mentions of the odd half of the real résumés for a judge, each with its context: `verdicts/INSTRUCTIONS.md`.

    python -m benchmarks.draw_mentions --count 300 --seed 1 --out FILE [--by-surface | --ambiguous 100] [--half 1]
        [--data ../shared/data]

Drawn at random by the seed; with `--by-surface` one a way of writing, of aliases and of names of up to four letters;
with `--ambiguous` at most 20 of each of so many ways of writing that the audit of all résumés ranks first and that
still count.
The file holds real people's words: it is refused inside the repository.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.skills import HERE, resumes
from recommender.skills import Vocabulary
from recommender.skills.audit import Examined, audit

_AROUND = 200  # characters on either side
_EACH = 20  # mentions of one ambiguous way of writing
_SHORT = 4  # letters of a name that is looked at like an alias


def mentions(rows: Iterable[dict[str, Any]], vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    """Every mention, as a judge reads it."""
    for row in rows:
        text = row["text"]
        for start, end, name in vocabulary.mentions(text):
            context = f"{text[max(0, start - _AROUND) : start]}[[{text[start:end]}]]{text[end : end + _AROUND]}"
            yield {"id": row["id"], "start": start, "skill": name, "written": text[start:end], "title": row["title"],
                   "context": context}  # fmt: skip


def drawn(found: list[dict[str, Any]], count: int, seed: int, by_surface: bool) -> list[dict[str, Any]]:
    """`count` of them, by the seed; by surface each way of writing once."""
    random.Random(seed).shuffle(found)
    if by_surface:
        once = {one["written"].lower(): one for one in reversed(found)}
        found = [one for written, one in once.items() if written != one["skill"].lower() or len(written) <= _SHORT]
        random.Random(seed + 1).shuffle(found)
    return found[:count]


def ambiguous(rows: Iterable[dict[str, Any]], vocabulary: Vocabulary, most: int) -> set[tuple[str, str]]:
    """Way of writing and skill of the `most` first of the audit that are counted anywhere."""
    found = audit((Examined(row["title"], [row["text"]]) for row in rows), vocabulary)
    return {(one.written, one.name) for one in [one for one in found if one.counted][:most]}


def each_of(found: list[dict[str, Any]], kept: set[tuple[str, str]], seed: int) -> list[dict[str, Any]]:
    """At most `_EACH` mentions of each of those ways of writing, by the seed, one after the other."""
    random.Random(seed).shuffle(found)
    drawn: dict[tuple[str, str], list[dict[str, Any]]] = {key: [] for key in sorted(kept)}
    for one in found:
        of_key = drawn.get((" ".join(one["written"].lower().split()), one["skill"]))
        if of_key is not None and len(of_key) < _EACH:
            of_key.append(one)
    return [one for of_key in drawn.values() for one in of_key]


def main() -> None:
    """Draw, and write what is to be judged."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / "shared" / "data")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--by-surface", action="store_true")
    parser.add_argument("--ambiguous", type=int, default=0)
    parser.add_argument("--half", type=int, choices=(0, 1), default=1, help="1: the half that no rule was chosen on")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    if options.out.resolve().is_relative_to(HERE.parent.resolve()):
        sys.exit(f"{options.out}: inside the repository, and it would hold real people's words; give another place")
    vocabulary = Vocabulary.shipped()
    found = list(mentions(resumes(options.data, options.half), vocabulary))
    if options.ambiguous:
        both = chain(resumes(options.data, 0), resumes(options.data, 1))
        chosen = each_of(found, ambiguous(both, vocabulary, options.ambiguous), options.seed)
    else:
        chosen = drawn(found, options.count, options.seed, options.by_surface)
    lines = [json.dumps(one, ensure_ascii=False) for one in chosen]
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} of {len(found)} mentions written to {options.out}")


if __name__ == "__main__":
    main()
