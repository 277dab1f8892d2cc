"""Does it find without being told whom? `python -m benchmarks.retrieval [--shared ../shared/data]`.

Answers that nobody judged, for they stand in the résumés themselves; everything beside TF-IDF and one MiniLM vector.

- own list: a person's skill list, alone, looks for that person's own experience text (their list is not in it) among
  those of 1,500 of the IT corpus, each of whom asks once: mean reciprocal rank, with the standard error of the mean.
  Ours is `Matcher.similar(Query(profile=...))` of a profile that has these skills and nothing else, k = 200, asked of
  the texts as `{"id", "text"}` lines are read; typed, `Query(text=...)` of the list with commas.
- labels: Jaccard of a résumé's label set with those of its ten nearest in the IT corpus, mean over 300 questions.
- hubs: how often each of the IT corpus is among the ten nearest of another (k-occurrence, Radovanović et al.,
  JMLR 2010): its skewness, and the share that never does. Scores of everybody, without the rerank window.
- window: of the ten best by the scores of everybody, the share that the search vector finds among its first hundred,
  and among as many as are reranked.

One MiniLM vector is that of title, skills and the first 1,400 characters of text; TF-IDF is scikit-learn's of words,
sublinear, fitted on the pool (`min_df` 2, English stop words). Written to `results/retrieval.json`: no text, no id.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks import quality
from benchmarks.provenance import keep, provenance
from recommender.encoding import EncodedProfile, ProfileEncoder, load_encoder
from recommender.encoding.features import Features
from recommender.matching import Matcher, Query
from recommender.matching.ranking.rank import WINDOW
from recommender.matching.scoring import Scorer
from recommender.matching.scoring_config import ScoringConfig
from recommender.profile import Profile
from recommender.reading import read_bytes
from recommender.skills import Vocabulary

RESULTS = Path(__file__).parent / "results" / "retrieval.json"
SHARED = Path(__file__).parents[2] / "shared" / "data"

#: Characters of text in one vector; skills that a list has at least; people asked for, and asking for labels.
FIRST, LISTED, POOL, LABELLED = 1400, 5, 1500, 300
K = 10
Scores = NDArray[np.float32]
Entry = dict[str, Any]


def read_corpus(shared: Path) -> list[Entry]:
    """The résumés of the IT corpus as they were collected, by id."""
    wanted = set(json.loads((shared / "judgments.dev.corpus.json").read_text())["it"])
    with gzip.open(shared / "resumes.dev.jsonl.gz") as stream:
        return sorted((e for e in map(msgspec.json.decode, stream) if e["id"] in wanted), key=lambda entry: entry["id"])


def own_list(entries: Sequence[Entry], encoder: ProfileEncoder) -> dict[str, list[float]]:
    """Mean reciprocal rank of people's own experience text, looked for by their skill list, and its standard error."""
    fit = [entry for entry in entries if len(entry["skills"]) >= LISTED and _experience(entry)]
    pool = random.Random(0).sample(fit, POOL)
    texts = {entry["id"]: _experience(entry) for entry in pool}
    lists = {entry["id"]: tuple(name for name, _ in entry["skills"]) for entry in pool}
    written = [", ".join(skills) for skills in lists.values()]
    lines = b"\n".join(msgspec.json.encode({"id": who, "text": f"Experience\n{text}"}) for who, text in texts.items())
    read = read_bytes(lines, source="x.jsonl", vocabulary=encoder.vocabulary, on_notice=lambda _: None)
    with quality.pool_of([profile for profile in read if isinstance(profile, Profile)], encoder) as matcher:
        ours = {who: _found(matcher, Query(profile=Profile(other_skills=own), k=200)) for who, own in lists.items()}
        typed = {who: _found(matcher, Query(text=", ".join(own), k=200)) for who, own in lists.items()}
    return {
        "TF-IDF": _reciprocal(_run(_tfidf(list(texts.values()), written), list(texts))),
        "one MiniLM vector": _reciprocal(
            _run(_dense(encoder, [t[:FIRST] for t in texts.values()], written), list(texts))
        ),
        "ours": _reciprocal(ours),
        "ours, typed": _reciprocal(typed),
    }


def _experience(entry: Entry) -> str:
    begin, end = entry["bounds"].get("experience", (0, 0))
    return str(entry["text"][begin:end]).strip()


def _found(matcher: Matcher, query: Query) -> list[str]:
    return [match.profile_id for match in matcher.similar(query).matches]


def _run(scores: Scores, ids: Sequence[str]) -> dict[str, list[str]]:
    """Who asks → everybody, best first; rows and columns of the scores stand for `ids`."""
    orders = np.argsort(-scores, axis=1, kind="stable")
    return {who: [ids[place] for place in order] for who, order in zip(ids, orders, strict=True)}


def _reciprocal(run: dict[str, list[str]]) -> list[float]:
    """Mean reciprocal rank of oneself, and its standard error."""
    found = [1 / (1 + ranking.index(who)) if who in ranking else 0.0 for who, ranking in run.items()]
    return [round(float(np.mean(found)), 4), round(float(np.std(found) / np.sqrt(len(found))), 4)]


