"""Are people found who answer a request in words? `python -m benchmarks.requests [--shared DIR] [--pool DIR]`.

The graded requests are asked as anybody asks them: first among each one's graded people alone (ungraded ones left
out, whoever is excluded last), then of the whole pool. Signals weigh alike; the few weights that do not are chosen
here again without the request that is reported on. Beside these sixteen there are sixty-four on other people
(`verdicts/requests.jsonl`, written by one reader and graded by three others after the same guide, none of whom knew
the rules): on these alone weights and signals are chosen. Written to `results/requests.json`: no text, no id.
"""

from __future__ import annotations

import argparse
import itertools
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from benchmarks.provenance import keep, provenance
from benchmarks.quality import Grades, read_resumes
from recommender.collection import Filter, LocalCollection
from recommender.encoding import ProfileEncoder, load_encoder
from recommender.evaluation import ndcg
from recommender.matching import Matcher, Query
from recommender.skills import Vocabulary

RESULTS = Path(__file__).parent / "results" / "requests.json"
OWN = Path(__file__).parent / "verdicts"
#: Factors on the weights that are not alike, among which is chosen.
GRID = [
    dict(zip(("years", "seniority", "occupation"), point, strict=True))
    for point in itertools.product((0, 1, 3), (0, 1, 3), (1, 2))
]
#: A grade from which somebody answers well enough, and how many are looked at for it.
GOOD, FIRST = 2.0, 5


def graded(requests: Path, judgments: Path) -> tuple[dict[str, str], Grades]:
    """Request → its text, and → candidate → grade."""
    texts = {entry["request"]: entry["text"] for entry in _lines(requests)}
    grades: Grades = {name: {} for name in texts}
    for entry in _lines(judgments):
        grades[entry["request"]][entry["candidate"]] = entry["grade"]
    return texts, grades


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def among_graded(matcher: Matcher, text: str, grades: Mapping[str, float], weights: Mapping[str, float]) -> list[str]:
    """The graded people in the order of the answer; those excluded, who are not in it, last."""
    query = Query(text=text, k=len(grades), where=Filter(profile_ids=tuple(grades)), weights=dict(weights))
    found = [match.profile_id for match in matcher.similar(query).matches]
    return [*found, *(who for who in grades if who not in found)]


def first_good(run: Sequence[str], grades: Mapping[str, float]) -> float:
    """The share of the first five that are graded 2 or better."""
    return float(np.mean([grades[who] >= GOOD for who in run[:FIRST]]))


def of_whole_pool(matcher: Matcher, texts: Mapping[str, str], grades: Grades) -> dict[str, Any]:
    """What the first ten of everybody are: ungraded, or excluded by what is asked."""
    ungraded, untrue = [], 0
    for name, text in texts.items():
        answer = matcher.similar(Query(text=text))
        ungraded.append(np.mean([match.profile_id not in grades[name] for match in answer.matches]))
        excluded = {
            value
            for part in (answer.request.skills if answer.request else ())
            if part.stance == "not"
            for value in part.values
        }
        with matcher.collection.view() as view:
            rows = [view.row(match.profile_id) for match in answer.matches]
            untrue += sum(bool(excluded & set(facts.skills)) for facts in view.facts(rows))
    return {"ungraded in the first ten": round(float(np.mean(ungraded)), 3), "excluded in the first ten": untrue}


def unmet_claims(matcher: Matcher, texts: Mapping[str, str]) -> dict[str, int]:
    """Of what answers say that somebody has or lacks, how much the profile's facts deny."""
    said = false = 0
    for text in texts.values():
        answer = matcher.similar(Query(text=text, k=13))
        with matcher.collection.view() as view:
            facts = view.facts([view.row(match.profile_id) for match in answer.matches])
        skills = {" or ".join(part.values): part.values for part in (answer.request.skills if answer.request else ())}
        for match, fact in zip(answer.matches, facts, strict=True):
            for met in match.conditions:
                if met.kind == "skill":
                    said += 1
                    false += met.met != bool(set(skills[met.condition]) & set(fact.skills))
    return {"claims of skills": said, "false": false}


