"""Encoding beside sentence-transformers' default torch float32, on the same passages, in one run.

    python -m benchmarks.encoding [--passages 480] [--rounds 5] [--threads 1 2] [--resumes FILE]

Passages are those of the committed sample pool's profiles and, where the folder of real résumés is there, of résumés
cut at line and sentence ends near 900 characters, mixed half and half; those beyond the model's window of 256
tokens are left out, because sentence-transformers would cut them off. No phrase is cached, and no text occurs twice.

Each round gives every encoder the same share of the passages, one after the other, so all meet the same
machine; the first round warms up and is not counted. This is done once for each number of threads, given to every
encoder alike: all cores is sentence-transformers' default; one thread each is the number to trust on a machine with
other work, where torch's threads wait for one another. `wall` is elapsed, `cpu` processor time.

`unchanged` is the share of each passage's ten nearest others (cosine, among all passages) that the ten nearest by
sentence-transformers also hold; `cosine` is to the same text's vector by sentence-transformers. `same_bits` tells
whether passages encoded alone, and some in another order, give the same bits as all together.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.provenance import keep, provenance
from recommender.encoding.models.onnx import OnnxEncoder
from recommender.encoding.models.sentence_transformer import SentenceTransformerEncoder
from recommender.encoding.models.weights import Weights
from recommender.encoding.text.passages import passages
from recommender.profile import profile_from_json

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "index_data" / "sample" / "profiles.jsonl.gz"
RESUMES = ROOT.parent / "shared" / "data" / "resumes.dev.jsonl.gz"
RESULTS = Path(__file__).parent / "results" / "encoding.json"
BASELINE = "sentence-transformers, default"

Encode = Callable[[list[str]], NDArray[np.float32]]


def sample_passages() -> Iterator[str]:
    """Of every profile of the sample pool."""
    with gzip.open(SAMPLE) as file:
        for line in file:
            profile = profile_from_json(line)
            for passage in passages(profile):
                yield passage.text


def resume_passages(path: Path) -> Iterator[str]:
    """Of every résumé: its title, its skills, its sections cut near 900 characters."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            resume = json.loads(line)
            yield resume["title"] or ""
            yield ", ".join(name for name, _ in resume["skills"])[:900]
            for begin, end in resume["bounds"].values():
                yield from _cut(resume["text"][begin:end])


def _cut(section: str, longest: int = 900) -> Iterator[str]:
    passage = ""
    for sentence in re.split(r"(?<=[.\n])\s+", section.strip()):
        if passage and len(passage) + len(sentence) > longest:
            yield passage
            passage = ""
        passage = f"{passage} {sentence}".strip()
    yield passage


