"""Does the matcher rank as people judge? `python -m benchmarks.quality [--shared ../shared/data] [--sets trades it]`.

Real résumés are read as the product reads them ({"id", "text"} lines: title, text, skill list), with the years between
their first and last dated job as `years_of_experience`, for the texts are cut and their date spans are not.
Each is encoded and stored as ever. Written to `results/quality.json`: no text, no id.
"""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from recommender.collection import LocalCollection
from recommender.collection.filter import Filter
from recommender.encoding import ProfileEncoder, load_encoder
from recommender.evaluation import ndcg, paired_bootstrap, pairwise, recall
from recommender.matching import Matcher, Query
from recommender.profile import Profile
from recommender.reading import read_bytes
from recommender.skills import Vocabulary

RESULTS = Path(__file__).parent / "results" / "quality.json"
Grades = dict[str, dict[str, float]]


def read_resumes(shared: Path, wanted: set[str], vocabulary: Vocabulary) -> list[Profile]:
    """The résumés of these ids as profiles."""
    with gzip.open(shared / "resumes.dev.jsonl.gz") as stream:
        entries = [entry for entry in map(msgspec.json.decode, stream) if entry["id"] in wanted]
    lines = b"\n".join(msgspec.json.encode({"id": entry["id"], "text": _text(entry)}) for entry in entries)
    years = {entry["id"]: _years(entry["spans"]) for entry in entries}
    read = read_bytes(lines, source="resumes.jsonl", vocabulary=vocabulary, on_notice=lambda notice: None)
    profiles = [profile for profile in read if isinstance(profile, Profile)]
    return [
        profile
        if years[profile.id] is None
        else msgspec.structs.replace(profile, years_of_experience=years[profile.id])
        for profile in profiles
    ]


def _text(entry: dict[str, Any]) -> str:
    skills = ", ".join(name for name, _ in entry["skills"])
    return "\n".join(filter(None, [entry["title"], entry["text"], f"\nSkills\n{skills}" if skills else ""]))


def _years(spans: list[list[str]]) -> int | None:
    """From the first start to the last end; "present" is the summer of 2019, when these were collected."""
    if not spans:
        return None
    last = max(2019.5 if end == "present" else _number(end) for _, end in spans)
    return max(0, int(last - min(_number(start) for start, _ in spans)))


def _number(date: str) -> float:
    return int(date[:4]) + (int(date[5:7]) - 1) / 12 if len(date) > 4 else float(date)


@contextmanager
def pool_of(profiles: Sequence[Profile], encoder: ProfileEncoder) -> Iterator[Matcher]:
    """A matcher over these, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        collection = LocalCollection(Path(folder))
        for start in range(0, len(profiles), 64):
            collection.upsert(encoder.encode(profiles[start : start + 64]))
        yield Matcher(collection, encoder)
        collection.close()


def judged(matcher: Matcher, grades: Grades, weights: dict[str, float] | None = None) -> dict[str, Any]:
    """nDCG@10 and pairwise accuracy of each seed's judged candidates."""
    gains, ordered = [], []
    for seed, wanted in grades.items():
        query = Query(like=(seed,), k=len(wanted), where=Filter(profile_ids=tuple(wanted)), weights=weights or {})
        ranking = [match.profile_id for match in matcher.similar(query).matches]
        gains.append(ndcg(ranking, wanted))
        ordered.append(pairwise(ranking, wanted))
    return {"ndcg@10": _mean(gains), "pairwise": _mean([x for x in ordered if x is not None]), "by_seed": gains}


def ablation(matcher: Matcher, grades: Grades) -> dict[str, Any]:
    """What the ranking is worth by each signal alone, and without each."""
    signals = matcher.profile_encoder.statistics.signals
    told: dict[str, Any] = {}
    for name in signals:
        for label, weights in (
            (f"{name} alone", {other: float(other == name) for other in signals}),
            (f"without {name}", {name: 0.0}),
        ):
            found = judged(matcher, grades, weights)
            told[label] = [round(found["ndcg@10"], 3), round(found["pairwise"], 3)]
    return told


def retrieval(matcher: Matcher, grades: Grades) -> float:
    """Recall@100 of the candidates graded 2.5 and up, in the whole corpus, by the search vector alone."""
    run, relevant = {}, {}
    with matcher.collection.view() as view:
        for seed, wanted in grades.items():
            best = {candidate for candidate, grade in wanted.items() if grade >= 2.5}
            if best:
                relevant[seed] = best
                found = view.search(view.vectors([view.row(seed)])[0], 101)
                run[seed] = [who for who in view.ids(found.rows) if who != seed][:100]
    return recall(relevant, run, 100)


def judged_grades(shared: Path, name: str) -> Grades:
    """Seed → candidate → grade, of one judged set."""
    grades: Grades = {}
    for line in (shared / "judgments.dev.jsonl").read_text().splitlines():
        judgment = json.loads(line)
        if judgment["set"] == name:
            grades.setdefault(judgment["seed"], {})[judgment["candidate"]] = judgment["grade"]
    return grades


def judged_people(shared: Path, name: str) -> set[str]:
    """Seeds and candidates of one judged set."""
    grades = judged_grades(shared, name)
    return {*grades, *(candidate for found in grades.values() for candidate in found)}


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if len(values) else 0.0


def measure(shared: Path, name: str, encoder: ProfileEncoder, whole: bool) -> dict[str, Any]:
    """All figures of one judged set; with `whole`, the corpus its candidates were drawn from is the pool."""
    grades = judged_grades(shared, name)
    wanted = judged_people(shared, name)
    if whole:
        wanted |= set(json.loads((shared / "judgments.dev.corpus.json").read_text())[name])
    profiles = read_resumes(shared, wanted, encoder.vocabulary)
    with pool_of(profiles, encoder) as matcher:
        ours = judged(matcher, grades)
        dense = judged(matcher, grades, {s: float(s == "career") for s in encoder.statistics.signals})
        difference = paired_bootstrap(ours["by_seed"], dense["by_seed"], rng=np.random.default_rng(0))
        return {
            "profiles": len(profiles),
            "seeds": len(grades),
            "ndcg@10": round(ours["ndcg@10"], 4),
            "pairwise": round(ours["pairwise"], 4),
            "over one vector (mean, 2.5%, 97.5%)": [round(value, 4) for value in difference],
            "recall@100 of grade 2.5": round(retrieval(matcher, grades), 4),
            "recall@100 pool": "whole corpus" if whole else "judged only: too easy to count",
            "ablation (nDCG@10, pairwise)": ablation(matcher, grades),
        }


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--sets", nargs="+", default=["trades", "it"])
    parser.add_argument("--judged-only", action="store_true", help="leave out the rest of each corpus")
    given = parser.parse_args()
    encoder = ProfileEncoder(load_encoder(), Vocabulary.shipped())
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results["machine"] = f"{platform.system()} {platform.machine()}"
    results["command"] = "python -m benchmarks.quality"
    for name in given.sets:
        results[name] = measure(given.shared, name, encoder, not given.judged_only)
        RESULTS.write_text(json.dumps(results, indent=1) + "\n")
        print(name, json.dumps(results[name], indent=1), flush=True)


if __name__ == "__main__":
    main()
