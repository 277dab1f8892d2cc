"""Cutting texts of any length into chunks that fit a model's window, and pooling the chunks' vectors.

Nothing is truncated: a text longer than the window is cut at the last sentence end that fits, else
at the last word end; its vector is the mean of its chunks' unit vectors, weighted by their tokens.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

#: Names this way of cutting and pooling in fingerprints; raised when vectors of long texts change.
VERSION = "p1"

# a run of signs or of blanks is looked at from its beginning alone: linear, whatever the text
_SENTENCE_END = re.compile(r"(?<![.!?。！？])[.!?。！？]++[\"'”’)\]]*+\s+|(?:(?<!\s)\s+)?[\n\r•]+\s*")
_WORD = re.compile(r"[^\W_]")


class Chunk(NamedTuple):
    """A stretch of text that fits the window: as it is, and as token ids without the special ones."""

    text: str
    ids: tuple[int, ...]


class PassageSplitter:
    """Cuts texts into chunks of at most `window` tokens, the special tokens included."""

    def __init__(self, tokenizer: Tokenizer, window: int) -> None:
        self._tokenizer = tokenizer
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        # "[SEP]" typed by a person is three characters of text, not a command to the model
        self._tokenizer.encode_special_tokens = True
        self._room = window - tokenizer.num_special_tokens_to_add(False)
        self._unknown = tokenizer.token_to_id("[UNK]")

    def cut(self, texts: Sequence[str]) -> list[list[Chunk]]:
        """The chunks of each text, in order; none for a text without a word that the model knows."""
        clean = [_well_formed(text) for text in texts]
        short = self._tokenizer.encode_batch_fast(clean, add_special_tokens=False)
        return [self._chunks(text, encoding) for text, encoding in zip(clean, short, strict=True)]

    def _chunks(self, text: str, encoding: Encoding) -> list[Chunk]:
        ids = encoding.ids
        if not _WORD.search(text) or all(token == self._unknown for token in ids):
            return []
        if len(ids) <= self._room:
            return [Chunk(text, tuple(ids))]
        # the fast encoding above knows no offsets
        placed = self._tokenizer.encode(text, add_special_tokens=False)
        starts, ids = [start for start, _ in placed.offsets], placed.ids
        chunks = []
        begin = 0
        for end in self._ends(text, placed, starts):
            stop = starts[end] if end < len(starts) else len(text)
            chunks.append(Chunk(text[starts[begin] : stop], tuple(ids[begin:end])))
            begin = end
        return chunks

    def _ends(self, text: str, placed: Encoding, starts: list[int]) -> list[int]:
        """Token positions at which the chunks of a long text end; the last is the number of tokens."""
        count = len(starts)
        sentences = sorted({bisect_left(starts, found.end()) for found in _SENTENCE_END.finditer(text)} | {count})
        numbers = placed.word_ids  # asked for once: each time it is a new list of all tokens
        words = [i for i in range(1, count) if numbers[i] != numbers[i - 1]] + [count]
        ends = [0]
        while ends[-1] < count:
            begin, limit = ends[-1], ends[-1] + self._room
            ends.append(_last_within(sentences, begin, limit) or _last_within(words, begin, limit) or limit)
        return ends[1:]


def _last_within(positions: list[int], after: int, limit: int) -> int | None:
    """The greatest position p with after < p <= limit, if there is one."""
    found = bisect_right(positions, limit) - 1
    return positions[found] if found >= 0 and positions[found] > after else None


def _well_formed(text: str) -> str:
    """The text with lone surrogates, which no tokenizer takes, replaced one for one by "?"."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode(errors="replace").decode()
    return text


def encode_whole(
    texts: Sequence[str],
    passages: PassageSplitter,
    dimension: int,
    encode: Callable[[Sequence[Chunk]], NDArray[np.float32]],
) -> NDArray[np.float32]:
    """Vectors of texts of any length.

    `encode` gets each distinct chunk of the call once and returns their unit vectors, in order.
    Returns shape (len(texts), dimension); a text without chunks gives a row of zeros.
    """
    cut = passages.cut(texts)
    positions = {chunk: i for i, chunk in enumerate(dict.fromkeys(chunk for chunks in cut for chunk in chunks))}
    vectors = np.zeros((len(texts), dimension), np.float32)
    if positions:
        encoded = encode(list(positions))
        for row, chunks in zip(vectors, cut, strict=True):
            if chunks:
                row[:] = _pooled(encoded[[positions[chunk] for chunk in chunks]], chunks)
    return vectors


def _pooled(vectors: NDArray[np.float32], chunks: Sequence[Chunk]) -> NDArray[np.float32]:
    """The unit vector of the token-weighted mean of the chunks' unit vectors."""
    if len(chunks) == 1:
        return np.asarray(vectors[0])
    weights = np.array([len(chunk.ids) for chunk in chunks], np.float64)
    mean = (vectors * weights[:, None]).sum(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), np.float32)
