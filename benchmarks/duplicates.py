"""People who are there more than once, among 14,000 real résumés and 1,000 planted copies of some of them.

    python -m benchmarks.duplicates [--data ../shared/data] [--seed N] [--pairs FILE] [--kept FOLDER]

Copies are of four kinds (`planted`): in another format, sections reordered, shortened by a third, one job added. 1,000
other résumés are given a name that is somebody else's too, of the same title where there is one. Points and threshold
were chosen on one half of the people (by a hash of their ids, and other copies than these); figures are of the other.
Recall counts copies that were brought together with their originals, precision those pairs and the pairs among other
people that nobody planted: `--pairs` writes these with their reasons, and `verdicts/duplicates.json` holds what those
said who judged them, who saw no reasons. A pair is false where one of the judges says "different"; those not judged are
counted apart. Reading is timed apart from finding. `--kept` keeps what was read, for looking at; none of it is to be
committed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.planted import Planted, planted, read_text
from benchmarks.provenance import RESULTS, keep, provenance
from recommender.duplicates import Person, find_duplicates
from recommender.profile import Profile, profile_from_json, profile_to_json
from recommender.skills import Vocabulary
from recommender.training.typical_fields import chosen, text_of

VERDICTS = Path(__file__).parent / "verdicts" / "duplicates.json"
PEOPLE, COPIES, NAMESAKES = 14_000, 1_000, 500


def read(data: Path, seed: int, kept: Path | None) -> tuple[list[Profile], list[Planted], float]:
    """Résumés and copies, and how many were read a second."""
    with gzip.open(data / "resumes.dev.jsonl.gz") as stream:
        entries = [msgspec.json.decode(line) for line in stream][:PEOPLE]
    if kept and (kept / "read.jsonl").exists():
        profiles = [profile_from_json(line) for line in (kept / "read.jsonl").open("rb")]
        return profiles, msgspec.json.decode((kept / f"{seed}.json").read_bytes(), type=list[Planted]), 0.0
    vocabulary, started = Vocabulary.shipped(), time.perf_counter()
    profiles = [one for e in entries if (one := read_text(e["id"], text_of(e), vocabulary))]
    rate = len(profiles) / (time.perf_counter() - started)
    copies = planted(entries, COPIES, vocabulary, seed)
    if kept:
        (kept / "read.jsonl").write_bytes(b"".join(profile_to_json(one) + b"\n" for one in profiles))
        (kept / f"{seed}.json").write_bytes(msgspec.json.encode(copies))
    return profiles, copies, rate


def with_namesakes(
    profiles: Sequence[Profile], copied: set[str], seed: int
) -> tuple[list[Profile], set[frozenset[str]]]:
    """The same, some of them two by two of one name, and those pairs: different people, of one title where possible."""
    draw = random.Random(seed)
    by_title = defaultdict(list)
    for one in profiles:
        if one.id not in copied:
            by_title[(one.title or "").casefold()].append(one.id or "")
    pools = [draw.sample(ids, len(ids)) for title, ids in sorted(by_title.items()) if title and len(ids) > 1]
    found = [frozenset(ids[at : at + 2]) for ids in pools for at in range(0, len(ids) - 1, 2)]
    pairs = set(draw.sample(sorted(found, key=sorted), NAMESAKES))
    names = {one: f"Rowan Namesake{number:03}" for number, pair in enumerate(sorted(pairs, key=sorted)) for one in pair}
    return [msgspec.structs.replace(one, name=names.get(one.id or "")) for one in profiles], pairs


def measured(people: Sequence[Person], copies: Sequence[Planted], half: bool) -> dict[str, Any]:
    """Figures of the people of one half."""
    verdicts = json.loads(VERDICTS.read_text(encoding="utf-8")) if VERDICTS.exists() else {}
    of = {one.profile.id or "": one.of for one in copies}
    right, others = set[str](), set[str]()
    for person in people:
        for n, a in enumerate(person.profile_ids):
            for b in person.profile_ids[n + 1 :]:
                one, other = sorted((of.get(a, a), of.get(b, b)))
                if chosen(one) is not half:
                    continue
                if one == other:
                    right.add(one)
                else:
                    others.add(f"{one} {other}")
    kinds = Counter(one.kind for one in copies if chosen(one.of) is half)
    found = Counter(one.kind for one in copies if one.of in right)
    judged = Counter(verdict(verdicts.get(pair, ())) for pair in others)
    all_pairs = len(right) + len(others)
    return {
        "copies": kinds.total(),
        "recall": round(found.total() / kinds.total(), 4),
        **{f"recall_{kind}": round(found[kind] / kinds[kind], 4) for kind in sorted(kinds)},
        "precision": round(1 - judged["different"] / all_pairs, 4),
        "precision_if_all_not_planted_were_false": round(len(right) / all_pairs, 4),
        "pairs_not_planted": len(others),
        "pairs_not_planted_judged": dict(sorted(judged.items())),
    }


def verdict(said: Sequence[str]) -> str:
    """What counts of what several judges said of a pair."""
    if not said:
        return "not judged"
    return "different" if "different" in said else "same" if set(said) == {"same"} else "unsure"


def main() -> int:
    """Measure, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--seed", type=int, default=12, help="of the copies; 11 are those that points were chosen on")
    parser.add_argument("--pairs", type=Path, help="write pairs that nobody planted, with their reasons")
    parser.add_argument("--kept", type=Path, help="a folder for what was read")
    options = parser.parse_args()
    made: dict[str, Any] = provenance()
    profiles, copies, rate = read(options.data, options.seed, options.kept)
    profiles, namesakes = with_namesakes(profiles, {one.of for one in copies}, options.seed)
    everybody = [*profiles, *(one.profile for one in copies)]
    started, cpu = time.perf_counter(), time.process_time()
    people = find_duplicates(everybody)
    took, worked = time.perf_counter() - started, time.process_time() - cpu
    find_duplicates(everybody[::2])
    half = time.perf_counter() - started - took
    if options.pairs:
        _write_pairs(options.pairs, people, {one.profile.id or "": one.of for one in copies})
    made |= {
        "profiles": len(everybody),
        "seed": options.seed,
        "profiles_per_second": round(len(everybody) / took, 1),
        "profiles_per_processor_second": round(len(everybody) / worked, 1),
        "seconds_over_those_of_half_as_many": round(took / half, 2),
        "read_per_second": round(rate, 1),
        "chosen_on": measured(people, copies, True),
        "reported": measured(people, copies, False),
        "namesakes": len(namesakes),
        "namesakes_linked": sum(1 for one in people for pair in namesakes if pair <= set(one.profile_ids)),
    }
    keep(RESULTS / "duplicates.json", made)
    return 0


def _write_pairs(out: Path, people: Sequence[Person], of: dict[str, str]) -> None:
    with out.open("wb") as file:
        for person in people:
            for pair in person.pairs:
                if of.get(pair.left, pair.left) != of.get(pair.right, pair.right):
                    file.write(msgspec.json.encode(pair) + b"\n")


if __name__ == "__main__":
    raise SystemExit(main())
