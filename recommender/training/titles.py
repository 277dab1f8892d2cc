"""Makes `encoding/titles/head.npz`: `python -m recommender.training.titles FOLDER`.

FOLDER holds `titles_corpus.jsonl.gz` ({"set", "id", "text", "description"}) and `titles.jsonl.gz` ({"set", "query",
"relevant"}) with the occupations, descriptions and alternate titles of ESCO v1.1.1 ("esco", "esco_alt"; free re-use
with acknowledgement) and O*NET 29.2 ("onet", "onet_alt"; CC BY 4.0). No other set is read. Alternate titles in the
test share are never trained on, so that `benchmarks.titles` measures what ships. One thread, fixed seeds.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from recommender.encoding import load_encoder
from recommender.encoding.encoder import Encoder
from recommender.encoding.quantisation import dequantise, quantise
from recommender.encoding.titles.head import BUCKETS, features
from recommender.training.title_noise import noisy, places
from recommender.training.title_pairs import Titles, folded, in_test, read, without_test

OUT = Path(__file__).parents[1] / "encoding" / "titles" / "head.npz"
WIDTH, INNER = 256, 48
EPOCHS, BATCH, RATE, TEMPERATURE = 8, 1024, 2e-3, 0.05
#: How often an epoch meets an occupation's description, as if it were a title.
DESCRIBED = 2
#: How often a title is learned with noise around it, and is brought to another title of its occupation instead of
#: the occupation's own; how often the words or parts of the embedding are left out, so that neither leans on the other.
NOISE, BETWEEN, WORDS_OUT, PARTS_OUT = 0.5, 0.3, 0.3, 0.1


class Head(torch.nn.Module):
    """`TitleHead` while it is trained."""

    def __init__(self, dimension: int) -> None:
        super().__init__()
        start = torch.linalg.qr(torch.randn(dimension, dimension))[0][:, :WIDTH]
        self.linear = torch.nn.Parameter(start.contiguous())
        self.table = torch.nn.EmbeddingBag(BUCKETS, INNER, mode="sum")
        torch.nn.init.normal_(self.table.weight, 0, 0.3 / INNER**0.5)
        self.spread = torch.nn.Parameter(torch.randn(INNER, WIDTH) / INNER**0.5)

    def forward(self, embeddings: torch.Tensor, bags: tuple[torch.Tensor, ...]) -> torch.Tensor:
        """Vectors of unit length of titles."""
        buckets, offsets, weights = bags
        words = self.table(buckets, offsets, per_sample_weights=weights)
        words = words * (torch.rand(len(words), 1) >= WORDS_OUT) / (1 - WORDS_OUT)
        return functional.normalize(functional.dropout(embeddings, PARTS_OUT) @ self.linear + words @ self.spread)


class Texts:
    """Titles with their embeddings and features, by row."""

    def __init__(self, texts: Sequence[str], encoder: Encoder) -> None:
        self.embeddings = torch.from_numpy(dequantise(*quantise(encoder.encode(texts))))
        found = [features(text) for text in texts]
        self._starts = np.cumsum([0, *[len(buckets) for buckets, _ in found]])
        self._buckets = np.concatenate([buckets for buckets, _ in found])
        self._weights = np.concatenate([weights for _, weights in found])

    def of(self, rows: NDArray[np.int64]) -> tuple[torch.Tensor, tuple[torch.Tensor, ...]]:
        """What `Head` takes of some rows."""
        first, sizes = self._starts[rows], self._starts[rows + 1] - self._starts[rows]
        offsets = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        at = np.repeat(first - offsets, sizes) + np.arange(sizes.sum())
        bags = (self._buckets[at], offsets, self._weights[at])
        return self.embeddings[torch.from_numpy(rows)], tuple(map(torch.from_numpy, bags))


def train(titles: Titles, encoder: Encoder) -> bytes:
    """The head's file, learned from these titles."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    pairs, noise, known = _examples(titles)
    texts = list(dict.fromkeys([*titles.own.values(), *[text for text, _ in pairs], *noise]))
    row = {text: number for number, text in enumerate(texts)}
    number = {occupation: at for at, occupation in enumerate(titles.own)}
    learn = _Pairs(
        clean=np.array([row[text] for text, _ in pairs]),
        noisy=np.array([row[text] for text in noise]),
        occupation=np.array([number[i] for _, i in pairs]),
        own=np.array([row[text] for text in titles.own.values()]),
        titles=[np.array([row[text] for text in known[i]]) for i in titles.own],
        also={},
    )
    for text, ids in titles.pairs:
        if len(ids) > 1:
            learn.also[row[text]] = np.array([number[i] for i in ids])
    of_set = np.array([titles.sets[i] for i in titles.own])[learn.occupation]
    data = Texts(texts, encoder)
    head = Head(data.embeddings.shape[1])
    _fit(head, data, learn, of_set)
    return _file(head)


