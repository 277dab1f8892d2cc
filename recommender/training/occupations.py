"""Makes `encoding/titles/occupations.npz`: `python -m recommender.training.occupations FOLDER`.

FOLDER holds `titles_corpus.jsonl.gz` ({"set", "id", "text", "description"}) and `titles.jsonl.gz` ({"set", "query",
"relevant"}) with O*NET 29.2's occupations ("onet") and alternate titles ("onet_alt"), CC BY 4.0.
A prototype is the mean of the embeddings of title, description and the mean alternate title; one of titles is that of
the title head's vectors (`training.titles` makes the head, and comes first) of title and mean alternate title.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.encoding import load_encoder
from recommender.encoding.encoder import Encoder
from recommender.encoding.quantisation import quantise
from recommender.encoding.titles.head import TitleHead

OUT = Path(__file__).parents[1] / "encoding" / "titles" / "occupations.npz"


def main(folder: Path, encoder: Encoder) -> None:
    """Write the file."""
    corpus = [entry for entry in _lines(folder / "titles_corpus.jsonl.gz") if entry["set"] == "onet"]
    alternates: dict[str, list[str]] = {}
    for entry in _lines(folder / "titles.jsonl.gz"):
        if entry["set"] == "onet_alt" and len(entry["relevant"]) == 1:
            alternates.setdefault(next(iter(entry["relevant"])), []).append(entry["query"])
    titles = [entry["text"] for entry in corpus]
    others = [alternates.get(entry["id"], [entry["text"]]) for entry in corpus]
    described = encoder.encode([entry.get("description") or entry["text"] for entry in corpus])
    head = TitleHead.shipped(encoder.fingerprint)

    def own(texts: Sequence[str]) -> NDArray[np.float32]:
        return head.vectors(texts, encoder.encode(texts))

    prototypes = encoder.encode(titles) + described + _means(encoder.encode, others)
    codes, scales = quantise(_unit(prototypes))
    title_codes, title_scales = quantise(_unit(own(titles) + _means(own, others)))
    np.savez_compressed(
        OUT,
        codes=codes,
        scales=scales,
        title_codes=title_codes,
        title_scales=title_scales,
        titles=np.frombuffer("\n".join(titles).encode(), np.uint8),
        ids=np.frombuffer("\n".join(entry["id"] for entry in corpus).encode(), np.uint8),
    )


def _means(
    vectors: Callable[[Sequence[str]], NDArray[np.float32]], groups: Sequence[Sequence[str]]
) -> NDArray[np.float32]:
    """The mean vector of each group of texts, at unit length."""
    return _unit(np.stack([vectors(texts).mean(axis=0) for texts in groups]))


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def _lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path) as stream:
        return [msgspec.json.decode(line) for line in stream]


if __name__ == "__main__":
    main(Path(sys.argv[1]), load_encoder())
