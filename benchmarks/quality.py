"""Does the matcher rank as people judge? `python -m benchmarks.quality [--shared ../shared/data]`.

Real résumés are read as the product reads them ({"id", "text"} lines: title, text, skill list), with the years between
their first and last dated job as `years_of_experience`, for the texts are cut and their date spans are not.
Each is encoded and stored as ever. Written to `results/quality.json`: no text, no id.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from benchmarks.provenance import keep, provenance
from recommender.collection import LocalCollection
from recommender.collection.filter import Filter
from recommender.encoding import Encoder, ProfileEncoder, load_encoder
from recommender.evaluation import ndcg, paired_bootstrap, pairwise, recall
from recommender.matching import Matcher, Query
from recommender.matching.ranking.rank import WINDOW
from recommender.matching.scoring_config import ScoringConfig
from recommender.profile import Profile
from recommender.reading import read_bytes
from recommender.skills import Vocabulary

RESULTS = Path(__file__).parent / "results" / "quality.json"
Grades = dict[str, dict[str, float]]
Run = Mapping[str, Sequence[str]]
BySeed = dict[str, float]
Levels = tuple[float, float]

#: Weights of years and of seniority that are chosen among.
GRID: tuple[Levels, ...] = tuple(itertools.product((0.0, 0.05, 0.1, 0.2, 0.3), (0.0, 0.05, 0.1)))


def read_resumes(shared: Path, wanted: set[str], vocabulary: Vocabulary) -> list[Profile]:
    """The résumés of these ids as profiles."""
    with gzip.open(shared / "resumes.dev.jsonl.gz") as stream:
        entries = [entry for entry in map(msgspec.json.decode, stream) if entry["id"] in wanted]
    lines = b"\n".join(msgspec.json.encode({"id": entry["id"], "text": as_text(entry)}) for entry in entries)
    years = {entry["id"]: _years(entry["spans"]) for entry in entries}
    read = read_bytes(lines, source="resumes.jsonl", vocabulary=vocabulary, on_notice=lambda notice: None)
    profiles = [profile for profile in read if isinstance(profile, Profile)]
    return [
        profile
        if years[profile.id] is None
        else msgspec.structs.replace(profile, years_of_experience=years[profile.id])
        for profile in profiles
    ]


def as_text(entry: dict[str, Any]) -> str:
    """A résumé as its owner would write it: the title, the text, and the skills listed below it."""
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


def ranked(matcher: Matcher, grades: Grades, weights: Mapping[str, float]) -> dict[str, list[str]]:
    """Each seed's judged candidates as the matcher ranks them with these factors on the shipped weights."""
    runs = {}
    for seed, wanted in grades.items():
        query = Query(like=(seed,), k=len(wanted), where=Filter(profile_ids=tuple(wanted)), weights=dict(weights))
        runs[seed] = [match.profile_id for match in matcher.similar(query).matches]
    return runs


def gains(run: Run, grades: Grades) -> BySeed:
    """nDCG@10 of each seed."""
    return {seed: ndcg(run[seed], wanted) for seed, wanted in grades.items()}


def ordered(run: Run, grades: Grades) -> float:
    """Mean pairwise accuracy."""
    found = [pairwise(run[seed], wanted) for seed, wanted in grades.items()]
    return _mean([value for value in found if value is not None])


def one_vector(profiles: Sequence[Profile], grades: Grades, encoder: Encoder) -> Run:
    """The baseline: one embedding of title, skills and the first 1,400 characters of the rest, none of it cut off."""
    texts = {profile.id or "": _beginning(profile) for profile in profiles}
    row = {who: number for number, who in enumerate(texts)}
    vectors = encoder.encode(list(texts.values()))
    return {
        seed: sorted(wanted, key=lambda who: -float(vectors[row[seed]] @ vectors[row[who]]) if who in row else 2.0)
        for seed, wanted in grades.items()
    }


def _beginning(profile: Profile) -> str:
    skills = ", ".join(profile.core_skills + profile.other_skills)
    work = "\n".join("\n".join(filter(None, [role.title, *role.bullets])) for role in profile.roles)
    return ". ".join(filter(None, [profile.title, skills, "\n".join(filter(None, [profile.about, work]))[:1400]]))


def ablation(matcher: Matcher, grades: Grades) -> dict[str, Any]:
    """What the ranking is worth by each signal alone, and without each: nDCG@10 and pairwise."""
    signals = ScoringConfig.shipped().signals
    measured: dict[str, Any] = {}
    for name in signals:
        for label, weights in (
            (f"{name} alone", {other: float(other == name) for other in signals}),
            (f"without {name}", {name: 0.0}),
        ):
            run = ranked(matcher, grades, weights)
            measured[label] = [round(_mean(list(gains(run, grades).values())), 3), round(ordered(run, grades), 3)]
    return measured


