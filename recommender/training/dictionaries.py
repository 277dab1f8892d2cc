"""What stored documents and facts begin with when they are compressed: `python -m recommender.training.dictionaries`.

Made of the committed sample, whose people are fictional. The texts that recur in it are gathered as zstd's COVER does
(Liao, Petri, Moffat & Wirth 2016): of each stretch of the sample the piece whose runs of eight bytes are in most
people and in no piece yet. What is worth most comes last, for the nearer a text lies the fewer bits name it.

A pool can only be read with the dictionaries that it was written with: those that ship are never written again, and
others would be files of another name and another format of the pool.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection.common import packing
from recommender.insights import derive
from recommender.profile import profile_from_json
from recommender.sample_pool import sample_folder
from recommender.skills import Vocabulary

_RUN = 8
#: The longest text that deflate looks back for begins 32 kB before.
DOCUMENTS, FACTS = 32_000, 30_000
_PIECE = {DOCUMENTS: 160, FACTS: 96}


def dictionary(texts: Sequence[bytes], size: int) -> bytes:
    """At most `size` bytes that recur in many of these texts."""
    runs = [np.lib.stride_tricks.sliding_window_view(np.frombuffer(text, np.uint8), _RUN) for text in texts]
    keys = [np.ascontiguousarray(run).view("<u8")[:, 0] for run in runs]
    found, people = np.unique(np.concatenate([np.unique(one) for one in keys]), return_counts=True)
    worth = np.where(people > 1, people, 0).astype(np.float64)
    whole, at = b"".join(texts), np.concatenate([np.searchsorted(found, _padded(one)) for one in keys])
    piece = _PIECE[size]
    stretches = np.array_split(np.arange(len(whole) - piece), size // piece)
    pieces = [_best(whole, at, worth, stretch, piece) for stretch in stretches]
    return b"".join(text for _, text in sorted(pieces))


def _padded(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """One for every byte of a text: its last ones begin no run, and stand for the last that does."""
    return np.concatenate([keys, np.repeat(keys[-1:], _RUN - 1)])


def _best(
    whole: bytes, at: NDArray[np.int64], worth: NDArray[np.float64], stretch: NDArray[np.int64], piece: int
) -> tuple[float, bytes]:
    """The piece of a stretch that is worth most; what is in it is worth nothing from then on."""
    start, end = int(stretch[0]), int(stretch[-1]) + piece
    sums = np.concatenate([[0.0], np.cumsum(worth[at[start:end]])])
    values = sums[piece:] - sums[:-piece]
    best = int(values.argmax())
    begin = start + best
    worth[at[begin : begin + piece]] = 0
    return float(values[best]), whole[begin : begin + piece]


def main() -> None:
    """Write both."""
    vocabulary = Vocabulary.shipped()
    with gzip.open(sample_folder() / "profiles.jsonl.gz") as lines:
        documents = [line.rstrip(b"\n") for line in lines]
    facts = [msgspec.msgpack.encode(derive(profile_from_json(one), vocabulary)) for one in documents]
    folder = Path(packing.__file__).parent
    for name, texts, size in (("documents", documents, DOCUMENTS), ("facts", facts, FACTS)):
        path = folder / f"{name}.dict"
        if path.exists():
            raise SystemExit(f"{path.name} is there already, and what was packed with it could not be read without it")
        path.write_bytes(dictionary(texts, size))


if __name__ == "__main__":
    main()