def trained_on(titles: Titles) -> set[str]:
    """Every text that `train` reads of these titles, folded: what a test must not ask."""
    pairs, noise, _ = _examples(titles)
    return {folded(text) for text in (*titles.own.values(), *[text for text, _ in pairs], *noise)}


def _examples(titles: Titles) -> tuple[list[tuple[str, str]], list[str], dict[str, list[str]]]:
    """(text, occupation) pairs, the noisy form of each text, and occupation → its titles."""
    pairs = [(text, i) for text, ids in titles.pairs for i in ids]
    # an occupation's own title is what others are brought to; it is itself brought to them unless it is for testing
    pairs += [(text, i) for i, text in titles.own.items() if not in_test(text)]
    known: dict[str, list[str]] = {i: [text] for i, text in titles.own.items()}
    for text, occupation in pairs:
        known[occupation].append(text)
    cities = places()
    noise = [noisy(text, known[i], cities, random.Random(f"{text} {i}")) for text, i in pairs]
    described = [(text, i) for i, text in titles.descriptions.items() if i in titles.own] * DESCRIBED
    pairs, noise = pairs + described, noise + [text for text, _ in described]
    return pairs, noise, known


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Rows of texts: of each pair's title, plain and noisy, and of each occupation's titles.

    `also`: text → all the occupations that it may mean, where they are several.
    """

    clean: NDArray[np.int64]
    noisy: NDArray[np.int64]
    occupation: NDArray[np.int64]
    own: NDArray[np.int64]
    titles: list[NDArray[np.int64]]
    also: dict[int, NDArray[np.int64]]


def _fit(head: Head, data: Texts, learn: _Pairs, of_set: NDArray[np.str_]) -> None:
    rng = np.random.default_rng(0)
    # a row of the table learns only when one of its words comes by, so it may learn faster
    groups: list[dict[str, Any]] = [{"params": [head.table.weight]}, {"params": [head.linear, head.spread]}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.0)
    steps = EPOCHS * sum(int((of_set == name).sum()) // BATCH for name in set(of_set))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [3 * RATE, RATE], total_steps=steps + 1, pct_start=0.1)
    for _ in range(EPOCHS):
        for batch in _batches(of_set, rng):
            loss = _loss(head, data, learn, batch, rng)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()


def _batches(of_set: NDArray[np.str_], rng: np.random.Generator) -> list[NDArray[np.int64]]:
    """Positions of pairs, a batch of one set each: what is wrong in a batch is then surely another occupation."""
    found = []
    for name in sorted(set(of_set)):
        order = rng.permutation(np.flatnonzero(of_set == name))
        found += [order[start : start + BATCH] for start in range(0, len(order) - BATCH + 1, BATCH)]
    return [found[at] for at in rng.permutation(len(found))]


def _loss(head: Head, data: Texts, learn: _Pairs, batch: NDArray[np.int64], rng: np.random.Generator) -> torch.Tensor:
    occupation = learn.occupation[batch]
    left = np.where(rng.random(len(batch)) < NOISE, learn.noisy[batch], learn.clean[batch])
    right = learn.own[occupation].copy()
    for at in np.flatnonzero(rng.random(len(batch)) < BETWEEN).tolist():
        right[at] = rng.choice(learn.titles[occupation[at]])
    others = occupation[:, None] != occupation[None, :]
    for at, text in enumerate(learn.clean[batch].tolist()):
        if text in learn.also:
            others[at] &= ~np.isin(occupation, learn.also[text])
    np.fill_diagonal(others, True)
    closeness = head(*data.of(left)) @ head(*data.of(right)).T / TEMPERATURE
    closeness = closeness.masked_fill(~torch.from_numpy(others), -1e4)
    target = torch.arange(len(batch))
    return (functional.cross_entropy(closeness, target) + functional.cross_entropy(closeness.T, target)) / 2


def _file(head: Head) -> bytes:
    arrays: dict[str, NDArray[Any]] = {}
    for name, matrix in (("linear", head.linear), ("table", head.table.weight), ("spread", head.spread)):
        codes, scales = quantise(matrix.detach().numpy())
        arrays |= {f"{name}_codes": codes, f"{name}_scales": scales}
    content = BytesIO()
    np.savez_compressed(content, allow_pickle=False, **arrays)
    return content.getvalue()


def main(folder: Path, encoder: Encoder) -> None:
    """Write the file."""
    OUT.write_bytes(train(without_test(read(folder)), encoder))


if __name__ == "__main__":
    main(Path(sys.argv[1]), load_encoder())