def chosen_elsewhere(matcher: Matcher, texts: Mapping[str, str], grades: Grades) -> dict[str, Any]:
    """nDCG@10 with the factors for each request chosen on all the others."""
    gains = [
        {name: ndcg(among_graded(matcher, text, grades[name], point), grades[name]) for name, text in texts.items()}
        for point in GRID
    ]
    picked = {
        name: max(range(len(GRID)), key=lambda at, own=name: sum(v for other, v in gains[at].items() if other != own))  # type: ignore[misc]
        for name in texts
    }
    chosen = Counter(json.dumps(GRID[at]) for at in picked.values())
    return {
        "ndcg@10": round(float(np.mean([gains[at][name] for name, at in picked.items()])), 4),
        "chosen": dict(chosen),
    }


def among_graded_alone(matcher: Matcher, texts: Mapping[str, str], grades: Grades) -> dict[str, Any]:
    """How well the graded people are put in order."""
    runs = {name: among_graded(matcher, text, grades[name], {}) for name, text in texts.items()}
    return {
        "requests": len(texts),
        "ndcg@10": round(float(np.mean([ndcg(run, grades[name]) for name, run in runs.items()])), 4),
        "first five graded 2 or better": round(
            float(np.mean([first_good(run, grades[n]) for n, run in runs.items()])), 3
        ),
        "by request (ndcg@10, first five)": {
            name: [round(ndcg(run, grades[name]), 3), first_good(run, grades[name])] for name, run in runs.items()
        },
    }


def measure(matcher: Matcher, texts: Mapping[str, str], grades: Grades) -> dict[str, Any]:
    """All figures."""
    return among_graded_alone(matcher, texts, grades) | {
        "whole pool": of_whole_pool(matcher, texts, grades),
        "claims": unmet_claims(matcher, texts),
        "factors chosen without the request reported on": chosen_elsewhere(matcher, texts, grades),
    }


@contextmanager
def pool_of(place: Path | None, shared: Path, wanted: set[str], encoder: ProfileEncoder) -> Iterator[Matcher]:
    """Asks a pool of these résumés: the one in this place, filled where it is empty, or one for the time being."""
    with tempfile.TemporaryDirectory() as folder:
        collection = LocalCollection(place or Path(folder))
        with collection.view() as view:
            is_new = not len(view)
        if is_new:
            # as a pool has them: years are those that the text says, not those of the record
            profiles = [
                msgspec.structs.replace(one, years_of_experience=None, as_of="2019-07")
                for one in read_resumes(shared, wanted, encoder.vocabulary)
            ]
            for start in range(0, len(profiles), 64):
                collection.upsert(encoder.encode(profiles[start : start + 64]))
        yield Matcher(collection, encoder)
        collection.close()


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    filled = "encoded into it, which takes long, where it has none"
    parser.add_argument("--pool", type=Path, help=f"a pool that keeps the résumés; {filled}")
    parser.add_argument("--own-pool", type=Path, help=f"one that keeps those of the requests chosen on; {filled}")
    given = parser.parse_args()
    results: dict[str, Any] = {**provenance()}
    encoder, shared = ProfileEncoder(load_encoder(), Vocabulary.shipped()), given.shared
    texts, grades = graded(shared / "requests.dev.jsonl", shared / "requests.dev.judgments.jsonl")
    corpus = set(json.loads((shared / "requests.dev.corpus.json").read_text()))
    with pool_of(given.pool, shared, corpus, encoder) as matcher:
        results |= measure(matcher, texts, grades)
    texts, grades = graded(OWN / "requests.jsonl", OWN / "request_grades.jsonl")
    with pool_of(given.own_pool, shared, {who for those in grades.values() for who in those}, encoder) as matcher:
        found = among_graded_alone(matcher, texts, grades)
        results["chosen on"] = {key: found[key] for key in ("requests", "ndcg@10", "first five graded 2 or better")}
    keep(RESULTS, results)


if __name__ == "__main__":
    main()
