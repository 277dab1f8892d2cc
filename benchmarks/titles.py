"""Does a title's own vector find its occupation?

    python -m benchmarks.titles [--shared ../shared/data] [--as-shipped]

Each query, a title, ranks all occupations of its taxonomy by the cosine to the occupation's own title (no
description, no alternate title); the measure is mean average precision (MAP), of the plain MiniLM embedding, of
`TitleHead` over the same embedding and of `KnownTitles` over both, which compares either title with the titles that
name an occupation in ESCO or O*NET: those that training reads, never one that is asked. Sets: `esco_alt` and
`onet_alt`, alternate titles of ESCO's and O*NET's occupations; `jobbert`, noisy titles of vacancies labelled with ESCO
occupations (Decorte et al., "JobBERT", 2021), never trained on.

- `unseen_titles`: up to 2,000 queries a set, by a fixed seed, from the titles whose hash is in the test share. What is
  shipped has read none of them, neither as an alternate title nor as an occupation's own or among the noise; the
  occupations it has seen.
- `jobbert_elsewhere`: as many of the `jobbert` titles outside the test share, which training has not read either.
- `unseen_occupations`: head and known titles made anew without 15% of the occupations (by a hash of the id), without
  their titles and without any text that is a title of one; up to 2,000 queries a set that mean held-out occupations
  only, against all occupations. Takes minutes; left out with `--as-shipped`.
- `unseen_titles, prototypes`: not the same task. An occupation is its own title and the mean of its alternate titles
  outside the test share; the gains are over MiniLM by the titles alone.

"both": the mean of the cosines of MiniLM and head. The head's recipe (noise, descriptions, epochs) was chosen among
some fifteen with these figures in sight, beside those of `jobbert` titles outside the test share; that of the known
titles (centres, temperature, weights) among some 130, most at several weights: by those `jobbert` titles and the unseen
occupations, with the others in sight too.
Cosines of unseen ESCO and O*NET titles: quantiles between two of one occupation, between two of different ones (drawn
at random), and between a title and itself with a rank.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.provenance import keep, provenance
from recommender.encoding import load_encoder
from recommender.encoding.encoder import Encoder
from recommender.encoding.models.cache import CachedEncoder
from recommender.encoding.quantisation import dequantise, quantise
from recommender.encoding.titles.head import stored
from recommender.encoding.titles.known import KnownTitles
from recommender.encoding.titles.known import stored as stored_titles
from recommender.evaluation import paired_bootstrap
from recommender.training import known_titles, title_pairs, titles

HERE = Path(__file__).parent
CORPUS = {"esco_alt": "esco", "onet_alt": "onet", "jobbert": "esco"}
QUERIES = 2000
KNOWN = "known titles"
RANKS = ("Senior {}", "Sr. {}", "Junior {}", "Lead {}", "{} II", "Principal {}")
Entry = dict[str, Any]
Floats = NDArray[np.float32]
Vectors = Callable[[Sequence[str]], Floats]
Ways = dict[str, Vectors]


class Measured:
    """The sets, and what one encoder makes of them."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.encoder = encoder
        self.titles = title_pairs.lines(folder / "titles.jsonl.gz")
        corpus = title_pairs.lines(folder / "titles_corpus.jsonl.gz")
        self.corpus = {name: [entry for entry in corpus if entry["set"] == name] for name in set(CORPUS.values())}

    def drawn(self, name: str, wanted: Callable[[Entry], bool]) -> list[Entry]:
        """Up to `QUERIES` of a set's entries, in the file's order."""
        entries = [entry for entry in self.titles if entry["set"] == name and wanted(entry)]
        order = np.random.default_rng(0).permutation(len(entries))[:QUERIES]
        return [entries[at] for at in np.sort(order)]

    def plain(self, texts: Sequence[str]) -> Floats:
        """MiniLM's embeddings, as they are stored."""
        return dequantise(*quantise(self.encoder.encode(texts)))

    def ways(self, known: KnownTitles) -> Ways:
        """The ways to make vectors of titles that are compared; "both" has the mean of the first two's cosines."""
        ours = self._remembered(known.head.vectors)

        def both(texts: Sequence[str]) -> Floats:
            return np.hstack([self.plain(texts), ours(texts)]) / np.float32(2**0.5)

        return {"MiniLM": self.plain, "title head": ours, "both": both, KNOWN: self._remembered(known.vectors)}

    def _remembered(self, of: Callable[[Sequence[str], Floats], Floats]) -> Vectors:
        met: dict[str, Floats] = {}

        def vectors(texts: Sequence[str]) -> Floats:
            new = [text for text in dict.fromkeys(texts) if text not in met]
            met.update(zip(new, of(new, self.plain(new)), strict=True))
            return np.array([met[text] for text in texts])

        return vectors

    def average_precisions(
        self, vectors: Vectors, name: str, queries: Sequence[Entry], *, prototypes: bool = False
    ) -> list[float]:
        """One a query; `prototypes`: of documents, their titles and the mean of their trained alternate titles."""
        documents = self.corpus[CORPUS[name]]
        place = {entry["id"]: at for at, entry in enumerate(documents)}
        known = vectors([entry["text"] for entry in documents])
        if prototypes:
            known = known + self._mean_alternates(vectors, place, f"{CORPUS[name]}_alt")
            known /= np.linalg.norm(known, axis=1, keepdims=True)
        asked = vectors([entry["query"] for entry in queries])
        return [
            average_precision(known @ vector, [place[i] for i in entry["relevant"]])
            for vector, entry in zip(asked, queries, strict=True)
        ]

    def _mean_alternates(self, vectors: Vectors, place: dict[str, int], name: str) -> Floats:
        known = [entry for entry in self.titles if entry["set"] == name and not title_pairs.in_test(entry["query"])]
        found = vectors([entry["query"] for entry in known])
        sums = np.zeros((len(place), found.shape[1]), np.float32)
        for vector, entry in zip(found, known, strict=True):
            sums[[place[i] for i in entry["relevant"]]] += vector
        return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), np.float32)

    def gains(
        self, ways: Ways, name: str, wanted: Callable[[Entry], bool], *, prototypes: bool = False
    ) -> dict[str, Any]:
        """MAP of each way, and its gain over MiniLM by the titles alone."""
        queries = self.drawn(name, wanted)
        found: dict[str, Any] = {"queries": len(queries)}
        baseline = self.average_precisions(self.plain, name, queries)
        for way, vectors in ways.items():
            values = self.average_precisions(vectors, name, queries, prototypes=prototypes)
            gain = paired_bootstrap(values, baseline, rng=np.random.default_rng(0))
            found[way] = {"MAP": round(float(np.mean(values)), 4)}
            if way != "MiniLM" or prototypes:
                found[way]["gain (mean, 2.5%, 97.5%)"] = [round(value, 4) for value in gain]
        return found

    def cosines(self, way: Vectors) -> dict[str, list[float]]:
        """Quantiles (1, 5, 25, 50, 75, 95, 99%) of cosines of pairs of unseen titles."""
        rng = np.random.default_rng(0)
        one, different, ranked = [], [], []
        for name in ("esco_alt", "onet_alt"):
            queries = self.drawn(
                name, lambda entry: title_pairs.in_test(entry["query"]) and len(entry["relevant"]) == 1
            )
            texts = [entry["query"] for entry in queries]
            vectors = way(texts)
            of = np.array([next(iter(entry["relevant"])) for entry in queries])
            same = np.triu(of[:, None] == of[None, :], 1)
            closeness = vectors @ vectors.T
            one.append(closeness[same])
            different.append(rng.choice(closeness[of[:, None] != of[None, :]], 20_000))
            with_rank = [RANKS[at % len(RANKS)].format(text) for at, text in enumerate(texts)]
            ranked.append(np.einsum("ij,ij->i", vectors, way(with_rank)))
        return {
            "of one occupation": _quantiles(one),
            "of different ones": _quantiles(different),
            "with and without a rank": _quantiles(ranked),
        }


