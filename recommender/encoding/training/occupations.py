"""Makes `occupations.npz`: `python -m recommender.encoding.training.occupations FOLDER`.

FOLDER holds `titles_corpus.jsonl.gz` ({"set", "id", "text", "description"}) and `titles.jsonl.gz` ({"set", "query",
"relevant"}) with O*NET 29.2's occupations ("onet") and alternate titles ("onet_alt"), CC BY 4.0.
A prototype is the mean of the embeddings of title, description and the mean alternate title.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.encoding import load_encoder
from recommender.encoding.encoder import Encoder
from recommender.encoding.quantisation import quantise

OUT = Path(__file__).parents[1] / "occupations.npz"


def main(folder: Path, encoder: Encoder) -> None:
    """Write the file."""
    corpus = [entry for entry in _lines(folder / "titles_corpus.jsonl.gz") if entry["set"] == "onet"]
    alternates: dict[str, list[str]] = {}
    for entry in _lines(folder / "titles.jsonl.gz"):
        if entry["set"] == "onet_alt" and len(entry["relevant"]) == 1:
            alternates.setdefault(next(iter(entry["relevant"])), []).append(entry["query"])
    titles = [entry["text"] for entry in corpus]
    prototypes = encoder.encode(titles) + encoder.encode(
        [entry.get("description") or entry["text"] for entry in corpus]
    )
    for row, entry in enumerate(corpus):
        prototypes[row] += _mean(encoder, alternates.get(entry["id"], [entry["text"]]))
    codes, scales = quantise(prototypes / np.linalg.norm(prototypes, axis=1, keepdims=True))
    np.savez_compressed(OUT, codes=codes, scales=scales, titles=np.frombuffer("\n".join(titles).encode(), np.uint8))


def _mean(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.float32]:
    mean = encoder.encode(texts).mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), np.float32)


def _lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path) as stream:
        return [msgspec.json.decode(line) for line in stream]


if __name__ == "__main__":
    main(Path(sys.argv[1]), load_encoder("minilm-torch"))