def chosen(count: int, resumes: Path) -> tuple[list[str], list[int]]:
    """Distinct passages that fit the window, drawn evenly from each source, and their lengths in tokens."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(Weights.bundled().read("tokenizer.json").decode())
    tokenizer.no_truncation()
    tokenizer.no_padding()
    sources = [sample_passages()] + ([resume_passages(resumes)] if resumes.exists() else [])
    rng = random.Random(5)
    texts: list[str] = []
    for source in sources:
        distinct = sorted({text for text in source if any(map(str.isalnum, text))} - set(texts))
        drawn = rng.sample(distinct, min(len(distinct), count))
        fitting = [text for text in drawn if len(tokenizer.encode(text).ids) <= 256]
        texts += fitting[: count // len(sources)]
    rng.shuffle(texts)
    return texts, [len(encoding.ids) for encoding in tokenizer.encode_batch(texts)]


def candidates(threads: int) -> dict[str, Encode]:
    """What is measured, by name; the baseline first."""
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(threads)
    weights = Weights.bundled()
    model: Any = SentenceTransformer(str(weights.folder), device="cpu", local_files_only=True)
    reference, quick = SentenceTransformerEncoder(weights), OnnxEncoder(weights, threads=threads)
    return {
        BASELINE: lambda texts: np.asarray(model.encode(texts, show_progress_bar=False)),
        '"minilm-torch", the reference': reference.encode,
        '"minilm", the default': quick.encode,
    }


def race(encoders: dict[str, Encode], texts: list[str], rounds: int) -> dict[str, tuple[float, float, list[float]]]:
    """Name → wall seconds, processor seconds, and wall seconds a round, over the rounds after the first."""
    spent: dict[str, list[tuple[float, float]]] = defaultdict(list)
    share = len(texts) // (rounds + 1)
    for number in range(rounds + 1):
        part = texts[number * share : (number + 1) * share]
        for name, encode in encoders.items():
            wall, cpu = time.perf_counter(), time.process_time()
            encode(part)
            if number:
                spent[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    return {
        name: (sum(wall for wall, _ in took), sum(cpu for _, cpu in took), [wall for wall, _ in took])
        for name, took in spent.items()
    }


def nearest(vectors: NDArray[np.float32], k: int = 10) -> NDArray[np.intp]:
    """The k nearest others of each row."""
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -2)
    return np.argpartition(-cosines, k, axis=1)[:, :k]


def quality(encode: Encode, texts: list[str], baseline: NDArray[np.float32]) -> dict[str, object]:
    """How near the vectors are to the baseline's, and whether they depend on their company."""
    vectors = encode(texts)
    shared = [len(set(a) & set(b)) for a, b in zip(nearest(vectors), nearest(baseline), strict=True)]
    cosines = (vectors * baseline).sum(axis=1)
    some = list(range(0, len(texts), max(1, len(texts) // 100)))
    alone = np.concatenate([encode([texts[i]]) for i in some])
    backwards = encode([texts[i] for i in reversed(some)])[::-1]
    return {
        "unchanged": round(float(np.mean(shared)) / 10, 4),
        "cosine_mean": round(float(cosines.mean()), 5),
        "cosine_least": round(float(cosines.min()), 4),
        "same_bits": bool((alone == vectors[some]).all() and (backwards == vectors[some]).all()),
    }


def speeds(threads: int, texts: list[str], tokens: int, rounds: int) -> dict[str, dict[str, object]]:
    """Ratios to the baseline, by encoder."""
    raced = race(candidates(threads), texts, rounds)
    wall, cpu, each = raced[BASELINE]
    return {
        name: {
            "wall_ratio": round(wall / own_wall, 2),
            "wall_ratio_by_round": [round(a / b, 2) for a, b in zip(each, own_each, strict=True)],
            "cpu_ratio": round(cpu / own_cpu, 2),
            "tokens_per_second": round(tokens * rounds / (rounds + 1) / own_wall),
        }
        for name, (own_wall, own_cpu, own_each) in raced.items()
    }


def report(given: argparse.Namespace) -> dict[str, object]:
    """The whole measurement."""
    ran = provenance()
    texts, lengths = chosen(given.passages, given.resumes)
    load = round(os.getloadavg()[0], 1)
    speed = {f"threads={n}": speeds(n, texts, sum(lengths), given.rounds) for n in given.threads}
    encoders = candidates(given.threads[0])
    baseline = encoders.pop(BASELINE)(texts)
    return {
        **ran,
        "load_before": load,
        "versions": {name: version(name) for name in ("torch", "sentence-transformers", "onnxruntime", "onnx")},
        "passages": len(texts),
        "with_resumes": given.resumes.exists(),
        "tokens_percentiles_10_50_90": np.percentile(lengths, [10, 50, 90]).tolist(),
        "includes": "tokenising, batching, the model, pooling; not loading, no phrase cache",
        "speed": speed,
        "quality": {name: quality(encode, texts, baseline) for name, encode in encoders.items()},
    }


def main() -> None:
    """Measure, print, and keep the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=480)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--resumes", type=Path, default=RESUMES)
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args()
    keep(given.out, report(given))


if __name__ == "__main__":
    main()