def average_precision(scores: Floats, relevant: Sequence[int]) -> float:
    """Of the ranking by score, highest first: the mean precision at the relevant places."""
    rank = np.empty(len(scores), np.int64)
    rank[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    found = np.sort(rank[list(relevant)])
    return float((np.arange(1, len(found) + 1) / found).mean())


def _quantiles(values: Sequence[Floats]) -> list[float]:
    return [round(float(q), 3) for q in np.quantile(np.concatenate(values), [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99])]


def measure(folder: Path, encoder: Encoder, *, as_shipped: bool = False) -> dict[str, Any]:
    """All figures."""
    measured, known = Measured(folder, encoder), title_pairs.read(folder)
    shipped = KnownTitles.shipped(encoder.fingerprint)
    if not shipped.ids:
        sys.exit("skipped: the encoder has no known titles")
    ways = measured.ways(shipped)
    trained_on = titles.trained_on(title_pairs.without_test(known))

    def unseen(entry: Entry) -> bool:
        return title_pairs.in_test(entry["query"]) and title_pairs.folded(entry["query"]) not in trained_on

    def elsewhere(entry: Entry) -> bool:
        return not title_pairs.in_test(entry["query"]) and title_pairs.folded(entry["query"]) not in trained_on

    # the known titles are no prototypes of their own
    apart = {way: vectors for way, vectors in ways.items() if way != KNOWN}
    results: dict[str, Any] = {
        "unseen_titles": {name: measured.gains(ways, name, unseen) for name in CORPUS},
        "jobbert_elsewhere": measured.gains(ways, "jobbert", elsewhere),
        "unseen_titles, prototypes": {name: measured.gains(apart, name, unseen, prototypes=True) for name in CORPUS},
        "cosine quantiles, 1 5 25 50 75 95 99%": {way: measured.cosines(vectors) for way, vectors in ways.items()},
    }
    if not as_shipped:
        results["unseen_occupations"] = unseen_occupations(measured, title_pairs.without_held_out(known))
    return results


def unseen_occupations(measured: Measured, known: title_pairs.Titles) -> dict[str, Any]:
    """Of a head and known titles made anew of what is known without the held-out occupations."""
    head = stored(titles.train(known, measured.encoder))
    ways = measured.ways(stored_titles(known_titles.make(known, measured.encoder, head), head))
    trained_on = titles.trained_on(known)

    def held_out(entry: Entry) -> bool:
        folded = title_pairs.folded(entry["query"])
        return all(map(title_pairs.held_out, entry["relevant"])) and folded not in trained_on

    return {name: measured.gains(ways, name, held_out) for name in ("esco_alt", "onet_alt")}


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared" / "data")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "titles.json")
    parser.add_argument("--as-shipped", action="store_true", help="without the head that is trained anew")
    given = parser.parse_args()
    if not (given.shared / "titles.jsonl.gz").exists():
        sys.exit(f"skipped: needs titles.jsonl.gz and titles_corpus.jsonl.gz in {given.shared}")
    ran = provenance()
    encoder = CachedEncoder(load_encoder(), phrases=1 << 18, longest=256)
    keep(given.out, ran | measure(given.shared, encoder, as_shipped=given.as_shipped))


if __name__ == "__main__":
    main()
