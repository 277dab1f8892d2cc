"""Makes `encoding/titles/known.npz`: `python -m recommender.training.known_titles FOLDER`.

FOLDER is that of `training.titles`, which makes the title head and comes first; the same titles are read: those of
ESCO v1.1.1 and O*NET 29.2, none of the test share. An occupation's titles, its own and its alternates, are embedded,
by model and head, projected to their principal directions, and brought to a few centres by k-means on the sphere
(Dhillon & Modha 2001), begun with those farthest from each other. Nothing here is random.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.encoding import load_encoder
from recommender.encoding.encoder import Encoder
from recommender.encoding.quantisation import dequantise, quantise
from recommender.encoding.titles.head import TitleHead
from recommender.encoding.titles.known import packed
from recommender.training.title_pairs import Titles, read, without_test

OUT = Path(__file__).parents[1] / "encoding" / "titles" / "known.npz"
WIDTH, ROUNDS = 128, 8

Floats = NDArray[np.float32]


def centres_of(number: int, of_set: str) -> int:
    """How many centres: a third of an ESCO occupation's titles; two of an O*NET one's, which are broad and many."""
    return -(-number // 3) if of_set == "esco" else min(number, 2)


def make(titles: Titles, encoder: Encoder, head: TitleHead) -> bytes:
    """The file, from these titles."""
    alternates: dict[str, list[str]] = {i: [] for i in titles.own}
    for text, ids in titles.pairs:
        for i in ids:
            alternates[i].append(text)
    known = {i: list(dict.fromkeys([own, *alternates[i]])) for i, own in titles.own.items()}
    row = {text: at for at, text in enumerate(dict.fromkeys(text for texts in known.values() for text in texts))}
    embeddings = dequantise(*quantise(encoder.encode(list(row))))
    vectors = np.hstack([embeddings, head.vectors(list(row), embeddings)])
    projection = np.linalg.eigh(vectors.T @ vectors)[1][:, : -WIDTH - 1 : -1]
    projected = _unit(vectors @ projection)
    groups = [
        _centres(projected[[row[text] for text in texts]], centres_of(len(texts), titles.sets[i]))
        for i, texts in known.items()
    ]
    codes, scales = quantise(projection)
    content = BytesIO()
    np.savez_compressed(
        content,
        allow_pickle=False,
        projection_codes=codes,
        projection_scales=scales,
        centres=packed(_halves(np.vstack(groups))),
        counts=np.array([len(group) for group in groups], np.uint16),
        ids=np.frombuffer("\n".join(known).encode(), np.uint8),
    )
    return content.getvalue()


def _centres(rows: Floats, number: int) -> Floats:
    """Centres of rows of unit length, shape (number, d)."""
    chosen, nearest = [0], rows @ rows[0]
    while len(chosen) < number:
        chosen.append(int(nearest.argmin()))
        nearest = np.maximum(nearest, rows @ rows[chosen[-1]])
    centres = rows[chosen]
    for _ in range(ROUNDS):
        of = (rows @ centres.T).argmax(axis=1)
        sums = [rows[of == at].sum(axis=0) if (of == at).any() else centre for at, centre in enumerate(centres)]
        centres = _unit(np.stack(sums))
    return centres


def _halves(rows: Floats) -> NDArray[np.int8]:
    """Rows as numbers from -7 to 7."""
    return np.asarray(np.rint(rows / (np.abs(rows).max(axis=1, keepdims=True) / 7)), np.int8)


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def main(folder: Path, encoder: Encoder) -> None:
    """Write the file."""
    OUT.write_bytes(make(without_test(read(folder)), encoder, TitleHead.shipped(encoder.fingerprint)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), load_encoder())