def found_in_corpus(matcher: Matcher, grades: Grades) -> dict[str, float]:
    """Recall of the candidates graded 2.5 and up in the whole corpus: of the search vector alone, and of the answer."""
    relevant = {seed: {who for who, grade in wanted.items() if grade >= 2.5} for seed, wanted in grades.items()}
    relevant = {seed: best for seed, best in relevant.items() if best}
    retrieved, answered = {}, {}
    with matcher.collection.view() as view:
        for seed in relevant:
            found = view.search(view.vectors([view.row(seed)])[0], WINDOW + 1)
            retrieved[seed] = [who for who in view.ids(found.rows) if who != seed]
            answered[seed] = [match.profile_id for match in matcher.similar(Query(like=(seed,), k=100)).matches]
    return {
        "retrieved@100": round(recall(relevant, {seed: run[:100] for seed, run in retrieved.items()}, 100), 4),
        f"retrieved@{WINDOW}, the rerank window": round(recall(relevant, retrieved, WINDOW), 4),
        "answered@100": round(recall(relevant, answered, 100), 4),
    }


def chosen_elsewhere(tables: Mapping[str, Mapping[Levels, BySeed]]) -> dict[str, Any]:
    """nDCG@10 of each set with the levels' weights chosen without the seed that is reported on.

    Of the grid, that point is taken for a seed which is best over all other seeds, both sets counting alike; and, for
    comparison, the point that is best on the other set alone. The work signals weigh alike and are not chosen.

    Args:
        tables: set → grid point → nDCG@10 of each seed.
    """

    def best(without: str, sets: Iterable[str]) -> Levels:
        return max(
            GRID,
            key=lambda levels: sum(
                _mean([value for seed, value in tables[name][levels].items() if seed != without]) for name in sets
            ),
        )

    measured: dict[str, Any] = {}
    for name, table in tables.items():
        points = {seed: best(seed, tables) for seed in table[GRID[0]]}
        others = [other for other in tables if other != name]
        measured[name] = {
            "ndcg@10, chosen on all other seeds": round(_mean([table[at][seed] for seed, at in points.items()]), 4),
            "chosen": {f"years {y}, seniority {s}": n for (y, s), n in Counter(points.values()).items()},
            "ndcg@10, chosen on the other set": round(_mean(list(table[best("", others)].values())), 4),
        }
    return measured


def measure(
    shared: Path, name: str, encoder: ProfileEncoder, whole: bool
) -> tuple[dict[str, Any], dict[Levels, BySeed]]:
    """All figures of one judged set, and nDCG@10 over the grid; `whole`: in the corpus candidates were drawn from."""
    grades, wanted = judged_grades(shared, name), judged_people(shared, name)
    if whole:
        wanted |= set(json.loads((shared / "judgments.dev.corpus.json").read_text())[name])
    profiles = read_resumes(shared, wanted, encoder.vocabulary)
    with pool_of(profiles, encoder) as matcher:
        shipped = {signal: ScoringConfig.shipped().signals[signal].weight for signal in ("years", "seniority")}
        run = ranked(matcher, grades, {})
        ours, dense = gains(run, grades), gains(one_vector(profiles, grades, encoder.encoder), grades)
        rng = np.random.default_rng(0)
        difference = paired_bootstrap(list(ours.values()), list(dense.values()), rng=rng)
        table = {
            (years, seniority): gains(
                ranked(
                    matcher,
                    grades,
                    {"years": years / shipped["years"], "seniority": seniority / shipped["seniority"]},
                ),
                grades,
            )
            for years, seniority in GRID
        }
        return {
            "profiles": len(profiles),
            "seeds": len(grades),
            "ndcg@10": round(_mean(list(ours.values())), 4),
            "pairwise": round(ordered(run, grades), 4),
            "one vector, ndcg@10": round(_mean(list(dense.values())), 4),
            "over one vector (mean, 2.5%, 97.5%)": [round(value, 4) for value in difference],
            "recall of grade 2.5" + ("" if whole else ", judged only: too easy"): found_in_corpus(matcher, grades),
            "ablation (nDCG@10, pairwise)": ablation(matcher, grades),
        }, table


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--judged-only", action="store_true", help="leave out the rest of each corpus; written nowhere")
    given = parser.parse_args()
    encoder = ProfileEncoder(load_encoder(), Vocabulary.shipped())
    results: dict[str, Any] = {**provenance()}
    tables = {}
    for name in ("trades", "it"):
        results[name], tables[name] = measure(given.shared, name, encoder, not given.judged_only)
        print(name, json.dumps(results[name], indent=1), flush=True)
    results["weights chosen without the seeds reported on"] = chosen_elsewhere(tables)
    if not given.judged_only:
        keep(RESULTS, results)


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if len(values) else 0.0


if __name__ == "__main__":
    main()