def _tfidf(texts: Sequence[str], questions: Sequence[str]) -> Scores:
    """Cosines, shape (questions, texts)."""
    words = TfidfVectorizer(sublinear_tf=True, min_df=2, stop_words="english", dtype=np.float32)
    documents = words.fit_transform(texts)
    return np.asarray((words.transform(questions) @ documents.T).toarray())


def _dense(encoder: ProfileEncoder, texts: Sequence[str], questions: Sequence[str]) -> Scores:
    """Cosines of one vector each, shape (questions, texts)."""
    return encoder.encoder.encode(questions) @ encoder.encoder.encode(texts).T


def labels(entries: Sequence[Entry], rankings: dict[str, Scores]) -> dict[str, float]:
    """Mean Jaccard of label sets with those of the ten best, by ranking (scores of everybody for everybody)."""
    sets = [set(entry["labels"]) for entry in entries]
    labelled = [place for place, own in enumerate(sets) if own]
    asking = random.Random(2).sample(labelled, LABELLED)

    def mean(nearest: NDArray[np.intp]) -> float:
        return float(np.mean([len(sets[q] & sets[n]) / len(sets[q] | sets[n]) for q in asking for n in nearest[q]]))

    return {name: round(mean(_nearest(scores)), 4) for name, scores in rankings.items()}


def hubs(rankings: dict[str, Scores]) -> dict[str, dict[str, float]]:
    """Skewness of the k-occurrence, and the share of profiles in nobody's ten, by ranking."""
    measured = {}
    for name, scores in rankings.items():
        times = np.bincount(_nearest(scores).ravel(), minlength=len(scores)).astype(float)
        skew = float(((times - times.mean()) ** 3).mean() / times.std() ** 3)
        measured[name] = {
            "skewness": round(skew, 3),
            "never": round(float((times == 0).mean()), 4),
            "most": times.max(),
        }
    return measured


def window(found: Scores, scores: Scores) -> dict[str, float]:
    """The share of the ten best by `scores` that stand among the first by `found`."""
    best = _nearest(scores)
    measured = {}
    for size in (100, WINDOW):
        first = _nearest(found, size)
        held = [np.isin(ten, among).mean() for ten, among in zip(best, first, strict=True)]
        measured[f"first {size}"] = round(float(np.mean(held)), 4)
    return measured


def _nearest(scores: Scores, k: int = K) -> NDArray[np.intp]:
    """The k best of each row, oneself left out."""
    others = scores.copy()
    np.fill_diagonal(others, -np.inf)
    return np.argsort(-others, axis=1, kind="stable")[:, :k]


def rankings_of(
    entries: Sequence[Entry], encoded: Sequence[EncodedProfile], encoder: ProfileEncoder
) -> dict[str, Scores]:
    """Ranking → scores of everybody (columns) for everybody (rows)."""
    whole = ["\n".join([e["title"] or "", ", ".join(name for name, _ in e["skills"]), e["text"]]) for e in entries]
    first = [
        ". ".join(filter(None, [e["title"], ", ".join(name for name, _ in e["skills"]), e["text"][:FIRST]]))
        for e in entries
    ]
    vectors = np.stack([each.vector for each in encoded])
    pool = Features.concatenate([each.features for each in encoded])
    scorer = Scorer(ScoringConfig.shipped(), {})
    return {
        "TF-IDF": _tfidf(whole, whole),
        "one MiniLM vector": _dense(encoder, first, first),
        "our search vector": vectors @ vectors.T,
        "ours": np.stack([scorer.points(e.features, pool).sum(axis=1).astype(np.float32) for e in encoded]),
    }


def measure(shared: Path, encoder: ProfileEncoder) -> dict[str, Any]:
    """All figures."""
    entries = read_corpus(shared)
    measured: dict[str, Any] = {"own list, MRR": own_list(entries, encoder)}
    print(json.dumps(measured), flush=True)
    profiles = {p.id: p for p in quality.read_resumes(shared, {e["id"] for e in entries}, encoder.vocabulary)}
    entries = [entry for entry in entries if entry["id"] in profiles]
    encoded = []
    for start in range(0, len(entries), 64):
        encoded += encoder.encode([profiles[entry["id"]] for entry in entries[start : start + 64]])
    rankings = rankings_of(entries, encoded, encoder)
    return {
        **measured,
        "labels, Jaccard@10": labels(entries, rankings),
        "hubs": hubs(rankings),
        "window": window(rankings["our search vector"], rankings["ours"]),
        "profiles": len(entries),
    }


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    given = parser.parse_args()
    if not (given.shared / "resumes.dev.jsonl.gz").exists():
        print(f"skipped: {given.shared} has no resumes.dev.jsonl.gz; give the folder of real résumés by --shared")
        return
    ran = provenance()
    keep(RESULTS, ran | measure(given.shared, ProfileEncoder(load_encoder(), Vocabulary.shipped())))


if __name__ == "__main__":
    main()
